package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.Lznt1;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A stream kept in compression units: a unit without clusters is zeros, one with all its clusters is stored as it is, one with
 * some of them is LZNT1 (docs/formats/ntfs.md, section 7).
 */
final class CompressedSource implements ChunkSource {
    /** Units larger than this are no units of NTFS: 16 clusters of 4 KiB are the rule. */
    private static final int MAX_UNIT = 1 << 20;

    private final Runlist runs;
    private final RunSource raw;
    private final long size;
    private final long initialized;
    private final int cluster;
    private final int unitClusters;
    private final int unit;
    private final byte[] packed;
    private final byte[] plain;
    private long plainUnit = -1;

    private CompressedSource(Volume volume, StreamLayout stream, int unitClusters) {
        this.runs = stream.runs;
        this.size = stream.size;
        this.initialized = Math.min(stream.initialized, stream.size);
        this.cluster = volume.clusterSize();
        this.unitClusters = unitClusters;
        this.unit = unitClusters * cluster;
        this.packed = new byte[unit];
        this.plain = new byte[unit];
        // whole clusters are read: the compressed bytes do not end with the size
        this.raw = new RunSource(volume, runs, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    static ChunkSource open(Volume volume, StreamLayout stream) {
        long unit = (long) volume.clusterSize() << stream.first.compressionUnit();
        return unit > MAX_UNIT
                ? new RunSource(volume, stream.runs, stream.size, stream.initialized)
                : new CompressedSource(volume, stream, 1 << stream.first.compressionUnit());
    }

    @Override
    public long size() {
        return size;
    }

    /** Units of nothing but zeros take no clusters; those which a unit spares because it is packed are no hole. */
    @Override
    public boolean holes() {
        return size - initialized >= WORTH
                || runs.holeBefore(initialized / cluster + (initialized % cluster == 0 ? 0 : 1), unitClusters);
    }

    @Override
    public Chunk at(long position, int limit) throws RecoveryException {
        return at(position, limit, null);
    }

    @Override
    public Chunk at(long position, ByteBuffer space) throws RecoveryException {
        return at(position, space.remaining(), space);
    }

    private Chunk at(long position, int limit, @Nullable ByteBuffer space) throws RecoveryException {
        if (position >= initialized) {
            return new Chunk.Hole(position, size - position);
        }
        long index = position / unit;
        long end = Math.min((index + 1) * unit, initialized);
        long first = index * unitClusters;
        int run = runs.find(first);
        if (run < 0) {
            return new Chunk.Lost(position, initialized - position, Messages.get("ntfs.lost.runs"));
        }
        long runEnd = runs.vcn(run) + runs.length(run);
        if (runs.lcn(run) == Runlist.HOLE && runEnd >= first + unitClusters) {
            long holeEnd = runEnd / unitClusters * unit;
            return new Chunk.Hole(position, Math.min(holeEnd, initialized) - position);
        }
        int stored = storedClusters(first);
        // a run over many units: all of them are stored as they are, or all are lost; its length may be any number
        long wholeEnd = Math.max(end, Math.min(runEnd / unitClusters * unit, initialized));
        if (stored < 0) {
            long lostEnd = runs.lcn(run) == Runlist.MISSING ? wholeEnd : end;
            return new Chunk.Lost(position, lostEnd - position, Messages.get("ntfs.lost.runs"));
        }
        if (stored == unitClusters) {
            int wanted = (int) Math.min(limit, wholeEnd - position);
            Chunk chunk =
                    space == null ? raw.at(position, wanted) : raw.at(position, space.limit(space.position() + wanted));
            return clip(chunk, position, wholeEnd);
        }
        if (plainUnit != index && !unpack(index, stored)) {
            return new Chunk.Lost(position, end - position, Messages.get("ntfs.lost.packed"));
        }
        int from = (int) (position - index * unit);
        int length = (int) Math.min(limit, end - position);
        return new Chunk.Bytes(position, ByteBuffer.wrap(plain, from, length));
    }

    /** Clusters of the unit before its first hole; -1 where runs of it are lost. */
    private int storedClusters(long first) {
        long vcn = first;
        while (vcn < first + unitClusters) {
            int run = runs.find(vcn);
            if (run < 0 || runs.lcn(run) == Runlist.HOLE) {
                break;
            }
            if (runs.lcn(run) == Runlist.MISSING) {
                return -1;
            }
            vcn = runs.vcn(run) + runs.length(run);
        }
        return (int) (Math.min(vcn, first + unitClusters) - first);
    }

    private static Chunk clip(Chunk chunk, long position, long end) {
        long length = Math.min(chunk.length(), end - position);
        return switch (chunk) {
            case Chunk.Bytes bytes -> bytes;
            case Chunk.Hole hole -> new Chunk.Hole(position, length);
            case Chunk.Lost lost -> new Chunk.Lost(position, length, lost.reason());
        };
    }

    private boolean unpack(long index, int stored) {
        int length = stored * cluster;
        plainUnit = -1;
        if (!raw.fill(index * unit, ByteBuffer.wrap(packed, 0, length))) {
            return false;
        }
        java.util.Arrays.fill(plain, (byte) 0);
        try {
            Lznt1.decode(packed, 0, length, plain, 0, unit);
        } catch (FormatException e) {
            return false; // told as a loss: the clusters hold something else now
        }
        plainUnit = index;
        return true;
    }
}
