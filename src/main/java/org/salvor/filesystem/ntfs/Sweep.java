package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.List;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.ScanSink;

/**
 * Reads the whole volume from front to back for FILE records outside the current table and for index blocks. Structures begin at
 * multiples of 512.
 */
final class Sweep {
    private static final int PIECE = 4 << 20;
    private static final int STEP = 512;
    /** The largest structure that is looked for; pieces overlap by that much. */
    private static final int MARGIN = OutsideRecords.MAX_SIZE;

    private static final int MAX_BLOCKS = 16 << 20;

    private final Volume volume;
    private final MftTable table;
    private final RecordStates states;
    private final OutsideRecords outside;
    private final ScanSink sink;
    private final FoundFiles files;
    private final TableScan.LongList waiting = new TableScan.LongList();
    private final TableScan.LongList blocks = new TableScan.LongList();

    Sweep(Volume volume, MftTable table, RecordStates states, OutsideRecords outside, ScanSink sink) {
        this.volume = volume;
        this.table = table;
        this.states = states;
        this.outside = outside;
        this.sink = sink;
        this.files = new FoundFiles(volume, sink);
    }

    void run(IndexNames names) throws RecoveryException {
        long size = volume.readableSize() / STEP * STEP;
        byte[] piece = new byte[(int) Math.min(PIECE, size)];
        long offset = 0;
        while (offset < size) {
            int length = (int) Math.min(piece.length, size - offset);
            boolean last = offset + length >= size;
            volume.device()
                    .readAround(
                            offset, ByteBuffer.wrap(piece, 0, length), (position, count, cause) -> sink.skipped(cause));
            int end = last || length <= MARGIN ? length : length - MARGIN;
            search(piece, end, length, offset);
            offset += end;
            sink.progress(offset, size);
        }
        tellWaiting();
        readBlocks(names);
    }

    private void search(byte[] piece, int end, int length, long offset) throws RecoveryException {
        for (int at = 0; at < end; at += STEP) {
            if (FolderIndex.isBlock(piece, at)) {
                if (blocks.size() < MAX_BLOCKS) {
                    blocks.add(offset + at);
                }
                continue;
            }
            int recordSize = OutsideRecords.sizeAt(piece, at, length - at);
            if (recordSize > 0 && !table.holds(offset + at)) {
                try {
                    record(OutsideRecords.copy(piece, at, recordSize, offset + at));
                } catch (FormatException e) {
                    sink.skipped(e);
                }
            }
        }
    }

    private void record(MftRecord record) throws RecoveryException {
        if (record.baseReference() != 0) {
            outside.extension(record);
            return;
        }
        if (record.number < TableScan.FIRST_USER_RECORD || states.holds(record.number, record.sequence())) {
            return;
        }
        NtfsFile file = NtfsFile.of(record);
        FormatException broken = record.broken();
        if (broken != null) {
            sink.skipped(broken);
        }
        if (file.listed() || file.find(Attribute.FILE_NAME) == null) {
            waiting.add(record.position);
        } else {
            tell(file);
        }
    }

    private void tell(NtfsFile file) throws RecoveryException {
        MftRecord record = file.base();
        List<FoundName> names = files.names(file);
        FoundFile found = files.describe(file, names, FoundFile.Provenance.OUTSIDE_TABLE, record.position);
        if ((!names.isEmpty() || !found.streams().isEmpty())
                && states.addOutside(record.number, record.sequence(), record.inUse())) {
            sink.found(found);
        }
    }

    private void tellWaiting() throws RecoveryException {
        for (int i = 0; i < waiting.size(); i++) {
            try {
                tell(outside.assemble(outside.read(waiting.get(i)), sink::skipped));
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                sink.skipped(e);
            }
            sink.progress(i + 1L, waiting.size());
        }
    }

    /** Index entries come last: they only name what no record tells. */
    private void readBlocks(IndexNames names) throws RecoveryException {
        byte[] head = new byte[STEP];
        byte[] block = new byte[0];
        for (int i = 0; i < blocks.size(); i++) {
            long position = blocks.get(i);
            try {
                volume.device().read(position, ByteBuffer.wrap(head));
                int size = FolderIndex.sizeOf(head, 0, position);
                if (size <= volume.readableSize() - position && size <= OutsideRecords.MAX_SIZE) {
                    block = block.length == size ? block : new byte[size];
                    volume.device().read(position, ByteBuffer.wrap(block));
                    FolderIndex.block(
                            block, 0, size, (at, reference, name) -> names.add(reference, name, position + at));
                }
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                sink.skipped(e);
            }
            sink.progress(i + 1L, blocks.size());
        }
    }
}
