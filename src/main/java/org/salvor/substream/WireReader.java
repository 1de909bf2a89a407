package org.salvor.substream;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** Gives the streams of a sequence one after the other; where the sequence is broken, that is told after all that came before. */
public final class WireReader {
    private final WireInput input;
    private final Iterator<WirePart> parts;
    private @Nullable RecoveryException damage;

    public WireReader(WireInput input, WireIndex index) {
        this.input = input;
        parts = index.parts().iterator();
        damage = index.damage();
    }

    /** The next stream, or null; the one before is then no longer valid. @throws RecoveryException once, where the sequence is broken */
    public @Nullable Substream next() throws RecoveryException {
        if (parts.hasNext()) {
            return new WireSubstream(input, parts.next());
        }
        RecoveryException broken = damage;
        damage = null;
        if (broken != null) {
            throw broken;
        }
        return null;
    }
}
