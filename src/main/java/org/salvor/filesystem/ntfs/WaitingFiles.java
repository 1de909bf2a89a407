package org.salvor.filesystem.ntfs;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.ScanSink;

/** The files of a scan that are told by more than one record. */
final class WaitingFiles {
    private final TableScan scan;
    private final MftTable table;
    private final RecordAssembler assembler;
    private final IndexNames indexNames;
    private final ScanSink sink;
    private final FoundFiles files;

    WaitingFiles(TableScan scan, MftTable table, RecordAssembler assembler, IndexNames indexNames, ScanSink sink) {
        this.scan = scan;
        this.table = table;
        this.assembler = assembler;
        this.indexNames = indexNames;
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
            FoundFile.Provenance provenance = FoundFile.Provenance.TABLE;
            if (names.isEmpty()) {
                names = slackNames(file);
                provenance = names.isEmpty() ? provenance : FoundFile.Provenance.SLACK_NAME;
            }
            FoundFile found = files.describe(file, names, provenance, FoundFiles.IN_TABLE);
            if (!names.isEmpty() || !found.streams().isEmpty()) {
                sink.found(found);
            }
            sink.progress(i + 1L, scan.waiting.size());
        }
    }

    /** For a file without a name: those behind the end markers of its records, or those that folders remember. */
    private List<FoundName> slackNames(NtfsFile file) {
        if (file.base().inUse()) {
            return List.of();
        }
        Set<FoundName> names = new LinkedHashSet<>(SlackNames.find(file.base()));
        for (MftRecord extension : file.extensions()) {
            if (!extension.inUse()) {
                names.addAll(SlackNames.find(extension));
            }
        }
        names.addAll(indexNames.namesOf(file.base().number));
        if (names.isEmpty()) {
            Attribute standard = file.find(Attribute.STANDARD_INFORMATION);
            if (standard != null && !standard.nonResident && standard.valueLength >= 8) {
                long created = Le.i64(standard.record.data, standard.valueStart);
                names.addAll(indexNames.createdAt(created, file.base().folder()));
            }
        }
        return List.copyOf(names);
    }
}
