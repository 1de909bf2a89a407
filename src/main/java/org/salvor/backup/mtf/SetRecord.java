package org.salvor.backup.mtf;

import java.util.List;
import org.salvor.backup.BackupSet;

/**
 * A set and where it is.
 *
 * @param tapeNumber its number as the medium tells it; 0 if it does not
 * @param start its first block
 * @param end behind its last file
 * @param base where the counting of its logical blocks begins on the medium of its first block
 * @param files whether it holds files; databases are none
 * @param addressed whether its blocks lie where their logical addresses say, but for bytes that are missing or were added
 * @param harmless sentences: damage that costs no file
 * @param losses sentences: what the set does not hold, though it should
 */
record SetRecord(
        BackupSet set,
        int tapeNumber,
        Place start,
        Place end,
        long base,
        TapeZone zone,
        boolean files,
        boolean addressed,
        List<String> harmless,
        List<String> losses) {}
