package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.Manifest;
import org.salvor.Road;
import org.salvor.TestHost;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.service.Workbench;

/** Encrypted files in a restore that is stopped at any point and goes on with other keys than it began with. */
@DisplayName("A restore of encrypted files that was stopped")
class EncryptedResumeTest {
    private static final Manifest MANIFEST = TestImages.manifest("efs");

    /** So many stops are tried, spread over the whole run. */
    private static final int STOPS = 12;

    private final Workbench workbench = Wiring.assemble();
    private final FileRestorer restorer = new FileRestorer(TestHost.places(), TestHost.files());

    @TempDir
    Path folder;

    private Source source = new Source.Practice();

    @BeforeEach
    void image() throws Exception {
        source = new Source.ImageFile(TestImages.file("efs", folder));
    }

    @ParameterizedTest(name = "begun with the key {0}, gone on with the key {1}")
    @CsvSource({"true,false", "false,true", "true,true", "false,false"})
    @DisplayName("calls nothing restored that stays encrypted, and leaves no half file under a name")
    void goesOnWithOtherKeys(boolean first, boolean then) throws Exception {
        int all = run(first, folder.resolve("whole"), new StopAfter(Integer.MAX_VALUE));
        assertThat(all).isGreaterThan(STOPS);
        int early = 0;
        for (int stop = 0; stop < STOPS; stop++) {
            Path target = folder.resolve("target " + stop);
            int after = all * stop / STOPS;
            assertThat(run(first, target, new StopAfter(after))).isEqualTo(-1);
            Map<String, String> before = named(target);
            before.forEach((name, hash) -> right(name, hash, target));
            early += before.isEmpty() ? 0 : 1;
            RestoreReport report = resume(then, target);
            assertThat(report.stop()).isEqualTo(RestoreReport.Stop.NONE);
            int changed = 0;
            for (RestoredFile file : report.files()) {
                check(file, target, then || before.containsKey(file.path()));
                boolean planned = first
                        && !file.path().endsWith("newer.txt")
                        && !file.path().endsWith("open.txt");
                changed += planned && file.outcome() == Outcome.KEPT_ENCRYPTED ? 1 : 0;
            }
            assertThat(named(target).keySet()).containsAll(before.keySet());
            if (first && !then && stop == 0) {
                assertThat(changed).as("files whose key went away").isGreaterThan(5);
            }
        }
        assertThat(early).as("stops after which files were there").isGreaterThan(0);
    }

    @Test
    @DisplayName("does not forget that a locked file has gaps, should a key come")
    void gapsOfLockedFiles() {
        assertThat(Results.incomplete(locked("a.txt.efsraw"))).isFalse();
        assertThat(Results.incomplete(locked("a.txt.efsraw.partial"))).isTrue();
    }

    private static Task locked(String target) {
        return new Task(
                0,
                "ntfs:1:2-3",
                "a.txt",
                target,
                false,
                10,
                PlannedFile.Action.WRITE,
                RatingClass.LOCKED,
                50,
                0,
                -1,
                0,
                new PreparedFile.FileTimes(0, 0, 0, 0),
                List.of());
    }

    /** A line of the report says what lies there. */
    private static void check(RestoredFile file, Path target, boolean mayBeOpen) throws Exception {
        Manifest.Entry entry = MANIFEST.at(file.path());
        boolean locked = !entry.text("kind").equals("plain")
                && (!mayBeOpen
                        || entry.text("users").equals("[]")
                        || file.path().endsWith("newer.txt"));
        Path there = target.resolve(file.target());
        switch (file.outcome()) {
            case RESTORED -> {
                assertThat(file.target()).isEqualTo(file.path());
                assertThat(Road.hash(there)).as(file.path()).isEqualTo(entry.sha256());
                assertThat(file.rating()).as(file.path()).isNotEqualTo(RatingClass.LOCKED);
                assertThat(String.join(" ", file.reasons())).as(file.path()).doesNotContain("kept as it was encrypted");
                assertThat(locked)
                        .as(file.path() + " is restored without a key")
                        .isFalse();
            }
            case KEPT_ENCRYPTED -> {
                assertThat(file.target()).isEqualTo(file.path() + ".efsraw");
                assertThat(file.rating()).as(file.path()).isEqualTo(RatingClass.LOCKED);
                assertThat(Road.hash(there)).isEqualTo(file.sha256());
                assertThat(export(there)).as(file.path()).isTrue();
                assertThat(String.join(" ", file.reasons())).contains("kept as it was encrypted");
                if (!entry.text("users").equals("[]")) {
                    assertThat(file.reasons())
                            .as("whose certificate " + file.path() + " needs")
                            .anyMatch(reason -> reason.startsWith("It opens with the certificate of "));
                }
            }
            case PARTIAL, SKIPPED, FAILED -> throw new AssertionError(file);
        }
        assertThat(Files.exists(target.resolve(file.path())) && Files.exists(target.resolve(file.path() + ".efsraw")))
                .as(file.path() + " is there twice")
                .isFalse();
    }

    /** After a stop: what has its final name is whole. */
    private static void right(String name, String hash, Path target) {
        if (name.endsWith(".efsraw")) {
            assertThat(export(target.resolve(name))).as(name).isTrue();
        } else {
            assertThat(hash).as(name).isEqualTo(MANIFEST.at(name).sha256());
        }
    }

    private static boolean export(Path file) {
        try {
            byte[] all = Files.readAllBytes(file);
            return all.length > 100 && all[1] == 1 && all[4] == 'R' && all[6] == 'O' && all[8] == 'B';
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Keyring keys(boolean there) throws Exception {
        return there ? TestKeys.keyring(folder, "ann", "bob") : new Keyring();
    }

    private RecoverySession open(Keyring keys) throws Exception {
        return workbench.open(Road.readable(workbench.recognise(source, keys)), keys);
    }

    private static Catalog scan(RecoverySession session) throws Exception {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        session.scan(new ScanPlan(false, true, true), builder, JobMonitor.SILENT);
        return builder.catalog();
    }

    /** @return how often it asked whether to stop; -1 if it was stopped */
    private int run(boolean withKeys, Path target, StopAfter monitor) throws Exception {
        try (Keyring keys = keys(withKeys);
                RecoverySession session = open(keys)) {
            Catalog catalog = scan(session);
            RestorePlan plan = restorer.plan(
                    source,
                    session,
                    catalog,
                    Road.select(
                            catalog,
                            row -> !catalog.folder(row) && catalog.path(row).matches("(kept|gone)/(?!wrong).*")),
                    RestoreOptions.to(target),
                    JobMonitor.SILENT);
            monitor.restart();
            RestoreReport report = restorer.run(source, session, catalog, plan, monitor);
            return report.stop() == RestoreReport.Stop.CANCELLED ? -1 : monitor.count();
        }
    }

    private RestoreReport resume(boolean withKeys, Path target) throws Exception {
        try (Keyring keys = keys(withKeys);
                RecoverySession session = open(keys)) {
            var unused = scan(session);
            return restorer.resume(target.resolve(".salvor-journal"), source, session, JobMonitor.SILENT);
        }
    }

    /** What lies under names of files, with hashes. */
    private static Map<String, String> named(Path target) throws Exception {
        Map<String, String> all = new HashMap<>();
        if (!Files.exists(target)) {
            return all;
        }
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = target.relativize(file).toString().replace('\\', '/');
                if (name.matches("(kept|gone)/.*") && !name.endsWith(".salvor-part") && !name.contains("sidecar")) {
                    all.put(name, Road.hash(file));
                }
            }
        }
        return all;
    }
}
