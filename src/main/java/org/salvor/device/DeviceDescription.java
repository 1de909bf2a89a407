package org.salvor.device;

import java.nio.file.Path;
import java.util.List;

/**
 * A disk or volume of this computer, as the operating system describes it.
 *
 * @param path its device path
 * @param model maker's name; empty if not known
 * @param serial empty if not known
 * @param bus "USB", "SATA", "NVMe", "loop"...; empty if not known
 * @param size in bytes
 * @param solidState true for a disk that does not rotate
 * @param readable whether this process may read it
 * @param mountPoints where it or one of its parts is mounted now
 * @param parts its partitions
 * @param fileSystem the name the system gives it, empty if not known
 * @param label volume label, empty if none
 */
public record DeviceDescription(
        Path path,
        String model,
        String serial,
        String bus,
        long size,
        int sectorSize,
        boolean removable,
        boolean solidState,
        boolean readable,
        List<Path> mountPoints,
        List<DeviceDescription> parts,
        String fileSystem,
        String label) {}
