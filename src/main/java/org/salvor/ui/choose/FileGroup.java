package org.salvor.ui.choose;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.salvor.text.Messages;

/** What kind of file a name's ending promises. */
public enum FileGroup {
    PICTURES(
            "jpg jpeg jpe png gif bmp tif tiff webp heic heif avif svg ico psd raw cr2 cr3 nef arw orf rw2 dng raf xcf ai eps"),
    DOCUMENTS(
            "doc docx docm dot dotx odt ott rtf pdf txt md tex xls xlsx xlsm xlsb ods csv tsv ppt pptx pptm pps ppsx odp vsd vsdx pages numbers key epub mobi xps one pub html htm xml json yaml yml log"),
    VIDEO("mp4 m4v mov avi mkv wmv mpg mpeg mts m2ts vob flv webm 3gp ogv"),
    AUDIO("mp3 wav flac ogg opus m4a aac wma aif aiff mid midi amr"),
    ARCHIVES("zip 7z rar tar gz tgz bz2 xz zst cab iso img dmg vhd vhdx vmdk bkf"),
    MAIL("pst ost eml msg mbox dbx vcf ics nsf"),
    DATABASES("mdb accdb db sqlite sqlite3 dbf mdf ldf ndf bak sql fdb kdbx qbw"),
    PROGRAMS(
            "exe dll sys msi bat cmd ps1 sh com scr ocx drv jar py js ts java c h cpp cs rb go rs lnk ini inf reg cfg conf tmp dat bin manifest mui cat etl evtx"),
    OTHER("");

    private static final Map<String, FileGroup> BY_ENDING = new HashMap<>();

    private static final int LONGEST_ENDING = 10;

    static {
        for (FileGroup group : values()) {
            for (String ending : group.endings.split(" ")) {
                BY_ENDING.put(ending, group);
            }
        }
        BY_ENDING.put("", OTHER);
    }

    private final String endings;

    FileGroup(String endings) {
        this.endings = endings;
    }

    /** The group of an ending in lower case, without the dot. */
    public static FileGroup ofEnding(String ending) {
        return BY_ENDING.getOrDefault(ending, OTHER);
    }

    /** The ending of a name in lower case, without the dot; empty if it has none that could mean something. */
    public static String ending(String name) {
        int dot = name.lastIndexOf('.');
        int length = name.length() - dot - 1;
        if (dot < 1 || length < 1 || length > LONGEST_ENDING) {
            return "";
        }
        for (int i = dot + 1; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i))) {
                return "";
            }
        }
        return name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    public String text() {
        return Messages.get("choose.group." + name());
    }
}
