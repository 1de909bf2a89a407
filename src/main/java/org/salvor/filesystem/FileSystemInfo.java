package org.salvor.filesystem;

/**
 * What a volume says of itself.
 *
 * @param kind "NTFS", "FAT32", "exFAT"
 * @param idPrefix the start of every id of this volume, for example "ntfs:1c2a90b72a908e3c"
 * @param clusterSize in bytes
 * @param clusterCount clusters of the volume
 * @param rootKey the key its top-level names quote as parent
 * @param recordEstimate how many records a quick scan will see, for progress
 */
public record FileSystemInfo(
        String kind,
        String label,
        String serial,
        String idPrefix,
        long size,
        int clusterSize,
        long clusterCount,
        long rootKey,
        long recordEstimate) {}
