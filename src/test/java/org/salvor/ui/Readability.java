package org.salvor.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import org.jspecify.annotations.Nullable;

/** What a person who cannot see, or not well, or who has only a keyboard would stumble over in what is shown. */
final class Readability {
    /** Web Content Accessibility Guidelines 2.2, 1.4.3. */
    private static final double LEAST_CONTRAST = 4.5;

    private final List<Node> shown = new ArrayList<>();
    private final Set<Node> labelled = new HashSet<>();

    /** On the UI thread. */
    Readability(Parent root) {
        collect(root);
        for (Node node : shown) {
            if (node instanceof Label label && label.getLabelFor() != null) {
                labelled.add(label.getLabelFor());
            }
        }
    }

    private void collect(Node node) {
        if (!node.isVisible()) {
            return;
        }
        shown.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::collect);
        }
    }

    /** Controls that the keyboard reaches and that say nothing to a screen reader. */
    List<String> silent() {
        return shown.stream()
                .filter(node -> node instanceof Control && node.isFocusTraversable() && !(node instanceof ScrollPane))
                .filter(node -> blank(node.getAccessibleText()) && !labelled.contains(node))
                .filter(node -> !(node instanceof Labeled labeled) || blank(labeled.getText()))
                .map(Readability::name)
                .toList();
    }

    /** Letters that two controls answer to. */
    List<String> doubleMnemonics() {
        Map<String, String> taken = new HashMap<>();
        List<String> doubles = new ArrayList<>();
        for (Node node : shown) {
            if (node instanceof Labeled labeled && labeled.isMnemonicParsing() && labeled.getText() != null) {
                int at = labeled.getText().indexOf('_');
                if (at >= 0 && at + 1 < labeled.getText().length()) {
                    String letter = labeled.getText().substring(at + 1, at + 2).toLowerCase(Locale.ROOT);
                    String before = taken.put(letter, labeled.getText());
                    if (before != null) {
                        doubles.add(before + " and " + labeled.getText());
                    }
                }
            }
        }
        return doubles;
    }

    /** Texts whose colour is too near to what lies behind them. Disabled controls are exempt, as in the guidelines. */
    List<String> faint() {
        List<String> faint = new ArrayList<>();
        for (Node node : shown) {
            if (node instanceof Labeled text
                    && !blank(text.getText())
                    && !text.isDisabled()
                    && text.getTextFill() instanceof Color colour) {
                Color behind = behind(text);
                double contrast = contrast(over(colour, behind), behind);
                if (contrast < LEAST_CONTRAST) {
                    faint.add(String.format(Locale.ROOT, "%s %.2f (%s on %s)", name(text), contrast, colour, behind));
                }
            }
        }
        return faint;
    }

    private static Color behind(Node node) {
        Color below = node.getParent() == null ? Color.WHITE : behind(node.getParent());
        if (node instanceof Region region && region.getBackground() != null) {
            for (BackgroundFill fill : region.getBackground().getFills()) {
                if (fill.getFill() instanceof Color colour) {
                    below = over(colour, below);
                }
            }
        }
        return below;
    }

    private static Color over(Color front, Color back) {
        return back.interpolate(Color.color(front.getRed(), front.getGreen(), front.getBlue()), front.getOpacity());
    }

    private static double contrast(Color one, Color other) {
        double a = luminance(one);
        double b = luminance(other);
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static boolean blank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static String name(Node node) {
        String text = node instanceof Labeled labeled ? labeled.getText() : "";
        return node.getClass().getSimpleName() + " #" + node.getId() + " " + node.getStyleClass() + " '" + text + "'";
    }
}
