package org.salvor.restore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.salvor.fault.FormatException;

/**
 * A self-relative security descriptor as text in the Security Descriptor Definition Language; both forms are described in
 * [MS-DTYP], sections 2.4.6 and 2.5.1.
 */
final class Sddl {
    private static final int HEADER = 20;
    private static final int DACL_PRESENT = 0x0004;
    private static final int SACL_PRESENT = 0x0010;
    private static final int DACL_SHIFT = 0;

    /** The bits for a SACL lie one above those for a DACL. */
    private static final int SACL_SHIFT = 1;

    private static final int REQUESTED = 0x0100;
    private static final int INHERITED = 0x0400;
    private static final int PROTECTED = 0x1000;
    private static final int MAX_SUB_AUTHORITIES = 15;

    private static final String[] ACE_FLAGS = {"OI", "CI", "NP", "IO", "ID", "", "SA", "FA"};

    private static final Map<Integer, String> ACE_TYPES =
            Map.of(0, "A", 1, "D", 2, "AU", 3, "AL", 5, "OA", 6, "OD", 7, "OU", 8, "OL", 0x11, "ML");

    private static final Map<Integer, String> RIGHTS = Map.of(
            0x1f01ff,
            "FA",
            0x120089,
            "FR",
            0x120116,
            "FW",
            0x1200a0,
            "FX",
            0x10000000,
            "GA",
            0x80000000,
            "GR",
            0x40000000,
            "GW",
            0x20000000,
            "GX");

    private static final Map<String, String> NAMES = Map.ofEntries(
            Map.entry("S-1-1-0", "WD"),
            Map.entry("S-1-3-0", "CO"),
            Map.entry("S-1-3-1", "CG"),
            Map.entry("S-1-3-4", "OW"),
            Map.entry("S-1-5-2", "NU"),
            Map.entry("S-1-5-4", "IU"),
            Map.entry("S-1-5-6", "SU"),
            Map.entry("S-1-5-7", "AN"),
            Map.entry("S-1-5-9", "ED"),
            Map.entry("S-1-5-10", "PS"),
            Map.entry("S-1-5-11", "AU"),
            Map.entry("S-1-5-12", "RC"),
            Map.entry("S-1-5-18", "SY"),
            Map.entry("S-1-5-19", "LS"),
            Map.entry("S-1-5-20", "NS"),
            Map.entry("S-1-5-32-544", "BA"),
            Map.entry("S-1-5-32-545", "BU"),
            Map.entry("S-1-5-32-546", "BG"),
            Map.entry("S-1-5-32-547", "PU"),
            Map.entry("S-1-5-32-551", "BO"),
            Map.entry("S-1-16-4096", "LW"),
            Map.entry("S-1-16-8192", "ME"),
            Map.entry("S-1-16-12288", "HI"),
            Map.entry("S-1-16-16384", "SI"));

    private final ByteBuffer data;
    private final StringBuilder out = new StringBuilder();

    private Sddl(byte[] descriptor) {
        data = ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws FormatException the bytes are no whole security descriptor */
    static String text(byte[] descriptor) throws FormatException {
        Sddl sddl = new Sddl(descriptor);
        sddl.descriptor();
        return sddl.out.toString();
    }

    private void descriptor() throws FormatException {
        require(0, HEADER);
        if (data.get(0) != 1) {
            throw broken(0, "revision 1", data.get(0));
        }
        int control = data.getShort(2) & 0xffff;
        int owner = data.getInt(4);
        int group = data.getInt(8);
        if (owner != 0) {
            out.append("O:").append(sid(owner));
        }
        if (group != 0) {
            out.append("G:").append(sid(group));
        }
        if ((control & DACL_PRESENT) != 0) {
            list("D:", data.getInt(16), control >>> DACL_SHIFT);
        }
        if ((control & SACL_PRESENT) != 0) {
            list("S:", data.getInt(12), control >>> SACL_SHIFT);
        }
    }

    private void list(String title, int at, int control) throws FormatException {
        out.append(title);
        if ((control & PROTECTED) != 0) {
            out.append('P');
        }
        if ((control & REQUESTED) != 0) {
            out.append("AR");
        }
        if ((control & INHERITED) != 0) {
            out.append("AI");
        }
        if (at == 0) {
            out.append("NO_ACCESS_CONTROL");
            return;
        }
        require(at, 8);
        int count = data.getShort(at + 4) & 0xffff;
        int entry = at + 8;
        for (int i = 0; i < count; i++) {
            require(entry, 8);
            int size = data.getShort(entry + 2) & 0xffff;
            if (size < 8) {
                throw broken(entry + 2, "an entry of at least 8 bytes", size);
            }
            require(entry, size);
            entry(entry, size);
            entry += size;
        }
    }

    /** Entries for objects and conditions are kept as hexadecimal: they do not occur on files. */
    private void entry(int at, int size) throws FormatException {
        int type = data.get(at) & 0xff;
        int flags = data.get(at + 1) & 0xff;
        boolean plain = type <= 3 || type == 0x11;
        out.append('(')
                .append(ACE_TYPES.getOrDefault(type, "0x" + Integer.toHexString(type)))
                .append(';');
        for (int bit = 0; bit < 8; bit++) {
            if ((flags & 1 << bit) != 0) {
                out.append(ACE_FLAGS[bit]);
            }
        }
        int mask = data.getInt(at + 4);
        out.append(';').append(type == 0x11 ? label(mask) : right(mask)).append(";;;");
        if (plain) {
            out.append(sid(at + 8));
        } else {
            byte[] rest = new byte[size - 8];
            data.get(at + 8, rest);
            out.append("0x").append(Hashes.hex(rest));
        }
        out.append(')');
    }

    private static String right(int mask) {
        return RIGHTS.getOrDefault(mask, "0x" + Integer.toHexString(mask));
    }

    private static String label(int mask) {
        return ((mask & 1) != 0 ? "NW" : "") + ((mask & 2) != 0 ? "NR" : "") + ((mask & 4) != 0 ? "NX" : "");
    }

    private String sid(int at) throws FormatException {
        require(at, 8);
        int count = data.get(at + 1) & 0xff;
        if (data.get(at) != 1 || count > MAX_SUB_AUTHORITIES) {
            throw broken(at, "a security identifier", data.get(at));
        }
        require(at, 8 + 4 * count);
        long authority = 0;
        for (int i = 2; i < 8; i++) {
            authority = authority << 8 | data.get(at + i) & 0xff;
        }
        StringBuilder sid = new StringBuilder("S-1-").append(authority);
        for (int i = 0; i < count; i++) {
            sid.append('-').append(Integer.toUnsignedString(data.getInt(at + 8 + 4 * i)));
        }
        String text = sid.toString();
        return NAMES.getOrDefault(text, text);
    }

    private void require(int at, int size) throws FormatException {
        if (at < 0 || at > data.limit() - size) {
            throw broken(at, size + " bytes", "the end");
        }
    }

    private static FormatException broken(int at, String expected, Object actual) {
        return new FormatException("security descriptor", at, expected, String.valueOf(actual));
    }
}
