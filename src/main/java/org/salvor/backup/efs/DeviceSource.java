package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

/** The bytes of a file that holds an export; what cannot be read of it is lost. */
final class DeviceSource implements ChunkSource {
    /** Headers are small and lie together: they are read in one go. */
    private static final int AHEAD = 4096;

    private final BlockDevice device;
    private ByteBuffer buffer = ByteBuffer.allocate(AHEAD);
    private long start = -1;
    private long end = -1;

    DeviceSource(BlockDevice device) {
        this.device = device;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public Chunk at(long position, int limit) {
        if (position < start || position >= end) {
            int length = (int) Math.min(Math.max(AHEAD, Math.min(limit, MAX_CHUNK)), device.size() - position);
            Chunk.Lost lost = read(position, length);
            if (lost != null) {
                return lost;
            }
        }
        int from = (int) (position - start);
        int length = (int) Math.min(limit, end - position);
        return new Chunk.Bytes(position, buffer.slice(from, length));
    }

    private Chunk.@Nullable Lost read(long position, int length) {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        start = -1;
        end = -1;
        buffer.clear().limit(length);
        FirstBad bad = new FirstBad(position + length);
        device.readAround(position, buffer, bad);
        buffer.clear();
        if (bad.from <= position) {
            return new Chunk.Lost(position, Math.clamp(bad.to - position, 1, length), bad.reason);
        }
        start = position;
        end = Math.min(bad.from, position + length);
        return null;
    }

    private static final class FirstBad implements BlockDevice.BadRangeListener {
        private long from;
        private long to;
        private String reason = "";

        FirstBad(long none) {
            from = none;
            to = none;
        }

        @Override
        public void unreadable(long position, long length, SourceReadException cause) {
            if (position < from) {
                from = position;
                to = position + length;
                reason = String.valueOf(cause.getMessage());
            } else if (position == to) {
                to += length;
            }
        }
    }
}
