package org.salvor.windows.backup;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Gaps;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Progress;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** A stream on its way: hashed with zeros for holes and losses, losses counted, and what the source leaves out made a loss. */
final class Measured implements Substream {
    private static final byte[] ZEROS = new byte[64 << 10];

    private final Substream source;
    private final StreamType type;
    private final JobMonitor monitor;
    private final boolean sparse;
    private final MessageDigest digest = digest();
    private final Gaps gaps = new Gaps();
    private @Nullable Chunk waiting;
    private long position;
    private boolean begun;
    private boolean written;

    /**
     * @param type what it is written as
     * @param sparse whether holes are to stay holes
     */
    Measured(Substream source, StreamType type, boolean sparse, JobMonitor monitor) {
        this.source = source;
        this.type = type;
        this.sparse = sparse;
        this.monitor = monitor;
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public StreamType type() {
        return type;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long size() {
        return source.size();
    }

    @Override
    public boolean sparse() {
        return sparse;
    }

    @Override
    public @Nullable Chunk next() throws RecoveryException {
        monitor.checkpoint();
        begun = true;
        if (position == size()) {
            source.next(); // a checksum may be wrong: whoever asks beyond the end hears of it
            return null;
        }
        Chunk chunk = waiting == null ? ask() : waiting;
        waiting = null;
        if (chunk.offset() > position) {
            waiting = chunk;
            chunk = missing(chunk.offset() - position, Messages.get("restore.cut-off"));
        }
        switch (chunk) {
            case Chunk.Bytes bytes -> {
                digest.update(bytes.data().duplicate());
                written |= bytes.length() > 0;
            }
            case Chunk.Hole hole -> zeros(hole.length());
            case Chunk.Lost loss -> {
                zeros(loss.length());
                gap(loss);
            }
        }
        position += chunk.length();
        monitor.progress(new Progress("restore", position, size(), 0, 1));
        return chunk;
    }

    private Chunk ask() throws RecoveryException {
        try {
            Chunk chunk = source.next();
            return chunk == null ? missing(size() - position, Messages.get("restore.cut-off")) : chunk;
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            return missing(size() - position, String.valueOf(e.getMessage()));
        }
    }

    private Chunk missing(long length, String reason) {
        return new Chunk.Lost(position, length, reason);
    }

    private void zeros(long length) throws CancelledException {
        for (long left = length; left > 0; left -= ZEROS.length) {
            monitor.checkpoint();
            digest.update(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    private void gap(Chunk.Lost loss) {
        gaps.add(loss.offset(), loss.length(), loss.reason());
    }

    /** All bytes came, and they are not right: counts as one that is lost. */
    void doubted(String reason) {
        gaps.doubted(reason);
    }

    /** It cannot be written at all: no piece of it was asked for. */
    void refused(Chunk.Lost loss) {
        gap(loss);
    }

    /** Whether any piece was asked for. */
    boolean begun() {
        return begun;
    }

    long lost() {
        return gaps.lost();
    }

    /** Whether any byte came from the source. */
    boolean written() {
        return written;
    }

    /** To be asked once, at the end. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A sentence for each gap. */
    List<String> gaps() {
        return gaps.sentences();
    }

    /** All of a small stream. @return null if something of it is lost */
    static byte @Nullable [] whole(Substream stream, JobMonitor monitor) throws RecoveryException {
        Measured measured = new Measured(stream, stream.type(), false, monitor);
        ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(stream.size()));
        try {
            for (Chunk chunk = measured.next(); chunk != null; chunk = measured.next()) {
                if (chunk instanceof Chunk.Bytes bytes) {
                    all.put(bytes.data().duplicate());
                } else {
                    all.position(all.position() + (int) chunk.length());
                }
            }
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            return null;
        }
        return measured.lost() > 0 ? null : all.array();
    }
}
