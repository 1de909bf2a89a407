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

    RecordAssembler(Volume volume, MftTable table) {
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
        int count = 0;
        for (long number : numbers) {
            if (count++ == MAX_RECORDS) {
                break;
            }
            try {
                MftRecord extension = table.read(number);
                if (belongs(extension, base)) {
                    all.addAll(extension.attributes());
                }
            } catch (RecoveryException e) {
                problems.skipped(e);
            }
        }
        return new NtfsFile(base, all, listed);
    }

    private void collect(Attribute list, Set<Long> numbers, Problems problems) {
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
