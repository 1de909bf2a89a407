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
        boolean zeros = zeros(ByteBuffer.wrap(bytes, 0, length)) && FileTypes.neverZeros(name);
        boolean start = FileTypes.mayStartWith(name, bytes, length);
        if (!zeros && start) {
            return rating;
        }
        // what is lost reads as zeros too
        switch (whole(content, length, monitor)) {
            case START_LOST -> {
                return lowered(
                        rating, RatingClass.PARTIAL, percentWithoutStart(content, clusterSize), ReasonKind.UNREADABLE);
            }
            case ZEROS -> {
                if (zeros) {
                    return lowered(rating, RatingClass.BLANK, 0, ReasonKind.ALL_ZERO);
                }
            }
            case OTHER -> {
                // The start alone decides.
            }
        }
        return start
                ? rating
                : lowered(rating, RatingClass.PARTIAL, percentWithoutStart(content, clusterSize), ReasonKind.BAD_START);
    }

    private static int percentWithoutStart(FileContent content, int clusterSize) {
        long clusters = Math.max(1, Math.ceilDiv(content.mainSize(), (long) clusterSize));
        return (int) Math.min(99, (clusters - 1) * 100 / clusters);
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

    /** What the main stream is like. */
    private enum Whole {
        /** All its clusters read as zeros; holes are no clusters. */
        ZEROS,
        /** A part of the first {@code head} bytes cannot be read. */
        START_LOST,
        OTHER
    }

    private static Whole whole(FileContent content, int head, JobMonitor monitor) throws RecoveryException {
        for (Substream stream = content.next(); stream != null; stream = content.next()) {
            if (stream.type() == StreamType.DATA) {
                return whole(stream, head, monitor);
            }
        }
        return Whole.OTHER;
    }

    private static Whole whole(Substream stream, int head, JobMonitor monitor) throws RecoveryException {
        boolean zeros = true;
        boolean any = false;
        long unchecked = 0;
        for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            if (!zeros && chunk.offset() >= head) {
                break;
            }
            switch (chunk) {
                case Chunk.Hole hole -> {}
                case Chunk.Lost lost -> {
                    if (lost.offset() < head) {
                        return Whole.START_LOST;
                    }
                    zeros = false;
                }
                case Chunk.Bytes data -> {
                    zeros &= zeros(data.data());
                    any = true;
                    unchecked += data.length();
                }
            }
            if (unchecked >= CHECKPOINT_BYTES) {
                monitor.checkpoint();
                unchecked = 0;
            }
        }
        return zeros && any ? Whole.ZEROS : Whole.OTHER;
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
