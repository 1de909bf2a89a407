package org.salvor.filesystem.ntfs;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the walk over the table saw of each record: sequence number, whether it is in use, whether it has a name. Kept in pages, so that memory grows with records that are really there.
 */
final class RecordStates {
    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    /** Numbers beyond this are not remembered: 2^32 files are the most a volume can have. */
    private static final long MAX = 1L << 32;

    static final int SEEN = 1;
    static final int IN_USE = 2;
    static final int NAMED = 4;

    private static final class Page {
        final short[] sequence = new short[PAGE];
        final byte[] flags = new byte[PAGE];
    }

    private @Nullable Page[] pages = new Page[16];

    /** Keys of named records outside the table. */
    private final LongSet outside = new LongSet();

    void put(long number, int sequence, int flags) {
        if (number < 0 || number >= MAX) {
            return;
        }
        int index = (int) (number >>> PAGE_BITS);
        if (index >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(index + 1, 2 * pages.length));
        }
        Page page = pages[index];
        if (page == null) {
            page = new Page();
            pages[index] = page;
        }
        int at = (int) number & PAGE - 1;
        page.sequence[at] = (short) sequence;
        page.flags[at] = (byte) (flags | SEEN);
    }

    /**
     * A record outside the table, whose number may be any: it gets no page. False where it was told before, or there are too many.
     */
    boolean addOutside(long number, int sequence, boolean inUse) {
        boolean news = outside.add(Reference.key(number, sequence));
        if (news && !inUse) {
            outside.add(Reference.key(number, Reference.before(sequence)));
        }
        return news;
    }

    private @Nullable Page page(long number) {
        return number < 0 || number >= (long) pages.length << PAGE_BITS ? null : pages[(int) (number >>> PAGE_BITS)];
    }

    private int flags(long number) {
        Page page = page(number);
        return page == null ? 0 : page.flags[(int) number & PAGE - 1];
    }

    /** Whether a name is known of the file that {@link #holds} finds. */
    boolean named(long number, int sequence) {
        return (flags(number) & NAMED) != 0 || outside.contains(Reference.key(number, sequence));
    }

    /** Whether the record still is (or, deleted, last was) the file of that sequence number. */
    boolean holds(long number, int sequence) {
        return tableHolds(number, sequence) || outside.contains(Reference.key(number, sequence));
    }

    private boolean tableHolds(long number, int sequence) {
        Page page = page(number);
        if (page == null) {
            return false;
        }
        int at = (int) number & PAGE - 1;
        if ((page.flags[at] & SEEN) == 0) {
            return false;
        }
        int now = page.sequence[at] & 0xffff;
        return now == sequence || (page.flags[at] & IN_USE) == 0 && Reference.before(now) == sequence;
    }
}
