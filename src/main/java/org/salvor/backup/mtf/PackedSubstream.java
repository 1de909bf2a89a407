package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.mtf.StoredStream.Loss;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** A packed stream, read from front to back. As {@link PlainSubstream} it throws at its end if its checksum is wrong. */
final class PackedSubstream implements Substream {
    private final ContentStream content;
    private final Unpacker unpacker;
    private final int skipped;
    private final RunningXor sum = new RunningXor(0, 0);

    /** Of the content: without what stands before it. */
    private long position;

    /** The part of the last piece that the backup says is lost. */
    private @Nullable Chunk pending;

    private boolean lost;
    private boolean ended;

    /** @param skipped bytes of the unpacked stream before its content */
    PackedSubstream(ContentStream content, Unpacker unpacker, int skipped) {
        this.content = content;
        this.unpacker = unpacker;
        this.skipped = skipped;
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
        return content.size();
    }

    @Override
    public boolean checked() {
        return content.stored().checks.count() > 0 || content.stored().doubt != null;
    }

    @Override
    public @Nullable Chunk next() throws RecoveryException {
        if (content.unknownMethod()) {
            return unknown();
        }
        Chunk waiting = pending;
        if (waiting != null) {
            pending = null;
            position += waiting.length();
            return waiting;
        }
        for (Chunk chunk = unpacker.next(); chunk != null; chunk = unpacker.next()) {
            if (chunk instanceof Chunk.Bytes bytes) {
                sum.update(bytes.data());
            } else {
                lost = true;
            }
            Chunk moved = moved(chunk);
            if (moved != null) {
                position += moved.length();
                return moved;
            }
        }
        return end();
    }

    /** Nothing of it can be read. */
    private @Nullable Chunk unknown() {
        if (position >= size()) {
            return null;
        }
        position = size();
        String method = String.format("0x%04X", content.stored().header.compression());
        return new Chunk.Lost(0, size(), Messages.get("mtf.lost.method", method));
    }

    /** A piece of the unpacked stream as one of the content; null if nothing of it belongs there. */
    private @Nullable Chunk moved(Chunk chunk) {
        long cut = Math.max(0, skipped - chunk.offset());
        long length = Math.min(chunk.length() - cut, size() - position);
        if (length <= 0) {
            return null;
        }
        Loss loss = content.stored().loss;
        if (loss != null && position + skipped + length > loss.from()) {
            lost = true;
            long before = loss.from() - position - skipped;
            if (before <= 0) {
                return new Chunk.Lost(position, length, LossySource.reason(loss));
            }
            pending = new Chunk.Lost(position + before, length - before, LossySource.reason(loss));
            length = before;
        }
        return switch (chunk) {
            case Chunk.Bytes bytes -> {
                ByteBuffer data = bytes.data();
                yield new Chunk.Bytes(position, data.slice(data.position() + (int) cut, (int) length));
            }
            case Chunk.Hole hole -> new Chunk.Hole(position, length);
            case Chunk.Lost gone -> new Chunk.Lost(position, length, gone.reason());
        };
    }

    private @Nullable Chunk end() throws RecoveryException {
        if (position < size()) {
            Chunk rest = new Chunk.Lost(position, size() - position, Messages.get("mtf.lost.packed"));
            position = size();
            return rest;
        }
        if (ended) {
            return null;
        }
        ended = true;
        Checks checks = content.stored().checks;
        String doubt = content.stored().doubt;
        if (doubt == null && checks.count() == 1 && !lost) {
            int expected = checks.get(0).expected();
            // whether it is of the packed or the unpacked bytes is not told
            doubt = expected == sum.sum() || expected == unpacker.packedSum()
                    ? null
                    : Messages.get("mtf.doubt.checksum");
        }
        if (doubt != null) {
            throw new RecoveryException(doubt);
        }
        return null;
    }
}
