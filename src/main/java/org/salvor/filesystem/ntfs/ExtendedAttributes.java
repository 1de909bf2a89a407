package org.salvor.filesystem.ntfs;

/** $EA: a list of FILE_FULL_EA_INFORMATION. */
final class ExtendedAttributes {
    private static final int HEADER = 8;

    private ExtendedAttributes() {}

    /** The list as BackupRead gives it: on disk the last entry also tells its length, here it tells 0 as the end. */
    static byte[] terminated(byte[] list) {
        int at = 0;
        while (at + HEADER <= list.length) {
            long next = Le.u32(list, at);
            if (next < HEADER || next >= list.length - at) {
                list[at] = 0;
                list[at + 1] = 0;
                list[at + 2] = 0;
                list[at + 3] = 0;
                break;
            }
            at += (int) next;
        }
        return list;
    }
}
