package org.salvor.substream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a stream of type {@link StreamType#LINK} names: the path under which the same file was backed up before. Its form is not documented
 * (docs/formats/backupread.md, section 1): taken is UTF-16LE, from the root of the volume, with or without the volume before it. Never used
 * as a path of this computer, only to find that file in the same backup.
 *
 * @param text as it stands in the stream
 * @param volume "C:" or "\\\\server\\share"; empty where the path does not tell it
 * @param steps names from the root of the volume; empty where the path leads nowhere
 */
public record LinkPath(String text, String volume, List<String> steps) {
    /** In bytes; a path of Windows has at most 32,767 characters. */
    public static final int MAX_SIZE = 1 << 16;

    /** Null if it is no path. */
    public static @Nullable LinkPath of(byte[] data) {
        if (data.length < 2 || data.length > MAX_SIZE || data.length % 2 != 0) {
            return null;
        }
        String text = new String(data, StandardCharsets.UTF_16LE);
        int end = text.indexOf(0);
        text = end < 0 ? text : text.substring(0, end);
        return text.isEmpty() || text.chars().anyMatch(c -> c < ' ') ? null : parsed(text);
    }

    private static LinkPath parsed(String text) {
        String path = text.replace('/', '\\');
        boolean share = path.startsWith("\\\\");
        for (String prefix : List.of("\\\\?\\", "\\??\\", "\\\\.\\")) {
            if (path.startsWith(prefix)) {
                path = path.substring(prefix.length());
                share = path.startsWith("UNC\\");
                path = share ? path.substring(4) : path;
                break;
            }
        }
        List<String> steps = new ArrayList<>();
        for (String step : path.split("\\\\")) {
            if (step.equals(".") || step.equals("..")) {
                return new LinkPath(text, "", List.of());
            }
            if (!step.isEmpty()) {
                steps.add(step);
            }
        }
        String volume = "";
        if (share && steps.size() > 2) {
            volume = "\\\\" + steps.removeFirst() + "\\" + steps.removeFirst();
        } else if (!steps.isEmpty() && steps.getFirst().matches("[A-Za-z]:")) {
            volume = steps.removeFirst();
        } else if (!steps.isEmpty() && steps.getFirst().startsWith("Volume{")) {
            steps.removeFirst();
        }
        return new LinkPath(text, volume, List.copyOf(steps));
    }

    /** The stream that names a path. @param path names with "/" between them, from the root of the volume */
    public static byte[] bytes(String path) {
        return ("\\" + path.replace('/', '\\')).getBytes(StandardCharsets.UTF_16LE);
    }
}
