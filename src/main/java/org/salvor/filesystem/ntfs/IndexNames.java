package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.ScanSink;

/**
 * What index entries know that the table does not: files whose record is another file's now, and names of records that have lost
 * theirs.
 */
final class IndexNames {
    private static final int MAX_LOST_NAMES = 1 << 20;
    private static final long MAX_RECORD = 1L << 32;

    private final RecordStates states;
    private final Nameless nameless;
    private final FoundFiles files;
    private final ScanSink sink;
    private final FoundFile.Provenance provenance;
    private final LongSet told = new LongSet();
    private final Map<Long, FileName> headless = new HashMap<>();
    private final Set<Long> ambiguous = new HashSet<>();
    private final Map<Long, List<FoundName>> lostNames = new HashMap<>();

    /** @param nameless what is known of the records that have no name */
    IndexNames(RecordStates states, Nameless nameless, FoundFiles files, ScanSink sink) {
        this.states = states;
        this.nameless = nameless;
        this.files = files;
        this.sink = sink;
        this.provenance = FoundFile.Provenance.INDEX_ONLY;
    }

    /** Whether {@link #add} would do anything with an entry of that reference, that was created then. */
    boolean wants(long reference, long created) {
        if (reference == 0) {
            return nameless.mayBeCreatedAt(created);
        }
        long number = Reference.number(reference);
        int sequence = Reference.sequence(reference);
        return number >= TableScan.FIRST_USER_RECORD
                && !(states.named(number, sequence) && states.holds(number, sequence));
    }

    /** @param position volume byte offset of the entry */
    void add(long reference, FileName name, long position) throws RecoveryException {
        if (reference == 0) {
            headless(name);
            return;
        }
        long number = Reference.number(reference);
        int sequence = Reference.sequence(reference);
        if (number < TableScan.FIRST_USER_RECORD
                || number >= MAX_RECORD
                || sequence == 0
                || position < 0
                || name.parent() == FileName.COVERED
                || name.nameSpace() == FileName.DOS) {
            return;
        }
        if (states.holds(number, sequence)) {
            if (!states.named(number, sequence)) {
                lostName(number, name);
            }
            return;
        }
        if (name.usable() && told.add(hash(reference, name))) {
            sink.found(files.describe(reference, name, position, provenance));
        }
    }

    /** Without a reference only the time of creation, in units of 100 ns, tells whose name it was. */
    private void headless(FileName name) {
        if (!nameless.mayBeCreatedAt(name.created())
                || name.nameSpace() == FileName.DOS
                || name.parent() == FileName.COVERED
                || headless.size() >= MAX_LOST_NAMES) {
            return;
        }
        FileName other = headless.putIfAbsent(name.created(), name);
        if (other != null && !(other.name().equals(name.name()) && other.parent() == name.parent())) {
            ambiguous.add(name.created());
        }
    }

    /** The one name with that time of creation that lost its reference; empty if there is none or several. */
    List<FoundName> createdAt(long fileTime, boolean folder) {
        FileName name = headless.get(fileTime);
        return name == null || name.folder() != folder || ambiguous.contains(fileTime)
                ? List.of()
                : List.of(new FoundName(name.parentKey(), name.name()));
    }

    private void lostName(long number, FileName name) {
        if (!name.usable() || lostNames.size() >= MAX_LOST_NAMES) {
            return;
        }
        List<FoundName> names = lostNames.computeIfAbsent(number, any -> new ArrayList<>(1));
        FoundName found = new FoundName(name.parentKey(), name.name());
        if (names.size() < 16 && !names.contains(found)) {
            names.add(found);
        }
    }

    /** Names that index entries give a record that has none. */
    List<FoundName> namesOf(long number) {
        return lostNames.getOrDefault(number, List.of());
    }

    private static long hash(long reference, FileName name) {
        long mixed = reference * 0x9e37_79b9_7f4a_7c15L ^ name.parent() * 0xc2b2_ae3d_27d4_eb4fL;
        long text = 1125899906842597L;
        for (int i = 0; i < name.name().length(); i++) {
            text = 31 * text + name.name().charAt(i);
        }
        return mixed ^ text * 0x1656_67b1_9e37_79f9L;
    }
}
