package org.salvor.cli;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Workbench;

/**
 * The place a command works on, open.
 *
 * @param source what holds it, never a saved scan
 * @param saved the catalog of the saved scan that was named, null if a scan is still due
 */
record OpenPlace(
        Source source, RecoverySession session, @Nullable Catalog saved) implements AutoCloseable {
    static OpenPlace open(Workbench workbench, String name, @Nullable String at, Keyring keys)
            throws RecoveryException {
        Source source = parse(name);
        SourceNode node = Places.choose(workbench.recognise(source, keys), at);
        return new OpenPlace(source, workbench.open(node, keys), null);
    }

    static SourceNode recognise(Workbench workbench, String name, Keyring keys) throws RecoveryException {
        return workbench.recognise(parse(name), keys);
    }

    private static Source parse(String name) {
        return SourceNames.parse(name);
    }

    @Override
    public void close() {
        session.close();
    }
}
