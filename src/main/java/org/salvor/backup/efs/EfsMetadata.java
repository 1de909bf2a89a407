package org.salvor.backup.efs;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.salvor.backup.CertificateNeeded;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * The key record of an encrypted file: the attribute $EFS on NTFS, the first stream of a raw export (docs/formats/efs.md,
 * section 2). Whose certificates open the file, and the file's key encrypted for each.
 */
public final class EfsMetadata {
    /** No key record is larger. */
    public static final int MAX_SIZE = 262_144;

    private static final String STRUCTURE = "$EFS";
    private static final byte[] RIGHTS_MANAGED = ".pfile".getBytes(StandardCharsets.US_ASCII);
    private static final int MIN_SIZE = 0x54;
    private static final int MAX_ENTRIES = 4096;
    private static final int MIN_ENTRY = 0x14;

    /** The ways in which key records are written. */
    public enum Form {
        /** EFS versions 1 to 3: RSA, a constant scheme of initialisation vectors. */
        VERSION_1,
        /** EFS versions 4 and 5, Windows 7 and later where elliptic curves are used: recognised, not decrypted. */
        VERSION_2,
        /** EFS version 6, rights management: recognised, not decrypted. */
        VERSION_3
    }

    private final Form form;
    private final List<KeyEntry> entries;

    private EfsMetadata(Form form, List<KeyEntry> entries) {
        this.form = form;
        this.entries = entries;
    }

    /**
     * Reads a key record. An entry that is broken is left out as long as another one is not.
     *
     * @throws FormatException it is none, or nothing in it names a key
     */
    public static EfsMetadata parse(byte[] bytes) throws FormatException {
        if (bytes.length >= RIGHTS_MANAGED.length
                && Arrays.equals(bytes, 0, RIGHTS_MANAGED.length, RIGHTS_MANAGED, 0, RIGHTS_MANAGED.length)) {
            return new EfsMetadata(Form.VERSION_3, List.of());
        }
        ByteView view = ByteView.of(bytes, STRUCTURE, -1);
        long length = view.u32(0);
        if (length < MIN_SIZE || length > Math.min(bytes.length, MAX_SIZE)) {
            throw view.broken(0, "a length of " + MIN_SIZE + " to " + Math.min(bytes.length, MAX_SIZE), length);
        }
        ByteView record = view.slice(0, length, STRUCTURE);
        int version = record.i32(0x08);
        return switch (version) {
            case 1, 2, 3 -> new EfsMetadata(Form.VERSION_1, entries(record));
            case 4, 5 -> new EfsMetadata(Form.VERSION_2, MetadataVersion2.entries(record));
            case 6 -> new EfsMetadata(Form.VERSION_3, List.of());
            default -> throw record.broken(0x08, "an EFS version of 1 to 6", version);
        };
    }

    /** +40 offset of the key list of the users (DDF), +44 of the recovery agents (DRF), 0 for none. */
    private static List<KeyEntry> entries(ByteView record) throws FormatException {
        List<KeyEntry> entries = new ArrayList<>();
        FormatException problem = null;
        for (int field : new int[] {0x40, 0x44}) {
            long offset = record.u32(field);
            try {
                if (offset != 0) {
                    list(record.slice(offset, record.length() - offset, "key list"), field == 0x44, entries);
                }
            } catch (FormatException e) {
                problem = e;
            }
        }
        if (entries.isEmpty()) {
            throw problem != null ? problem : record.broken(0x40, "a key list", "none");
        }
        return List.copyOf(entries);
    }

    /** +00 count; the entries follow, each with its length at +00. */
    private static void list(ByteView list, boolean recovery, List<KeyEntry> into) throws FormatException {
        long count = list.u32(0);
        if (count > MAX_ENTRIES) {
            throw list.broken(0, "at most " + MAX_ENTRIES + " entries", count);
        }
        FormatException problem = null;
        long at = 4;
        for (long i = 0; i < count; i++) {
            long length = list.u32((int) at);
            if (length < MIN_ENTRY || length > list.length() - at) {
                throw list.broken((int) at, "an entry inside the list", length);
            }
            try {
                into.add(KeyEntry.parse(list.slice(at, length, "key entry"), recovery));
            } catch (FormatException e) {
                problem = e;
            }
            at += length;
        }
        if (problem != null) {
            throw problem;
        }
    }

    public Form form() {
        return form;
    }

    /** Whether a fitting private key is enough to decrypt the file here. */
    public boolean decryptable() {
        return form == Form.VERSION_1 && entries.stream().anyMatch(KeyEntry::rsa);
    }

    List<KeyEntry> entries() {
        return entries;
    }

    /** Any one of these opens the file; users first. Empty if the record does not tell. */
    public List<CertificateNeeded> certificates() {
        Map<String, CertificateNeeded> named = new LinkedHashMap<>();
        for (KeyEntry entry : entries) {
            CertificateNeeded each = entry.certificate();
            named.putIfAbsent(each.thumbprint().isEmpty() ? each.name() : each.thumbprint(), each);
        }
        return List.copyOf(named.values());
    }
}
