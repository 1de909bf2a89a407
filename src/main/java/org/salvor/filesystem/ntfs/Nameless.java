package org.salvor.filesystem.ntfs;

import org.jspecify.annotations.Nullable;

/** When the deleted files without a name were created: of the names in folder slack only these are of use. */
final class Nameless {
    private final LongSet times = new LongSet();
    private boolean unknown;

    /** @param standard $STANDARD_INFORMATION of a deleted file without a name; null where it has none in its base record */
    void add(@Nullable Attribute standard) {
        if (standard == null || standard.nonResident || standard.valueLength < 8) {
            unknown = true;
        } else {
            unknown |= times.full();
            times.add(Le.i64(standard.record.data, standard.valueStart));
        }
    }

    /** @param created in units of 100 ns since 1601 */
    boolean mayBeCreatedAt(long created) {
        return unknown || times.contains(created);
    }
}
