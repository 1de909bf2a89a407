package org.salvor.recovery;

/**
 * Whether names hold a text, in any case. The names of a catalog lie one behind the other, so it looks ahead in all of them at
 * once and remembers where the text stands next; a row then compares two numbers. For one thread; fastest for rows in rising
 * order.
 */
final class NameSearch implements RowTest {
    /** Looked ahead at one time. A damaged saved scan may have its names in any order: then this much is lost for each. */
    private static final int AHEAD = 4096;

    private final NamePool pool;
    private final Columns.Longs places;
    private final Needle needle;
    private byte[] block = {};

    /** No place from {@code from} to before {@code to} holds the text, except {@code hit} and later ones, if it lies there. */
    private int from;

    private int hit;
    private int to;

    NameSearch(NamePool pool, Columns.Longs places, Needle needle) {
        this.pool = pool;
        this.places = places;
        this.needle = needle;
    }

    @Override
    public long pass(int first, long rows) {
        long passed = 0;
        for (long left = rows; left != 0; left &= left - 1) {
            if (test(places.get(first + Long.numberOfTrailingZeros(left)))) {
                passed |= left & -left;
            }
        }
        return passed;
    }

    private boolean test(long place) {
        int first = NamePool.at(place);
        int last = NamePool.length(place) - needle.length();
        if (last < 0) {
            return false;
        }
        byte[] in = pool.block(place);
        return NamePool.wide(place)
                ? needle.find(in, first, first + 2 * last, true) >= 0
                : next(in, first, first + last) <= first + last;
    }

    /** Where the text stands next from {@code first} on; something behind {@code last} if it does not up to there. */
    private int next(byte[] in, int first, int last) {
        if (in != block || first < from || first > to) {
            block = in;
            restart(first);
        } else if (hit < first && hit < to) {
            restart(first);
        }
        while (hit == to && to <= last) {
            int end = Math.min(Math.max(last, to + AHEAD), in.length - needle.length());
            int found = needle.find(in, to, end, false);
            hit = found < 0 ? end + 1 : found;
            to = end + 1;
        }
        return hit;
    }

    private void restart(int first) {
        from = first;
        hit = first;
        to = first;
    }
}
