package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableRow;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.text.Units;
import org.salvor.ui.theme.RatingBadge;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** The cells of the table are kept while other rows come in: each of them says what its row says now, whatever came before. */
@ExtendWith(ApplicationExtension.class)
@DisplayName("The rows that are seen")
class ShownRowsTest {
    private static final int SEEN = 8;

    private @Nullable ChooseStage made;

    @Start
    void start(Stage stage) {
        made = new ChooseStage(stage, 1280, 800);
    }

    private ChooseStage page() {
        return Objects.requireNonNull(made);
    }

    /** Name, size, rating and tick. */
    private record Line(String name, String size, String rating, boolean ticked) {}

    private List<Line> seen() {
        FileTable table = (FileTable) page().scene.lookup("#files");
        List<Node> rows = new ArrayList<>(table.lookupAll(".table-row-cell"));
        rows.removeIf(node -> !node.isVisible() || !(node instanceof TableRow<?> row) || row.isEmpty());
        rows.sort(Comparator.comparingDouble(node -> node.getBoundsInParent().getMinY()));
        return rows.stream()
                .map(row -> new Line(
                        text(row, ".name-cell"),
                        text(row, ".numbers"),
                        text(row, ".rating-badge"),
                        row.lookup(".check-box") instanceof CheckBox box && box.isSelected()))
                .toList();
    }

    private static String text(Node row, String what) {
        return row.lookup(what) instanceof Labeled labeled ? labeled.getText() : "";
    }

    private List<Line> meant(int from) {
        ChooseModel model = page().model();
        Catalog catalog = model.catalog();
        List<Line> lines = new ArrayList<>();
        for (int i = from; i < Math.min(from + SEEN, model.rows().size()); i++) {
            int row = model.rows().row(i);
            lines.add(new Line(
                    catalog.name(row),
                    Units.bytes(catalog.size(row)),
                    RatingBadge.text(catalog.ratingClass(row), catalog.intactPercent(row)),
                    model.ticks().has(row)));
        }
        return lines;
    }

    private void after(String what, int from, Runnable change) throws TimeoutException {
        ChooseStage.fx(() -> {
            change.run();
            return true;
        });
        page().settle();
        List<Line> meant = ChooseStage.fx(() -> meant(from));
        List<Line> seen = ChooseStage.fx(this::seen);
        if (meant.size() < SEEN) {
            assertThat(seen).as(what).isEqualTo(meant);
        } else {
            assertThat(seen).as(what).startsWith(meant.toArray(Line[]::new));
        }
    }

    @Test
    @DisplayName("are those that a filter, an order, a tick and a place in the list ask for")
    void areWhatWasAskedFor() throws TimeoutException {
        page().show(SampleCatalog.many(20_000));
        ChooseModel model = page().model();
        after("at first", 0, () -> {});
        after("a filter", 0, () -> model.filterText().set("holiday7"));
        after("a filter for few", 0, () -> model.filterText().set("holiday777"));
        after("an order of few", 0, () -> model.sort(SortBy.SIZE, true));
        after("a filter for none", 0, () -> model.filterText().set("nothing like it"));
        after("no filter", 0, () -> model.filterText().set(""));
        after("another order", 0, () -> model.sort(SortBy.CHANCE, true));
        after("some ticks", 0, () -> {
            model.tick(model.rows().row(1), true);
            model.tick(model.rows().row(4), true);
        });
        after("an order that takes the ticks elsewhere", 0, () -> model.sort(SortBy.NAME, false));
        after("all ticks", 0, () -> model.tickShown(true));
        FileTable table = (FileTable) page().scene.lookup("#files");
        after("the middle", 10_000, () -> table.scrollTo(10_000));
        after("a filter from the middle", 0, () -> model.filterText().set("ext:pdf"));
        after("another of as many rows", 0, () -> model.sort(SortBy.NAME, true));
    }

    @Test
    @DisplayName("say what becomes known of them later")
    void sayWhatBecomesKnown() throws TimeoutException {
        SampleCatalog sample = new SampleCatalog();
        int folder = sample.folder(Catalog.NONE, "Folder");
        for (int i = 0; i < 30; i++) {
            sample.file(folder, "file " + i, 100 + i);
        }
        page().show(sample);
        after("before", 0, () -> {});
        sample.builder.rating(3, Rating.of(RatingClass.INTACT, 100, ReasonKind.CLUSTERS_FREE));
        sample.builder.rating(4, Rating.of(RatingClass.BLANK, 0, ReasonKind.ALL_ZERO));
        WaitForAsyncUtils.waitFor(
                20,
                TimeUnit.SECONDS,
                () -> ChooseStage.fx(() -> page().model().findings().get() instanceof Findings now
                        && now.snapshot().revision() == sample.catalog.revision()));
        after("when they are rated", 0, () -> {});
        assertThat(ChooseStage.fx(this::seen)).anyMatch(line -> line.rating().equals("Intact"));
    }
}
