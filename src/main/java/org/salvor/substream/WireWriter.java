package org.salvor.substream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * Writes streams as a sequence of WIN32_STREAM_ID streams, in the order in which they are given, as BackupWrite takes it
 * (docs/formats/backupread.md, section 4). A stream with holes becomes an empty one and blocks, the last of which is empty and lies
 * at its end. The format has no way to say that bytes are lost: whoever writes is told, and zeros take their place.
 */
public final class WireWriter {
    /** Where the bytes go, in order. */
    public interface Out {
        void bytes(ByteBuffer data) throws IOException, RecoveryException;

        void zeros(long length) throws IOException, RecoveryException;
    }

    /** Hears what could not be written; a loss of no bytes tells that those which came are not right. To refuse it, throws. */
    @FunctionalInterface
    public interface Losses {
        void lost(Substream stream, Chunk.Lost lost) throws RecoveryException;
    }

    /** What belongs to a file beside its data is small; Windows takes no more than 64 KiB of any of it. */
    private static final int MAX_BELONGINGS = 1 << 20;

    private static final String DATA_ENDING = ":$DATA";

    private final Out out;
    private final Losses losses;

    public WireWriter(Out out, Losses losses) {
        this.out = out;
        this.losses = losses;
    }

    /** Writes a stream that was not read from before. */
    public void write(Substream stream) throws IOException, RecoveryException {
        if (2L * (stream.name().length() + DATA_ENDING.length() + 1) > WireHeader.MAX_NAME) {
            losses.lost(stream, new Chunk.Lost(0, stream.size(), Messages.get("backup.lost.name")));
            return;
        }
        switch (stream.type()) {
            case DATA, ALTERNATE_DATA -> {
                if (stream.holes()) {
                    sparse(stream);
                } else if (stream.size() > 0 || stream.type() == StreamType.ALTERNATE_DATA) {
                    plain(stream);
                }
            }
            case EA_DATA,
                    SECURITY_DATA,
                    LINK,
                    PROPERTY_DATA,
                    OBJECT_ID,
                    REPARSE_DATA,
                    TXFS_DATA,
                    GHOSTED_FILE_EXTENTS -> belongings(stream);
            case SPARSE_BLOCK, ENCRYPTED_RAW ->
                throw new IllegalArgumentException(stream.type() + " is no stream of its own");
        }
    }

    private void plain(Substream stream) throws IOException, RecoveryException {
        header(stream, 0, stream.size());
        Pieces pieces = new Pieces(stream);
        for (Chunk chunk = pieces.next(); chunk != null; chunk = pieces.next()) {
            switch (chunk) {
                case Chunk.Bytes bytes -> out.bytes(bytes.data());
                case Chunk.Hole hole -> out.zeros(hole.length());
                case Chunk.Lost lost -> out.zeros(lost.length());
            }
        }
    }

    private void sparse(Substream stream) throws IOException, RecoveryException {
        header(stream, WireHeader.SPARSE, 0);
        Pieces pieces = new Pieces(stream);
        for (Chunk chunk = pieces.next(); chunk != null; chunk = pieces.next()) {
            if (chunk instanceof Chunk.Bytes bytes && bytes.length() > 0) {
                block(bytes.offset(), bytes.length());
                out.bytes(bytes.data());
            }
        }
        if (stream.size() > 0) {
            block(stream.size(), 0);
        }
    }

    private void block(long offset, long length) throws IOException, RecoveryException {
        ByteBuffer head =
                ByteBuffer.allocate(WireHeader.LENGTH + WireHeader.BLOCK_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        new WireHeader(0, StreamType.SPARSE_BLOCK.id(), WireHeader.SPARSE, length + WireHeader.BLOCK_OFFSET, 0)
                .put(head);
        out.bytes(head.putLong(offset).flip());
    }

    /** Half a security descriptor is worse than none: what is not whole is left out. */
    private void belongings(Substream stream) throws IOException, RecoveryException {
        if (stream.size() == 0) {
            return;
        }
        if (stream.size() > MAX_BELONGINGS) {
            losses.lost(stream, new Chunk.Lost(0, stream.size(), Messages.get("backup.lost.too-large")));
            return;
        }
        ByteBuffer all = ByteBuffer.allocate((int) stream.size());
        boolean whole = true;
        Pieces pieces = new Pieces(stream);
        for (Chunk chunk = pieces.next(); chunk != null; chunk = pieces.next()) {
            switch (chunk) {
                case Chunk.Bytes bytes -> all.put(bytes.data());
                case Chunk.Hole hole -> all.position(all.position() + (int) hole.length());
                case Chunk.Lost lost -> {
                    all.position(all.position() + (int) lost.length());
                    whole = false;
                }
            }
        }
        if (whole) {
            header(stream, stream.type() == StreamType.SECURITY_DATA ? WireHeader.CONTAINS_SECURITY : 0, stream.size());
            out.bytes(all.flip());
        }
    }

    private void header(Substream stream, int attributes, long size) throws IOException, RecoveryException {
        String name = stream.type() == StreamType.ALTERNATE_DATA ? ":" + stream.name() + DATA_ENDING : "";
        ByteBuffer head =
                ByteBuffer.allocate(WireHeader.LENGTH + 2 * name.length()).order(ByteOrder.LITTLE_ENDIAN);
        new WireHeader(0, stream.type().id(), attributes, size, 2 * name.length()).put(head);
        for (int i = 0; i < name.length(); i++) {
            head.putChar(name.charAt(i));
        }
        out.bytes(head.flip());
    }

    /** The chunks of a stream, made to fit its size: what does not come is lost. */
    private final class Pieces {
        private final Substream stream;
        private long position;
        private @Nullable Chunk waiting;

        Pieces(Substream stream) {
            this.stream = stream;
        }

        @Nullable
        Chunk next() throws RecoveryException {
            if (position == stream.size()) {
                checkEnd();
                return null;
            }
            Chunk chunk = waiting == null ? ask() : waiting;
            waiting = null;
            if (chunk.offset() > position) {
                waiting = chunk;
                chunk = lost(chunk.offset() - position, Messages.get("backup.lost.early"));
            }
            if (chunk.offset() < position || chunk.length() < 0 || chunk.length() > stream.size() - position) {
                throw new RecoveryException(Messages.get("backup.disorder", position));
            }
            position += chunk.length();
            if (chunk instanceof Chunk.Lost lost) {
                losses.lost(stream, lost);
            }
            return chunk;
        }

        /** All bytes came; the source may still find that they are not right. */
        private void checkEnd() throws RecoveryException {
            try {
                stream.next();
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                losses.lost(stream, lost(0, String.valueOf(e.getMessage())));
            }
        }

        private Chunk ask() throws CancelledException {
            try {
                Chunk chunk = stream.next();
                return chunk == null ? lost(stream.size() - position, Messages.get("backup.lost.early")) : chunk;
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                return lost(stream.size() - position, String.valueOf(e.getMessage()));
            }
        }

        private Chunk.Lost lost(long length, String reason) {
            return new Chunk.Lost(position, length, reason);
        }
    }
}
