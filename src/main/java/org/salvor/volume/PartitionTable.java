package org.salvor.volume;

import java.util.List;
import java.util.Optional;

/** How a disk is divided. Problems are sentences for a person. */
public sealed interface PartitionTable {
    /** In bytes; what the table shows, which for an image may differ from what its device says. */
    int sectorSize();

    /** In order of their index; empty where there is no table. */
    List<Partition> partitions();

    List<String> problems();

    /** The table of the PC's BIOS, with logical partitions. */
    record Mbr(int sectorSize, List<Partition> partitions, List<String> problems) implements PartitionTable {}

    /** @param fromBackup the table at the start of the disk is damaged; the copy at its end was used */
    record Gpt(int sectorSize, boolean fromBackup, List<Partition> partitions, List<String> problems)
            implements PartitionTable {}

    /** No table. @param volume what begins at byte 0, if it is known by its boot sector */
    record None(int sectorSize, Optional<BootSector> volume, List<String> problems) implements PartitionTable {
        @Override
        public List<Partition> partitions() {
            return List.of();
        }
    }
}
