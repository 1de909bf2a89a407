package org.salvor.filesystem.ntfs;

import org.salvor.device.BlockDevice;

/** The device and the geometry its boot sector tells. Positions are bytes from the start of the volume. */
record Volume(BlockDevice device, BootSector boot) {
    int clusterSize() {
        return boot.clusterSize();
    }

    long clusterCount() {
        return boot.clusterCount();
    }

    /** Where reading ends: the end of the volume or, in a truncated image, of the device. */
    long readableSize() {
        return Math.min(device.size(), clusterCount() * clusterSize());
    }
}
