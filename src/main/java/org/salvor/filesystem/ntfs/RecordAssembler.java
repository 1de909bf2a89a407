package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.salvor.fault.RecoveryException;

/** Puts a file together from its base record and its extension records in the table. */
final class RecordAssembler {
    private static final int MAX_RECORDS = 4096;

    private final Volume volume;
    private final MftTable table;

    private long budget;

    /** @param budget how many records it may read in all: hostile lists could name the same ones for ever */
    RecordAssembler(Volume volume, MftTable table, long budget) {
        this.budget = budget;
        this.volume = volume;
        this.table = table;
    }

    /** Hears of extension records that are not what they should be. */
    @FunctionalInterface
    interface Problems {
        void skipped(RecoveryException problem);
    }

    /** @param more numbers of records that quote this base record, for files that have lost their attribute list */
    NtfsFile assemble(MftRecord base, List<Long> more, Problems problems) {
        return assemble(base, base.attributes(), more, problems);
    }

    NtfsFile assemble(MftRecord base, List<Attribute> own, List<Long> more, Problems problems) {
        Set<Long> numbers = new LinkedHashSet<>();
        boolean listed = false;
        for (Attribute attribute : own) {
            if (attribute.type == Attribute.ATTRIBUTE_LIST) {
                listed = true;
                collect(attribute, numbers, problems);
            }
        }
        numbers.addAll(more);
        numbers.remove(base.number);
        List<Attribute> all = new ArrayList<>(own);
        List<MftRecord> extensions = new ArrayList<>();
        for (long number : numbers) {
            if (extensions.size() == MAX_RECORDS || budget <= 0) {
                break;
            }
            budget--;
            try {
                MftRecord extension = table.read(number);
                if (belongs(extension, base)) {
                    extensions.add(extension);
                    all.addAll(extension.attributes());
                }
            } catch (RecoveryException e) {
                problems.skipped(e);
            }
        }
        return new NtfsFile(base, extensions, all, listed);
    }

    private void collect(Attribute list, Set<Long> numbers, Problems problems) {
        if (budget <= 0) {
            return;
        }
        budget -= list.nonResident ? Math.max(1, Math.min(list.dataSize(), 1 << 20) / table.recordSize()) : 0;
        try {
            for (AttributeList.Entry entry : AttributeList.read(list, volume)) {
                if (numbers.size() < MAX_RECORDS) {
                    numbers.add(Reference.number(entry.reference()));
                }
            }
        } catch (RecoveryException e) {
            problems.skipped(e);
        }
    }

    /** An extension record quotes its base record; deletion may have counted the sequence number of the base up since. */
    static boolean belongs(MftRecord extension, MftRecord base) {
        long quoted = extension.baseReference();
        int sequence = Reference.sequence(quoted);
        return quoted != 0
                && Reference.number(quoted) == base.number
                && (sequence == base.sequence() || !base.inUse() && sequence == Reference.before(base.sequence()));
    }
}
