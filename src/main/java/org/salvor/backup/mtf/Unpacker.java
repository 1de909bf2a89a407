package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.codec.Lzs;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A compressed stream, unpacked piece by piece from front to back (docs/formats/mtf.md, section 6). A piece that is damaged is lost alone,
 * as long as its header tells how long it is.
 */
final class Unpacker {
    /** Not known before the end. */
    static final long UNKNOWN = -1;

    private final ChunkSource packed;
    private final long size;
    private final RunningXor packedSum = new RunningXor(0, 0);

    /** What was unpacked last, with history before it. */
    private byte[] plain = new byte[Lzs.HISTORY];

    private byte[] piece = new byte[0];
    private int history;

    /** How long what was unpacked last is. */
    private int last;

    private long from;
    private long position;
    private boolean atEnd;

    /** @param packed the stream as it is stored, from its first piece on */
    Unpacker(ChunkSource packed) throws RecoveryException {
        this.packed = packed;
        FrameHeader first = header(0);
        size = first == null || first.remaining() == 0 ? UNKNOWN : first.remaining();
    }

    /** In bytes, or {@link #UNKNOWN}. */
    long size() {
        return size;
    }

    /** The sum of what the pieces tell of themselves, for a stream that does not tell its size. */
    long measure() throws RecoveryException {
        long sum = 0;
        long at = 0;
        for (FrameHeader header = header(0); header != null; header = header(at)) {
            sum += header.unpacked();
            at += FrameHeader.SIZE + header.packed();
        }
        return Math.min(sum, Extents.MAX_SIZE);
    }

    /** The exclusive or of the stored bytes that have gone by. */
    int packedSum() {
        return packedSum.sum();
    }

    private @Nullable FrameHeader header(long at) throws RecoveryException {
        if (at > packed.size() - FrameHeader.SIZE) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.SIZE);
        return packed.fill(at, bytes) ? FrameHeader.parse(ByteView.of(bytes.flip(), "compression frame", at)) : null;
    }

    /** The next piece of the unpacked stream; null at its end. Bytes are valid until the next call. */
    @Nullable
    Chunk next() throws RecoveryException {
        while (!atEnd) {
            FrameHeader header = header(from);
            if (header == null || size >= 0 && header.unpacked() > size - position) {
                atEnd = true;
                boolean whole = header == null && from >= packed.size();
                return rest(whole);
            }
            if (header.unpacked() == 0) {
                from += FrameHeader.SIZE;
                continue;
            }
            return unpack(header);
        }
        return null;
    }

    private @Nullable Chunk rest(boolean whole) {
        if (size > position) {
            Chunk lost = new Chunk.Lost(
                    position, size - position, Messages.get(whole ? "mtf.lost.missing" : "mtf.lost.packed"));
            position = size;
            return lost;
        }
        return null;
    }

    private Chunk unpack(FrameHeader header) throws RecoveryException {
        if (piece.length < FrameHeader.SIZE + header.packed()) {
            piece = new byte[FrameHeader.SIZE + header.packed()];
        }
        int length = FrameHeader.SIZE + header.packed();
        ByteBuffer stored = ByteBuffer.wrap(piece, 0, length);
        boolean read = packed.fill(from, stored) && !stored.hasRemaining();
        packedSum.update(stored.flip());
        from += length;
        long start = position;
        position += header.unpacked();
        if (!read) {
            history = 0;
            return new Chunk.Lost(start, header.unpacked(), Messages.get("mtf.lost.missing"));
        }
        return plain(header) ? bytes(start, header.unpacked()) : lost(start, header.unpacked());
    }

    private Chunk bytes(long start, int length) {
        return new Chunk.Bytes(
                start, ByteBuffer.wrap(plain, Lzs.HISTORY, length).slice());
    }

    private Chunk lost(long start, int length) {
        history = 0;
        return new Chunk.Lost(start, length, Messages.get("mtf.lost.packed"));
    }

    /** Fills {@link #plain} behind its history. @return false if the piece is damaged */
    private boolean plain(FrameHeader header) {
        keepHistory(header.unpacked());
        if (header.stored()) {
            System.arraycopy(piece, FrameHeader.SIZE, plain, Lzs.HISTORY, header.unpacked());
            history = Math.min(Lzs.HISTORY, history + header.unpacked());
            return true;
        }
        // whether each piece begins without history is not told: with none first, then with what went before
        boolean fits = decode(header, 0) || history > 0 && decode(header, history);
        history = Math.min(Lzs.HISTORY, history + header.unpacked());
        return fits;
    }

    private boolean decode(FrameHeader header, int reach) {
        try {
            return Lzs.decode(piece, FrameHeader.SIZE, header.packed(), plain, Lzs.HISTORY, header.unpacked(), reach)
                    == header.unpacked();
        } catch (FormatException e) {
            return false;
        }
    }

    private void keepHistory(int next) {
        byte[] before = plain;
        if (plain.length < Lzs.HISTORY + next) {
            plain = new byte[Lzs.HISTORY + next];
        }
        // the last bytes of what was unpacked last end where the next piece begins
        System.arraycopy(before, last, plain, 0, Lzs.HISTORY);
        last = next;
    }
}
