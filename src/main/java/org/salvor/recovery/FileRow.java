package org.salvor.recovery;

import java.util.List;

/**
 * One row for a catalog. A file with several names (hard links) has a row for each; all carry the same key.
 *
 * @param parent row of its folder, {@link Catalog#NONE} for the top level or if not yet known
 * @param key see {@link IdScheme}
 * @param slackOffset -1 if the name does not come from slack
 * @param locator what the session needs beside the key to find the content again, {@link Catalog#NO_LOCATOR} if nothing
 * @param linkOf row of the first name of the same file, {@link Catalog#NONE} if this is it
 * @param size of the main stream in bytes
 * @param allocated bytes taken on the source
 * @param created 100 ns since 1970 UTC, {@link Catalog#NO_TIME} if unknown; likewise the other times
 * @param attributes Windows file attributes
 * @param fragments runs of the main stream that take space
 * @param firstCluster of the main stream, -1 if it has none
 * @param streams named data streams
 */
public record FileRow(
        int parent,
        String name,
        boolean folder,
        boolean deleted,
        Provenance provenance,
        long key,
        long slackOffset,
        long locator,
        int linkOf,
        long size,
        long allocated,
        long created,
        long modified,
        long changed,
        long accessed,
        int attributes,
        int fragments,
        long firstCluster,
        List<StreamInfo> streams) {}
