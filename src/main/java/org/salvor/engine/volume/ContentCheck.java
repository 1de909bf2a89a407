package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** What the content itself says of a deleted file (contract, section 3, steps 5 and 6). It may only lower a rating. */
final class ContentCheck {
    private static final int CHECKPOINT_BYTES = 4 << 20;

    private ContentCheck() {}

    /** Whether the content can say anything of this row. */
    static boolean concerns(Catalog catalog, int row) {
        RatingClass now = catalog.ratingClass(row);
        return (now == RatingClass.INTACT || now == RatingClass.PROBABLE)
                && catalog.deleted(row)
                && !catalog.folder(row)
                && catalog.firstCluster(row) >= 0
                && catalog.size(row) > 0
                && FileTypes.neverZeros(catalog.name(row));
    }

    /** The rating, or a lower one. @param clusterSize in bytes */
    static Rating check(Rating rating, String name, FileContent content, int clusterSize, JobMonitor monitor)
            throws RecoveryException {
        ByteBuffer head = ByteBuffer.allocate((int) Math.clamp(content.mainSize(), 0, FileTypes.HEAD));
        while (head.hasRemaining() && content.readMain(head.position(), head) > 0) {
            monitor.checkpoint();
        }
        byte[] bytes = head.array();
        int length = head.position();
        if (zeros(ByteBuffer.wrap(bytes, 0, length)) && FileTypes.neverZeros(name) && allZeros(content, monitor)) {
            return lowered(rating, RatingClass.BLANK, 0, ReasonKind.ALL_ZERO);
        }
        if (!FileTypes.mayStartWith(name, bytes, length)) {
            long clusters = Math.ceilDiv(content.mainSize(), (long) clusterSize);
            int percent = (int) Math.min(99, Math.max(0, clusters - 1) * 100 / clusters);
            return lowered(rating, RatingClass.PARTIAL, percent, ReasonKind.BAD_START);
        }
        return rating;
    }

    /** The rating of a file whose content cannot be opened at all. */
    static Rating unreadable(Rating rating) {
        return lowered(rating, RatingClass.OVERWRITTEN, 0, ReasonKind.UNREADABLE);
    }

    private static Rating lowered(Rating rating, RatingClass ratingClass, int percent, ReasonKind reason) {
        Set<ReasonKind> reasons = EnumSet.copyOf(rating.reasons());
        reasons.remove(ReasonKind.CLUSTERS_FREE);
        reasons.add(reason);
        return new Rating(ratingClass, percent, reasons, rating.otherRow());
    }

    /** Whether all clusters of the main stream read as zeros; holes are no clusters. */
    private static boolean allZeros(FileContent content, JobMonitor monitor) throws RecoveryException {
        for (Substream stream = content.next(); stream != null; stream = content.next()) {
            if (stream.type() != StreamType.DATA) {
                continue;
            }
            boolean any = false;
            long unchecked = 0;
            for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                switch (chunk) {
                    case Chunk.Hole hole -> {}
                    case Chunk.Lost lost -> {
                        return false;
                    }
                    case Chunk.Bytes data -> {
                        if (!zeros(data.data())) {
                            return false;
                        }
                        any = true;
                        unchecked += data.length();
                    }
                }
                if (unchecked >= CHECKPOINT_BYTES) {
                    monitor.checkpoint();
                    unchecked = 0;
                }
            }
            return any;
        }
        return false;
    }

    private static boolean zeros(ByteBuffer bytes) {
        int at = bytes.position();
        for (; at + 8 <= bytes.limit(); at += 8) {
            if (bytes.getLong(at) != 0) {
                return false;
            }
        }
        for (; at < bytes.limit(); at++) {
            if (bytes.get(at) != 0) {
                return false;
            }
        }
        return true;
    }
}
