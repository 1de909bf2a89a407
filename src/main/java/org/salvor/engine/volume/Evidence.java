package org.salvor.engine.volume;

import org.salvor.recovery.Columns;

/** What the rating of the deleted files with clusters needs once all claims are known; 17 bytes a file. One thread. */
final class Evidence {
    static final int OUTSIDE_TABLE = 1;
    static final int RECORD_DAMAGED = 2;
    static final int MAIN_INCOMPLETE = 4;
    static final int NAMED_INCOMPLETE = 8;
    static final int SLACK_NAME = 16;

    private final Columns.Ints rows = new Columns.Ints();
    private final Columns.Ints firstClaims = new Columns.Ints();
    private final Columns.Ints firstNamed = new Columns.Ints();
    private final Columns.Ints ends = new Columns.Ints();
    private final Columns.Bytes flags = new Columns.Bytes();
    private int count;

    /**
     * Number of the new entry.
     *
     * @param row of the catalog
     * @param firstClaim of the main stream; those of named streams follow from {@code firstNamedClaim} up to {@code end}
     */
    int add(int row, int firstClaim, int firstNamedClaim, int end, int flag) {
        rows.set(count, row);
        firstClaims.set(count, firstClaim);
        firstNamed.set(count, firstNamedClaim);
        ends.set(count, end);
        flags.set(count, flag);
        return count++;
    }

    int count() {
        return count;
    }

    int row(int file) {
        return rows.get(file);
    }

    int firstClaim(int file) {
        return firstClaims.get(file);
    }

    int firstNamedClaim(int file) {
        return firstNamed.get(file);
    }

    int endOfClaims(int file) {
        return ends.get(file);
    }

    boolean has(int file, int flag) {
        return (flags.get(file) & flag) != 0;
    }
}
