package org.salvor.posix;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mounts this process sees: {@code /proc/self/mountinfo}, described in proc_pid_mountinfo(5).
 *
 * @param mounts in the order of the table: a later one covers an earlier one at the same place
 */
record MountTable(List<Mount> mounts) {
    /**
     * One line of the table.
     *
     * @param device "major:minor" of the file system
     * @param root folder of the file system that is seen at the mount point: not "/" for a bind mount of a folder
     * @param source what was mounted: a device, an image, a server
     * @param options of the file system
     */
    record Mount(String device, String root, String point, String type, String source, List<String> options) {
        /** The value of an option "name=value", or empty. */
        String option(String name) {
            return options.stream()
                    .filter(option -> option.startsWith(name + "="))
                    .map(option -> option.substring(name.length() + 1))
                    .findFirst()
                    .orElse("");
        }
    }

    static MountTable read(Path mountinfo) throws IOException {
        List<Mount> mounts = new ArrayList<>();
        for (String line : Files.readAllLines(mountinfo, StandardCharsets.UTF_8)) {
            String[] halves = line.split(" - ", 2);
            String[] left = halves[0].split(" ");
            String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ");
            if (left.length >= 6 && right.length >= 2) {
                mounts.add(new Mount(
                        left[2],
                        unescape(left[3]),
                        unescape(left[4]),
                        right[0],
                        unescape(right[1]),
                        right.length < 3
                                ? List.of()
                                : List.of(unescape(right[2]).split(","))));
            }
        }
        return new MountTable(mounts);
    }

    /**
     * The mount that a path lies in: the one with the longest matching mount point, and of these the last.
     *
     * @param real a real path, without links
     * @param device "major:minor" of the file at that path; a mount of that device goes before one of another
     */
    Optional<Mount> of(Path real, String device) {
        Mount best = null;
        for (Mount mount : mounts) {
            if (real.startsWith(Path.of(mount.point()))) {
                boolean fits = mount.device().equals(device);
                boolean bestFits = best != null && best.device().equals(device);
                int longer = best == null
                        ? 1
                        : Integer.compare(mount.point().length(), best.point().length());
                if (fits && !bestFits || fits == bestFits && longer >= 0) {
                    best = mount;
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** Space, tab, newline, backslash are written as three octal digits. */
    private static String unescape(String text) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] out = new byte[in.length];
        int length = 0;
        for (int at = 0; at < in.length; at++) {
            if (in[at] == '\\' && at + 3 < in.length) {
                out[length++] = (byte) ((in[at + 1] - '0') << 6 | (in[at + 2] - '0') << 3 | (in[at + 3] - '0'));
                at += 3;
            } else {
                out[length++] = in[at];
            }
        }
        return new String(out, 0, length, StandardCharsets.UTF_8);
    }
}
