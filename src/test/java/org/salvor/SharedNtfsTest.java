package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Workbench;

/** 1,500 deleted files of every kind, before and after 300 new ones: at least what the best tool there is brings back. */
class SharedNtfsTest {
    @TempDir
    static Path folder;

    private static Result clean;
    private static Result after;

    /** Which contents were ever at a path; where the folder is not known any more, which had the name. */
    private static final class Truth {
        private final Map<String, Set<String>> byPath = new HashMap<>();
        private final Map<String, Set<String>> byName = new HashMap<>();
        private final Set<String> ever;

        Truth(Manifest manifest) {
            ever = Manifest.contents(manifest.entries());
            for (Manifest.Entry entry : manifest.entries()) {
                add(entry.path(), entry.sha256());
                if (!entry.text("was").isEmpty()) {
                    add(entry.text("was"), entry.sha256());
                }
            }
        }

        private void add(String path, String hash) {
            byPath.computeIfAbsent(path, p -> new HashSet<>()).add(hash);
            byName.computeIfAbsent(path.substring(path.lastIndexOf('/') + 1), n -> new HashSet<>())
                    .add(hash);
        }

        Set<String> ever() {
            return ever;
        }

        boolean holds(Harvest.Item item) {
            String hash = item.main() == null ? Manifest.EMPTY : item.main().sha256();
            Set<String> known = byPath.getOrDefault(item.path(), byName.get(item.name()));
            return known == null ? ever.contains(hash) || hash.equals(Manifest.EMPTY) : known.contains(hash);
        }
    }

    /** What came back, counted against the manifest. */
    private record Result(Manifest manifest, Harvest harvest) {
        List<Manifest.Entry> wanted() {
            return manifest.entries().stream()
                    .filter(e -> e.state().equals("deleted") && e.size() > 0)
                    .toList();
        }

        Set<String> contents() {
            return harvest.files().stream()
                    .filter(i -> i.main() != null && i.main().lost() == 0)
                    .map(i -> i.main().sha256())
                    .collect(Collectors.toSet());
        }

        long byContent() {
            Set<String> contents = contents();
            return wanted().stream().filter(e -> contents.contains(e.sha256())).count();
        }

        long atTheirPath() {
            return wanted().stream()
                    .filter(e -> harvest.at(e.path()).stream().anyMatch(i -> i.mainEquals(e)))
                    .count();
        }

        long streams() {
            Set<String> contents = harvest.items().stream()
                    .flatMap(i -> i.streams().values().stream())
                    .filter(r -> r.lost() == 0)
                    .map(Harvest.Read::sha256)
                    .collect(Collectors.toSet());
            return manifest.deleted().stream()
                    .flatMap(e -> e.streams().stream())
                    .filter(s -> contents.contains(s.sha256()))
                    .count();
        }

        /** Files rated INTACT that are not what was there: the worst a recovery can say. */
        List<String> falselyIntact() {
            Truth truth = new Truth(manifest);
            List<String> wrong = new ArrayList<>();
            for (Harvest.Item item : harvest.files()) {
                if (!item.intact() || item.name().startsWith("$") || item.path().startsWith("$Extend/")) {
                    continue;
                }
                boolean streamsRight = item.streams().values().stream()
                        .allMatch(s -> s.lost() == 0 && truth.ever().contains(s.sha256()));
                if (!truth.holds(item)
                        || !streamsRight
                        || (item.main() != null && item.main().lost() > 0)) {
                    wrong.add(item.toString());
                }
            }
            return wrong;
        }

        /** Deleted files whose bytes were never those of a file of that path or name. */
        List<Harvest.Item> foreign() {
            Truth truth = new Truth(manifest);
            return harvest.files().stream()
                    .filter(i -> i.deleted() && i.main() != null && !i.name().startsWith("$"))
                    .filter(i -> !truth.holds(i))
                    .toList();
        }

        String figures() {
            Map<RatingClass, Long> classes = harvest.files().stream()
                    .filter(Harvest.Item::deleted)
                    .collect(Collectors.groupingBy(i -> i.rating().ratingClass(), Collectors.counting()));
            return "by content " + byContent() + " of " + wanted().size() + ", at their path " + atTheirPath()
                    + ", named streams " + streams() + " of 100, falsely INTACT "
                    + falselyIntact().size()
                    + ", deleted files by rating " + classes;
        }
    }

    @BeforeAll
    static void scan() throws Exception {
        SharedData.unpack("ntfs-a/ntfs-a.tar.zst", folder);
        clean = read("ntfs-a.clean");
        after = read("ntfs-a");
        System.out.println("ntfs-a.clean: " + clean.figures());
        System.out.println("ntfs-a: " + after.figures());
    }

    private static Result read(String name) throws Exception {
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(folder.resolve("ntfs-a").resolve(name + ".img"));
        SourceNode node = Road.readable(workbench.recognise(source, new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            Harvest harvest = Harvest.of(session, new ScanPlan(true, true, true), JobMonitor.SILENT);
            return new Result(
                    Manifest.parse(Files.readString(folder.resolve("ntfs-a").resolve(name + ".manifest.jsonl"))),
                    harvest);
        }
    }

    @Test
    void beforeTheNewFilesAtLeastWhatTheBestToolFinds() {
        assertThat(clean.byContent()).as("by content").isGreaterThanOrEqualTo(1468);
        assertThat(clean.atTheirPath()).as("at their path").isGreaterThanOrEqualTo(1442);
        assertThat(clean.streams()).as("named streams").isEqualTo(100);
    }

    @Test
    void afterTheNewFilesAtLeastWhatTheBestToolFinds() {
        assertThat(after.byContent()).as("by content").isGreaterThanOrEqualTo(1133);
        assertThat(after.atTheirPath()).as("at their path").isGreaterThanOrEqualTo(1059);
        assertThat(after.streams()).as("named streams").isGreaterThanOrEqualTo(80);
    }

    @Test
    void bothFilesWithAnAttributeListComeBackByNameAndContent() {
        List<Manifest.Entry> heavy = clean.wanted().stream()
                .filter(e -> e.kind().equals("heavyfrag"))
                .toList();
        assertThat(heavy)
                .hasSize(2)
                .allSatisfy(entry -> assertThat(clean.harvest().files())
                        .anyMatch(i -> i.name().equals(entry.name()) && i.mainEquals(entry)));
    }

    @Test
    void noFileIsRatedIntactWhoseBytesAreNotItsOwn() {
        assertThat(clean.falselyIntact()).isEmpty();
        assertThat(after.falselyIntact()).isEmpty();
    }

    @Test
    void noForeignBytesComeBackWithoutAMark() {
        for (Result result : List.of(clean, after)) {
            assertThat(result.foreign())
                    .allSatisfy(item -> assertThat(item.rating().ratingClass())
                            .as(item.toString())
                            .isNotIn(RatingClass.INTACT, RatingClass.PENDING));
        }
        assertThat(after.foreign()).as("new files took the place of some").isNotEmpty();
    }

    @Test
    void everyLiveFileIsRead() {
        for (Result result : List.of(clean, after)) {
            Set<String> missing = new TreeSet<>();
            for (Manifest.Entry entry : result.manifest().live()) {
                boolean later = result == clean
                        && (entry.text("phase").equals("new") || entry.name().startsWith("renamed_"));
                if (!later
                        && result.harvest().at(entry.path()).stream().noneMatch(i -> i.equalsIn(entry) && i.intact())) {
                    missing.add(entry.path());
                }
            }
            assertThat(missing).isEmpty();
        }
    }
}
