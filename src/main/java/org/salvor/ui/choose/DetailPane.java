package org.salvor.ui.choose;

import atlantafx.base.theme.Styles;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.StreamInfo;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.table.LatestWorker;
import org.salvor.ui.theme.Build;
import org.salvor.ui.theme.KeyboardWithin;
import org.salvor.ui.theme.RatingBadge;

/** One file: what is in it, why it is rated as it is, and what is known of it. */
final class DetailPane extends VBox implements AutoCloseable {
    /** Whether contents can be read at the moment, and why not. */
    interface Access {
        /** Null while contents cannot be read. */
        @Nullable
        RecoverySession session();

        String whyNot();
    }

    /** Of most words for what is known of a file. */
    private static final double KEY_WIDTH = 64;

    private final Catalog catalog;
    private final Access access;
    private final LatestWorker worker;
    private final FontIcon icon = new FontIcon();
    private final Label name = new Label();
    private final RatingBadge badge = new RatingBadge();
    private final PreviewPane preview = new PreviewPane();
    private final VBox why = new VBox(6);
    private final VBox facts = new VBox(4);
    private final VBox body = new VBox(14);
    private final Label hint = Build.muted(Messages.get("choose.detail.none"));
    private boolean technical;
    private int shown = Catalog.NONE;
    private long shownRevision = -1;
    private boolean waiting;
    private boolean locked;

