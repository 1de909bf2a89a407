package org.salvor.cli;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.restore.ExitCode;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;

/**
 * The place a command works on, open.
 *
 * @param source what holds it, never a saved scan
 * @param node where in it
 * @param saved the saved scan that was named, null if a scan is still due
 */
record OpenPlace(Source source, SourceNode node, RecoverySession session, Workbench.@Nullable OpenedScan saved)
        implements AutoCloseable {
    /**
     * @param at as {@code --at} names it; null takes the only readable place
     * @param thorough whether lost volumes of a disk count among the places
     */
    static OpenPlace open(Context context, String name, @Nullable String at, boolean thorough, Keyring keys)
            throws Exception {
        Workbench workbench = context.workbench();
        Source source = named(name);
        if (source instanceof Source.SavedScan saved) {
            Workbench.OpenedScan opened = workbench.openSaved(saved.path(), keys);
            if (at != null && !at.equals(opened.node().id())) {
                opened.session().close();
                throw new CommandFailure(
                        ExitCode.USAGE,
                        Messages.get("cli.at.saved", saved.path(), opened.node().id(), at));
            }
            return new OpenPlace(opened.node().source(), opened.node(), opened.session(), opened);
        }
        SourceNode root = workbench.recognise(source, keys);
        boolean lost = at == null
                ? thorough && root.state() == SourceNode.State.CONTAINER
                : at.contains("lost-") && SourceTrees.find(root, at).isEmpty();
        if (lost) {
            root = context.watch().await(workbench.sweep(source, keys));
        }
        SourceNode node = Places.choose(root, at);
        return new OpenPlace(source, node, workbench.open(node, keys), null);
    }

    /** Where a saved scan was opened: says what of the choice it cannot give. */
    void compare(Terminal terminal, ChoiceArguments choice) {
        if (saved != null) {
            choice.compare(terminal, this, saved.plan());
        }
    }

    /** Whether its files were saved by somebody, instead of being left on a volume. */
    boolean backup() {
        return node.kind().backup();
    }

    static SourceNode recognise(Workbench workbench, String name, Keyring keys) throws RecoveryException {
        return workbench.recognise(named(name), keys);
    }

    /** An empty name would be the folder one happens to be in. */
    private static Source named(String name) throws RecoveryException {
        if (name.isBlank()) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.source.empty"));
        }
        return SourceNames.parse(name);
    }

    @Override
    public void close() {
        session.close();
    }
}
