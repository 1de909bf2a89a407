package org.salvor.engine.backup;

import java.util.List;
import java.util.OptionalLong;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.backup.NoContent;
import org.salvor.fault.RecoveryException;

/** A medium whose listing is written by a test. */
class ScriptedArchive implements BackupArchive {
    /** What is in a set. */
    @FunctionalInterface
    interface Script {
        void list(EntrySink sink) throws RecoveryException;
    }

    /** What was asked for last, as "set key locator". */
    String opened = "";

    boolean closed;
    private final List<BackupSet> sets;
    private final Script script;

    ScriptedArchive(List<BackupSet> sets, Script script) {
        this.sets = sets;
        this.script = script;
    }

    static BackupSet set(int number, String name, long written) {
        return new BackupSet(
                number,
                name,
                "",
                "ann",
                "OFFICE",
                List.of("C:"),
                OptionalLong.of(written),
                BackupSet.Method.NORMAL,
                false,
                List.of());
    }

    static BackupEntry file(long key, String name, long size, BackupEntry.State state) {
        return new BackupEntry(
                key, key * 1000, name, false, size, size, BackupEntry.Times.NONE, 0x20, List.of(), state);
    }

    static BackupEntry folder(long key, String name) {
        return new BackupEntry(
                key,
                -1,
                name,
                true,
                0,
                0,
                new BackupEntry.Times(1, 2, 3, 4),
                0x10,
                List.of(),
                new BackupEntry.State.Whole());
    }

    @Override
    public ArchiveInfo info() {
        return new ArchiveInfo("MTF 1.00a", "Media 7", "8c0d1e2f", "NTBackup", 5000, List.of("One of two media."));
    }

    @Override
    public String idWord() {
        return "mtf";
    }

    @Override
    public List<BackupSet> sets() {
        return sets;
    }

    @Override
    public void list(int set, EntrySink sink) throws RecoveryException {
        script.list(sink);
    }

    @Override
    public BackupContent open(int set, long key, long locator) {
        opened = set + " " + key + " " + locator;
        return new NoContent();
    }

    @Override
    public void close() {
        closed = true;
    }
}
