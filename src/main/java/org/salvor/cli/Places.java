package org.salvor.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** Which place inside a source is meant (contract, section 1). */
final class Places {
    private Places() {}

    /** The place named by {@code at}, or the only readable one. */
    static SourceNode choose(SourceNode root, @Nullable String at) throws RecoveryException {
        List<SourceNode> all = SourceTrees.all(root);
        if (at != null && !(at.isEmpty() && root.state() == SourceNode.State.CONTAINER)) {
            SourceNode named = all.stream()
                    .filter(node -> node.id().equals(at))
                    .findFirst()
                    .orElseThrow(() -> new CommandFailure(ExitCode.USAGE, unknown(root, all, at)));
            return readable(named);
        }
        List<SourceNode> readable = all.stream()
                .filter(node -> node.state() == SourceNode.State.READABLE)
                .toList();
        if (readable.size() > 1) {
            throw new CommandFailure(
                    ExitCode.USAGE, Messages.get("cli.at.several", root.source().text()) + "\n" + listed(readable));
        }
        return readable.size() == 1 ? readable.getFirst() : readable(blocked(all, root));
    }

    private static String unknown(SourceNode root, List<SourceNode> all, String at) {
        return all.size() == 1
                ? Messages.get("cli.at.single", at, root.source().text())
                : Messages.get("cli.at.unknown", at) + "\n" + listed(all);
    }

    /** A locked place before an unknown one: it says what is needed. */
    private static SourceNode blocked(List<SourceNode> all, SourceNode root) {
        return all.stream()
                .filter(node -> node.state() == SourceNode.State.LOCKED)
                .findFirst()
                .orElse(root);
    }

    private static SourceNode readable(SourceNode node) throws RecoveryException {
        return switch (node.state()) {
            case READABLE -> node;
            case LOCKED -> throw new KeyRequiredException(Messages.get("cli.at.locked", name(node), node.detail()));
            case CONTAINER, UNKNOWN ->
                throw new RecoveryException(Messages.get("cli.at.unreadable", name(node), node.detail())
                        .strip());
        };
    }

    private static String name(SourceNode node) {
        return node.id().isEmpty() ? node.source().text() : node.title();
    }

    private static String listed(List<SourceNode> nodes) {
        StringBuilder list = new StringBuilder();
        for (SourceNode node : nodes) {
            if (!node.id().isEmpty()) {
                list.append("  --at ")
                        .append(node.id())
                        .append("   ")
                        .append(words(node))
                        .append('\n');
            }
        }
        return list.toString().stripTrailing();
    }

    /** One line for a person. */
    static String words(SourceNode node) {
        List<String> parts = new ArrayList<>();
        parts.add(node.title());
        parts.add(node.format());
        parts.add(node.label().isEmpty() ? "" : "\"" + Terminal.printable(node.label()) + "\"");
        parts.add(Units.bytes(node.length()));
        parts.add(node.state() == SourceNode.State.LOCKED ? Messages.get("cli.node.locked") : "");
        parts.add(node.detail());
        return String.join("  ", parts.stream().filter(part -> !part.isEmpty()).toList());
    }
}
