package org.salvor.engine.volume;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * The clusters in which contents of live files lie. What looks like a record there belongs to such a content: a disk image kept as a file
 * has a file table of its own.
 */
final class LiveContents {
    private final long[] starts;
    /** Behind the last cluster of each run, and of all before it. */
    private final long[] ends;

    /** @param counts whether the contents of an owner, as {@link LiveOwner} names it, are such */
    LiveContents(ClaimIndex index, IntPredicate counts) {
        long[][] runs = new long[index.liveCount()][];
        int count = 0;
        for (int claim = 0; claim < index.count(); claim++) {
            int owner = index.owner(claim);
            boolean content = index.live(claim) && (LiveOwner.content(owner) || !LiveOwner.listed(owner));
            if (content && counts.test(owner)) {
                runs[count++] = new long[] {index.start(claim), index.start(claim) + index.length(claim)};
            }
        }
        Arrays.sort(runs, 0, count, (one, other) -> Long.compare(one[0], other[0]));
        starts = new long[count];
        ends = new long[count];
        for (int i = 0; i < count; i++) {
            starts[i] = runs[i][0];
            ends[i] = Math.max(runs[i][1], i == 0 ? 0 : ends[i - 1]);
        }
    }

    boolean hold(long cluster) {
        int at = Arrays.binarySearch(starts, cluster);
        int run = at >= 0 ? at : -at - 2;
        return run >= 0 && cluster < ends[run];
    }
}
