package org.salvor.substream;

/** What all who meet the data of reparse points must know of them (MS-FSCC 2.1.2). */
public final class ReparseData {
    /** The largest that Windows allows, in bytes, with its header (MAXIMUM_REPARSE_DATA_BUFFER_SIZE). */
    public static final int MAX_SIZE = 16 << 10;

    /** A stub that says where the deduplicated content lies; on any other volume it makes the file unreadable. */
    public static final int TAG_DEDUPLICATION = 0x8000_0013;

    private ReparseData() {}
}
