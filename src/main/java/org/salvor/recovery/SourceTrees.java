package org.salvor.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds places in a recognised source. */
public final class SourceTrees {
    private SourceTrees() {}

    /** The place that {@code --at} names; empty if there is none of that id. */
    public static Optional<SourceNode> find(SourceNode tree, String id) {
        return all(tree).stream().filter(node -> node.id().equals(id)).findFirst();
    }

    /** All places whose files can be read. */
    public static List<SourceNode> readable(SourceNode tree) {
        return all(tree).stream()
                .filter(node -> node.state() == SourceNode.State.READABLE)
                .toList();
    }

    /** The tree from the top, each place before those in it. */
    public static List<SourceNode> all(SourceNode tree) {
        List<SourceNode> nodes = new ArrayList<>();
        add(tree, nodes);
        return nodes;
    }

    private static void add(SourceNode node, List<SourceNode> nodes) {
        nodes.add(node);
        node.children().forEach(child -> add(child, nodes));
    }
}
