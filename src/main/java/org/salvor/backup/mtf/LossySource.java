package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.mtf.StoredStream.Loss;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/** A stream of which a range was filled with zeros when the backup was made. */
final class LossySource implements ChunkSource {
    private final ChunkSource source;
    private final long from;
    private final long to;
    private final String reason;

    /** @param skipped how many bytes of the stored stream stand before its content */
    LossySource(ChunkSource source, Loss loss, long skipped) {
        this.source = source;
        from = Math.max(0, loss.from() - skipped);
        to = Math.min(source.size(), loss.to() == Long.MAX_VALUE ? source.size() : loss.to() - skipped);
        reason = reason(loss);
    }

    static String reason(Loss loss) {
        return switch (loss.why()) {
            case CHANGED -> Messages.get("mtf.lost.changed");
            case UNREADABLE -> Messages.get("mtf.lost.then");
            case LOCKED -> Messages.get("mtf.lost.locked");
        };
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public Stretch stretch(long position) throws RecoveryException {
        if (position >= from && position < to) {
            return new Stretch(false, to - position);
        }
        Stretch stretch = source.stretch(position);
        return position < from ? new Stretch(stretch.hole(), Math.min(stretch.length(), from - position)) : stretch;
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        Chunk lost = lost(position);
        return lost != null ? lost : cut(source.at(position, (int) Math.min(limit, before(position))), position);
    }

    @Override
    public Chunk at(long position, ByteBuffer space) throws RecoveryException {
        Chunk lost = lost(position);
        if (lost != null) {
            return lost;
        }
        if (before(position) < space.remaining()) {
            space.limit(space.position() + (int) before(position));
        }
        return cut(source.at(position, space), position);
    }

    private @Nullable Chunk lost(long position) {
        return position >= from && position < to ? new Chunk.Lost(position, to - position, reason) : null;
    }

    /** How many bytes follow before the range begins. */
    private long before(long position) {
        return position < from && from < to ? from - position : Long.MAX_VALUE;
    }

    private Chunk cut(Chunk chunk, long position) {
        long left = before(position);
        return switch (chunk) {
            case Chunk.Bytes data -> data;
            case Chunk.Hole hole -> new Chunk.Hole(position, Math.min(hole.length(), left));
            case Chunk.Lost lost -> new Chunk.Lost(position, Math.min(lost.length(), left), lost.reason());
        };
    }
}
