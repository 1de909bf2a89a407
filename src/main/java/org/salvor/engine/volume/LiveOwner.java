package org.salvor.engine.volume;

/** How {@link ClaimIndex} names the live file that has a cluster, and what of the file lies there: a number and two bits. */
final class LiveOwner {
    private static final int MAIN = 0;
    private static final int NAMED = 1;
    private static final int SPARE = 2;
    private static final int UNLISTED = 3;
    private static final int KIND = 3;

    private LiveOwner() {}

    /** The main stream of a row of the catalog. */
    static int main(int row) {
        return row << 2 | MAIN;
    }

    /** A named stream of a row. */
    static int named(int row) {
        return row << 2 | NAMED;
    }

    /** Clusters set aside behind the end of a row's stream: the file has them, but nothing of it lies there. */
    static int spare(int row) {
        return row << 2 | SPARE;
    }

    /** A live file that is no row. @param at its place among those */
    static int unlisted(int at) {
        return at << 2 | UNLISTED;
    }

    static boolean listed(int owner) {
        return (owner & KIND) != UNLISTED;
    }

    /** Whether content of a row lies there. */
    static boolean content(int owner) {
        return (owner & KIND) == MAIN || (owner & KIND) == NAMED;
    }

    static boolean mainStream(int owner) {
        return (owner & KIND) == MAIN;
    }

    /** The row, or the place among those that are none. */
    static int number(int owner) {
        return owner >> 2;
    }

    /** The same for all clusters of one file. */
    static int file(int owner) {
        return listed(owner) ? main(number(owner)) : owner;
    }
}
