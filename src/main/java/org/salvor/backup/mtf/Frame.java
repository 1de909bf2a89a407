package org.salvor.backup.mtf;

/**
 * How blocks of a set lie: each at the start of the set plus its logical address times the size of a logical block. Where that holds for
 * the blocks that were read, one that is found elsewhere (a backup inside a backup) is none of this set.
 */
final class Frame {
    private int logicalBlock;
    private long base;
    private boolean holds;
    private boolean inside;
    private boolean strayed;
    private long control;
    private int set;

    Frame(int logicalBlock) {
        this.logicalBlock = logicalBlock;
    }

    /** Where the counting of logical blocks begins on this medium; negative where the set began on one before. */
    long base() {
        return base;
    }

    int logicalBlock() {
        return logicalBlock;
    }

    /** Whether addresses have agreed with places. */
    boolean holds() {
        return holds;
    }

    /** The next block belongs to another set whose start is lost. */
    void stray() {
        leave();
        strayed = true;
    }

    /** Whether the block that was seen last is the first of a set whose start is lost; once. */
    boolean strayed() {
        boolean was = strayed;
        strayed = false;
        return was;
    }

    /** Whether a set has begun and not ended. */
    boolean inside() {
        return inside;
    }

    /** The number of the set. */
    int set() {
        return set;
    }

    /** The number of the last block. */
    long control() {
        return control;
    }

    /** Where the counting of logical blocks begins of which this is one. */
    static long base(Block block, int logicalBlock) {
        return block.place().position() - block.header().logicalAddress() * logicalBlock;
    }

    void enter(Block start, int number, int size) {
        logicalBlock = size;
        base = base(start, size);
        control = start.header().controlId();
        set = number;
        holds = true;
        inside = true;
    }

    /** The set goes on on another medium. */
    void move(Medium medium) {
        logicalBlock = medium.tape().logicalBlock();
        base = medium.base();
        inside = !medium.repeated().isEmpty();
    }

    /** Inside a set whose counting begins there. */
    void resume(long base) {
        this.base = base;
        inside = true;
    }

    void saw(Block block) {
        if (!inside) {
            // the start of the set is damaged
            base = base(block, logicalBlock);
            inside = true;
        }
        holds = fits(block.place().position(), block.header());
        control = block.header().controlId();
    }

    /** The set has ended; where the next begins is not known. */
    void leave() {
        inside = false;
        holds = false;
        control = 0;
    }

    boolean fits(long position, BlockHeader header) {
        return position == base + header.logicalAddress() * logicalBlock;
    }

    /** The first place at or behind this one where a block of the set may begin. */
    long alignUp(long position) {
        return position + Math.floorMod(base - position, logicalBlock);
    }
}
