package org.salvor.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A line of {@code /proc/self/mountinfo} (proc(5)), as far as a list of disks needs it.
 *
 * @param number "8:17"; "0:..." for file systems that are not of a block device, FUSE among them
 * @param source what was mounted, in the file system's own words; for ntfs-3g the device path
 */
record Mounted(String number, Path point, String source) {
    boolean isOf(String deviceNumber, Path devicePath) {
        return number.equals(deviceNumber) || source.equals(devicePath.toString());
    }

    /** Empty where the system tells nothing. */
    static List<Mounted> read(Path mountInfo) {
        List<Mounted> mounts = new ArrayList<>();
        try {
            for (String line :
                    Files.readString(mountInfo, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] fields = line.split(" ");
                int dash = 6;
                while (dash < fields.length && !fields[dash].equals("-")) {
                    dash++;
                }
                if (dash + 2 < fields.length) {
                    mounts.add(new Mounted(fields[2], Path.of(plain(fields[4])), plain(fields[dash + 2])));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return mounts;
    }

    /** Space, tab, newline and backslash come as three octal digits; the bytes are UTF-8. */
    private static String plain(String field) {
        byte[] bytes = new byte[field.length()];
        int length = 0;
        for (int i = 0; i < field.length(); i++) {
            if (field.startsWith("\\", i)
                    && i + 3 < field.length()
                    && field.substring(i + 1, i + 4).matches("[0-7]{3}")) {
                bytes[length++] = (byte) Integer.parseInt(field.substring(i + 1, i + 4), 8);
                i += 3;
            } else {
                bytes[length++] = (byte) field.charAt(i);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
