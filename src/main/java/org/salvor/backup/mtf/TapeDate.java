package org.salvor.backup.mtf;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.OptionalLong;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * MTF_DATE_TIME, 5 bytes, the highest bit first: year 14 bits, month 4, day 5, hour 5, minute 6, second 6. Local time of the
 * computer that wrote it; all zero means unknown.
 */
final class TapeDate {
    static final int SIZE = 5;
    private static final long UNITS_PER_SECOND = 10_000_000;

    private TapeDate() {}

    /** In units of 100 ns since 1970 UTC; empty where there is none, or none that exists. */
    static OptionalLong at(ByteView block, int offset, TapeZone zone) throws FormatException {
        long bits = block.u32(offset);
        long value = Integer.toUnsignedLong(Integer.reverseBytes((int) bits)) << 8 | block.u8(offset + 4);
        if (value == 0) {
            return OptionalLong.empty();
        }
        try {
            Instant instant = zone.instant(LocalDateTime.of(
                    (int) (value >> 26),
                    (int) (value >> 22) & 0xf,
                    (int) (value >> 17) & 0x1f,
                    (int) (value >> 12) & 0x1f,
                    (int) (value >> 6) & 0x3f,
                    (int) value & 0x3f));
            return OptionalLong.of(instant.getEpochSecond() * UNITS_PER_SECOND);
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
