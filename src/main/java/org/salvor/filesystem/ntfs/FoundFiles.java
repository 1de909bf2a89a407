package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundTimes;
import org.salvor.filesystem.ScanSink;

/** Makes the rows of a scan from records. */
final class FoundFiles {
    /** The locator of files whose record is in the current table. */
    static final long IN_TABLE = -1;

    private static final long EPOCH = 116_444_736_000_000_000L;
    private static final int DIRECTORY = 0x10;
    private static final int STANDARD_SIZE = 0x30;
    /** The folder of the file system's own further files. */
    private static final int EXTEND = 11;

    private static final long[] NO_KEYS = new long[0];

    private final Volume volume;
    private final ScanSink sink;

    FoundFiles(Volume volume, ScanSink sink) {
        this.volume = volume;
        this.sink = sink;
    }

    /** The names of a file without DOS-only ones (if it has others); unusable ones are skipped and counted. */
    List<FoundName> names(NtfsFile file) {
        List<FoundName> names = new ArrayList<>(1);
        FoundName dos = null;
        List<Attribute> attributes = file.attributes();
        for (int i = 0; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            if (attribute.type != Attribute.FILE_NAME || attribute.nonResident) {
                continue;
            }
            byte[] data = attribute.record.data;
            int at = attribute.valueStart;
            String name = FileName.text(data, at, attribute.valueLength);
            if (name == null || !FileName.usable(name)) {
                sink.skipped(new FormatException(
                        "$FILE_NAME of record " + file.base().number,
                        attribute.record.positionOf(attribute.offset),
                        "a name for a file",
                        name == null ? "a broken one" : name));
                continue;
            }
            FoundName found = new FoundName(FileName.parentKey(data, at), name);
            if (FileName.nameSpace(data, at) == FileName.DOS) {
                dos = found;
            } else if (names.isEmpty() || !names.contains(found)) {
                names.add(found);
            }
        }
        if (names.isEmpty() && dos != null) {
            names.add(dos);
        }
        return names;
    }

    /** The row of a file of the table, or of a record outside it at {@code locator}. */
    FoundFile describe(NtfsFile file, List<FoundName> names, FoundFile.Provenance provenance, long locator) {
        MftRecord record = file.base();
        boolean folder = record.folder();
        boolean deleted = !record.inUse() || locator != IN_TABLE;
        List<FoundStream> streams = streams(file, folder);
        Attribute standard = file.find(Attribute.STANDARD_INFORMATION);
        FoundTimes times = FoundTimes.NONE;
        int attributes = 0;
        if (standard != null && !standard.nonResident && standard.valueLength >= STANDARD_SIZE) {
            byte[] data = record == standard.record ? record.data : standard.record.data;
            int at = standard.valueStart;
            times = times(Le.i64(data, at), Le.i64(data, at + 8), Le.i64(data, at + 0x10), Le.i64(data, at + 0x18));
            attributes = Le.i32(data, at + 0x20);
        }
        attributes = folder ? attributes | DIRECTORY : attributes & ~DIRECTORY;
        boolean hollow = !folder && (streams.isEmpty() ? hollow(file, names) : locator != IN_TABLE && foreign(file));
        boolean main = !streams.isEmpty() && streams.getFirst().name().isEmpty();
        long size = main ? streams.getFirst().size() : hollow ? named(file) : 0;
        return new FoundFile(
                record.key(),
                -1,
                locator,
                folder,
                deleted,
                provenance,
                folder ? folderKeys(record) : NO_KEYS,
                names,
                size,
                times,
                attributes,
                streams,
                record.intact() && record.broken() == null && (folder || main || ofTheSystem(record, names)),
                !hollow);
    }

    /**
     * Of a file without a stream: whether it has lost what told of its content. Also an empty file has a $DATA; only those that the file
     * system keeps in $Extend need none.
     */
    private static boolean hollow(NtfsFile file, List<FoundName> names) {
        MftRecord record = file.base();
        return !ofTheSystem(record, names) || file.listed() || record.broken() != null || record.endsEarly();
    }

    private static boolean ofTheSystem(MftRecord record, List<FoundName> names) {
        return record.number < TableScan.FIRST_USER_RECORD
                || !names.isEmpty() && names.getFirst().parentKey() >>> 16 == EXTEND;
    }

