package org.salvor.backup.mtf;

import java.util.List;
import org.salvor.device.BlockDevice;

/**
 * One file (or tape image) of a family.
 *
 * @param padded whether blocks end with a padding stream, as from 1.00a on; where they do, one that is missing is damage
 * @param end where what the backup program wrote ends: at the mark that closes a medium which another one follows, or at the end of the file
 * @param continued whether that mark is there: a set goes on with the next medium
 * @param repeated the blocks at its start that repeat what the medium before had open: set, volume, folder, file
 */
record Medium(
        BlockDevice device,
        TapeBlock tape,
        boolean headerDamaged,
        boolean padded,
        long end,
        boolean continued,
        List<Block> repeated) {
    /** Where the counting of logical blocks begins of the set that goes on here: before the start of the medium. */
    long base() {
        for (Block block : repeated) {
            if (block.header().type() == BlockType.SET) {
                return Frame.base(block, tape.logicalBlock());
            }
        }
        return 0;
    }
}
