package org.salvor.restore;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a symbolic link or a junction of Windows points to (MS-FSCC 2.1.2.4 and 2.1.2.5): a header of tag, length and two
 * reserved bytes, then offsets and lengths of two names, then, only for symbolic links, flags, then the names as UTF-16LE.
 *
 * @param target as Windows takes it, with backslashes
 * @param relative to the folder of the link
 */
record ReparseLink(String target, boolean relative) {
    private static final int SYMBOLIC_LINK = 0xA000000C;
    private static final int JUNCTION = 0xA0000003;
    private static final int NAMES_OF_JUNCTION = 16;
    private static final int NAMES_OF_LINK = 20;
    private static final int RELATIVE = 1;

    /** Null for every other kind of reparse point, and for damaged ones. */
    static @Nullable ReparseLink of(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
        if (data.length < NAMES_OF_JUNCTION) {
            return null;
        }
        int tag = bytes.getInt(0);
        boolean link = tag == SYMBOLIC_LINK;
        int names = link ? NAMES_OF_LINK : NAMES_OF_JUNCTION;
        int start = names + Short.toUnsignedInt(bytes.getShort(8));
        int length = Short.toUnsignedInt(bytes.getShort(10));
        if (!link && tag != JUNCTION || length == 0 || start + length > data.length) {
            return null;
        }
        boolean relative = link && (bytes.getInt(16) & RELATIVE) != 0;
        return new ReparseLink(new String(data, start, length, StandardCharsets.UTF_16LE), relative);
    }

    /** The target as a person writes it, with slashes and without steps that lead nowhere. */
    String plain() {
        return Arrays.stream(target.split("[\\\\/]"))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .collect(Collectors.joining("/"));
    }

    /**
     * The same target as a symbolic link of the target folder holds it; null if it might lead out of that. A part ".." may only
     * stand at the beginning: there it steps up real folders, behind a name it would step up from wherever that name leads, and
     * that may be another link.
     *
     * @param depth of the folder of the link below the target folder
     */
    @Nullable
    String inside(int depth, TargetNames names) {
        if (!relative || target.startsWith("\\") || target.startsWith("/") || target.indexOf(':') >= 0) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        int up = 0;
        for (String part : target.split("[\\\\/]")) {
            if (part.equals("..")) {
                if (parts.size() > up || ++up > depth) {
                    return null;
                }
                parts.add(part);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(names.legal(part));
            }
        }
        return parts.isEmpty() ? null : String.join("/", parts);
    }
}
