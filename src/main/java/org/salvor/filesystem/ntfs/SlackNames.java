package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.salvor.filesystem.FoundName;

/**
 * Names in the bytes behind the end marker of a record. When attributes are removed one by one the end marker moves to their
 * front and covers type and length of the first one; the rest of its header and its value stay.
 */
final class SlackNames {
    private static final int VALUE_OFFSET = 0x18;

    private SlackNames() {}

    /** The names in the slack of a record whose attributes were walked. */
    static List<FoundName> find(MftRecord record) {
        List<FoundName> found = new ArrayList<>();
        byte[] data = record.data;
        int end = record.start + record.size;
        int from = record.start + (record.endOfAttributes() - 8 + VALUE_OFFSET);
        for (int at = from; at + FileName.FIXED_SIZE + 2 <= end; at += 8) {
            int length = Le.i32(data, at - 8);
            int chars = Le.u8(data, at + 0x40);
            boolean formed = Le.u16(data, at - 4) == VALUE_OFFSET
                    && length == FileName.FIXED_SIZE + 2 * chars
                    && length <= end - at;
            FileName name = formed ? IndexEntries.plausibleName(data, at, length) : null;
            if (name != null && name.nameSpace() != FileName.DOS && name.parent() != FileName.COVERED) {
                found.add(new FoundName(name.parentKey(), name.name()));
            }
        }
        return found;
    }
}
