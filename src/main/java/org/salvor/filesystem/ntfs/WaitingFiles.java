package org.salvor.filesystem.ntfs;

import java.util.List;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.ScanSink;

/** The files of a scan that are told by more than one record. */
final class WaitingFiles {
    private final TableScan scan;
    private final MftTable table;
    private final RecordAssembler assembler;
    private final ScanSink sink;
    private final FoundFiles files;

    WaitingFiles(TableScan scan, MftTable table, RecordAssembler assembler, ScanSink sink) {
        this.scan = scan;
        this.table = table;
        this.assembler = assembler;
        this.sink = sink;
        this.files = new FoundFiles(scan.volume(), sink);
    }

    void run() throws RecoveryException {
        for (int i = 0; i < scan.waiting.size(); i++) {
            long number = scan.waiting.get(i);
            MftRecord base;
            try {
                base = table.readNext(number);
            } catch (RecoveryException e) {
                sink.skipped(e);
                continue;
            }
            NtfsFile file = assembler.assemble(base, scan.extensions.of(number), sink::skipped);
            List<FoundName> names = files.names(file);
            FoundFile found = files.describe(file, names, FoundFile.Provenance.TABLE, FoundFiles.IN_TABLE);
            if (!names.isEmpty() || !found.streams().isEmpty()) {
                sink.found(found);
            }
            sink.progress(i + 1L, scan.waiting.size());
        }
    }
}
