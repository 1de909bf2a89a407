package org.salvor.filesystem.ntfs;

import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.ScanSink;

/** The walk over the indexes of all folders, after the table was seen. */
final class IndexScan {
    private final Volume volume;
    private final TableScan scan;
    private final MftTable table;
    private final RecordAssembler assembler;
    private final ScanSink sink;

    IndexScan(Volume volume, TableScan scan, MftTable table, RecordAssembler assembler, ScanSink sink) {
        this.volume = volume;
        this.scan = scan;
        this.table = table;
        this.assembler = assembler;
        this.sink = sink;
    }

    void run(IndexNames names) throws RecoveryException {
        FolderIndex index = new FolderIndex(volume, names);
        // two folders cannot share clusters: together they are never larger than the volume
        long left = volume.readableSize();
        for (int i = 0; i < scan.folders.size(); i++) {
            try {
                MftRecord record = table.readNext(scan.folders.get(i));
                NtfsFile folder = NtfsFile.of(record);
                if (folder.listed()) {
                    folder = assembler.assemble(record, folder.attributes(), List.of(), sink::skipped);
                }
                left -= index.size(folder);
                if (left < 0) {
                    sink.skipped(new FormatException(
                            "$INDEX_ALLOCATION", record.position, "indexes smaller than the volume", "larger ones"));
                    return;
                }
                index.read(folder);
            } catch (FormatException e) {
                sink.skipped(e);
            }
            sink.progress(i + 1L, scan.folders.size());
        }
    }
}
