package org.salvor.backup.mtf;

import java.util.OptionalLong;
import org.salvor.backup.BackupEntry.Times;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * What DIRB and FILE have in common (docs/formats/mtf.md, section 3): 52 attributes u32; dates at 56 modified, 61 created, 66 backed
 * up, 71 accessed.
 *
 * @param folder DIRB
 * @param folderId 76, u32: its own, or that of the folder of a FILE
 * @param fileId 80, u32, of a FILE
 * @param nameField where the address of the name stands: 80 in a DIRB, 84 in a FILE
 * @param nameInStream attribute 17
 * @param corrupt attribute 18: the writer could not read what belongs to it
 * @param windowsAttributes what the four attributes 8 to 11 are on Windows
 */
record EntryBlock(
        boolean folder,
        Times times,
        long folderId,
        long fileId,
        int nameField,
        boolean nameInStream,
        boolean corrupt,
        int windowsAttributes) {
    /** Up to the name of a FILE at 84. */
    static final int SIZE = 88;

    private static final int IN_STREAM = 1 << 17;
    private static final int CORRUPT = 1 << 18;
    private static final int WINDOWS_READ_ONLY = 0x1;
    private static final int WINDOWS_HIDDEN = 0x2;
    private static final int WINDOWS_SYSTEM = 0x4;
    private static final int WINDOWS_FOLDER = 0x10;
    private static final int WINDOWS_ARCHIVE = 0x20;

    static EntryBlock parse(Block block, TapeZone zone) throws FormatException {
        ByteView body = block.body();
        boolean folder = block.header().type() == BlockType.FOLDER;
        int attributes = body.i32(52);
        Times times = new Times(date(body, 61, zone), date(body, 56, zone), Times.UNKNOWN, date(body, 71, zone));
        return new EntryBlock(
                folder,
                times,
                body.u32(76),
                folder ? 0 : body.u32(80),
                folder ? 80 : 84,
                (attributes & IN_STREAM) != 0,
                (attributes & CORRUPT) != 0,
                windows(attributes) | (folder ? WINDOWS_FOLDER : 0));
    }

    private static long date(ByteView body, int offset, TapeZone zone) throws FormatException {
        OptionalLong date = TapeDate.at(body, offset, zone);
        return date.orElse(Times.UNKNOWN);
    }

    private static int windows(int attributes) {
        return ((attributes & 1 << 8) != 0 ? WINDOWS_READ_ONLY : 0)
                | ((attributes & 1 << 9) != 0 ? WINDOWS_HIDDEN : 0)
                | ((attributes & 1 << 10) != 0 ? WINDOWS_SYSTEM : 0)
                | ((attributes & 1 << 11) != 0 ? WINDOWS_ARCHIVE : 0);
    }
}
