package org.salvor.ui.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.scene.control.TreeItem;

/**
 * A tree item whose children are made when it opens, and always while it is closed: a tree that shows an open item pays for each
 * child added with a search through all of them (five seconds for 50,000), for children of a closed one nothing.
 *
 * @param <T> what an item stands for; must have equals
 */
public final class LazyItem<T> extends TreeItem<T> {
    private final Function<T, List<T>> children;
    private final Predicate<T> leaf;
    private boolean filled;
    private boolean filling;

    /**
     * The topmost item of a tree. It hears when an item anywhere below it opens: a listener at each of 100,000 items would cost
     * more than the items.
     *
     * @param children the children's values in the order shown
     * @param leaf answered without making the children
     */
    public static <T> LazyItem<T> root(T value, Function<T, List<T>> children, Predicate<T> leaf) {
        LazyItem<T> root = new LazyItem<>(value, children, leaf);
        root.addEventHandler(TreeItem.<T>branchExpandedEvent(), event -> {
            if (event.getTreeItem() instanceof LazyItem<T> item && !item.filled && !item.filling) {
                item.fill();
            }
        });
        return root;
    }

    private LazyItem(T value, Function<T, List<T>> children, Predicate<T> leaf) {
        super(value);
        this.children = children;
        this.leaf = leaf;
    }

    /** The children are made already. */
    public boolean filled() {
        return filled;
    }

    /** Makes the children now; an open item is closed for that moment. */
    public void fill() {
        filled = true;
        replace(children.apply(getValue()));
    }

    /**
     * Brings this item and every open one below it up to date with what the function says now. Items that stay are kept, open or
     * closed as they are.
     *
     * @param limit folders with more children than this are left as they are
     * @return whether anything changed
     */
    public boolean refresh(int limit) {
        if (!filled || getChildren().size() > limit) {
            return false;
        }
        List<T> now = children.apply(getValue());
        boolean changed = now.size() <= limit && !same(now);
        if (changed) {
            replace(now);
        }
        for (TreeItem<T> child : getChildren()) {
            changed |= child instanceof LazyItem<T> lazy && lazy.refresh(limit);
        }
        return changed;
    }

    private boolean same(List<T> now) {
        if (now.size() != getChildren().size()) {
            return false;
        }
        for (int i = 0; i < now.size(); i++) {
            if (!now.get(i).equals(getChildren().get(i).getValue())) {
                return false;
            }
        }
        return true;
    }

    private void replace(List<T> values) {
        Map<T, TreeItem<T>> known = new HashMap<>();
        for (TreeItem<T> child : getChildren()) {
            known.put(child.getValue(), child);
        }
        List<TreeItem<T>> items = new ArrayList<>(values.size());
        for (T value : values) {
            TreeItem<T> item = known.get(value);
            items.add(item != null ? item : new LazyItem<>(value, children, leaf));
        }
        filling = true;
        boolean open = isExpanded();
        setExpanded(false);
        getChildren().setAll(items);
        setExpanded(open);
        filling = false;
    }

    @Override
    public boolean isLeaf() {
        return leaf.test(getValue());
    }
}