    /**
     * Whether a record of an older file system speaks of clusters of another size: then its runs lead to bytes of others. Where all clusters
     * of a stream are told, it takes as much space as they have.
     */
    private boolean foreign(NtfsFile file) {
        for (StreamLayout stream : StreamLayout.of(file.attributes(), Attribute.DATA, volume)) {
            Attribute first = stream.first;
            if (!first.nonResident || first.lowestVcn() != 0 || !stream.complete()) {
                continue;
            }
            long taken = stream.runs.end() * volume.clusterSize();
            long told = first.allocated();
            boolean rounded = first.sparse() || first.compressed(); // up to whole compression units
            if (rounded ? told >= 2 * taken || taken >= 2 * told : told != taken) {
                return true;
            }
        }
        return false;
    }

    /** The size that a name tells; it may be an older one. */
    private static long named(NtfsFile file) {
        long size = 0;
        for (Attribute attribute : file.attributes()) {
            if (attribute.type == Attribute.FILE_NAME && !attribute.nonResident) {
                FileName name = FileName.read(attribute.record.data, attribute.valueStart, attribute.valueLength);
                size = Math.max(size, name == null ? 0 : name.size());
            }
        }
        return size;
    }

    /** Children of a deleted folder quote the sequence number it had before deletion counted it up. */
    private static long[] folderKeys(MftRecord record) {
        int sequence = record.sequence();
        return record.inUse()
                ? new long[] {record.key()}
                : new long[] {record.key(), Reference.key(record.number, Reference.before(sequence))};
    }

    /** The row of a file of which only an index entry is left. */
    FoundFile describe(long reference, FileName name, long position, FoundFile.Provenance provenance) {
        long key = Reference.key(reference);
        int attributes = name.flags() & 0xffff;
        return new FoundFile(
                key,
                position,
                IN_TABLE,
                name.folder(),
                true,
                provenance,
                name.folder() ? new long[] {key} : NO_KEYS,
                List.of(new FoundName(name.parentKey(), name.name())),
                name.folder() ? 0 : Math.max(0, name.size()),
                times(name.created(), name.modified(), name.changed(), name.accessed()),
                name.folder() ? attributes | DIRECTORY : attributes & ~DIRECTORY,
                List.of(),
                true,
                false);
    }

    private List<FoundStream> streams(NtfsFile file, boolean folder) {
        List<StreamLayout> layouts = StreamLayout.of(file.attributes(), Attribute.DATA, volume);
        if (layouts.isEmpty()) {
            return List.of();
        }
        Reparse.Kind kind = Reparse.kindOf(file);
        if (kind == Reparse.Kind.NONE && layouts.size() == 1) {
            StreamLayout only = layouts.getFirst();
            return folder && only.name().isEmpty() ? List.of() : List.of(only.describe(volume));
        }
        List<FoundStream> streams = new ArrayList<>(layouts.size());
        StreamLayout overlay = kind == Reparse.Kind.OVERLAY ? Reparse.overlay(layouts) : null;
        for (StreamLayout layout : layouts) {
            FoundStream stream = layout.describe(volume);
            if (layout.name().isEmpty()) {
                if (!folder) {
                    streams.addFirst(main(stream, kind, overlay));
                }
            } else if (layout != overlay) {
                streams.add(stream);
            }
        }
        return streams;
    }

    private FoundStream main(
            FoundStream stream, Reparse.Kind kind, @org.jspecify.annotations.Nullable StreamLayout overlay) {
        if (overlay != null) {
            FoundStream packed = overlay.describe(volume);
            return new FoundStream(
                    "", stream.size(), packed.allocated(), FoundStream.Form.OVERLAY, packed.runs(), packed.complete());
        }
        return kind == Reparse.Kind.STUB
                ? new FoundStream(
                        "",
                        stream.size(),
                        stream.allocated(),
                        FoundStream.Form.STUB,
                        ClusterRuns.NONE,
                        stream.complete())
                : stream;
    }

    static FoundTimes times(long created, long modified, long changed, long accessed) {
        return new FoundTimes(time(created), time(modified), time(changed), time(accessed));
    }

    /** From 100 ns since 1601; 0 and what cannot be a time is unknown. */
    private static long time(long fileTime) {
        return fileTime <= 0 ? FoundTimes.UNKNOWN : fileTime - EPOCH;
    }
}
