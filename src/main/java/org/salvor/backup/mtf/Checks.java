package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;

/**
 * The checksums of a stream: the exclusive or of its bytes as little-endian numbers of 32 bits, zeros added at the end. Each is for a range
 * of the content; what stands before the content inside the same range (a name, an offset) is already in its seed.
 */
final class Checks {
    /**
     * One of them.
     *
     * @param to the first byte behind the range
     * @param phase by how many bytes, modulo 4, the range begins behind the start of a number
     */
    record Check(long from, long to, int phase, int seed, int expected) {}

    private final List<Check> all = new ArrayList<>(1);

    void add(Check check) {
        all.add(check);
    }

    int count() {
        return all.size();
    }

    Check get(int index) {
        return all.get(index);
    }

    /** Where the last range ends; 0 if there is none. */
    long end() {
        return all.isEmpty() ? 0 : all.getLast().to();
    }
}
