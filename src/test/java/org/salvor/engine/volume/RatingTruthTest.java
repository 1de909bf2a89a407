package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Harvest;
import org.salvor.Manifest;
import org.salvor.SharedData;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;

/** Ratings against the truth of a large volume: what is called intact must be so, byte for byte. */
class RatingTruthTest {
    @TempDir
    Path folder;

    @Test
    void nothing_called_intact_has_other_bytes_than_its_own() throws Exception {
        Path at = SharedData.unpack("ntfs-a/ntfs-a.tar.zst", folder);
        at = Files.isDirectory(at.resolve("ntfs-a")) ? at.resolve("ntfs-a") : at;
        for (String image : List.of("ntfs-a.clean", "ntfs-a")) {
            Manifest manifest = Manifest.parse(Files.readString(at.resolve(image + ".manifest.jsonl")));
            assertThat(falselyIntact(harvest(at.resolve(image + ".img")), manifest))
                    .as(image)
                    .isEmpty();
        }
    }

    private static Harvest harvest(Path image) throws RecoveryException {
        VolumeEngine engine = new VolumeEngine(List.of(), () -> {
            throw new RecoveryException("none");
        });
        Keyring keys = new Keyring();
        SourceNode tree = engine.recognise(new Source.ImageFile(image), keys).orElseThrow();
        try (RecoverySession session = engine.open(tree, keys)) {
            return Harvest.of(session, new ScanPlan(false, true, false), JobMonitor.SILENT);
        }
    }

    private static List<String> falselyIntact(Harvest harvest, Manifest manifest) {
        Map<String, Set<String>> contentsByName = new HashMap<>();
        for (Manifest.Entry entry : manifest.entries()) {
            contentsByName
                    .computeIfAbsent(entry.name(), key -> new HashSet<>())
                    .addAll(Manifest.contents(List.of(entry)));
        }
        List<String> wrong = new ArrayList<>();
        Map<String, Integer> counts = new java.util.TreeMap<>();
        Map<String, Integer> whole = new java.util.TreeMap<>();
        Map<String, Manifest.Entry> byPath = new HashMap<>();
        manifest.deleted().forEach(e -> byPath.put(e.path(), e));
        Set<String> content = new HashSet<>();
        Set<String> atPath = new HashSet<>();
        int streams = 0;
        for (Harvest.Item item : harvest.files()) {
            if (!item.deleted()) {
                continue;
            }
            RatingClass ratingClass = item.rating().ratingClass();
            counts.merge(ratingClass.name(), 1, Integer::sum);
            Set<String> own = contentsByName.getOrDefault(item.name(), Set.of());
            boolean right = item.main() != null
                    && item.main().lost() == 0
                    && (item.main().size() == 0 || own.contains(item.main().sha256()));
            right |= item.main() == null && item.failure().isEmpty();
            if (right) {
                whole.merge(ratingClass.name(), 1, Integer::sum);
            }
            for (Harvest.Read stream : item.streams().values()) {
                if (own.contains(stream.sha256())) {
                    streams++;
                } else {
                    right = false;
                }
            }
            Manifest.Entry entry = byPath.get(item.path());
            if (item.main() != null && item.main().size() > 0 && entry != null && item.mainEquals(entry)) {
                atPath.add(item.path());
            }
            if (item.main() != null && item.main().size() > 0) {
                content.add(item.main().sha256());
            }
            if (item.intact() && !right) {
                wrong.add(item + " " + harvest.catalog().allocated(item.row()));
            }
        }
        long contents = manifest.deleted().stream()
                .filter(e -> e.size() > 0 && content.contains(e.sha256()))
                .count();
        System.out.println("rated " + counts + " whole " + whole + " content " + contents + " atPath " + atPath.size()
                + " streams " + streams + " wrong " + wrong.size());
        return wrong;
    }
}
