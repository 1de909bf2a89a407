package org.salvor.recovery;

/**
 * What a target can hold.
 *
 * @param fileSystem its type as the operating system names it, for example "ext4"; empty if not known
 * @param namedStreams how named data streams are kept on the file itself
 * @param security whether security descriptors can be put on files
 * @param sparse whether holes take no space
 * @param hardLinks whether a file can have several names
 * @param windowsNames whether names must follow the rules of Windows
 * @param longestName in bytes of UTF-8, or in UTF-16 units where {@code windowsNames}
 * @param largestFile in bytes
 */
public record TargetCapabilities(
        String fileSystem,
        NamedStreams namedStreams,
        boolean security,
        boolean sparse,
        boolean hardLinks,
        boolean windowsNames,
        int longestName,
        long largestFile) {
    /** The ways a target keeps named streams on the file. */
    public enum NamedStreams {
        NONE,
        /** As extended attributes {@code user.<name>}, as far as their size is allowed. */
        ATTRIBUTES,
        /** As {@code file:stream}. */
        COLON
    }
}
