package org.salvor.ui.choose;

import atlantafx.base.theme.Styles;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import org.salvor.ui.theme.Build;

/** Shows a preview: a picture fitted to the room there is, text and bytes as lines of which only the visible ones exist. */
final class PreviewPane extends VBox {
    private static final int LONGEST_LINE = 400;
    private static final int HEX_WIDTH = 8;
    private static final int GROUP = 4;
    private static final double HEIGHT = 230;
    private static final double MARGIN = 8;
    private static final double MESSAGE_HEIGHT = 120;

    private final StackPane stage = new StackPane();
    private final Label caption = Build.muted("");

    PreviewPane() {
        super(4);
        setId("preview");
        getStyleClass().add("preview");
        stage.getStyleClass().add("preview-stage");
        stage.setMinSize(0, 0);
        stage.setMaxHeight(HEIGHT + MARGIN);
        caption.getStyleClass().add(Styles.TEXT_SMALL);
        caption.setId("preview-caption");
        VBox.setVgrow(stage, Priority.ALWAYS);
        getChildren().addAll(stage, caption);
    }

    void loading() {
        ProgressIndicator wheel = new ProgressIndicator();
        wheel.setMaxSize(32, 32);
        wheel.setAccessibleText(Messages.get("choose.preview.loading"));
        StackPane room = new StackPane(wheel);
        room.setPrefHeight(MESSAGE_HEIGHT);
        put(room, Messages.get("choose.preview.loading"));
    }

    void show(@Nullable Preview preview) {
        switch (preview) {
            case null -> put(null, "");
            case Preview.Picture(var image, int width, int height) -> {
                ImageView view = new ImageView(image);
                view.setPreserveRatio(true);
                view.setSmooth(true);
                view.fitWidthProperty().bind(stage.widthProperty().subtract(MARGIN));
                view.setFitHeight(HEIGHT);
                put(view, Messages.get("choose.preview.picture", width, height));
            }
            case Preview.Text(String text, String encoding, boolean cut) ->
                put(
                        lines(textLines(text)),
                        Messages.get(cut ? "choose.preview.textCut" : "choose.preview.text", encoding));
            case Preview.Hex(byte[] bytes, long size) ->
                put(
                        lines(hexLines(bytes)),
                        bytes.length < size
                                ? Messages.get("choose.preview.hexCut", Units.bytes(bytes.length), Units.bytes(size))
                                : Messages.get("choose.preview.hex"));
            case Preview.Nothing(String why) -> message(Feather.EYE_OFF, why);
        }
    }

    /** Why there is nothing to see. */
    void message(Feather symbol, String text) {
        FontIcon icon = new FontIcon(symbol);
        icon.getStyleClass().add("empty-icon-small");
        Label label = Build.muted(text);
        label.setAlignment(Pos.CENTER);
        label.setTextAlignment(TextAlignment.CENTER);
        VBox box = new VBox(8, icon, label);
        box.setAlignment(Pos.CENTER);
        box.getStyleClass().add("preview-message");
        box.setMinHeight(MESSAGE_HEIGHT);
        put(box, "");
    }

    private void put(@Nullable Node node, String text) {
        if (node == null) {
            stage.getChildren().clear();
        } else {
            stage.getChildren().setAll(node);
        }
        caption.setText(text);
        Build.visible(caption, !text.isEmpty());
    }

    private static ListView<String> lines(List<String> lines) {
        ListView<String> list = new ListView<>(FXCollections.observableList(lines));
        list.getStyleClass().addAll("code-lines", Styles.DENSE);
        list.setFixedCellSize(17);
        list.setMinSize(0, 0);
        list.setPrefHeight(HEIGHT);
        list.setAccessibleText(Messages.get("choose.preview.content"));
        list.setCellFactory(view -> new ListCell<>() {
            @Override
            protected void updateItem(@Nullable String line, boolean empty) {
                super.updateItem(line, empty);
                setText(empty ? null : line);
            }
        });
        return list;
    }

    static List<String> textLines(String text) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\r\n|[\r\n]", -1)) {
            String shown = line.replace("\t", "    ").replace('\f', ' ');
            for (int at = 0; at == 0 || at < shown.length(); at += LONGEST_LINE) {
                lines.add(shown.substring(at, Math.min(shown.length(), at + LONGEST_LINE)));
            }
        }
        return lines;
    }

    static List<String> hexLines(byte[] bytes) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += HEX_WIDTH) {
            StringBuilder line = new StringBuilder();
            StringBuilder letters = new StringBuilder();
            hex(line, from, 4);
            for (int i = from; i < from + HEX_WIDTH; i++) {
                line.append((i - from) % GROUP == 0 ? " " : "");
                if (i < bytes.length) {
                    int value = bytes[i] & 0xff;
                    hex(line, value, 2);
                    letters.append(value >= 0x20 && value < 0x7f ? (char) value : '\u00b7');
                } else {
                    line.append("  ");
                }
            }
            lines.add(line.append(' ').append(letters).toString());
        }
        return lines;
    }

    private static void hex(StringBuilder into, int value, int digits) {
        for (int shift = 4 * digits - 4; shift >= 0; shift -= 4) {
            into.append(Character.forDigit(value >>> shift & 0xf, 16));
        }
    }
}
