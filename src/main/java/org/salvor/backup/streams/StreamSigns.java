package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.salvor.substream.ReparseData;
import org.salvor.substream.StreamType;
import org.salvor.substream.WireIndex;
import org.salvor.substream.WirePart;

/** Whether a file is a sequence of backup streams (docs/formats/backupread.md, section 6): the format has no magic of its own. */
final class StreamSigns {
    /** Of a data stream that the end of the file cuts, so much must be there. */
    private static final int PART_THERE = 16;

    private static final int KNOWN_ATTRIBUTES = 0x1f;
    private static final int LONGEST_NAME = 255;

    private static final int DESCRIPTOR = 20;
    private static final int SELF_RELATIVE = 0x8000;
    private static final int OBJECT_ID = 64;
    private static final int REPARSE = 8;
    private static final int REPARSE_GUID = 24;

    private StreamSigns() {}

    /** @param known whether the file has an ending that is used for backup streams */
    static boolean of(WireIndex index, long fileSize, boolean known) {
        if (fileSize == 0) {
            return known;
        }
        List<WirePart> parts = index.parts();
        if (parts.isEmpty() || parts.stream().anyMatch(part -> (part.attributes() & ~KNOWN_ATTRIBUTES) != 0)) {
            return false;
        }
        return index.wellFormed()
                || parts.stream().anyMatch(StreamSigns::sure)
                || known
                || mostlyThere(parts.getLast());
    }

    private static boolean mostlyThere(WirePart last) {
        boolean data = last.type() == StreamType.DATA;
        return data && last.missing() > 0 && (last.stored() - last.missing()) >= last.stored() / PART_THERE;
    }

    /** Whether its content shows that the stream is what its header says. */
    private static boolean sure(WirePart part) {
        ByteBuffer head = ByteBuffer.wrap(part.head()).order(ByteOrder.LITTLE_ENDIAN);
        return switch (part.type()) {
            case SECURITY_DATA -> descriptor(head, part.size());
            case ALTERNATE_DATA ->
                part.name().length() <= LONGEST_NAME
                        && part.name().chars().allMatch(c -> c >= 0x20 && "/\\:".indexOf(c) < 0);
            case OBJECT_ID -> part.size() == OBJECT_ID;
            case REPARSE_DATA -> reparse(head, part.size());
            default -> false;
        };
    }

    /** Revision at 0, control at 2, then four offsets, each 0 or inside (MS-DTYP 2.4.6). */
    private static boolean descriptor(ByteBuffer head, long size) {
        if (head.limit() < DESCRIPTOR || head.get(0) != 1 || (head.getShort(2) & SELF_RELATIVE) == 0) {
            return false;
        }
        for (int at = 4; at < DESCRIPTOR; at += 4) {
            long offset = head.getInt(at) & 0xffff_ffffL;
            if (offset != 0 && (offset < DESCRIPTOR || offset >= size)) {
                return false;
            }
        }
        return true;
    }

    /** Tag at 0, length of what follows the header at 4 (MS-FSCC 2.1.2.2 and 2.1.2.3). */
    private static boolean reparse(ByteBuffer head, long size) {
        if (head.limit() < REPARSE || size > ReparseData.MAX_SIZE) {
            return false;
        }
        long data = head.getShort(4) & 0xffffL;
        return size == data + (head.getInt(0) < 0 ? REPARSE : REPARSE_GUID);
    }
}
