package org.salvor.cli;

import java.util.List;
import java.util.Optional;
import org.salvor.recovery.Availability;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoveryEngine;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;

/** An engine with a bug. */
final class BrokenEngine implements RecoveryEngine {
    @Override
    public String name() {
        return "broken";
    }

    @Override
    public Availability availability() {
        return Availability.HERE;
    }

    @Override
    public List<Source> discover() {
        return List.of();
    }

    @Override
    public Optional<SourceNode> recognise(Source source, Keyring keys) {
        throw new IllegalStateException("a bug");
    }

    @Override
    public RecoverySession open(SourceNode node, Keyring keys) {
        throw new IllegalStateException("a bug");
    }
}
