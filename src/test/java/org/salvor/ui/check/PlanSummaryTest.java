package org.salvor.ui.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.FileId;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.SourceIdentity;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.PlannedFile.Action;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.ui.check.PlanSummary.Group;

@DisplayName("The sums of the page Check")
class PlanSummaryTest {
    @Test
    void countFilesAndTellFoldersApart() {
        PlanSummary summary = summary(
                planned("docs", "docs", true, Action.WRITE, RatingClass.INTACT, 100),
                planned("docs/a.txt", "docs/a.txt", false, Action.WRITE, RatingClass.INTACT, 100),
                planned("docs/gone.txt", "", false, Action.IMPOSSIBLE, RatingClass.OVERWRITTEN, 0));

        assertThat(summary.count(Group.COPIED)).isEqualTo(1);
        assertThat(summary.count(Group.IMPOSSIBLE)).isEqualTo(1);
    }

    @Test
    void foldersThatAreNotMadeAreNotCalledFiles() {
        PlanSummary summary = summary(
                planned("docs", "", true, Action.SKIP, RatingClass.INTACT, 100, "not made"),
                planned("old", "", true, Action.SKIP, RatingClass.INTACT, 100, "not made"),
                planned("a.txt", "", false, Action.SKIP, RatingClass.INTACT, 100, "left alone"),
                planned("b:c.txt", "b_c.txt", false, Action.WRITE, RatingClass.INTACT, 100, "new name"),
                planned("d:e", "d_e", true, Action.WRITE, RatingClass.INTACT, 100, "new name"));

        assertThat(summary.count(Group.LEFT_OUT)).isEqualTo(1);
        assertThat(summary.reasons(Group.LEFT_OUT))
                .extracting(Map.Entry::getKey, e -> e.getValue().words())
                .containsExactly(tuple("not made", "2 folders"), tuple("left alone", "1 file"));
        assertThat(summary.count(Group.RENAMED)).as("names of both kinds").isEqualTo(2);
        assertThat(summary.reasons(Group.RENAMED)).containsExactly(entry("new name", new PlanSummary.Count(1, 1)));
        assertThat(new PlanSummary.Count(1, 1).words()).isEqualTo("1 file and 1 folder");
    }

    @Test
    void aFileOfWhichOnlyANamedStreamIsLostIsIncompleteToo() {
        assertThat(planned("a.txt", "a.txt.partial", false, Action.WRITE, RatingClass.PARTIAL, 100)
                        .incomplete())
                .isTrue();
        assertThat(planned("a.txt", "a.txt", false, Action.WRITE, RatingClass.PROBABLE, 100)
                        .incomplete())
                .isFalse();
    }

    private static PlannedFile planned(
            String path,
            String target,
            boolean folder,
            Action action,
            RatingClass rating,
            int percent,
            String... notes) {
        return new PlannedFile(
                0, new FileId("ntfs:1:1-1"), path, target, folder, 0, action, rating, percent, List.of(notes));
    }

    private static PlanSummary summary(PlannedFile... files) {
        return PlanSummary.of(new RestorePlan(
                new SourceIdentity("a.img", "", "NTFS", "1", 0, "", Map.of()),
                RestoreOptions.to(Path.of("back")),
                List.of(files),
                List.of(),
                0,
                0,
                0,
                Path.of("back", ".salvor-journal")));
    }
}
