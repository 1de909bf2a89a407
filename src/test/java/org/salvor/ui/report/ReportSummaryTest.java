package org.salvor.ui.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.SourceIdentity;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;

@DisplayName("The sums of the page Report")
class ReportSummaryTest {
    @Test
    void whatLayThereAlreadyIsThere() {
        ReportSummary summary = summary(
                file("a.txt", false, Outcome.SKIPPED, "00ff"),
                file("b.txt", false, Outcome.RESTORED, "00ff"),
                file("docs", true, Outcome.RESTORED, ""));

        assertThat(summary.verdict()).isEqualTo(ReportSummary.Verdict.ALL);
        assertThat(summary.missing()).isZero();
        assertThat(summary.causes()).isEmpty();
        assertThat(ReportViewModel.headline(summary)).isEqualTo("All 2 files are back");
    }

    @Test
    void aRestoreOfOnlyWhatLayThereAlreadyHasNotFailed() {
        ReportSummary summary = summary(file("a.txt", false, Outcome.SKIPPED, "00ff"));

        assertThat(summary.verdict()).isEqualTo(ReportSummary.Verdict.ALL);
        assertThat(ReportViewModel.headline(summary)).isEqualTo("The file is back");
    }

    @Test
    void countFilesAndNotFolders() {
        ReportSummary summary = summary(
                file("docs", true, Outcome.RESTORED, ""),
                file("a.txt", false, Outcome.RESTORED, "00ff"),
                file("b.txt", false, Outcome.FAILED, ""),
                file("c.txt", false, Outcome.SKIPPED, ""));

        assertThat(summary.verdict()).isEqualTo(ReportSummary.Verdict.ALL_BUT);
        assertThat(ReportViewModel.headline(summary)).isEqualTo("2 of 3 files did not come back whole");
    }

    @Test
    void whatWasOverwrittenIsNotOfferedToBeTriedAgain() {
        RestoredFile overwritten = failed("a.txt", RatingClass.OVERWRITTEN);
        RestoredFile unread = failed("b.txt", RatingClass.INTACT);

        assertThat(ReportViewModel.worthTrying(overwritten)).isFalse();
        assertThat(ReportViewModel.worthTrying(unread)).isTrue();
        assertThat(nextStep(overwritten)).contains("another copy").doesNotContain("again");
        assertThat(nextStep(unread)).contains("again");
        assertThat(nextStep(overwritten, unread)).as("one of them is worth it").contains("again");
    }

    private static String nextStep(RestoredFile... files) {
        return ReportViewModel.nextStep(summary(files).causes().getFirst());
    }

    private static RestoredFile failed(String path, RatingClass rating) {
        return new RestoredFile(
                "ntfs:1:1-1", path, "", false, 5, Outcome.FAILED, rating, 0, "", List.of(), List.of("why"));
    }

    private static RestoredFile file(String path, boolean folder, Outcome outcome, String sha256) {
        return new RestoredFile(
                "ntfs:1:1-1", path, path, folder, 5, outcome, RatingClass.INTACT, 100, sha256, List.of(), List.of());
    }

    private static ReportSummary summary(RestoredFile... files) {
        return ReportSummary.of(new RestoreReport(
                new SourceIdentity("a.img", "", "NTFS", "1", 0, "", Map.of()),
                Path.of("back"),
                RestoreReport.Stop.NONE,
                List.of(files),
                "2026-11-20T10:00:00Z",
                "2026-11-20T10:00:01Z"));
    }
}
