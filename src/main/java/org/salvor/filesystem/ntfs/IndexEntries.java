package org.salvor.filesystem.ntfs;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/**
 * The entries of a folder index: those in use from front to back, and in the bytes behind them whatever still has the form of an
 * entry (docs/formats/ntfs.md, section 10).
 */
final class IndexEntries {
    static final int HEADER = 0x10;
    private static final int LAST = 2;
    /** Years 1917 and 2551, in 100 ns since 1601: what lies outside is no time of a file. */
    private static final long EARLIEST = 100_000_000_000_000_000L;

    private static final long LATEST = 300_000_000_000_000_000L;

    private IndexEntries() {}

    /** Hears of entries. */
    @FunctionalInterface
    interface Listener {
        /**
         * @param offset of the entry in the array
         * @param reference the file: number and sequence; 0 where the entry's header is overwritten
         */
        void entry(int offset, long reference, FileName name) throws RecoveryException;

        /**
         * Whether an entry with that reference tells anything new; most do not, and their names need not be read.
         *
         * @param created the time of creation in it, in units of 100 ns since 1601
         */
        default boolean wants(long reference, long created) {
            return true;
        }
    }

    /** Walks over {@code from} to {@code used}, then searches up to {@code end}; all three lie inside the array. */
    static void walk(byte[] data, int from, int used, int end, Listener listener) throws RecoveryException {
        int at = from;
        while (at + HEADER <= used) {
            int length = Le.u16(data, at + 8);
            int key = Le.u16(data, at + 0x0a);
            if (length < HEADER || (length & 7) != 0 || length > used - at) {
                break;
            }
            if ((Le.u16(data, at + 0x0c) & LAST) != 0) {
                at += length;
                break;
            }
            long reference = Le.i64(data, at);
            boolean fits = key >= FileName.FIXED_SIZE && key <= length - HEADER;
            FileName name = fits && listener.wants(reference, FileName.created(data, at + HEADER))
                    ? FileName.read(data, at + HEADER, key)
                    : null;
            if (name != null) {
                listener.entry(at, reference, name);
            }
            at += length;
        }
        // when the last entry goes, the 16 bytes of the end entry cover just its header
        slack(data, Math.max(from, at - HEADER), end, listener);
    }

    /** Entries begin at multiples of 8 from {@code from} on. */
    static void slack(byte[] data, int from, int end, Listener listener) throws RecoveryException {
        int at = from;
        while (at + HEADER + FileName.FIXED_SIZE + 2 <= end) {
            int value = at + HEADER;
            int size = FileName.FIXED_SIZE + 2 * Le.u8(data, value + 0x40);
            if (size > end - value || !believable(data, value, size)) {
                at += 8;
                continue;
            }
            long reference = formed(data, at, end) ? Le.i64(data, at) : 0;
            FileName name =
                    listener.wants(reference, FileName.created(data, value)) ? FileName.read(data, value, size) : null;
            if (name != null) {
                listener.entry(at, reference, name);
            }
            at = value + (size + 7 & ~7);
        }
    }

    /** Whether the header in front of a name is that of an entry; otherwise it is overwritten. */
    private static boolean formed(byte[] data, int at, int end) {
        int length = Le.u16(data, at + 8);
        int key = Le.u16(data, at + 0x0a);
        int chars = Le.u8(data, at + HEADER + 0x40);
        return key == FileName.FIXED_SIZE + 2 * chars
                && chars > 0
                && length >= HEADER + key
                && length <= HEADER + key + 16
                && (length & 7) == 0
                && key <= end - at - HEADER
                && Reference.sequence(Le.i64(data, at)) != 0;
    }

    /** A $FILE_NAME that is believed without anything in use that points to it; null for other bytes. */
    static @Nullable FileName plausibleName(byte[] data, int at, int length) {
        return believable(data, at, length) ? FileName.read(data, at, length) : null;
    }

    private static boolean believable(byte[] data, int at, int length) {
        long parent = Le.i64(data, at);
        return (Reference.sequence(parent) != 0 || parent == FileName.COVERED)
                && time(Le.i64(data, at + 0x08))
                && time(Le.i64(data, at + 0x10))
                && time(Le.i64(data, at + 0x20))
                && FileName.printable(data, at, length);
    }

    private static boolean time(long value) {
        return value > EARLIEST && value < LATEST;
    }
}
