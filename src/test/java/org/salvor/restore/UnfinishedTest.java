package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;

@DisplayName("A job that ended in an exception")
class UnfinishedTest {
    private static final int FILES = 300;

    @TempDir
    Path folder;

    private RestoreFixture fixture;
    private RestorePlan plan;

    @BeforeEach
    void files() throws Exception {
        fixture = new RestoreFixture(folder);
        for (int i = 0; i < FILES; i++) {
            fixture.session.file(Catalog.NONE, "file " + i, RestoreFixture.bytes("content " + i));
        }
        plan = fixture.plan();
    }

    private RestoreReport run(JobMonitor monitor) throws Exception {
        return fixture.restorer.run(fixture.source, fixture.session, fixture.session.catalog(), plan, monitor);
    }

    @Test
    @DisplayName("before anything was written tells why of each file, and has nothing to go on from")
    void notBegun() throws Exception {
        Files.writeString(fixture.target, "a file where the folder should be");
        RestoreReport known = Unfinished.nothingYet(plan);
        Throwable why = catchThrowable(() -> run(JobMonitor.SILENT));
        assertThat(why).isInstanceOf(TargetException.class).hasMessageContaining("cannot be written");
        Unfinished after = Unfinished.after(known, why);
        assertThat(after.journal()).isEmpty();
        assertThat(after.report().stop()).isEqualTo(RestoreReport.Stop.TARGET_GONE);
        assertThat(after.report().fileCount()).isEqualTo(FILES);
        assertThat(after.report().files()).allSatisfy(file -> {
            assertThat(file.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(file.there()).isFalse();
            assertThat(file.reasons()).contains(why.getMessage());
        });
    }

    @Test
    @DisplayName("tells what its journal kept, and goes on from there, though another job's journal lies beside it")
    void begun() throws Exception {
        // a journal of other files comes first
        RestoreFixture other = new RestoreFixture(Files.createDirectory(folder.resolve("other")));
        for (int i = 0; i < FILES; i++) {
            other.session.file(Catalog.NONE, "other " + i, RestoreFixture.bytes("other " + i));
        }
        assertThat(other.run(RestoreOptions.to(fixture.target), new StopAfter(20))
                        .stopped())
                .isTrue();
        plan = fixture.plan();
        RestoreReport known = Unfinished.nothingYet(plan);
        Throwable why = catchThrowable(() -> run(new Bug()));
        assertThat(why).isInstanceOf(IllegalStateException.class);
        Unfinished after = Unfinished.after(known, why);
        assertThat(after.report().stop()).isEqualTo(RestoreReport.Stop.ERROR);
        assertThat(ExitCode.of(after.report())).isEqualTo(ExitCode.INTERNAL);
        long restored = after.report().count(Outcome.RESTORED);
        assertThat(restored).isBetween(1L, FILES - 1L);
        for (RestoredFile file : after.report().files()) {
            if (file.outcome() == Outcome.RESTORED) {
                assertThat(fixture.target.resolve(file.target())).hasSize(file.size());
            } else {
                assertThat(file.reasons()).anyMatch(reason -> reason.contains("stopped before this file"));
            }
        }
        Path journal = after.journal().orElseThrow();
        assertThat(journal).hasFileName(".salvor-journal-2").isEqualTo(plan.journal());
        assertThat(Unfinished.journalOf(after.report())).contains(journal);
        assertThat(Unfinished.asLeft(journal).orElseThrow().count(Outcome.RESTORED))
                .isEqualTo(restored);
        RestoreReport whole = fixture.restorer.resume(journal, fixture.source, fixture.session, JobMonitor.SILENT);
        assertThat(whole.count(Outcome.RESTORED)).isEqualTo(FILES);
        assertThat(Unfinished.journalOf(whole))
                .as("the other job's is not its own")
                .isEmpty();
    }

    @Test
    @DisplayName("whose target is gone keeps what was known before")
    void gone() throws Exception {
        RestoreReport stopped = run(new StopAfter(20));
        assertThat(stopped.stopped()).isTrue();
        Files.move(fixture.target, folder.resolve("taken away"));
        Path journal = fixture.target.resolve(JournalInfo.FILE_NAME);
        assertThatThrownBy(() -> fixture.restorer.resume(journal, fixture.source, fixture.session, JobMonitor.SILENT))
                .satisfies(why -> {
                    Unfinished after = Unfinished.after(stopped, why);
                    assertThat(after.journal()).isEmpty();
                    assertThat(after.report().thereCount()).isEqualTo(stopped.thereCount());
                    assertThat(after.report().stopped()).isTrue();
                });
    }

    /** Something that should never happen happens while files are being written. */
    private static final class Bug implements JobMonitor {
        private int count;

        @Override
        public void progress(Progress progress) {}

        @Override
        public void problem(Problem problem) {}

        @Override
        public synchronized void checkpoint() {
            if (++count > FILES / 2) {
                throw new IllegalStateException("a bug");
            }
        }
    }
}
