package org.salvor.backup.efs;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.CertificateNeeded;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * What a key record of version 2 tells of its certificates (docs/formats/efs.md, section 5): trees of datums, of which only
 * thumbprints and display names are taken. No sample was at hand: what does not fit the description is passed over.
 */
final class MetadataVersion2 {
    private static final int HEADER = 8;
    private static final int ROLE_CERTIFICATE = 1;
    private static final int ROLE_DISPLAY = 3;
    private static final int TYPE_BLOB = 1;
    private static final int TYPE_TEXT = 2;
    private static final int TYPE_PROTECTOR = 3;
    private static final int BLOB_SHA1 = 2;
    private static final int FLAG_NESTED = 1;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_ENTRIES = 4096;

    private String thumbprint = "";
    private String name = "";

    private MetadataVersion2() {}

    /** +20 offset of the users' protector list, +24 of the recovery agents'. */
    static List<KeyEntry> entries(ByteView record) {
        List<KeyEntry> entries = new ArrayList<>();
        for (int field : new int[] {0x20, 0x24}) {
            try {
                long offset = record.u32(field);
                if (offset != 0) {
                    list(record.slice(offset, record.length() - offset, "protector list"), field == 0x24, entries);
                }
            } catch (FormatException e) {
                continue; // the file stays locked anyway; a name more or less changes nothing
            }
        }
        return List.copyOf(entries);
    }

    /** +00 size; +04 count, 16 bits; then the protectors, each a datum. */
    private static void list(ByteView list, boolean recovery, List<KeyEntry> into) throws FormatException {
        int count = Math.min(list.u16(4), MAX_ENTRIES);
        int at = 6;
        for (int i = 0; i < count; i++) {
            ByteView datum = datum(list, at);
            if (datum == null) {
                return;
            }
            MetadataVersion2 found = new MetadataVersion2();
            found.look(datum, 0);
            if (!found.thumbprint.isEmpty() || !found.name.isEmpty()) {
                CertificateNeeded certificate = new CertificateNeeded(found.thumbprint, found.name, recovery);
                into.add(new KeyEntry(certificate, new byte[0], false));
            }
            at += datum.length();
        }
    }

    private static @Nullable ByteView datum(ByteView parent, int at) throws FormatException {
        if (at > parent.length() - HEADER) {
            return null;
        }
        int size = parent.u16(at);
        return size < HEADER || size > parent.length() - at ? null : parent.slice(at, size, "datum");
    }

    /** +00 size; +02 role; +04 type; +06 flags, all 16 bits; a blob and a protector have a type and flags of their own behind it. */
    private void look(ByteView datum, int depth) throws FormatException {
        int role = datum.u16(2);
        int type = datum.u16(4);
        boolean inner = type == TYPE_BLOB || type == TYPE_PROTECTOR;
        int body = inner ? HEADER + 4 : HEADER;
        if (role == ROLE_CERTIFICATE && type == TYPE_BLOB && datum.u16(8) == BLOB_SHA1) {
            thumbprint = HexFormat.of().withUpperCase().formatHex(datum.bytes(body, 20));
        } else if (role == ROLE_DISPLAY && type == TYPE_TEXT) {
            name = Names.text(datum.slice(body, datum.length() - body, "display name"));
        } else if ((datum.u16(6) & FLAG_NESTED) != 0 && depth < MAX_DEPTH) {
            int at = body;
            for (ByteView next = datum(datum, at); next != null; next = datum(datum, at)) {
                look(next, depth + 1);
                at += next.length();
            }
        }
    }
}
