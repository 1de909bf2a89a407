package org.salvor.engine.volume;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the content of a file must begin with, by the ending of its name; only types for which that is sure. */
final class FileTypes {
    /** So many first bytes are enough for every type. */
    static final int HEAD = 1024;

    private record Start(int at, byte[] bytes) {
        boolean matches(byte[] head, int length) {
            return at + bytes.length <= length && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final Map<String, List<Start>> STARTS = new HashMap<>();
    private static final byte[] PDF = "%PDF-".getBytes(StandardCharsets.ISO_8859_1);

    /** Text and other types without a sure start, which are never zeros from end to end. */
    private static final Set<String> NEVER_ZEROS = Set.of(
            "txt", "csv", "tsv", "md", "xml", "html", "htm", "json", "ini", "cfg", "rtf", "eml", "tex", "c", "h", "cpp",
            "java", "py", "js", "ts", "css", "bat", "cmd", "ps1", "sh", "sql", "yml", "yaml", "svg", "doc", "xls",
            "ppt", "mp3", "aac", "mpg", "mpeg", "reg", "inf", "url", "vcf", "ics", "srt");

    static {
        hex("89504e470d0a1a0a", "png");
        hex("ffd8ff", "jpg", "jpeg", "jpe", "jfif");
        ascii("GIF87a", "gif");
        ascii("GIF89a", "gif");
        for (String start : List.of("504b0304", "504b0506", "504b0708")) {
            hex(
                    start, "zip", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "epub", "jar",
                    "vsdx");
        }
        hex("1f8b08", "gz", "tgz");
        ascii("BZh", "bz2");
        hex("fd377a585a00", "xz");
        hex("28b52ffd", "zst");
        hex("377abcaf271c", "7z");
        hex("526172211a07", "rar");
        ascii("MZ", "exe", "dll", "sys", "ocx", "scr");
        hex("d0cf11e0a1b11ae1", "msi", "msg");
        ascii("RIFF", "wav", "avi", "webp");
        ascii("RF64", "wav");
        ascii("OggS", "ogg", "oga", "ogv", "opus");
        hex("1a45dfa3", "mkv", "webm", "mka");
        ascii("BM", "bmp");
        hex("00000100", "ico");
        for (String start : List.of("49492a00", "4d4d002a", "49492b00", "4d4d002b")) {
            hex(start, "tif", "tiff", "dng", "nef");
        }
        ascii("8BPS", "psd");
        ascii("SQLite format 3\0", "sqlite", "sqlite3");
        hex("cafebabe", "class");
        ascii("vhdxfile", "vhdx");
        hex("2142444e", "pst", "ost");
        ascii("ElfFile\0", "evtx");
        hex("4c00000001140200", "lnk");
        ascii("MSCF", "cab");
        ascii("wOFF", "woff");
        ascii("wOF2", "woff2");
        ascii("ITSF", "chm");
        for (String ending : List.of("mp4", "m4a", "m4v", "heic", "avif")) {
            put(ending, new Start(4, "ftyp".getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private FileTypes() {}

    private static void hex(String bytes, String... endings) {
        for (String ending : endings) {
            put(ending, new Start(0, HexFormat.of().parseHex(bytes)));
        }
    }

    private static void ascii(String text, String... endings) {
        for (String ending : endings) {
            put(ending, new Start(0, text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private static void put(String ending, Start start) {
        STARTS.computeIfAbsent(ending, key -> new ArrayList<>()).add(start);
    }

    /** What stands behind the last dot, in lower case; empty if there is none. */
    static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** False only where the first bytes cannot be those of a file of that name. */
    static boolean mayStartWith(String name, byte[] head, int length) {
        String ending = ending(name);
        if (ending.equals("pdf")) {
            return contains(head, length, PDF);
        }
        List<Start> starts = STARTS.get(ending);
        return starts == null || starts.stream().anyMatch(start -> start.matches(head, length));
    }

    /** Whether a file of that name cannot be all zeros. */
    static boolean neverZeros(String name) {
        String ending = ending(name);
        return ending.equals("pdf") || STARTS.containsKey(ending) || NEVER_ZEROS.contains(ending);
    }

    /** PDF allows some bytes before its mark. */
    private static boolean contains(byte[] head, int length, byte[] wanted) {
        for (int at = 0; at + wanted.length <= length; at++) {
            if (Arrays.equals(head, at, at + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
        }
        return false;
    }
}
