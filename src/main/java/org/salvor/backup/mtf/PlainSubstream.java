package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * A stream that is not packed, read from front to back. Its checksums are checked on the way: where one is wrong, the stream gives all its bytes and
 * then throws, so that nobody takes it for whole.
 */
final class PlainSubstream implements Substream {
    private final ContentStream content;
    private final ChunkSource source;
    private final Checks checks;
    private long position;

    /** The check whose range is gone through, or the next one. */
    private int check;

    private @Nullable RunningXor sum;
    private boolean lost;
    private @Nullable String wrong;

    PlainSubstream(ContentStream content) throws RecoveryException {
        this.content = content;
        source = content.source();
        checks = content.checks();
        wrong = content.stored().doubt;
    }

    @Override
    public StreamType type() {
        return content.type();
    }

    @Override
    public String name() {
        return content.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public boolean sparse() {
        return content.sparse();
    }

    @Override
    public boolean checked() {
        return checks.count() > 0 || wrong != null;
    }

    @Override
    public @Nullable Chunk next() throws RecoveryException {
        return more() ? passed(source.at(position, (int) Math.min(ChunkSource.MAX_CHUNK, untilEdge()))) : null;
    }

    @Override
    public @Nullable Chunk next(ByteBuffer space) throws RecoveryException {
        if (!more()) {
            return null;
        }
        if (untilEdge() < space.remaining()) {
            space.limit(space.position() + (int) untilEdge());
        }
        return passed(source.at(position, space));
    }

    /** Whether bytes follow. Behind the last of them what is wrong is thrown, once. */
    private boolean more() throws RecoveryException {
        passChecks();
        if (position < source.size()) {
            return true;
        }
        String told = wrong;
        wrong = null;
        if (told != null) {
            throw new RecoveryException(told);
        }
        return false;
    }

    private Chunk passed(Chunk chunk) {
        switch (chunk) {
            case Chunk.Bytes bytes -> {
                if (sum != null) {
                    sum.update(bytes.data());
                }
            }
            case Chunk.Hole hole -> {}
            case Chunk.Lost gone -> lost = true;
        }
        position += chunk.length();
        return chunk;
    }

    /** Bytes until the range of a check begins or ends. */
    private long untilEdge() {
        if (check == checks.count()) {
            return Long.MAX_VALUE;
        }
        Checks.Check now = checks.get(check);
        return now.from() > position ? now.from() - position : now.to() - position;
    }

    private void passChecks() {
        while (check < checks.count() && checks.get(check).to() <= position) {
            Checks.Check passed = checks.get(check);
            RunningXor own = sum == null ? new RunningXor(passed.seed(), passed.phase()) : sum;
            if (!lost && own.sum() != passed.expected() && wrong == null) {
                wrong = Messages.get("mtf.doubt.checksum");
            }
            sum = null;
            lost = false;
            check++;
        }
        if (check < checks.count() && sum == null && checks.get(check).from() <= position) {
            Checks.Check begun = checks.get(check);
            sum = new RunningXor(begun.seed(), begun.phase());
        }
    }
}
