package org.salvor.backup.efs;

import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/** Texts of EFS structures. */
final class Names {
    private static final int MAX_CHARS = 256;

    private Names() {}

    /** UTF-16 text up to its end mark, the end of the window, or a length that no name has; control characters are replaced. */
    static String text(ByteView view) throws FormatException {
        String text = view.utf16(0, Math.min(view.length() / 2, MAX_CHARS));
        int end = text.indexOf('\0');
        String name = end < 0 ? text : text.substring(0, end);
        return name.codePoints().anyMatch(Character::isISOControl) ? name.replaceAll("\\p{Cntrl}", "\uFFFD") : name;
    }
}
