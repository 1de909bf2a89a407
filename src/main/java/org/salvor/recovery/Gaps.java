package org.salvor.recovery;

import java.util.ArrayList;
import java.util.List;
import org.salvor.text.Messages;

/** What is lost of one stream: a sentence for each of the first gaps, and a sum of the others. */
public final class Gaps {
    private static final int NAMED = 8;

    private final List<String> named = new ArrayList<>();
    private long lost;
    private long unnamed;

    /**
     * @param position of the gap in the stream
     * @param length of it, both in bytes
     * @param reason a sentence part
     */
    public void add(long position, long length, String reason) {
        if (named.size() < NAMED) {
            String part = reason.endsWith(".") ? reason.substring(0, reason.length() - 1) : reason;
            named.add(Messages.get("restore.gap", length, position, position + length - 1, part));
        } else {
            unnamed += length;
        }
        lost += length;
    }

    /** No byte is missing, but they are not right: counts as one that is lost. */
    public void doubted(String reason) {
        named.add(reason);
        lost++;
    }

    /** Bytes in all of them. */
    public long lost() {
        return lost;
    }

    /** One for each of the first, and one for the others together. */
    public List<String> sentences() {
        List<String> all = new ArrayList<>(named);
        if (unnamed > 0) {
            all.add(Messages.get("restore.more-gaps", unnamed));
        }
        return all;
    }
}
