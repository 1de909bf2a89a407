package org.salvor.recovery;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the keys of a catalog become ids and back (contract, section 2).
 *
 * @param prefix for example "ntfs:1c2a90b72a908e3c"
 */
public record IdScheme(String prefix, Form form) {
    /** The forms of the part behind the prefix. */
    public enum Form {
        /** {@code <record>-<sequence>}; the key is record &lt;&lt; 16 | sequence. */
        RECORD_AND_SEQUENCE,
        /** The key as a decimal number. */
        NUMBER,
        /** {@code <set>:<file id>}; the key is set &lt;&lt; 40 | file id. */
        SET_AND_NUMBER,
        /** The path inside; keys mean nothing, and no two rows have the same path. */
        PATH
    }

    /** The id of the file with that path; only in the form {@link Form#PATH}. */
    public FileId id(String path) {
        return new FileId(prefix + ":" + path);
    }

    /** The path in an id of this scheme; null in any other form, and for any other text. */
    @Nullable
    String path(FileId id) {
        return form == Form.PATH && id.text().startsWith(prefix + ":")
                ? id.text().substring(prefix.length() + 1)
                : null;
    }

    /** @param slackOffset -1 if the name does not come from slack */
    public FileId id(long key, long slackOffset) {
        String body = switch (form) {
            case RECORD_AND_SEQUENCE -> (key >>> 16) + "-" + (key & 0xffff);
            case NUMBER -> Long.toUnsignedString(key);
            case SET_AND_NUMBER -> (key >>> 40) + ":" + (key & 0xff_ffff_ffffL);
            case PATH -> throw new IllegalStateException("these ids are made of paths");
        };
        return new FileId(prefix + ":" + body + (slackOffset >= 0 ? "~" + slackOffset : ""));
    }

    /** The key of an id of this scheme; empty for any other text. */
    public OptionalLong key(FileId id) {
        if (!id.text().startsWith(prefix + ":")) {
            return OptionalLong.empty();
        }
        String body = id.text().substring(prefix.length() + 1);
        int tilde = body.indexOf('~');
        if (tilde >= 0) {
            body = body.substring(0, tilde);
        }
        try {
            return switch (form) {
                case NUMBER -> OptionalLong.of(Long.parseUnsignedLong(body));
                case RECORD_AND_SEQUENCE -> pair(body, '-', 16, 0xffff);
                case SET_AND_NUMBER -> pair(body, ':', 40, 0xff_ffff_ffffL);
                case PATH -> OptionalLong.empty();
            };
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The slack offset of an id, -1 if it has none or is not one of this form. */
    public static long slackOffset(FileId id) {
        int tilde = id.text().lastIndexOf('~');
        try {
            return tilde < 0 ? -1 : Long.parseLong(id.text().substring(tilde + 1));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static OptionalLong pair(String body, char separator, int shift, long maximum) {
        int at = body.indexOf(separator);
        if (at < 0) {
            return OptionalLong.empty();
        }
        long high = Long.parseLong(body.substring(0, at));
        long low = Long.parseLong(body.substring(at + 1));
        boolean fits = high >= 0 && high < 1L << (63 - shift) && low >= 0 && low <= maximum;
        return fits ? OptionalLong.of(high << shift | low) : OptionalLong.empty();
    }
}
