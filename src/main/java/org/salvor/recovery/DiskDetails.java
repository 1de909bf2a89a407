package org.salvor.recovery;

import java.nio.file.Path;
import java.util.List;

/**
 * A disk or volume as the operating system describes it; texts are empty where nothing is known.
 *
 * @param model maker's name
 * @param bus "USB", "SATA", "NVMe", "loop"
 * @param size in bytes, -1 if not known
 * @param solidState true for a disk that does not rotate
 * @param readable whether this process may read it
 * @param mountPoints where it or one of its parts is mounted now
 * @param fileSystem the name the system gives it
 * @param label volume label
 * @param parts its partitions
 */
public record DiskDetails(
        String model,
        String serial,
        String bus,
        long size,
        int sectorSize,
        boolean removable,
        boolean solidState,
        boolean readable,
        List<Path> mountPoints,
        String fileSystem,
        String label,
        List<Source.Device> parts) {
    public static final DiskDetails UNKNOWN =
            new DiskDetails("", "", "", -1, 512, false, false, true, List.of(), "", "", List.of());
}
