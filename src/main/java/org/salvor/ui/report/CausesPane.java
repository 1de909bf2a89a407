package org.salvor.ui.report;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.OutcomeBadge;

/** Problems by their cause, each with what can be done about it. */
final class CausesPane extends ScrollPane {
    private static final int CAUSES_SHOWN = 50;
    private static final int NAMES_SHOWN = 3;

    private final Button choose;
    private final VBox list = new VBox(12);

    /** @param again chooses what was not restored again, without what was */
    CausesPane(Runnable again) {
        choose = Build.button("", Feather.ROTATE_CCW, again);
        choose.setId("choose-failed");
        setFitToWidth(true);
        getStyleClass().add("page-scroll");
        list.getStyleClass().add("scroll-content");
        setContent(list);
    }

    void show(@Nullable ReportSummary summary) {
        list.getChildren().clear();
        if (summary == null) {
            return;
        }
        List<Node> losses = new ArrayList<>();
        summary.report().problems().forEach(loss -> losses.add(Build.text(loss)));
        if (!losses.isEmpty()) {
            losses.add(Build.muted(Messages.get("report.losses.next")));
            list.getChildren().add(Build.card(losses.toArray(Node[]::new)));
        }
        if (summary.causes().isEmpty() && summary.report().problems().isEmpty()) {
            list.getChildren().add(Build.muted(Messages.get("reportpage.problems.none")));
        }
        long failed = summary.report().files().stream()
                .filter(ReportViewModel::worthTrying)
                .count();
        if (failed > 0) {
            choose.setText(Messages.get("reportpage.chooseFailed", Units.count(failed)));
            list.getChildren().add(choose);
        }
        for (ReportSummary.Cause cause : summary.causes()
                .subList(0, Math.min(CAUSES_SHOWN, summary.causes().size()))) {
            list.getChildren().add(card(cause));
        }
        if (summary.causes().size() > CAUSES_SHOWN) {
            list.getChildren()
                    .add(Build.muted(Messages.get(
                            "reportpage.problems.more",
                            Units.count(summary.causes().size() - CAUSES_SHOWN))));
        }
    }

    private static VBox card(ReportSummary.Cause cause) {
        OutcomeBadge badge = new OutcomeBadge();
        badge.show(cause.outcome(), ReportViewModel.text(cause.outcome()));
        badge.setMinWidth(USE_PREF_SIZE);
        Label count = new Label(Units.files(cause.files().size()));
        count.getStyleClass().add(Styles.TEXT_BOLD);
        VBox card = Build.card(Build.row(10, badge, count), Build.text(cause.reason()));
        String next = ReportViewModel.nextStep(cause);
        if (!next.isEmpty()) {
            card.getChildren().add(Build.text(next));
        }
        for (RestoredFile file :
                cause.files().subList(0, Math.min(NAMES_SHOWN, cause.files().size()))) {
            Label name = new Label(file.path());
            name.getStyleClass().add(Styles.TEXT_MUTED);
            Build.shortens(name);
            card.getChildren().add(name);
        }
        int more = cause.files().size() - NAMES_SHOWN;
        if (more > 0) {
            card.getChildren().add(Build.muted(Messages.get("reportpage.files.more", Units.count(more))));
        }
        card.setSpacing(6);
        return card;
    }
}
