package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FileSystemInfo;
import org.salvor.filesystem.ScanSink;
import org.salvor.filesystem.StreamDecoder;
import org.salvor.substream.ChunkSource;

/** An NTFS volume, opened read-only (docs/formats/ntfs.md). */
public final class NtfsFileSystem implements FileSystem {
    private static final int ROOT = 5;
    private static final int VOLUME = 3;
    private static final int BITMAP = 6;
    private static final int MAX_LABEL = 256;

    private final Volume volume;
    private final MftTable table;
    private final RecordAssembler assembler;
    private final FileSystemInfo info;
    private final StreamDecoder decoder;
    private @Nullable SecurityStore security;
    private @Nullable Extensions extensions;
    private @Nullable OutsideRecords outside;

    private NtfsFileSystem(Volume volume, MftTable table, StreamDecoder decoder) {
        this.volume = volume;
        this.decoder = decoder;
        this.table = table;
        this.assembler = new RecordAssembler(volume, table, Long.MAX_VALUE);
        BootSector boot = volume.boot();
        this.info = new FileSystemInfo(
                "NTFS",
                label(),
                boot.serialText(),
                "ntfs:" + boot.serialText(),
                boot.volumeSize(),
                boot.clusterSize(),
                boot.clusterCount(),
                Reference.key(ROOT, ROOT),
                table.recordCount());
    }

    /**
     * Opens the volume that the device begins with. The device stays the caller's: it is not closed with the file system.
     *
     * @throws FormatException where neither boot sector leads to a file table
     */
    public static NtfsFileSystem open(BlockDevice device) throws RecoveryException {
        return open(device, StreamDecoder.NONE);
    }

    /** As above. @param decoder is asked for the content of encrypted files */
    public static NtfsFileSystem open(BlockDevice device, StreamDecoder decoder) throws RecoveryException {
        RecoveryException problem = null;
        for (BootSector boot : bootSectors(device, 2)) {
            Volume volume = new Volume(device, boot);
            try {
                return new NtfsFileSystem(volume, MftTable.open(volume), decoder);
            } catch (RecoveryException e) {
                problem = problem == null ? e : problem;
            }
        }
        throw problem != null ? problem : new FormatException("boot sector", 0, "an NTFS volume", "none");
    }

    /** Whether the first sector or its backup in the last one says that this is an NTFS volume. Reads two sectors at most. */
    public static boolean recognise(BlockDevice device) {
        return !bootSectors(device, 1).isEmpty();
    }

    /** The valid ones of the first sector and its backup; no more than {@code wanted}. */
    private static List<BootSector> bootSectors(BlockDevice device, int wanted) {
        List<BootSector> found = new ArrayList<>(2);
        long last = device.size() / device.sectorSize() * device.sectorSize() - device.sectorSize();
        for (long position : new long[] {0, last}) {
            if (position >= 0 && device.size() - position >= BootSector.SIZE && found.size() < wanted) {
                ByteBuffer sector = ByteBuffer.allocate(BootSector.SIZE);
                try {
                    device.read(position, sector);
                    found.add(BootSector.parse(ByteView.of(sector.flip(), "boot sector", position)));
                } catch (RecoveryException e) {
                    continue; // the other copy is asked next
                }
            }
        }
        return found;
    }

    private String label() {
        try {
            for (Attribute attribute : table.read(VOLUME).attributes()) {
                if (attribute.type == Attribute.VOLUME_NAME && !attribute.nonResident) {
                    int chars = Math.min(attribute.valueLength, MAX_LABEL) / 2;
                    return Le.utf16(attribute.record.data, attribute.valueStart, chars);
                }
            }
            return "";
        } catch (RecoveryException e) {
            return ""; // a label is a nicety
        }
    }

    @Override
    public FileSystemInfo info() {
        return info;
    }

