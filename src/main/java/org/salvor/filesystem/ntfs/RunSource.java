package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A non-resident stream as its clusters lie on the volume. Past the valid data length it reads as zeros, whatever the clusters
 * hold. Clusters outside the volume or the image, lost runs and unreadable sectors are losses.
 */
final class RunSource implements ChunkSource {
    private final Volume volume;
    private final Runlist runs;
    private final long size;
    private final long initialized;
    private ByteBuffer own = ByteBuffer.allocate(0);

    /** The range of the device that was found unreadable last, in bytes. */
    private long badStart = -1;

    private long badEnd = -1;

    RunSource(Volume volume, Runlist runs, long size, long initialized) {
        this.volume = volume;
        this.runs = runs;
        this.size = size;
        this.initialized = Math.min(initialized, size);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean holes() {
        return size - initialized >= WORTH || runs.holeBefore(clusters(initialized), 1);
    }

    /** How many clusters so many bytes lie in. */
    private long clusters(long bytes) {
        return bytes / volume.clusterSize() + (bytes % volume.clusterSize() == 0 ? 0 : 1);
    }

    @Override
    public Chunk at(long position, int limit) {
        int wanted = (int) Math.min(Math.min(limit, MAX_CHUNK), size - position);
        if (own.capacity() < wanted) {
            own = ByteBuffer.allocate(wanted);
        }
        return at(position, own.clear().limit(wanted));
    }

    @Override
    public Chunk at(long position, ByteBuffer space) {
        if (position >= initialized) {
            return new Chunk.Hole(position, size - position);
        }
        int cluster = volume.clusterSize();
        int run = runs.find(position / cluster);
        if (run < 0) {
            return new Chunk.Lost(position, initialized - position, Messages.get("ntfs.lost.runs"));
        }
        long inRun = position - runs.vcn(run) * cluster;
        long available = Math.min(runs.length(run) * cluster - inRun, initialized - position);
        long lcn = runs.lcn(run);
        if (lcn == Runlist.HOLE) {
            return new Chunk.Hole(position, available);
        }
        if (lcn == Runlist.MISSING) {
            return new Chunk.Lost(position, available, Messages.get("ntfs.lost.runs"));
        }
        long place = lcn * cluster + inRun;
        long readable = volume.readableSize() - place;
        if (readable <= 0) {
            boolean truncated = place < volume.clusterCount() * cluster;
            return new Chunk.Lost(
                    position,
                    available,
                    truncated ? Messages.get("ntfs.lost.truncated") : Messages.get("ntfs.lost.outside"));
        }
        int length = (int) Math.min(Math.min(space.remaining(), MAX_CHUNK), Math.min(available, readable));
        return read(position, place, space.limit(space.position() + length));
    }

    private Chunk read(long position, long place, ByteBuffer space) {
        int start = space.position();
        int length = space.remaining();
        if (place >= badStart && place < badEnd) {
            return lost(position, Math.min(length, badEnd - place));
        }
        FirstBad bad = new FirstBad();
        volume.device().readAround(place, space, bad);
        space.position(start);
        if (bad.start < 0) {
            return new Chunk.Bytes(position, space);
        }
        badStart = bad.start;
        badEnd = bad.end;
        if (badStart <= place) {
            return lost(position, Math.clamp(badEnd - place, 1, length));
        }
        space.limit(start + (int) Math.min(length, badStart - place));
        return new Chunk.Bytes(position, space);
    }

    /** As the inherited one, but without a copy in between: the way the file table and indexes are read. */
    @Override
    public boolean fill(long position, ByteBuffer target) {
        return fill(position, target, new FirstBad());
    }

    /**
     * As {@link #fill(long, ByteBuffer)}.
     *
     * @param listener told of each range of the volume that could not be read
     */
    boolean fill(long position, ByteBuffer target, BlockDevice.BadRangeListener listener) {
        boolean whole = true;
        int start = target.position();
        int end = (int) Math.min(target.limit(), start + Math.max(0, size - position));
        int limit = target.limit();
        while (target.position() < end) {
            long at = position + target.position() - start;
            long place = placeOf(at);
            long length = Math.min(end - target.position(), lengthOf(at));
            if (place >= 0) {
                FirstBad bad = new FirstBad();
                target.limit((int) (target.position() + length));
                volume.device().readAround(place, target, (bytes, count, cause) -> {
                    bad.unreadable(bytes, count, cause);
                    listener.unreadable(bytes, count, cause);
                });
                target.limit(limit);
                whole &= bad.start < 0;
            } else {
                whole &= place == Runlist.HOLE;
                for (long i = 0; i < length; i++) {
                    target.put((byte) 0);
                }
            }
        }
        return whole;
    }

    @Override
    public Stretch stretch(long position) {
        return new Stretch(placeOf(position) == Runlist.HOLE, lengthOf(position));
    }

    /** Whether a byte of the stream lies nowhere that can be read. */
    boolean lost(long position) {
        return placeOf(position) < 0;
    }

    /** Volume position of a byte of the stream, or {@link Runlist#HOLE}, or {@link Runlist#MISSING} for any loss. */
    long placeOf(long position) {
        if (position >= initialized) {
            return Runlist.HOLE;
        }
        int cluster = volume.clusterSize();
        int run = runs.find(position / cluster);
        if (run < 0 || runs.lcn(run) < 0) {
            return run < 0 ? Runlist.MISSING : runs.lcn(run);
        }
        long place = (runs.lcn(run) - runs.vcn(run)) * cluster + position;
        return place < volume.readableSize() ? place : Runlist.MISSING;
    }

    /** How many bytes from {@code position} on are of the same kind and lie together. */
    long lengthOf(long position) {
        if (position >= initialized) {
            return size - position;
        }
        int cluster = volume.clusterSize();
        int run = runs.find(position / cluster);
        if (run < 0) {
            return initialized - position;
        }
        long rest = Math.min((runs.vcn(run) + runs.length(run)) * cluster, initialized) - position;
        long place = (runs.lcn(run) - runs.vcn(run)) * cluster + position;
        long readable = volume.readableSize() - place;
        return runs.lcn(run) >= 0 && readable > 0 ? Math.min(rest, readable) : rest;
    }

    private static Chunk lost(long position, long length) {
        return new Chunk.Lost(position, length, Messages.get("ntfs.lost.unreadable"));
    }

    private static final class FirstBad implements BlockDevice.BadRangeListener {
        private long start = -1;
        private long end = -1;

        @Override
        public void unreadable(long position, long length, SourceReadException cause) {
            if (start < 0 || position < start) {
                start = position;
                end = position + length;
            } else if (position == end) {
                end += length;
            }
        }
    }
}
