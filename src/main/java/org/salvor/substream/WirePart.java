package org.salvor.substream;

/**
 * One stream of a sequence as it lies there: its payload, and for a sparse one the blocks behind that.
 *
 * @param name of a named data stream, without colons; empty for all others
 * @param sparse its header says so, or blocks follow it
 * @param attributes of its header
 * @param payload where its bytes begin, in bytes from the start of the input
 * @param length of its payload in bytes, without blocks
 * @param size of the stream in bytes: the end of its payload or of its last block, whichever is farther
 * @param stored bytes of it that were promised, without holes
 * @param missing bytes of those that are not there because the input ends
 * @param blocks how many sparse blocks follow
 * @param head its first bytes, at most {@link #HEAD}; none of a data stream, of a link its whole name
 */
public record WirePart(
        StreamType type,
        String name,
        boolean sparse,
        int attributes,
        long payload,
        long length,
        long size,
        long stored,
        long missing,
        int blocks,
        byte[] head) {
    /** Enough to know a reparse point or a security descriptor. */
    public static final int HEAD = 32;

    /** Whether a part of it lies in cold storage, and so not here. */
    public boolean ghosted() {
        return (attributes & WireHeader.GHOSTED) != 0;
    }
}
