package org.salvor.substream;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;

/** Follows a sequence of WIN32_STREAM_ID streams as it is read, and knows how much of the payload of the present stream is to come. */
public final class WireFollower {
    private final WireParser parser = new WireParser(new WireParser.Sink() {
        @Override
        public void begin(WireHeader header, String name, long offset) {
            // only where it stands is of interest
        }

        @Override
        public void payload(ByteBuffer piece) {
            // likewise
        }
    });

    /** Bytes of the sequence so far. */
    public long position() {
        return parser.position();
    }

    /** Bytes of the present payload that are still to come; 0 in a header, and between streams. */
    public long left() {
        return parser.left();
    }

    /**
     * Takes all of a piece.
     *
     * @throws RecoveryException the sequence is broken
     */
    public void accept(ByteBuffer piece) throws RecoveryException {
        parser.accept(piece);
    }

    /** Passes over bytes of the payload, at most {@link #left}. */
    public void skip(long count) {
        parser.skip(count);
    }
}
