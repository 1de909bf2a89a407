package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.salvor.device.BadRanges;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.ScanSink;

/**
 * The walk over the current file table in big pieces. Files of one record are told at once; those that need other records
 * wait until all were seen.
 */
final class TableScan {
    /** Small enough to stay in the processor's cache between reading and parsing. */
    private static final int PIECE = 256 << 10;

    /** Records below are the file system's own. */
    static final int FIRST_USER_RECORD = 24;

    private static final int ROOT = 5;
    private static final int LAST_SYSTEM_FILE = 15;

    private final Volume volume;
    private final MftTable table;
    private final ScanSink sink;
    private final FoundFiles files;
    final RecordStates states = new RecordStates();
    final Extensions extensions = new Extensions();
    final Nameless nameless = new Nameless();
    /** Numbers of base records that wait, and of folders, ascending. */
    final LongList waiting = new LongList();

    final LongList folders = new LongList();

    TableScan(Volume volume, MftTable table, ScanSink sink) {
        this.volume = volume;
        this.table = table;
        this.sink = sink;
        this.files = new FoundFiles(volume, sink);
    }

    void run() throws RecoveryException {
        int recordSize = table.recordSize();
        RecoveryException doubt = table.doubt();
        if (doubt != null) {
            sink.skipped(doubt);
        }
        long size = table.size() / recordSize * recordSize;
        byte[] piece = new byte[(int) Math.min(PIECE, size)];
        long offset = 0;
        while (offset < size) {
            long skip = table.lostFrom(offset);
            if (skip > 0) {
                sink.lost(
                        new FormatException("$MFT", -1, "runs inside the volume", skip + " bytes outside it"),
                        Math.max(1, Math.min(skip, size - offset) / recordSize));
                offset = Math.min(size, (offset + skip + recordSize - 1) / recordSize * recordSize);
                continue;
            }
            long there = table.there(offset, Math.min(piece.length, size - offset));
            int length = (int) ((there + recordSize - 1) / recordSize * recordSize);
            BadRanges bad = new BadRanges();
            table.readBytes(
                    offset, ByteBuffer.wrap(piece, 0, length), (position, count, cause) -> bad.add(position, count));
            if (!bad.isEmpty()) {
                List<BadRanges.Range> ranges = bad.list();
                String what = ranges.size() == 1 ? "a part of $MFT" : "in " + ranges.size() + " places of $MFT";
                long records = ranges.stream()
                        .mapToLong(range -> records(range, recordSize))
                        .sum();
                sink.lost(new SourceReadException(ranges.getFirst().position(), bad.bytes(), what, null), records);
            }
            for (int at = 0; at < length; at += recordSize) {
                record(piece, at, (offset + at) / recordSize);
            }
            offset += length;
            sink.progress(offset, size);
        }
        long undescribed = table.undescribed() / recordSize;
        if (undescribed > 0) {
            String runs = undescribed + " records without them";
            sink.lost(new FormatException("$MFT", -1, "runs of all records", runs), undescribed);
        }
    }

    /** How many records a range touches. */
    private static long records(BadRanges.Range range, int recordSize) {
        return (range.position() + range.length() - 1) / recordSize - range.position() / recordSize + 1;
    }

    private void record(byte[] piece, int at, long number) throws RecoveryException {
        int magic = Le.i32(piece, at);
        if (magic == 0) {
            return;
        }
        MftRecord record;
        try {
            record = MftRecord.parse(piece, at, table.recordSize(), number, table.positionOf(number));
        } catch (FormatException e) {
            sink.skipped(e);
            return;
        }
        if (record.baseReference() != 0) {
            extensions.add(Reference.number(record.baseReference()), number);
            states.put(number, record.sequence(), record.inUse() ? RecordStates.IN_USE : 0);
            return;
        }
        base(record, number);
    }

    private void base(MftRecord record, long number) throws RecoveryException {
        NtfsFile file = NtfsFile.of(record);
        boolean inUse = record.inUse();
        FormatException broken = record.broken();
        if (broken != null && (inUse || number >= FIRST_USER_RECORD)) {
            sink.skipped(broken);
        }
        if (number < FIRST_USER_RECORD && (!inUse || number == ROOT || number > LAST_SYSTEM_FILE)) {
            if (number == ROOT) {
                folders.add(number);
            }
            states.put(number, record.sequence(), RecordStates.NAMED | (inUse ? RecordStates.IN_USE : 0));
            return;
        }
        List<FoundName> names = files.names(file);
        int flags = (inUse ? RecordStates.IN_USE : 0) | (names.isEmpty() ? 0 : RecordStates.NAMED);
        states.put(number, record.sequence(), flags);
        if (record.folder()) {
            folders.add(number);
        }
        if (file.attributes().isEmpty()) {
            return; // made ready for use, never used
        }
        FoundFile found = files.describe(file, names, FoundFile.Provenance.TABLE, FoundFiles.IN_TABLE);
        if (needsMore(file, found)) {
            waiting.add(number);
            if (names.isEmpty() && !inUse) {
                nameless.add(file.find(Attribute.STANDARD_INFORMATION));
            }
        } else if (!names.isEmpty()
                || number > LAST_SYSTEM_FILE && !found.streams().isEmpty()) {
            sink.found(found);
        }
    }

    /** Whether other records may tell more of this file. */
    private static boolean needsMore(NtfsFile file, FoundFile found) {
        if (file.listed()) {
            return true;
        }
        if (found.deleted()
                && (found.names().isEmpty()
                        || !found.folder() && found.streams().isEmpty())) {
            return true;
        }
        List<FoundStream> streams = found.streams();
        for (int i = 0; i < streams.size(); i++) {
            if (!streams.get(i).complete()) {
                return true;
            }
        }
        return false;
    }

    Volume volume() {
        return volume;
    }

    /** A growing list of numbers. */
    static final class LongList {
        private long[] values = new long[64];
        private int count;

        void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }

        int size() {
            return count;
        }

        long get(int index) {
            return values[index];
        }
    }
}
