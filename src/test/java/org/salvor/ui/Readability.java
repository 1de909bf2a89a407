package org.salvor.ui;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javafx.geometry.Bounds;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.salvor.ui.theme.CommandLink;
import org.salvor.windows.Wine;

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
                .filter(Readability::shouldSpeak)
                .filter(node -> blank(node.getAccessibleText()) && !labelled.contains(node))
                .filter(node -> !(node instanceof Labeled labeled) || blank(labeled.getText()))
                .map(Readability::name)
                .toList();
    }

    private static boolean shouldSpeak(Node node) {
        if (node instanceof ProgressIndicator) {
            return true; // a bar is one too: a share that only eyes see is no answer to how far it is
        }
        boolean own = !(node instanceof ScrollPane) || node.getId() != null;
        return node instanceof Control && node.isFocusTraversable() && own;
    }

    /** Buttons whose words for a screen reader hold the mark of a mnemonic, which would be read aloud. A link may name a file that has one. */
    List<String> spokenMarks() {
        return shown.stream()
                .filter(node -> node instanceof ButtonBase && !(node instanceof CommandLink))
                .filter(node -> String.valueOf(node.getAccessibleText()).contains("_"))
                .map(node -> name(node) + " is read as '" + node.getAccessibleText() + "'")
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

    /**
     * Texts of which a part is missing. A cell of a table, a list or a tree, or a part of a bar, may shorten a long name if the whole of it comes as a
     * tooltip.
     */
    List<String> cutOff() {
        List<String> cut = new ArrayList<>();
        for (Node node : shown) {
            if (node instanceof Labeled labeled && !blank(labeled.getText())) {
                String drawn = drawn(labeled);
                if (drawn != null && !drawn.equals(whole(labeled)) && !(inCell(labeled) && hasTooltip(labeled))) {
                    cut.add(name(labeled) + " reads '" + drawn + "'");
                }
            }
        }
        return cut;
    }

    /** What the skin draws; null where it draws no text. */
    private static @Nullable String drawn(Labeled labeled) {
        for (Node child : labeled.getChildrenUnmodifiable()) {
            if (child instanceof Text text
                    && child.isVisible()
                    && child.getStyleClass().contains("text")) {
                return text.getText();
            }
        }
        return null;
    }

    private static String whole(Labeled labeled) {
        String text = labeled.getText();
        int at = labeled.isMnemonicParsing() ? text.indexOf('_') : -1;
        return at < 0 ? text : text.substring(0, at) + text.substring(at + 1);
    }

    private static boolean inCell(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof Cell || at.getStyleClass().contains("shortens")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTooltip(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof Control control && control.getTooltip() != null) {
                return true;
            }
        }
        return false;
    }

    /** Texts and fields that reach out of what holds them, or out of the window. What can be scrolled to is not outside. */
    List<String> outside() {
        List<String> outside = new ArrayList<>();
        for (Node node : shown) {
            boolean words = node instanceof Labeled labeled && !blank(labeled.getText());
            if ((words || node instanceof TextInputControl) && node.isManaged()) {
                String where = reachesOut(node);
                if (where != null) {
                    outside.add(name(node) + " " + where);
                }
            }
        }
        return outside;
    }

    private static @Nullable String reachesOut(Node node) {
        Bounds bounds = node.getLayoutBounds();
        Node at = node;
        boolean scrolls = false;
        for (Parent parent = node.getParent(); parent != null; at = parent, parent = parent.getParent()) {
            if (parent.getStyleClass().contains("clipped-container")
                    || parent.getStyleClass().contains("column-header-background")) {
                return null;
            }
            bounds = at.localToParent(bounds);
            // also the group that fills it, which has no name
            scrolls |= parent.getStyleClass().contains("viewport")
                    || parent.getParent() != null
                            && parent.getParent().getStyleClass().contains("viewport");
            Bounds room = parent.getLayoutBounds();
            boolean wide = bounds.getMinX() < room.getMinX() - 1.5 || bounds.getMaxX() > room.getMaxX() + 1.5;
            boolean high = bounds.getMinY() < room.getMinY() - 1.5 || bounds.getMaxY() > room.getMaxY() + 1.5;
            if (parent instanceof Region && (wide || high && !scrolls)) {
                return "at " + box(bounds) + " in " + parent.getClass().getSimpleName() + parent.getStyleClass()
                        + " of " + box(room);
            }
        }
        return null;
    }

    private static String box(Bounds bounds) {
        return String.format(
                Locale.ROOT,
                "%.0f,%.0f-%.0f,%.0f",
                bounds.getMinX(),
                bounds.getMinY(),
                bounds.getMaxX(),
                bounds.getMaxY());
    }

    /** Bars that scroll sideways, and those that scroll by a hair: both mean that something does not fit. */
    List<String> needlessBars() {
        List<String> bars = new ArrayList<>();
        for (Node node : shown) {
            if (node instanceof ScrollBar bar && bar.getParent() != null && !inText(bar)) {
                double range = bar.getMax() - bar.getMin();
                double hidden = range <= 0 ? 0 : 1 - bar.getVisibleAmount() / range;
                if (bar.getOrientation() == Orientation.HORIZONTAL) {
                    bars.add("sideways in " + bar.getParent());
                } else if (hidden > 0 && hidden < 0.02 && !byChance(bar)) {
                    bars.add("by a hair in " + bar.getParent());
                }
            }
        }
        return bars;
    }

    /** Whether it does not fit by a hair that other letters than those of the pages' own pictures may well give it. */
    private static boolean byChance(ScrollBar bar) {
        return Wine.isHere() && bar.getOrientation() == Orientation.VERTICAL;
    }

    /** A text that is shown as it is may be wider than its field. */
    private static boolean inText(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof TextInputControl) {
                return true;
            }
        }
        return false;
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
