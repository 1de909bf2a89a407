package org.salvor.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Texts as Windows takes them. JNA's own wide strings have four bytes a letter off Windows. */
public final class Wide {
    private Wide() {}

    /** UTF-16LE with two zero bytes behind. */
    public static Memory of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        Memory memory = new Memory(bytes.length + 2L);
        memory.write(0, bytes, 0, bytes.length);
        memory.setShort(bytes.length, (short) 0);
        return memory;
    }

    /** A path of any length: with the prefix that turns off the limit of 260 letters, where it is one of Windows. */
    public static String path(Path path) {
        String text = path.toAbsolutePath().toString();
        if (text.startsWith("\\\\?\\")) {
            return text;
        }
        if (text.startsWith("\\\\")) {
            return "\\\\?\\UNC\\" + text.substring(2);
        }
        return text.length() > 2 && text.charAt(1) == ':' ? "\\\\?\\" + text : text;
    }

    /** The text in a buffer, up to the zero behind it or to its end. */
    public static String text(Pointer buffer, int letters) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters && buffer.getShort(2L * i) != 0; i++) {
            text.append((char) buffer.getShort(2L * i));
        }
        return text.toString();
    }
}
