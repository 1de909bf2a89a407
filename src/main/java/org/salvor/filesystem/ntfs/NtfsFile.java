package org.salvor.filesystem.ntfs;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file as its records tell it.
 *
 * @param extensions its other records, as far as they were found
 * @param attributes those of the base record and of all extension records that were found
 * @param listed whether it has an attribute list
 */
record NtfsFile(MftRecord base, List<MftRecord> extensions, List<Attribute> attributes, boolean listed) {
    /** A file of one record. */
    static NtfsFile of(MftRecord base) {
        List<Attribute> attributes = base.attributes();
        boolean listed = (base.types() & Attribute.bit(Attribute.ATTRIBUTE_LIST)) != 0
                && find(attributes, Attribute.ATTRIBUTE_LIST) != null;
        return new NtfsFile(base, List.of(), attributes, listed);
    }

    /** Whether there can be an attribute of that type; only false is certain. */
    boolean mayHave(int type) {
        return !extensions.isEmpty() || listed || (base.types() & Attribute.bit(type)) != 0;
    }

    /** The first attribute of that type; null if there is none. */
    @Nullable
    Attribute find(int type) {
        return mayHave(type) ? find(attributes, type) : null;
    }

    private static @Nullable Attribute find(List<Attribute> attributes, int type) {
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).type == type) {
                return attributes.get(i);
            }
        }
        return null;
    }
}
