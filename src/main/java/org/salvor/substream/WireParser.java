package org.salvor.substream;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/**
 * Takes a sequence of WIN32_STREAM_ID streams apart as it comes, in pieces of any size (docs/formats/backupread.md, section 2).
 * What is broken throws with its position; all that was before has been told by then, and nothing can be taken after it.
 */
final class WireParser {
    /** Hears what comes. */
    interface Sink {
        /**
         * A stream begins.
         *
         * @param name of a named data stream without colons, empty for all others
         * @param offset of a sparse block in its stream, 0 for all others
         */
        void begin(WireHeader header, String name, long offset) throws RecoveryException;

        /** Bytes of the payload of the stream that began last, valid during the call. The offset of a sparse block is none of them. */
        void payload(ByteBuffer piece) throws RecoveryException;
    }

    private static final String COLON = ":";
    private static final String DATA_ENDING = ":$DATA";

    private final Sink sink;

    /** The header, name or offset that is being gathered. */
    private ByteBuffer waiting = ByteBuffer.allocate(WireHeader.LENGTH);

    /** The header whose name or offset is being gathered. */
    private @Nullable WireHeader incomplete;

    /** The stream that began last. */
    private @Nullable WireHeader current;

    private long left;
    private long position;
    private boolean dataSeen;

    WireParser(Sink sink) {
        this.sink = sink;
    }

    /** How many bytes were taken. */
    long position() {
        return position;
    }

    /** Bytes of the payload that are still to come. They need not be given: {@link #skip} passes over them. */
    long left() {
        return left;
    }

    /** Takes all of the piece. */
    void accept(ByteBuffer piece) throws RecoveryException {
        while (piece.hasRemaining()) {
            if (left > 0) {
                payload(piece);
            } else {
                gather(piece);
            }
        }
    }

    /** Passes over bytes of the payload, at most {@link #left}. */
    void skip(long count) {
        if (count < 0 || count > left) {
            throw new IllegalArgumentException(count + " of " + left);
        }
        left -= count;
        position += count;
    }

    /** Tells that the input has ended: in the middle of a stream, that is a loss. */
    void end() throws FormatException {
        if (left > 0 && current != null) {
            throw new FormatException(
                    WireHeader.STRUCTURE,
                    current.position(),
                    current.size() + " bytes",
                    "only " + (current.size() - left) + " bytes");
        }
        if (waiting.position() > 0 || incomplete != null) {
            long start = incomplete != null ? incomplete.position() : position - waiting.position();
            throw new FormatException(WireHeader.STRUCTURE, start, "a whole header", "the end");
        }
    }

    private void payload(ByteBuffer piece) throws RecoveryException {
        ByteBuffer part = take(piece, (int) Math.min(left, piece.remaining()));
        left -= part.remaining();
        sink.payload(part);
    }

    private ByteBuffer take(ByteBuffer piece, int length) {
        ByteBuffer part = piece.slice(piece.position(), length);
        piece.position(piece.position() + length);
        position += length;
        return part;
    }

    private void gather(ByteBuffer piece) throws RecoveryException {
        waiting.put(take(piece, Math.min(waiting.remaining(), piece.remaining())));
        if (waiting.hasRemaining()) {
            return;
        }
        waiting.flip();
        WireHeader header = incomplete;
        if (header == null) {
            header = WireHeader.parse(waiting, position - WireHeader.LENGTH);
            int more = header.nameSize() + (block(header) ? WireHeader.BLOCK_OFFSET : 0);
            if (more > 0) {
                incomplete = header;
                waiting = ByteBuffer.allocate(more);
                return;
            }
            begin(header, "", 0);
        } else if (block(header)) {
            begin(header, "", offset(header));
        } else {
            begin(header, header.type() == null ? "" : name(header), 0);
        }
    }

    private static boolean block(WireHeader header) {
        return header.type() == StreamType.SPARSE_BLOCK;
    }

    private void begin(WireHeader header, String name, long offset) throws RecoveryException {
        if (block(header) && !dataSeen) {
            throw new FormatException(
                    WireHeader.STRUCTURE, header.position(), "the stream of a sparse block before it", "none");
        }
        dataSeen |= header.type() == StreamType.DATA || header.type() == StreamType.ALTERNATE_DATA;
        waiting = ByteBuffer.allocate(WireHeader.LENGTH);
        incomplete = null;
        current = header;
        left = header.size() - (block(header) ? WireHeader.BLOCK_OFFSET : 0);
        sink.begin(header, name, offset);
    }

    private long offset(WireHeader header) throws FormatException {
        return offset(header, waiting);
    }

    /** The offset with which the payload of a sparse block begins. */
    static long offset(WireHeader header, ByteBuffer payload) throws FormatException {
        long offset = payload.slice().order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (offset < 0 || offset > WireHeader.MAX_SIZE - header.size()) {
            throw header.broken(WireHeader.LENGTH, "an offset of 0 to 2^48", offset);
        }
        return offset;
    }

    /** ":Zone.Identifier:$DATA" is "Zone.Identifier"; lone surrogates are kept as they are. */
    private String name(WireHeader header) throws FormatException {
        String name = waiting.order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().toString();
        if (name.startsWith(COLON)) {
            name = name.substring(1);
        }
        if (name.regionMatches(true, name.length() - DATA_ENDING.length(), DATA_ENDING, 0, DATA_ENDING.length())) {
            name = name.substring(0, name.length() - DATA_ENDING.length());
        }
        if (name.isEmpty()) {
            throw new FormatException(
                    WireHeader.STRUCTURE, header.position() + WireHeader.LENGTH, "the name of a stream", "none");
        }
        return name;
    }
}
