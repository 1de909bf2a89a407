package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.mtf.StoredStream.Loss;
import org.salvor.text.Messages;

/** What is wrong with an entry as far as it can be told without reading its data. */
final class Damage {
    private static final int REASONS = 3;

    private final List<String> reasons = new ArrayList<>(0);
    private long lost;

    boolean none() {
        return reasons.isEmpty();
    }

    /** @param bytes of the main stream; 0 for damage elsewhere, 1 where it is not known how much */
    void add(long bytes, String reason) {
        lost += bytes;
        if (!reasons.contains(reason) && reasons.size() < REASONS) {
            reasons.add(reason);
        }
    }

    void layout(@Nullable String broken) {
        if (broken != null) {
            add(0, broken);
        }
    }

    void stream(ContentStream stream, boolean main) {
        StoredStream stored = stream.stored();
        long missing = stored.bytes.missing()
                + (stored.sparse == null ? 0 : stored.sparse.bytes().missing());
        if (missing > 0) {
            add(main ? Math.min(missing, Math.max(1, stream.size())) : 0, Messages.get("mtf.lost.missing-sentence"));
        }
        Loss loss = stored.loss;
        if (loss != null) {
            long end = loss.to() == Long.MAX_VALUE ? stream.size() : loss.to();
            long range = Math.max(0, Math.min(end, stream.size()) - loss.from());
            add(main ? range : 0, Messages.get("mtf.lost.sentence", LossySource.reason(loss)));
        }
        if (stream.unknownMethod()) {
            add(main ? stream.size() : 0, Messages.get("mtf.broken.method"));
        }
        String doubt = stored.doubt;
        if (doubt != null) {
            add(main ? 1 : 0, doubt);
        }
    }

    State.Damaged state() {
        return new State.Damaged(lost, String.join(" ", reasons));
    }
}
