package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.PreparedFile.FileTimes;

/** The extended attributes by which ntfs-3g shows what only NTFS has (its manual, "Extended Attributes"). */
final class NtfsAttributes {
    /** Four bytes, most significant first. */
    static final String ATTRIBUTES = "system.ntfs_attrib_be";

    /** Names of the streams; there only if they can be opened as {@code file:stream}. */
    static final String STREAM_LIST = "ntfs.streams.list";

    /** Name of a file as DOS knows it, in UTF-8; absent where there is none. */
    static final String SHORT_NAME = "system.ntfs_dos_name";

    static final String SECURITY = "system.ntfs_acl";
    static final String EXTENDED = "system.ntfs_ea";
    static final String OBJECT_ID = "system.ntfs_object_id";

    /** With its header of eight bytes, as BackupRead gives it. */
    static final String REPARSE = "system.ntfs_reparse_data";

    /** Four times of eight bytes, most significant first: created, modified, accessed, changed. */
    private static final String TIMES = "system.ntfs_times_be";

    /** 100 ns from 1601 to 1970. */
    private static final long EPOCH = 116_444_736_000_000_000L;

    /** Readonly, hidden, system, archive, temporary, offline, not indexed: the others describe how the content is stored. */
    static final int SETTABLE = 0x3127;

    private static final int SYSTEM = 4;

    private NtfsAttributes() {}

    static void attributes(Path file, int attributes, HostFiles host) throws IOException {
        byte[] now = host.attribute(file, ATTRIBUTES);
        int settable = ownLink(file, host) ? SETTABLE & ~SYSTEM : SETTABLE;
        int kept = now == null || now.length != 4 ? 0 : ByteBuffer.wrap(now).getInt() & ~settable;
        host.attribute(
                file,
                ATTRIBUTES,
                ByteBuffer.allocate(4).putInt(kept | attributes & settable).array());
    }

    /** A link that ntfs-3g made for a program of Linux is none any more without the attribute "system". */
    private static boolean ownLink(Path file, HostFiles host) throws IOException {
        return Files.isSymbolicLink(file) && host.attribute(file, REPARSE) == null;
    }

    /**
     * Extended attributes as they lie on the volume, which is how ntfs-3g wants them: there the last one tells its length like
     * the others, where a stream of them ends with a zero (MS-FSCC 2.4.16).
     */
    static byte[] extended(byte[] stream) {
        byte[] stored = Arrays.copyOf(stream, (stream.length + 3) & ~3);
        ByteBuffer bytes = ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at + 4 < stored.length; ) {
            int next = bytes.getInt(at);
            if (next <= 0 || next > stored.length - at) {
                bytes.putInt(at, stored.length - at);
                break;
            }
            at += next;
        }
        return stored;
    }

    static void times(Path file, FileTimes times, HostFiles host) throws IOException {
        byte[] now = host.attribute(file, TIMES);
        if (now == null || now.length < 32) {
            return;
        }
        ByteBuffer all = ByteBuffer.wrap(now);
        List<Long> wanted = List.of(times.created(), times.modified(), times.accessed(), times.changed());
        for (int i = 0; i < 4; i++) {
            if (wanted.get(i) != Catalog.NO_TIME) {
                all.putLong(8 * i, wanted.get(i) + EPOCH);
            }
        }
        host.attribute(file, TIMES, now);
    }
}
