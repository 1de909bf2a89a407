package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;
import org.salvor.backup.mtf.CorruptBlock.Why;

/** One stream of a block as it lies on the media: put together of its pieces, not yet unpacked. */
final class StoredStream {
    final StreamHeader header;
    final int number;
    final Extents bytes = new Extents();
    final Checks checks = new Checks();

    /** Null for a stream that is not sparse. */
    @Nullable
    SparseMap sparse;

    /** A further piece may come. */
    boolean open;

    /** What the backup itself says is lost; null for nothing. */
    @Nullable
    Loss loss;

    /** Something of it is not as it must be, and where is not known; null if all is well. */
    @Nullable
    String doubt;

    /**
     * A range that the backup program filled with zeros.
     *
     * @param from in bytes of the unpacked stream, its name included
     * @param to the first byte behind it
     */
    record Loss(long from, long to, Why why) {}

    StoredStream(StreamHeader header, int number) {
        this.header = header;
        this.number = number;
        open = header.variable() && !header.lastPiece();
    }

    StreamKind kind() {
        return header.kind();
    }

    /** The first thing that is wrong counts. */
    void doubt(String what) {
        if (doubt == null) {
            doubt = what;
        }
    }
}
