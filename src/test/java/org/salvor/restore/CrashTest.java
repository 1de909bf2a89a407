package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Source;

/** A restore is killed without warning, again and again; what is resumed ends as if nothing had happened. */
class CrashTest {
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    @Test
    void afterAKillAResumedJobEndsWithTheSameFolder() throws Exception {
        Path whole = Files.createDirectory(folder.resolve("whole"));
        RestoreFixture fixture = new RestoreFixture(whole);
        CrashedRun.fill(fixture.session);
        long started = System.nanoTime();
        assertThat(ExitCode.of(fixture.run())).isEqualTo(ExitCode.DONE);
        long takes = Math.max(50, (System.nanoTime() - started) / 1_000_000);
        Map<String, String> wanted = RestoreFixture.contents(fixture.target);

        Random random = new Random(42);
        int resumed = 0;
        for (int i = 0; i < KILLS; i++) {
            Path place = Files.createDirectory(folder.resolve("killed " + i));
            kill(place, random.nextLong(2 * takes));
            RestoreFixture again = new RestoreFixture(place);
            CrashedRun.fill(again.session);
            Path journal = again.target.resolve(".salvor-journal");
            boolean begun = Files.exists(journal) && Files.readString(journal).contains("\"line\":\"begin\"");
            if (begun) {
                resumed++;
                RestoreReport report = again.restorer.resume(
                        journal, new Source.ImageFile(again.image), again.session, JobMonitor.SILENT);
                assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
                assertThat(report.files()).hasSize(again.session.catalog().size());
            } else if (!Files.exists(again.target.resolve(FileRestorer.REPORT))) {
                Files.deleteIfExists(journal);
                again.run();
            }
            TreeMap<String, String> got = RestoreFixture.contents(again.target);
            assertThat(got.keySet()).as("names after kill " + i).isEqualTo(wanted.keySet());
            for (Map.Entry<String, String> file : wanted.entrySet()) {
                assertThat(got.get(file.getKey()))
                        .as("%s after kill %d", file.getKey(), i)
                        .isEqualTo(file.getValue());
            }
        }
        assertThat(resumed).as("kills that came while files were written").isGreaterThan(KILLS / 4);
    }

    private static void kill(Path place, long afterMillis) throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashedRun.class.getName(),
                        place.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo("planned");
            TimeUnit.MILLISECONDS.sleep(afterMillis);
            process.destroyForcibly().waitFor();
        }
    }
}
