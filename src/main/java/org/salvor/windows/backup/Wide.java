package org.salvor.windows.backup;

import com.sun.jna.Memory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts as Windows takes them. JNA's own wide strings have four bytes a letter off Windows. */
final class Wide {
    private Wide() {}

    static Memory of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        Memory memory = new Memory(bytes.length + 2L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setShort(bytes.length, (short) 0);
        return memory;
    }

    /** A path of any length: with the prefix that turns off the limit of 260 letters, where it is one of Windows. */
    static String path(Path path) {
        String text = path.toAbsolutePath().toString();
        if (text.startsWith("\\\\?\\")) {
            return text;
        }
        if (text.startsWith("\\\\")) {
            return "\\\\?\\UNC\\" + text.substring(2);
        }
        return text.length() > 2 && text.charAt(1) == ':' ? "\\\\?\\" + text : text;
    }
}
