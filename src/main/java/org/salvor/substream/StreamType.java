package org.salvor.substream;

import org.jspecify.annotations.Nullable;

/** What a substream carries: the stream ids of WIN32_STREAM_ID, and the one opaque kind that does not fit. */
public enum StreamType {
    DATA(1),
    EA_DATA(2),
    SECURITY_DATA(3),
    ALTERNATE_DATA(4),
    LINK(5),
    PROPERTY_DATA(6),
    OBJECT_ID(7),
    REPARSE_DATA(8),
    SPARSE_BLOCK(9),
    TXFS_DATA(10),
    GHOSTED_FILE_EXTENTS(11),
    /** An EFS raw export: one opaque stream, for WriteEncryptedFileRaw or a decryptor. Has no id on the wire. */
    ENCRYPTED_RAW(0);

    private static final @Nullable StreamType[] BY_ID = new StreamType[12];

    static {
        for (StreamType type : values()) {
            BY_ID[type.id] = type.id == 0 ? null : type;
        }
    }

    private final int id;

    StreamType(int id) {
        this.id = id;
    }

    /** Null for an id that is not known. */
    static @Nullable StreamType ofId(int id) {
        return id > 0 && id < BY_ID.length ? BY_ID[id] : null;
    }

    /** The dwStreamId of WIN32_STREAM_ID; 0 for kinds that never appear on the wire. */
    public int id() {
        return id;
    }
}
