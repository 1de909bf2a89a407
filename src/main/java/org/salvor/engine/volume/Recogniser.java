package org.salvor.engine.volume;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.salvor.device.BlockDevice;
import org.salvor.device.SliceDevice;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.UnknownSourceException;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.filesystem.ntfs.NtfsFileSystem;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceNode.Kind;
import org.salvor.recovery.SourceNode.State;
import org.salvor.text.Messages;
import org.salvor.volume.BootSector;
import org.salvor.volume.LostVolumes;
import org.salvor.volume.Partition;
import org.salvor.volume.PartitionTable;
import org.salvor.volume.PartitionTables;

/** Makes the tree of what a disk or an image holds. */
final class Recogniser {
    private static final int SECTOR = 512;

    /** So much space outside known volumes is searched for lost ones at once; more takes a sweep that a person asks for. */
    private static final long SWEPT_AT_ONCE = 1L << 30;

    private final Source source;
    private final BlockDevice disk;

    Recogniser(Source source, BlockDevice disk) {
        this.source = source;
        this.disk = disk;
    }

    /** The sector size that the boot sector at this place tells, else that of the device. */
    static int sectorSize(BlockDevice disk, long offset) {
        return PartitionTables.bootSector(disk, offset)
                .map(BootSector::sectorSize)
                .orElse(disk.sectorSize());
    }

    SourceNode tree() throws RecoveryException {
        return tree(SWEPT_AT_ONCE, JobMonitor.SILENT);
    }

    SourceNode swept(JobMonitor monitor) throws RecoveryException {
        return tree(Long.MAX_VALUE, monitor);
    }

    private SourceNode tree(long sweepLimit, JobMonitor monitor) throws RecoveryException {
        PartitionTable table = PartitionTables.read(disk);
        boolean volume =
                table instanceof PartitionTable.None none && none.volume().isPresent();
        if (volume || table.partitions().isEmpty() && NtfsFileSystem.recognise(disk)) {
            return place("", Kind.VOLUME, Messages.get("source.volume"), 0, disk.size(), "");
        }
        List<SourceNode> children = new ArrayList<>();
        List<LostVolumes.Known> known = new ArrayList<>();
        long covered = 0;
        for (Partition partition : table.partitions()) {
            SourceNode node = partition(partition);
            children.add(node);
            if (!node.format().isEmpty()) {
                known.add(new LostVolumes.Known(partition.offset(), partition.length()));
                covered += partition.length();
            }
        }
        if (disk.size() - covered <= sweepLimit) {
            children.addAll(lost(known, monitor));
        }
        if (children.isEmpty()) {
            throw new UnknownSourceException(Messages.get("source.unknown", source.text()));
        }
        String format = switch (table) {
            case PartitionTable.Mbr mbr -> "MBR";
            case PartitionTable.Gpt gpt -> "GPT";
            case PartitionTable.None none -> "";
        };
        return new SourceNode(
                source,
                "",
                Kind.DISK,
                Messages.get("source.disk"),
                0,
                disk.size(),
                format,
                "",
                State.CONTAINER,
                String.join(" ", table.problems()),
                List.copyOf(children));
    }

    private SourceNode partition(Partition partition) {
        String title = Messages.get("source.partition", partition.index());
        String detail = partition.cut() ? Messages.get("source.cut") : "";
        return place(
                Integer.toString(partition.index()),
                Kind.PARTITION,
                title,
                partition.offset(),
                partition.length(),
                detail);
    }

    private List<SourceNode> lost(List<LostVolumes.Known> known, JobMonitor monitor) throws CancelledException {
        List<SourceNode> nodes = new ArrayList<>();
        for (LostVolumes.LostVolume volume : LostVolumes.sweep(disk, known, (done, total) -> {
            monitor.checkpoint();
            monitor.progress(new Progress("sweep", done, total, 0, -1));
        })) {
            long sector = volume.offset() / SECTOR;
            String title = Messages.get("source.lost-volume", sector);
            String detail = volume.cut() ? Messages.get("source.cut") : "";
            nodes.add(place("lost-" + sector, Kind.LOST_VOLUME, title, volume.offset(), volume.length(), detail));
        }
        nodes.sort(Comparator.comparingLong(SourceNode::offset));
        return nodes;
    }

    /** What is at this place. */
    private SourceNode place(String id, Kind kind, String title, long offset, long length, String detail) {
        SliceDevice slice = new SliceDevice(disk, offset, length, sectorSize(disk, offset), disk.describe());
        BootSector.Kind known = PartitionTables.bootSector(disk, offset)
                .map(BootSector::kind)
                .orElse(NtfsFileSystem.recognise(slice) ? BootSector.Kind.NTFS : null);
        if (known == null) {
            return node(
                    id,
                    kind,
                    title,
                    offset,
                    length,
                    "",
                    "",
                    State.UNKNOWN,
                    join(detail, Messages.get("source.nothing-here")));
        }
        return switch (known) {
            case NTFS -> ntfs(id, kind, title, offset, length, detail, slice);
            case BITLOCKER -> {
                String text = join(detail, Messages.get("source.bitlocker"));
                yield node(id, kind, title, offset, length, known.title(), "", State.LOCKED, text);
            }
            case FAT, EXFAT -> {
                String text = join(detail, Messages.get("source.not-yet", known.title()));
                yield node(id, kind, title, offset, length, known.title(), "", State.UNKNOWN, text);
            }
        };
    }

    private SourceNode ntfs(
            String id, Kind kind, String title, long offset, long length, String detail, BlockDevice slice) {
        try (FileSystem fileSystem = NtfsFileSystem.open(slice)) {
            FileSystemInfo info = fileSystem.info();
            String text = info.size() > length && detail.isEmpty() ? Messages.get("source.cut") : detail;
            return node(id, kind, title, offset, length, info.kind(), info.label(), State.READABLE, text);
        } catch (RecoveryException e) {
            String text = Messages.get("source.damaged", "NTFS", String.valueOf(e.getMessage()));
            return node(id, kind, title, offset, length, "NTFS", "", State.UNKNOWN, text);
        }
    }

    private static String join(String detail, String more) {
        return detail.isEmpty() ? more : detail + " " + more;
    }

    private SourceNode node(
            String id,
            Kind kind,
            String title,
            long offset,
            long length,
            String format,
            String label,
            State state,
            String detail) {
        return new SourceNode(source, id, kind, title, offset, length, format, label, state, detail, List.of());
    }
}
