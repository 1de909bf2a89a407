package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

/** Targets that end a job: they fill up, or go away. A small file system in memory stands for them. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "a file system in memory is mounted")
class FullTargetTest {
    @TempDir
    Path folder;

    private Path point;
    private RestoreFixture fixture;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root: nothing can be mounted");
        point = Files.createDirectory(folder.resolve("small"));
        mounted = exec("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", point.toString()) == 0;
        assumeTrue(mounted, "a file system in memory cannot be mounted here");
        fixture = new RestoreFixture(folder);
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            exec("umount", "-l", point.toString());
        }
    }

    private static int exec(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor();
    }

    private RestorePlan plan(int files, int size) throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < files; i++) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            fixture.session.file(Catalog.NONE, "file " + i, content);
        }
        return fixture.plan(RestoreOptions.to(point.resolve("back")));
    }

    private RestoreReport run(RestorePlan plan, JobMonitor monitor) throws Exception {
        return fixture.restorer.run(fixture.source, fixture.session, fixture.session.catalog(), plan, monitor);
    }

    @Test
    void tooLittleSpaceIsToldBeforeAnythingIsWritten() throws Exception {
        RestorePlan plan = plan(12, 1 << 20);
        assertThat(ExitCode.of(plan)).isEqualTo(ExitCode.NO_SPACE);
        assertThat(point).isEmptyDirectory();
    }

    @Test
    void aTargetThatFillsUpStopsTheJobAndKeepsWhatIsDone() throws Exception {
        RestorePlan plan = plan(6, 1 << 20);
        assertThat(plan.possible()).isTrue();
        Path ballast = Files.write(point.resolve("ballast"), new byte[4 << 20]);
        RestoreReport report = run(plan, JobMonitor.SILENT);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.NO_SPACE);
        assertThat(report.count(Outcome.RESTORED)).isBetween(1L, 5L);
        Files.delete(ballast);
        RestoreReport resumed = fixture.restorer.resume(
                point.resolve("back/.salvor-journal"), fixture.source, fixture.session, JobMonitor.SILENT);
        assertThat(ExitCode.of(resumed)).isEqualTo(ExitCode.DONE);
        assertThat(RestoreFixture.contents(point.resolve("back")).keySet())
                .containsExactlyInAnyOrder(
                        "",
                        "file 0",
                        "file 1",
                        "file 2",
                        "file 3",
                        "file 4",
                        "file 5",
                        "salvor-report.json",
                        "salvor-sidecar",
                        "salvor-sidecar/files.jsonl");
    }

    @Test
    void aTargetThatIsUnmountedUnderLoadStopsTheJob() throws Exception {
        RestorePlan plan = plan(600, 2000);
        Unmount monitor = new Unmount();
        RestoreReport report = run(plan, monitor);
        assertThat(monitor.problems)
                .filteredOn(problem -> problem.severity() == Problem.Severity.ERROR)
                .as("told once, though two workers meet it")
                .hasSize(1);
        assertThat(monitor.problems)
                .noneMatch(problem ->
                        problem.text().contains("..") || problem.text().contains("Exception"));
        assertThat(report.stop()).isEqualTo(RestoreReport.Stop.TARGET_GONE);
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.TARGET_GONE);
        assertThat(point).as("the folder below the mount").isEmptyDirectory();
    }

    private final class Unmount implements JobMonitor {
        private final List<Problem> problems = new CopyOnWriteArrayList<>();
        private int count;

        @Override
        public void progress(Progress progress) {}

        @Override
        public void problem(Problem problem) {
            problems.add(problem);
        }

        @Override
        public synchronized void checkpoint() {
            if (++count == 200) {
                try {
                    exec("umount", "-l", point.toString());
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }
}
