package org.salvor.filesystem.ntfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the reparse point of a file means for its content (docs/formats/ntfs.md, section 9). */
final class Reparse {
    static final int TAG_WOF = 0x8000_0017;
    static final int TAG_DEDUP = 0x8000_0013;
    static final String WOF_STREAM = "WofCompressedData";

    private static final int OFFLINE = 0x1000;
    private static final int RECALL_ON_OPEN = 0x4_0000;
    private static final int RECALL_ON_DATA_ACCESS = 0x40_0000;
    private static final int HEADER = 8;
    private static final int WOF_DATA = 16;
    private static final int WOF_PROVIDER_FILE = 2;

    private Reparse() {}

    /** Where the content lies. */
    enum Kind {
        /** No reparse point, or one that does not touch the content. */
        NONE,
        /** CompactOS: compressed in a stream of its own. */
        OVERLAY,
        /** In a store elsewhere. */
        STUB
    }

    static Kind kindOf(NtfsFile file) {
        Attribute attribute = file.find(Attribute.REPARSE_POINT);
        if (attribute == null || attribute.nonResident || attribute.valueLength < HEADER) {
            return Kind.NONE;
        }
        int tag = Le.i32(attribute.record.data, attribute.valueStart);
        if (tag == TAG_DEDUP) {
            return Kind.STUB;
        }
        if (tag == TAG_WOF) {
            return wofAlgorithm(attribute) >= 0 ? Kind.OVERLAY : Kind.NONE;
        }
        Attribute standard = file.find(Attribute.STANDARD_INFORMATION);
        if (standard == null || standard.nonResident || standard.valueLength < 0x24) {
            return Kind.NONE;
        }
        int flags = Le.i32(standard.record.data, standard.valueStart + 0x20);
        return (flags & (OFFLINE | RECALL_ON_OPEN | RECALL_ON_DATA_ACCESS)) != 0 ? Kind.STUB : Kind.NONE;
    }

    /** The algorithm of a WOF reparse point whose provider is a single file: 0 to 3; -1 for others. */
    static int wofAlgorithm(Attribute attribute) {
        if (attribute.nonResident || attribute.valueLength < HEADER + WOF_DATA) {
            return -1;
        }
        byte[] data = attribute.record.data;
        int at = attribute.valueStart + HEADER;
        int algorithm = Le.i32(data, at + 12);
        boolean file = Le.i32(data, at) == 1 && Le.i32(data, at + 4) == WOF_PROVIDER_FILE && Le.i32(data, at + 8) == 1;
        return file && algorithm >= 0 && algorithm <= 3 ? algorithm : -1;
    }

    /** The stream that holds the compressed bytes. */
    static @Nullable StreamLayout overlay(List<StreamLayout> streams) {
        for (StreamLayout stream : streams) {
            if (stream.name().equals(WOF_STREAM)) {
                return stream;
            }
        }
        return null;
    }
}
