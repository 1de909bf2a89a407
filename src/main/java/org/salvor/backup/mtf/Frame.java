package org.salvor.backup.mtf;

import org.jspecify.annotations.Nullable;

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
    private @Nullable Place told;
    private long control;
    private long address;
    private int set;
    private boolean numbered;
    private BlockType type = BlockType.OTHER;
    private long last;

    /** Nothing of the set that comes next can lie before it, as far as the lengths of streams tell; counted as {@link #base} is. */
    private long floor;

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

    /** Whether the end of a set that has this number can be that of the set. */
    boolean endsWith(int number) {
        return !numbered || number == set;
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
        address = start.header().logicalAddress();
        last = start.place().position();
        floor = last;
        set = number;
        numbered = true;
        type = BlockType.SET;
        holds = true;
        inside = true;
    }

    /** The set goes on on another medium. */
    void move(Medium medium) {
        logicalBlock = medium.tape().logicalBlock();
        base = medium.base();
        floor = 0;
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
            numbered = false;
            base = base(block, logicalBlock);
            inside = true;
        }
        if (holds && moved(block.place().position(), block.header())) {
            base = base(block, logicalBlock);
        }
        holds = fits(block.place().position(), block.header());
        control = block.header().controlId();
        address = block.header().logicalAddress();
        type = block.header().type();
        last = block.place().position();
        floor = last;
    }

    /** A block whose set is known to keep to its addresses, wherever bytes that are missing or added have moved it. */
    void follow(Place place, @Nullable BlockHeader header) {
        if (header == null) {
            return;
        }
        base = place.position() - header.logicalAddress() * logicalBlock;
        inside = true;
        holds = true;
    }

    /** The streams of the block that was seen last reach so far. */
    void reaches(long position) {
        floor = Math.max(floor, position);
    }

    /**
     * Whether a block may be one of this set that does not lie where its address says, because bytes are missing or were added before it: its number and its address
     * are higher than those of the last, and its address is behind all that the last one has. That is never so for a block of a backup that is a file of
     * this one: it is numbered from the start of that file, so that its address falls into the file.
     */
    boolean moved(long position, BlockHeader header) {
        long blocks = header.controlId() - control;
        return !fits(position, header)
                && blocks > 0
                && header.logicalAddress() - address >= blocks
                && header.logicalAddress() <= Extents.MAX_SIZE
                && base + header.logicalAddress() * logicalBlock >= floor;
    }

    /** Whether a place lies behind all that the streams of the last block have. */
    boolean behind(long position) {
        return position >= floor;
    }

    /** What the last block was. */
    BlockType type() {
        return type;
    }

    /** Where the last block lies on its medium. */
    long last() {
        return last;
    }

    /** What is missing before a place was told. */
    void told(Place place) {
        told = place;
    }

    boolean wasTold(Place place) {
        return place.equals(told);
    }

    /** By how many bytes a block lies behind the place that its address tells; negative if before. */
    long shift(long position, BlockHeader header) {
        return position - base - header.logicalAddress() * logicalBlock;
    }

    /** The set has ended; where the next begins is not known. */
    void leave() {
        inside = false;
        holds = false;
        control = 0;
        address = 0;
        floor = 0;
    }

    boolean fits(long position, BlockHeader header) {
        return position == base + header.logicalAddress() * logicalBlock;
    }

    /** Whether a block of a kind that is not known can be one: bytes of a file may look like it, and nothing else tells. */
    boolean plausible(Place place, BlockHeader header) {
        boolean known = header.type() != BlockType.OTHER;
        return known || !inside || !holds || header.controlId() == control + 1 && fits(place.position(), header);
    }

    /** The first place at or behind this one where a block of the set may begin. */
    long alignUp(long position) {
        return position + Math.floorMod(base - position, logicalBlock);
    }
}
