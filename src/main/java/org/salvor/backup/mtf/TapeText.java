package org.salvor.backup.mtf;

import java.nio.charset.Charset;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/** Strings of a medium: UTF-16LE, or single bytes of a code page that the medium does not name. None ends with a NUL. */
final class TapeText {
    private static final int NONE = 0;
    private static final int SINGLE_BYTES = 1;

    private final Charset codePage;

    TapeText(Charset codePage) {
        this.codePage = codePage;
    }

    /** @param strings the kind of strings of the block */
    String decode(int strings, ByteView bytes) throws FormatException {
        return strings == SINGLE_BYTES
                ? new String(bytes.bytes(0, bytes.length()), codePage)
                : bytes.utf16(0, bytes.length() / 2);
    }

    /** A string of a block, by the address that stands at {@code field}; empty where there is none. */
    String of(Block block, int field) throws FormatException {
        TapeAddress address = TapeAddress.at(block.body(), field);
        if (address.size() == 0 || block.header().strings() == NONE) {
            return "";
        }
        ByteView bytes = block.body().slice(address.offset(), address.size(), "string");
        return decode(block.header().strings(), bytes);
    }

    /** As {@link #of}, without NULs at its end, and empty where the address points outside its block: for what only a person reads. */
    String told(Block block, int field) {
        try {
            return withoutEnd(of(block, field));
        } catch (FormatException e) {
            return "";
        }
    }

    static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
