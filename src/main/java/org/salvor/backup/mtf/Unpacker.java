package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.Lzs;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A compressed stream, unpacked piece by piece from front to back (docs/formats/mtf.md, section 6). A piece that is damaged is lost alone;
 * {@link Frames} finds the next where a header is.
 */
final class Unpacker {
    private final ChunkSource packed;
    private final Frames frames;
    private final long displayed;
    private final RunningXor packedSum = new RunningXor(0, 0);

    /** What was unpacked last, with history before it. */
    private byte[] plain = new byte[Lzs.HISTORY];

    private byte[] piece = new byte[0];
    private int history;

    /** How long what was unpacked last is. */
    private int last;

    /** Where the last frame ends. */
    private long end;

    private long position;

    /** A frame before which pieces are lost. */
    private Frames.@Nullable Located waiting;

    private boolean atEnd;
    private boolean complete;

    /**
     * @param packed the stream as it is stored, from its first piece on
     * @param displayed what is told elsewhere of the size of the unpacked stream; 0 if nothing is
     */
    Unpacker(ChunkSource packed, long displayed) throws RecoveryException {
        this.packed = packed;
        frames = new Frames(packed, displayed);
        this.displayed = displayed;
    }

    /** In bytes, or {@link Frames#UNKNOWN}. */
    long size() {
        return frames.size();
    }

    /** Where the last piece ends by what the pieces tell of themselves, for a stream that does not tell its size. */
    long measure() throws RecoveryException {
        Frames all = new Frames(packed, displayed);
        long end = 0;
        long behind = 0;
        for (Frames.Located frame = all.next(); frame != null; frame = all.next()) {
            end = frame.start() + frame.header().unpacked();
            behind = frame.end();
        }
        complete = packed.size() - behind < FrameHeader.SIZE;
        return Math.min(end, Extents.MAX_SIZE);
    }

    /** Whether {@link #measure} came to the end of the stream. */
    boolean complete() {
        return complete;
    }

    /** The exclusive or of the stored bytes that have gone by. */
    int packedSum() {
        return packedSum.sum();
    }

    /** The next piece of the unpacked stream; null at its end. Bytes are valid until the next call. */
    @Nullable
    Chunk next() throws RecoveryException {
        Frames.Located frame = waiting;
        waiting = null;
        while (frame == null && !atEnd) {
            frame = frames.next();
            if (frame == null) {
                atEnd = true;
                return rest(end >= packed.size());
            }
            end = frame.end();
            if (frame.header().unpacked() == 0) {
                frame = null;
            }
        }
        if (frame == null) {
            return null;
        }
        if (frame.start() > position) {
            // the headers of the pieces between are damaged
            waiting = frame;
            long start = position;
            position = frame.start();
            history = 0;
            return new Chunk.Lost(start, position - start, Messages.get("mtf.lost.packed"));
        }
        return unpack(frame);
    }

    private @Nullable Chunk rest(boolean whole) {
        long size = size();
        if (size > position) {
            Chunk lost = new Chunk.Lost(
                    position, size - position, Messages.get(whole ? "mtf.lost.missing" : "mtf.lost.packed"));
            position = size;
            return lost;
        }
        return null;
    }

    private Chunk unpack(Frames.Located frame) throws RecoveryException {
        FrameHeader header = frame.header();
        int length = FrameHeader.SIZE + header.packed();
        if (piece.length < length) {
            piece = new byte[length];
        }
        ByteBuffer stored = ByteBuffer.wrap(piece, 0, length);
        boolean read = packed.fill(frame.at(), stored) && !stored.hasRemaining();
        packedSum.update(stored.flip());
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
