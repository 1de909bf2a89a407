package org.salvor.backup.mtf;

/** What a stream holds (docs/formats/mtf.md, section 5). */
enum StreamKind {
    DATA("STAN"),
    PATH("PNAM"),
    NAME("FNAM"),
    CHECKSUM("CSUM"),
    CORRUPT("CRPT"),
    PAD("SPAD"),
    SPARSE("SPAR"),
    NAMED_DATA("ADAT"),
    SECURITY("NACL"),
    EXTENDED_ATTRIBUTES("NTEA"),
    OBJECT_ID("NTOI"),
    REPARSE("NTRP"),
    PROPERTY("NTPR"),
    QUOTA("NTQU"),
    ENCRYPTED("NTED"),
    /** Backup Exec: the path of the file that this one is another name of. */
    LINK("LINK"),
    SET_MAP("TSMP"),
    OTHER("\0\0\0\0");

    private static final StreamKind[] ALL = values();

    private final int id;

    StreamKind(String letters) {
        id = BlockType.id(letters);
    }

    /** Whether it belongs to a file or a folder, not to the medium or to what checks it. */
    boolean content() {
        return switch (this) {
            case PAD, SET_MAP, CORRUPT, CHECKSUM, OTHER -> false;
            case DATA,
                    PATH,
                    NAME,
                    SPARSE,
                    NAMED_DATA,
                    SECURITY,
                    EXTENDED_ATTRIBUTES,
                    OBJECT_ID,
                    REPARSE,
                    PROPERTY,
                    QUOTA,
                    ENCRYPTED,
                    LINK -> true;
        };
    }

    static StreamKind of(int id) {
        for (StreamKind kind : ALL) {
            if (kind.id == id) {
                return kind;
            }
        }
        return OTHER;
    }
}
