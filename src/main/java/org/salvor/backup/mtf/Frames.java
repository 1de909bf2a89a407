package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;

/**
 * Goes from frame to frame of a packed stream, and over those whose headers are damaged: what a later header tells (how much is left, or its number)
 * shows where in the unpacked stream its piece belongs (docs/formats/mtf.md, section 6).
 */
final class Frames {
    /** Not known before the end. */
    static final long UNKNOWN = -1;

    private static final int PIECE = 64 << 10;
    private static final int NUMBERS = 256;

    /**
     * One frame.
     *
     * @param at of its header in the packed stream
     * @param start of its piece in the unpacked stream
     */
    record Located(FrameHeader header, long at, long start) {
        long body() {
            return at + FrameHeader.SIZE;
        }

        long end() {
            return body() + header.packed();
        }
    }

    private final ChunkSource packed;
    private final long size;
    private @Nullable Located last;

    /** How long every piece but the last is; 0 while that is not known. */
    private int pieceSize;

    /** @param displayed what is told elsewhere of the size of the unpacked stream; 0 if nothing is */
    Frames(ChunkSource packed, long displayed) throws RecoveryException {
        this.packed = packed;
        FrameHeader first = header(0);
        if (first != null) {
            size = first.remaining() == 0 ? UNKNOWN : first.remaining();
            return;
        }
        Located found = search(0, displayed > 0 ? displayed : UNKNOWN);
        if (found == null) {
            size = UNKNOWN;
        } else if (found.header.remaining() == 0) {
            size = UNKNOWN;
        } else {
            size = found.start + found.header.remaining();
        }
    }

    /** Of the unpacked stream, in bytes, or {@link #UNKNOWN}. */
    long size() {
        return size;
    }

    /** The next frame that has a header; null behind the last. Between its piece and the one before pieces may be lost. */
    @Nullable
    Located next() throws RecoveryException {
        Located before = last;
        long at = before == null ? 0 : before.end();
        long start = before == null ? 0 : before.start + before.header.unpacked();
        if (size >= 0 && start >= size) {
            return null;
        }
        FrameHeader header = header(at);
        boolean fits = header != null && (size < 0 || header.unpacked() <= size - start);
        Located next = header != null && fits
                ? new Located(header, at, Math.max(start, told(header)))
                // the length that led here may be too great by what is missing
                : at < packed.size() || before != null && at > packed.size()
                        ? search(before == null ? 0 : before.body(), size)
                        : null;
        if (next != null) {
            pieceSize = pieceSize == 0 ? next.header.unpacked() : pieceSize;
            last = next;
        }
        return next;
    }

    /** Where a piece belongs by what is left from it on; 0 if it does not tell. Frames may be missing between two that fit together. */
    private long told(FrameHeader header) {
        return size < 0 || header.remaining() == 0 ? 0 : Math.min(size - header.remaining(), size - header.unpacked());
    }

    /** The next frame at or behind a place whose piece can be told to lie behind the last one. */
    private @Nullable Located search(long from, long total) throws RecoveryException {
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = from; at <= packed.size() - FrameHeader.SIZE; at += PIECE - FrameHeader.SIZE) {
            piece.clear().limit((int) Math.min(PIECE, packed.size() - at));
            packed.fill(at, piece);
            int length = piece.flip().limit();
            for (int i = 0; i + FrameHeader.SIZE <= length; i++) {
                if (piece.get(i) == 'F' && piece.get(i + 1) == 'H') {
                    ByteBuffer bytes = piece.slice(i, FrameHeader.SIZE);
                    FrameHeader header = FrameHeader.parse(ByteView.of(bytes, "compression frame", at + i));
                    Located found = header == null ? null : located(header, at + i, total);
                    if (found != null) {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /** Where a piece belongs; null if that cannot be told, or if it is none of this stream. */
    private @Nullable Located located(FrameHeader header, long at, long total) throws RecoveryException {
        Located before = last;
        long from = before == null ? 0 : before.start + before.header.unpacked();
        boolean ends = at + FrameHeader.SIZE + header.packed() == packed.size();
        if (header.unpacked() == 0 || !ends && header(at + FrameHeader.SIZE + header.packed()) == null) {
            return null;
        }
        // all pieces are of one size but the last
        int each = pieceSize > 0 ? pieceSize : ends ? 0 : header.unpacked();
        int number = before == null ? 0 : before.header.sequence();
        long lost = Math.floorMod(header.sequence() - number - 1, NUMBERS);
        long start = header.remaining() > 0 && total >= 0 ? total - header.remaining() : from + lost * each;
        boolean known = header.remaining() > 0 && total >= 0 || each > 0 && lost > 0;
        boolean aligned = each == 0 || start % each == 0;
        boolean inside = total < 0 || start + header.unpacked() <= total;
        return known && aligned && inside && start >= from ? new Located(header, at, start) : null;
    }

    private @Nullable FrameHeader header(long at) throws RecoveryException {
        if (at > packed.size() - FrameHeader.SIZE) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(FrameHeader.SIZE);
        return packed.fill(at, bytes) ? FrameHeader.parse(ByteView.of(bytes.flip(), "compression frame", at)) : null;
    }
}
