package org.salvor.engine.volume;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundTimes;
import org.salvor.filesystem.ScanSink;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.ScanPlan;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** A file system told file by file, to try what no small image holds: rivals, cycles, lost parts, contents that lie. */
final class ScriptedVolume implements FileSystem {
    static final int CLUSTER = 4096;
    /** How much of the volume a thorough scan reads here. */
    private static final long SWEPT = 64 << 20;

    static final long ROOT = 5L << 16 | 5;

    private final List<FoundFile> files = new ArrayList<>();
    private final Map<Long, byte[]> contents = new HashMap<>();
    private final BitSet used = new BitSet();
    private final FaultyDevice disk = new FaultyDevice(MemoryDevice.sparse(1L << 30, 512, "scripted", List.of()));
    private final List<Long> met = new ArrayList<>();

    static long key(long record) {
        return record << 16 | 1;
    }

    /** A deleted file in the given clusters. */
    ScriptedVolume deleted(long record, String name, byte[] content, long... clusters) {
        return add(record, ROOT, name, true, content, content.length, clusters);
    }

    ScriptedVolume live(long record, String name, byte[] content, long... clusters) {
        for (long cluster : clusters) {
            used.set((int) cluster);
        }
        return add(record, ROOT, name, false, content, content.length, clusters);
    }

    /** The first sector of a cluster cannot be read. */
    ScriptedVolume bad(long cluster) {
        disk.failing(cluster * CLUSTER, 512);
        return this;
    }

    /** The scan meets the cluster on its way. */
    ScriptedVolume met(long cluster) {
        met.add(cluster);
        return this;
    }

    FaultyDevice disk() {
        return disk;
    }

    ScriptedVolume used(int cluster) {
        used.set(cluster);
        return this;
    }

    ScriptedVolume add(
            long record, long parent, String name, boolean deleted, byte[] content, long size, long... clusters) {
        long[] lengths = new long[clusters.length];
        Arrays.fill(lengths, 1);
        FoundStream main = new FoundStream(
                "",
                size,
                (long) clusters.length * CLUSTER,
                clusters.length == 0 ? FoundStream.Form.RESIDENT : FoundStream.Form.PLAIN,
                new ClusterRuns(clusters, lengths),
                true);
        contents.put(key(record), content);
        return add(record, parent, name, false, deleted, List.of(main), size);
    }

    ScriptedVolume folder(long record, long parent, String name, boolean deleted) {
        return add(record, parent, name, true, deleted, List.of(), 0);
    }

    ScriptedVolume add(FoundFile file) {
        files.add(file);
        return this;
    }

    private ScriptedVolume add(
            long record,
            long parent,
            String name,
            boolean folder,
            boolean deleted,
            List<FoundStream> streams,
            long size) {
        return add(found(record, parent, name, folder, deleted, streams, size, FoundFile.Provenance.TABLE));
    }

    static FoundFile found(
            long record,
            long parent,
            String name,
            boolean folder,
            boolean deleted,
            List<FoundStream> streams,
            long size,
            FoundFile.Provenance provenance) {
        return new FoundFile(
                key(record),
                provenance == FoundFile.Provenance.INDEX_ONLY ? 512 : -1,
                -1,
                folder,
                deleted,
                provenance,
                folder ? new long[] {key(record)} : new long[0],
                name.isEmpty() ? List.of() : List.of(new FoundName(parent, name)),
                size,
                FoundTimes.NONE,
                0,
                streams,
                true,
                provenance != FoundFile.Provenance.INDEX_ONLY);
    }

    /** Scans and rates; the catalog. */
    Catalog scan(ScanPlan plan) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));
        ScanCollector collector = new ScanCollector(plan, info(), info().size(), builder, JobMonitor.SILENT);
        scan(plan.thorough(), collector);
        collector.finish(JobMonitor.SILENT);
        ResilientDevice volume = new ResilientDevice(disk);
        if (plan.thorough()) {
            ByteBuffer piece = ByteBuffer.allocate(1 << 20);
            for (long at = 0; at < SWEPT; at += piece.capacity()) {
                volume.readAround(at, piece.clear(), (position, length, cause) -> {});
            }
        }
        for (long cluster : met) {
            volume.readAround(cluster * CLUSTER, ByteBuffer.allocate(CLUSTER), (position, length, cause) -> {});
        }
        new Ratings(this, volume, collector, builder, new Keyring())
                .complete(allocation(), plan.thorough(), JobMonitor.SILENT);
        return builder.catalog();
    }

    @Override
    public FileSystemInfo info() {
        return new FileSystemInfo(
                "NTFS", "scripted", "1", "ntfs:1", 1L << 30, CLUSTER, (1L << 30) / CLUSTER, ROOT, files.size());
    }

    @Override
    public void scan(boolean thorough, ScanSink sink) throws RecoveryException {
        for (FoundFile file : files) {
            sink.found(file);
        }
        sink.progress(1, 1);
    }

    @Override
    public long tableBytes() {
        return files.size() * 1024L;
    }

    @Override
    public AllocationMap allocation() {
        return new AllocationMap() {
            @Override
            public long allocated(long first, long count) {
                return used.get((int) first, (int) (first + count)).cardinality();
            }

            @Override
            public long firstAllocated(long first, long count) {
                int at = used.nextSetBit((int) first);
                return at >= 0 && at < first + count ? at : -1;
            }
        };
    }

    @Override
    public FileContent open(long key, long locator) {
        byte[] content = contents.getOrDefault(key, new byte[0]);
        return new FileContent() {
            private boolean told;

            @Override
            public @Nullable Substream next() {
                if (told) {
                    return null;
                }
                told = true;
                return new Bytes(content);
            }

            @Override
            public int readMain(long position, ByteBuffer target) {
                if (position >= content.length) {
                    return -1;
                }
                int length = (int) Math.min(target.remaining(), content.length - position);
                target.put(content, (int) position, length);
                return length;
            }

            @Override
            public long mainSize() {
                return content.length;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {}

    private static final class Bytes implements Substream {
        private final byte[] content;
        private boolean told;

        Bytes(byte[] content) {
            this.content = content;
        }

        @Override
        public StreamType type() {
            return StreamType.DATA;
        }

        @Override
        public String name() {
            return "";
        }

        @Override
        public long size() {
            return content.length;
        }

        @Override
        public @Nullable Chunk next() {
            if (told) {
                return null;
            }
            told = true;
            return new Chunk.Bytes(0, ByteBuffer.wrap(content));
        }
    }
}
