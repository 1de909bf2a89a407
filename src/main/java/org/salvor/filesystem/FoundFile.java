package org.salvor.filesystem;

import java.util.List;

/**
 * One file or folder as a file system shows it, with the evidence for its content.
 *
 * @param key the file system's own number: NTFS record number &lt;&lt; 16 | sequence number; FAT and exFAT the byte offset of the
 *     directory entry
 * @param slackOffset volume byte offset of the name's entry where only slack knows it; -1 otherwise
 * @param locator what {@link FileSystem#open} wants; for records outside the file table their byte position
 * @param folderKeys for a folder: the keys under which its children may quote it as parent (a deleted NTFS folder has two,
 *     because deletion raises the sequence number); empty for files
 * @param names all its names, hard links included, DOS-only names left out; may be empty
 * @param attributes Windows file attributes
 * @param streams the data streams, the main one first where there is one; for folders only named ones
 * @param recordValid false where the record itself is damaged (fixup mismatch) but could still be read
 * @param contentKnown false where only the name is left (index slack): such a file can be listed, not restored
 */
public record FoundFile(
        long key,
        long slackOffset,
        long locator,
        boolean folder,
        boolean deleted,
        Provenance provenance,
        long[] folderKeys,
        List<FoundName> names,
        long size,
        FoundTimes times,
        int attributes,
        List<FoundStream> streams,
        boolean recordValid,
        boolean contentKnown) {
    /** Where the file system's knowledge of a file comes from. */
    public enum Provenance {
        /** The current file table. */
        TABLE,
        /** A record found outside the current file table. */
        OUTSIDE_TABLE,
        /** Its record is in the table, but its name stood only in slack. */
        SLACK_NAME,
        /** Only an index entry knows it. */
        INDEX_ONLY
    }
}
