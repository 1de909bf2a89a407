package org.salvor.substream;

import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** The stored ranges of one stream, in order: its payload, then its sparse blocks, found by their headers. */
final class WireExtents {
    private final WireInput input;
    private final ByteBuffer head = ByteBuffer.allocate(WireHeader.LENGTH + WireHeader.BLOCK_OFFSET);
    private long offset;
    private long length;
    private long place;

    /** Where the next header is due. */
    private long due;

    private int blocks;
    private boolean payload;

    WireExtents(WireInput input, WirePart part) {
        this.input = input;
        blocks = part.blocks();
        place = part.payload();
        length = part.length();
        due = place + length;
        payload = length > 0;
    }

    /** Goes to the next range that is not empty; false after the last one. */
    boolean next() throws RecoveryException {
        if (payload) {
            payload = false;
            return true;
        }
        while (blocks > 0) {
            WireHeader header = header();
            due = header.end();
            if (header.type() == StreamType.SPARSE_BLOCK) {
                blocks--;
                offset = WireParser.offset(header, head.position(WireHeader.LENGTH));
                length = header.size() - WireHeader.BLOCK_OFFSET;
                place = header.payload() + WireHeader.BLOCK_OFFSET;
                if (length > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private WireHeader header() throws RecoveryException {
        head.clear().limit((int) Math.clamp(input.size() - due, 0, head.capacity()));
        boolean[] bad = new boolean[1];
        input.read(due, head, (position, bytes) -> bad[0] = true);
        if (bad[0] || head.limit() < WireHeader.LENGTH) {
            throw new RecoveryException(Messages.get("backup.header-unreadable", due));
        }
        return WireHeader.parse(head.flip(), due);
    }

    /** Of the range in the stream. */
    long offset() {
        return offset;
    }

    long length() {
        return length;
    }

    /** Of the range in the input. */
    long place() {
        return place;
    }
}
