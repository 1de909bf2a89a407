package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.ChildJvm;
import org.salvor.MemoryFolder;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Source;
import org.salvor.windows.Wine;

/**
 * A restore is killed without warning at twenty places of its run; what is resumed ends as if nothing had happened. That each kill hit
 * the running restore is certain: one of its threads had just stood still.
 */
class CrashTest {
    private static final int KILLS = 20;

    /** 128 and the number of the signal. */
    private static final int KILLED = 137;

    /** How far a restore was when it was killed. */
    private record State(int temporary, int named) {}

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @Test
    void afterEachOfTwentyKillsTheResumedJobEndsWithTheSameFolder() throws Exception {
        Wine.lacks("ends the process of this test before the test does");
        List<State> states = new ArrayList<>();
        Random random = new Random(42);
        for (boolean verify : new boolean[] {false, true}) {
            Path whole = Files.createDirectory(folder.resolve("whole " + verify));
            List<String> said = ChildJvm.run(CrashedRun.class, fast(), whole.toString(), "0", "" + verify);
            long events = Long.parseLong(said.getLast().substring(CrashedRun.ENDED.length()));
            Map<String, String> wanted = RestoreFixture.contents(target(whole));
            assertThat(wanted.keySet()).noneMatch(name -> name.endsWith(TargetNames.TEMPORARY));
            for (int i = 0; i < KILLS / 2; i++) {
                Path place = Files.createDirectory(folder.resolve("killed " + states.size()));
                // the last few are left out: the two workers do not always share the work in the same way
                long at = 1 + (long) ((i + random.nextDouble()) / (KILLS / 2) * (events - 20));
                kill(place, at, verify);
                assertThat(target(place).resolve(TargetNames.JOURNAL)).content().contains("\"line\":\"begin\"");
                assertThat(target(place).resolve(FileRestorer.REPORT)).doesNotExist();
                states.add(state(target(place)));
                System.out.printf("killed at %d of %d: %s%n", at, events, states.getLast());
                again(place, states.size(), random);
                resume(place, wanted, "after kill " + states.size());
            }
        }
        assertThat(states).as("proven kills").hasSize(KILLS);
        assertThat(states).as("before any file has its name").anyMatch(s -> s.temporary() > 0 && s.named() == 0);
        assertThat(states).as("in between").anyMatch(s -> s.temporary() > 0 && s.named() > 0);
        assertThat(states).as("when most are there").anyMatch(s -> s.named() > 90);
    }

    /** Every third time the last line of the journal is torn; every fourth time the resumed run is killed, too. */
    private static void again(Path place, int number, Random random) throws Exception {
        if (number % 3 == 0) {
            Files.writeString(
                    target(place).resolve(TargetNames.JOURNAL),
                    "0badc0de {\"line\":\"written\",\"ind",
                    StandardCharsets.UTF_8,
                    StandardOpenOption.APPEND);
        }
        if (number % 4 == 0) {
            kill(place, 1 + random.nextInt(20), false);
        }
    }

    private static void kill(Path place, long at, boolean verify) throws IOException, InterruptedException {
        Process process = ChildJvm.of(CrashedRun.class, fast(), place.toString(), "" + at, "" + verify)
                .start();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).as("at " + at).isEqualTo(CrashedRun.HERE);
            process.toHandle().destroyForcibly(); // that of the process would close its output, too
            assertThat(process.waitFor()).isEqualTo(KILLED);
            assertThat(out.readLine()).as("it had not ended").isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void resume(Path place, Map<String, String> wanted, String when) throws Exception {
        RestoreFixture again = new RestoreFixture(place);
        CrashedRun.fill(again.session);
        RestoreReport report = again.restorer.resume(
                again.target.resolve(TargetNames.JOURNAL),
                new Source.ImageFile(again.image),
                again.session,
                JobMonitor.SILENT);
        assertThat(ExitCode.of(report)).as(when).isEqualTo(ExitCode.DONE);
        assertThat(report.files()).as(when).hasSize(again.session.catalog().size());
        assertThat(RestoreFixture.contents(again.target)).as(when).isEqualTo(wanted);
    }

    private static State state(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            List<String> files = all.filter(Files::isRegularFile)
                    .filter(path -> !path.toString().contains(TargetNames.SIDECAR))
                    .map(path -> path.getFileName().toString())
                    .toList();
            return new State(
                    (int) files.stream()
                            .filter(name -> name.matches("[0-9]{8}-.*" + TargetNames.TEMPORARY))
                            .count(),
                    (int) files.stream()
                            .filter(name -> name.startsWith("file ") && name.endsWith(".bin"))
                            .count());
        }
    }

    private static List<String> fast() {
        return List.of("-XX:TieredStopAtLevel=1");
    }

    private static Path target(Path place) {
        return place.resolve("target");
    }
}
