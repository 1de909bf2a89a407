package org.salvor.volume;

import org.salvor.device.BlockDevice;
import org.salvor.device.SliceDevice;

/**
 * One entry of a partition table.
 *
 * @param index as Linux numbers it: the slot from 1 on; logical partitions of an MBR from 5 on
 * @param type for a person: "NTFS or exFAT (07)", "Microsoft basic data"
 * @param name as the table tells it, empty if it has none
 * @param offset first byte on the disk
 * @param length in bytes, as far as the disk goes
 * @param cut whether the table promises more than the disk holds
 */
public record Partition(int index, String type, String name, long offset, long length, boolean cut) {
    /** The partition as a device; closing it leaves the disk open. */
    public BlockDevice open(BlockDevice disk, int sectorSize) {
        return new SliceDevice(disk, offset, length, sectorSize, disk.describe() + ", " + index);
    }
}
