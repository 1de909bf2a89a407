package org.salvor.substream;

/** How files that hold a sequence of backup streams are named (docs/formats/backupread.md, section 6). */
public final class StreamFileNames {
    /** Behind the name of the file that the streams belong to; alone, it names the streams of the folder it lies in. */
    public static final String ENDING = ".bkstream";

    /** Behind that, where a part of the file was lost. */
    public static final String PARTIAL = ".partial";

    private StreamFileNames() {}

    /** Whether the name has the ending, with or without the mark of a loss. */
    public static boolean known(String name) {
        return withoutPartial(name).endsWith(ENDING);
    }

    /** Whether it is marked as a file of which a part was lost. */
    public static boolean partial(String name) {
        return name.endsWith(ENDING + PARTIAL);
    }

    /** Without the endings; empty for the streams of a folder. A name that does not have them stays as it is. */
    public static String stem(String name) {
        String whole = withoutPartial(name);
        return whole.endsWith(ENDING) ? whole.substring(0, whole.length() - ENDING.length()) : name;
    }

    private static String withoutPartial(String name) {
        return name.endsWith(PARTIAL) ? name.substring(0, name.length() - PARTIAL.length()) : name;
    }
}
