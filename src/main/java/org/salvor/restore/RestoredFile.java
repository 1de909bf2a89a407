package org.salvor.restore;

import java.util.List;
import org.salvor.recovery.RatingClass;

/**
 * One line of the report.
 *
 * @param target relative to the target folder; empty if nothing was written
 * @param size bytes of the main stream as written; of the file on the source if nothing was written
 * @param sha256 of the main stream as written, in hexadecimal; of the file that lay there if that has the same content; empty if
 *     nothing was written
 * @param reasons sentences: the rating's reasons, what was not kept, why it was skipped
 */
public record RestoredFile(
        String id,
        String path,
        String target,
        boolean folder,
        long size,
        Outcome outcome,
        RatingClass rating,
        int intactPercent,
        String sha256,
        List<RestoredStream> streams,
        List<String> reasons) {
    /** Whether what was chosen is on the target, whole: restored now, or left out because the same content lay there already. */
    public boolean there() {
        return outcome == Outcome.RESTORED
                || outcome == Outcome.SKIPPED && (folder || !sha256.isEmpty() && rating != RatingClass.LOCKED);
    }

    /** Whether it is on the target only as it was encrypted: kept so now, or left out because that lay there already. */
    public boolean keptEncrypted() {
        return outcome == Outcome.KEPT_ENCRYPTED
                || outcome == Outcome.SKIPPED && !sha256.isEmpty() && rating == RatingClass.LOCKED;
    }

    /** Bytes written for it, main and named streams. */
    public long written() {
        boolean wrote = outcome == Outcome.RESTORED || outcome == Outcome.PARTIAL || outcome == Outcome.KEPT_ENCRYPTED;
        return !wrote || sha256.isEmpty()
                ? 0
                : size + streams.stream().mapToLong(RestoredStream::size).sum();
    }

    /** A named stream as written. */
    public record RestoredStream(String name, long size, String sha256) {}
}
