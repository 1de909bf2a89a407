package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;

/** $ATTRIBUTE_LIST: which attributes of a file lie in which records (docs/formats/ntfs.md, section 6). */
final class AttributeList {
    /** Windows keeps to 256 KiB; more is refused. */
    private static final int MAX_SIZE = 1 << 20;

    private static final int ENTRY = 0x1a;

    private AttributeList() {}

    /** @param reference the record that holds the attribute: number and sequence */
    record Entry(int type, long lowestVcn, long reference) {}

    /** The entries up to the first broken one. */
    static List<Entry> read(Attribute list, Volume volume) throws RecoveryException {
        byte[] bytes;
        if (list.nonResident) {
            int size = Limits.allocation("$ATTRIBUTE_LIST", list.record.position, list.dataSize(), MAX_SIZE);
            bytes = new byte[size];
            Runlist runs = new Runlist();
            runs.append(list);
            if (!new RunSource(volume, runs, size, list.initialized()).fill(0, ByteBuffer.wrap(bytes)) && size > 0) {
                throw new FormatException("$ATTRIBUTE_LIST", list.record.position, "readable clusters", "lost ones");
            }
        } else {
            bytes = java.util.Arrays.copyOfRange(list.record.data, list.valueStart, list.valueStart + list.valueLength);
        }
        return parse(bytes);
    }

    static List<Entry> parse(byte[] bytes) {
        List<Entry> entries = new ArrayList<>();
        int at = 0;
        while (at + ENTRY <= bytes.length) {
            int length = Le.u16(bytes, at + 4);
            int type = Le.i32(bytes, at);
            if (length < ENTRY || length > bytes.length - at || type == 0 || type == Attribute.END) {
                break;
            }
            entries.add(new Entry(type, Le.i64(bytes, at + 8), Le.i64(bytes, at + 0x10)));
            at += length;
        }
        return entries;
    }
}
