package org.salvor.recovery;

import java.util.function.IntPredicate;

/**
 * A test of rows, 64 at a time: what a call costs is then paid by all of them together. One that remembers something between
 * calls is for one thread, and says so.
 */
@FunctionalInterface
public interface RowTest {
    /** Rows at a time. */
    int ROWS = Long.SIZE;

    /**
     * Tests some of 64 rows.
     *
     * @param first the first of them, a multiple of 64
     * @param rows a bit for each row that is asked for; bit 0 stands for {@code first}
     * @return those of them that pass
     */
    long pass(int first, long rows);

    /** Tests row by row. */
    static RowTest each(IntPredicate test) {
        return (first, rows) -> {
            long passed = 0;
            for (long left = rows; left != 0; left &= left - 1) {
                if (test.test(first + Long.numberOfTrailingZeros(left))) {
                    passed |= left & -left;
                }
            }
            return passed;
        };
    }

    /** Those that do not pass. */
    default RowTest negate() {
        return (first, rows) -> rows & ~pass(first, rows);
    }
}