    DetailPane(Catalog catalog, Access access, Executor ui) {
        super(12);
        this.catalog = catalog;
        this.access = access;
        this.worker = new LatestWorker("choose-preview", ui);
        setId("detail");
        getStyleClass().add("detail");
        name.getStyleClass().add("detail-name");
        name.setWrapText(true);
        name.setMinHeight(Region.USE_PREF_SIZE);
        name.setId("detail-name");
        icon.getStyleClass().add("detail-icon");
        HBox.setHgrow(name, Priority.ALWAYS);
        HBox head = new HBox(10, icon, name);
        head.setAlignment(Pos.TOP_LEFT);
        preview.setMinHeight(Region.USE_PREF_SIZE);
        why.setId("why");
        body.getChildren()
                .addAll(
                        head,
                        preview,
                        new VBox(8, Build.heading(Messages.get("choose.why")), badge, why),
                        new VBox(8, Build.heading(Messages.get("choose.facts")), facts));
        body.getStyleClass().add("detail-body");
        ScrollPane scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(true);
        scroll.setAccessibleText(Messages.get("choose.detail"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        hint.getStyleClass().add("detail-hint");
        hint.setAlignment(Pos.CENTER);
        hint.setTextAlignment(TextAlignment.CENTER);
        hint.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        VBox.setVgrow(hint, Priority.ALWAYS);
        getChildren().addAll(hint, scroll);
        scroll.setId("detail-scroll");
        Build.visible(scroll, false);
        setMinWidth(220);
        KeyboardWithin.mark(this);
    }

    void technical(boolean on) {
        technical = on;
        describe();
    }

    /** Shows another row; the preview follows when it has been read. */
    void show(int row) {
        boolean any = row != Catalog.NONE;
        Build.visible(hint, !any);
        Build.visible(getChildren().get(1), any);
        boolean other = row != shown;
        shown = row;
        describe();
        if (any && (other || waiting)) {
            load(row);
        } else if (!any) {
            worker.drop();
        }
    }

    /** Looks again: a rating may have come, contents may be readable now. */
    void refresh() {
        if (shown != Catalog.NONE) {
            if (shownRevision != catalog.revision()) {
                describe();
            }
            boolean opened = locked && catalog.ratingClass(shown) != RatingClass.LOCKED;
            if ((waiting || opened) && access.session() != null) {
                load(shown);
            }
        }
    }

    private void load(int row) {
        RecoverySession session = access.session();
        locked = catalog.ratingClass(row) == RatingClass.LOCKED;
        waiting = session == null && !catalog.folder(row);
        if (session == null) {
            worker.drop();
            preview.message(Feather.CLOCK, access.whyNot());
            return;
        }
        preview.loading();
        Consumer<Throwable> failed = problem ->
                preview.message(Feather.ALERT_TRIANGLE, Messages.get("choose.preview.failed", Faults.text(problem)));
        worker.submit(ticket -> PreviewLoader.load(session, catalog, row, ticket), preview::show, failed);
    }

    private void describe() {
        int row = shown;
        if (row == Catalog.NONE) {
            return;
        }
        shownRevision = catalog.revision();
        icon.setIconCode(Icons.of(catalog, row));
        name.setText(catalog.name(row));
        boolean file = !catalog.folder(row);
        Build.visible(badge, file);
        why.getChildren().clear();
        if (file) {
            badge.show(catalog.ratingClass(row), catalog.intactPercent(row));
            why.getChildren().add(Build.text(RatingBadge.meaning(catalog.ratingClass(row))));
            for (String reason : Reasons.sentences(catalog, row)) {
                why.getChildren().add(bullet(reason));
            }
        } else {
            why.getChildren().add(Build.text(Messages.get("choose.folderHint")));
        }
        facts(row, file);
    }

    private static HBox bullet(String text) {
        Label dot = new Label("\u2022");
        Label label = Build.muted(text);
        HBox.setHgrow(label, Priority.ALWAYS);
        return new HBox(8, dot, label);
    }

    private void facts(int row, boolean file) {
        facts.getChildren().clear();
        fact(Messages.get("choose.column.folder"), Texts.folder(catalog, row));
        if (file) {
            fact(
                    Messages.get("choose.column.size"),
                    Messages.get("choose.bytes", Units.bytes(catalog.size(row)), Units.count(catalog.size(row))));
        }
        fact(Messages.get("choose.column.modified"), Texts.exactTime(catalog.modified(row)));
        fact(Messages.get("choose.column.created"), Texts.exactTime(catalog.created(row)));
        if (technical) {
            fact(Messages.get("choose.column.changed"), Texts.exactTime(catalog.changed(row)));
            fact(Messages.get("choose.column.accessed"), Texts.exactTime(catalog.accessed(row)));
            fact(Messages.get("choose.column.id"), catalog.id(row).text());
            fact(Messages.get("choose.column.allocated"), Units.bytes(catalog.allocated(row)));
            fact(Messages.get("choose.column.fragments"), Units.count(catalog.fragments(row)));
            fact(
                    Messages.get("choose.column.firstCluster"),
                    catalog.firstCluster(row) < 0 ? "" : Units.count(catalog.firstCluster(row)));
            fact(
                    Messages.get("choose.column.attributes"),
                    String.join(", ", Texts.attributeWords(catalog.attributes(row))));
            fact(
                    Messages.get("choose.column.provenance"),
                    Messages.get("choose.provenance." + catalog.provenance(row)));
        }
        for (StreamInfo stream : catalog.streams(row)) {
            fact(
                    Messages.get("choose.stream"),
                    Messages.get("choose.streamText", stream.name(), Units.bytes(stream.size())));
        }
    }

    private void fact(String what, String value) {
        if (value.isEmpty()) {
            return;
        }
        Label key = new Label(what);
        key.getStyleClass().add(Styles.TEXT_MUTED);
        key.setMinWidth(KEY_WIDTH);
        Label text = Build.text(value);
        text.maxWidthProperty().bind(facts.widthProperty());
        FlowPane line =
                new FlowPane(8, 0, key, text); // a value that does not fit beside its key goes below it, as a whole
        line.prefWrapLengthProperty().bind(facts.widthProperty());
        facts.getChildren().add(line);
    }

    /** Puts the keyboard there. */
    void focus() {
        getChildren().get(1).requestFocus();
    }

    @Override
    public void close() {
        worker.close();
    }
}
