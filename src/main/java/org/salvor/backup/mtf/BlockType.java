package org.salvor.backup.mtf;

/** What a descriptor block describes (docs/formats/mtf.md, section 2). */
enum BlockType {
    TAPE("TAPE"),
    SET("SSET"),
    VOLUME("VOLB"),
    FOLDER("DIRB"),
    FILE("FILE"),
    CORRUPT("CFIL"),
    SET_PAD("ESPB"),
    SET_END("ESET"),
    TAPE_END("EOTM"),
    FILEMARK("SFMB"),
    /** SQL Server: its configuration, data, log and what belongs to them. */
    DATABASE("MSCI", "MSDA", "MSTL", "MSLS"),
    OTHER();

    private static final BlockType[] ALL = values();

    private final int[] ids;

    BlockType(String... names) {
        ids = new int[names.length];
        for (int i = 0; i < names.length; i++) {
            ids[i] = id(names[i]);
        }
    }

    /** Four letters as they stand in a little-endian number. */
    static int id(String letters) {
        return letters.charAt(0) | letters.charAt(1) << 8 | letters.charAt(2) << 16 | letters.charAt(3) << 24;
    }

    static BlockType of(int id) {
        for (BlockType type : ALL) {
            for (int own : type.ids) {
                if (own == id) {
                    return type;
                }
            }
        }
        return OTHER;
    }
}
