package org.salvor.backup.mtf;

import java.util.Optional;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * What Windows NT (system 14) adds to a DIRB or FILE (docs/formats/mtf.md, section 4).
 *
 * @param attributes 0, u32: as in WIN32_FIND_DATA
 * @param hardLink another name of a file that was written before. Version 0 has it in u16 at 8, version 1 in bit 0 of u32 at 8
 * @param shortName empty if there is none
 */
record NtData(int attributes, boolean hardLink, String shortName) {
    static final int SYSTEM = 14;
    private static final int MIN_SIZE = 4;
    private static final int WITH_SHORT_NAME = 8;
    private static final int WITH_FLAGS = 10;
    private static final int MAX_SHORT_NAME = 2 * 14;

    static Optional<NtData> of(Block block, TapeText text) throws FormatException {
        BlockHeader header = block.header();
        TapeAddress address = header.osData();
        if (header.osId() != SYSTEM || address.size() < MIN_SIZE) {
            return Optional.empty();
        }
        ByteView data = block.body().slice(address.offset(), address.size(), "Windows NT data");
        boolean linked = header.type() == BlockType.FILE
                && address.size() >= WITH_FLAGS
                && (header.osVersion() == 0 ? data.u16(8) != 0 : (data.u16(8) & 1) != 0);
        return Optional.of(new NtData(data.i32(0), linked, shortName(block, data, text)));
    }

    /** The format does not say from where its offset counts: from the block, or from this data. The one that holds a name is taken. */
    private static String shortName(Block block, ByteView data, TapeText text) throws FormatException {
        if (data.length() < WITH_SHORT_NAME
                || block.header().osVersion() == 0 && block.header().type() != BlockType.FILE) {
            return "";
        }
        int offset = data.u16(4);
        int size = data.u16(6);
        if (size == 0 || size > MAX_SHORT_NAME) {
            return "";
        }
        for (ByteView base : new ByteView[] {block.body(), data}) {
            if (offset + size <= base.length()) {
                ByteView bytes = base.slice(offset, size, "short name");
                String name = TapeText.withoutEnd(text.decode(block.header().strings(), bytes));
                if (plausible(name)) {
                    return name;
                }
            }
        }
        return "";
    }

    /** A name as DOS had them: at most eight characters, or twelve with a point. */
    private static boolean plausible(String name) {
        int point = name.indexOf('.');
        boolean fits = point < 0 ? name.length() <= 8 : point <= 8 && name.length() - point <= 4;
        return fits
                && point != 0
                && !name.isEmpty()
                && name.chars().allMatch(c -> c > 0x20 && "\"*/:<>?\\|".indexOf(c) < 0);
    }
}