    @Override
    public void scan(boolean thorough, ScanSink sink) throws RecoveryException {
        TableScan scan = new TableScan(volume, table, sink);
        scan.run();
        setExtensions(scan.extensions);
        RecordAssembler bounded = new RecordAssembler(volume, table, 2 * table.recordCount() + 65_536);
        IndexNames names = new IndexNames(scan.states, scan.nameless, new FoundFiles(volume, sink), sink);
        new IndexScan(volume, scan, table, bounded, sink).run(names);
        new WaitingFiles(scan, table, bounded, names, sink).run();
        if (thorough) {
            OutsideRecords found = new OutsideRecords(volume);
            new Sweep(volume, table, scan.states, found, sink).run(names);
            setOutside(found);
        }
    }

    @Override
    public long tableBytes() {
        return table.size();
    }

    @Override
    public AllocationMap allocation() throws RecoveryException {
        for (StreamLayout stream : streamsOf(BITMAP)) {
            if (stream.name().isEmpty()) {
                return new ClusterBitmap(stream.source(volume), volume.clusterCount());
            }
        }
        throw new FormatException("$Bitmap", table.positionOf(BITMAP), "a $DATA attribute", "none");
    }

    private List<StreamLayout> streamsOf(long number) throws RecoveryException {
        NtfsFile file = assembler.assemble(table.read(number), List.of(), problem -> {});
        return StreamLayout.of(file.attributes(), Attribute.DATA, volume);
    }

    /** @param locator -1 for a record of the table, else its byte position */
    @Override
    public FileContent open(long key, long locator) throws RecoveryException {
        return new NtfsContent(locator < 0 ? file(key) : fileOutside(key, locator), volume, security(), decoder);
    }

    private NtfsFile file(long key) throws RecoveryException {
        MftRecord record = table.read(key >>> 16);
        if (record.key() != key || record.baseReference() != 0) {
            throw changed(record, key);
        }
        NtfsFile file = NtfsFile.of(record);
        boolean whole = !file.listed()
                && (record.inUse() || file.find(Attribute.FILE_NAME) != null && file.find(Attribute.DATA) != null)
                && StreamLayout.of(file.attributes(), Attribute.DATA, volume).stream()
                        .allMatch(StreamLayout::complete);
        if (whole || record.folder() && !file.listed()) {
            return file;
        }
        List<Long> more =
                file.listed() && record.inUse() ? List.of() : extensions().of(record.number);
        return assembler.assemble(record, file.attributes(), more, problem -> {});
    }

    private NtfsFile fileOutside(long key, long position) throws RecoveryException {
        OutsideRecords records = outside();
        MftRecord record = records.read(position);
        if (record.key() != key) {
            throw changed(record, key);
        }
        return records.assemble(record, null);
    }

    private static FormatException changed(MftRecord record, long key) {
        return new FormatException(
                "FILE record " + record.number,
                record.position,
                "sequence number " + (key & 0xffff),
                Integer.toString(record.sequence()));
    }

    private synchronized OutsideRecords outside() {
        if (outside == null) {
            outside = new OutsideRecords(volume);
        }
        return outside;
    }

    private synchronized void setOutside(OutsideRecords found) {
        outside = found;
    }

    private synchronized void setExtensions(Extensions found) {
        extensions = found;
    }

    /** From the last scan; without one the table is walked once. */
    private synchronized Extensions extensions() throws RecoveryException {
        if (extensions == null) {
            extensions = Extensions.collect(table);
        }
        return extensions;
    }

    private synchronized SecurityStore security() {
        if (security == null) {
            ChunkSource stream = null;
            try {
                for (StreamLayout layout : streamsOf(SecurityStore.RECORD)) {
                    stream = layout.name().equals("$SDS") ? layout.source(volume) : stream;
                }
            } catch (RecoveryException e) {
                stream = null; // files come back without permissions then
            }
            security = new SecurityStore(stream);
        }
        return security;
    }

    @Override
    public void close() {
        // the device is the caller's
    }
}
