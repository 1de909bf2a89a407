package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** FILE records outside the current table, by their place on the volume: older tables, tables of a volume before a format. */
final class OutsideRecords {
    static final int MIN_SIZE = 512;
    static final int MAX_SIZE = 64 << 10;
    private static final int HEADER = 0x30;
    private static final int MAX_EXTENSIONS = 1 << 20;
    private static final int MAX_PER_FILE = 256;

    private final Volume volume;
    private final Map<Long, List<Long>> extensions = new HashMap<>();
    private int count;

    OutsideRecords(Volume volume) {
        this.volume = volume;
    }

    /** The size that the record at {@code at} says of itself; 0 where there is none, or none with a number of its own. */
    static int sizeAt(byte[] data, int at, int available) {
        if (available < MIN_SIZE || !MftRecord.isRecord(data, at) || Le.u16(data, at + 4) < HEADER) {
            return 0;
        }
        long size = Le.u32(data, at + 0x1c);
        boolean sane = size >= MIN_SIZE && size <= MAX_SIZE && size <= available && Long.bitCount(size) == 1;
        return sane && Le.u16(data, at + 6) > size / 512 ? (int) size : 0;
    }

    /** A copy of the record at {@code at} of a piece of the volume. */
    static MftRecord copy(byte[] data, int at, int size, long position) throws FormatException {
        byte[] bytes = java.util.Arrays.copyOfRange(data, at, at + size);
        return MftRecord.parse(bytes, 0, size, Le.u32(bytes, 0x2c), position);
    }

    MftRecord read(long position) throws RecoveryException {
        byte[] bytes = bytes(position, MIN_SIZE);
        long wanted = Le.u32(bytes, 0x1c);
        bytes = wanted > MIN_SIZE && wanted <= MAX_SIZE ? bytes(position, (int) wanted) : bytes;
        int size = sizeAt(bytes, 0, bytes.length);
        if (size == 0) {
            throw new FormatException("FILE record", position, "\"FILE\" and a size", "something else");
        }
        return copy(bytes, 0, size, position);
    }

    private byte[] bytes(long position, int wanted) throws RecoveryException {
        if (position < 0 || position > volume.device().size() - wanted) {
            throw new FormatException("FILE record", position, "a place on the volume", Long.toString(position));
        }
        byte[] bytes = new byte[wanted];
        volume.device().read(position, ByteBuffer.wrap(bytes));
        return bytes;
    }

    /** Remembers an extension record by the base record it quotes. */
    void extension(MftRecord record) {
        List<Long> places = extensions.get(Reference.number(record.baseReference()));
        if (places == null) {
            places = new ArrayList<>(2);
            extensions.put(Reference.number(record.baseReference()), places);
        }
        if (places.size() < MAX_PER_FILE && count < MAX_EXTENSIONS) {
            places.add(record.position);
            count++;
        }
    }

    /** The file of a base record, with the extension records outside the table that quote it; each number counts once. */
    NtfsFile assemble(MftRecord base, RecordAssembler.@Nullable Problems problems) {
        NtfsFile own = NtfsFile.of(base);
        List<Long> places = extensions.getOrDefault(base.number, List.of());
        if (places.isEmpty()) {
            return own;
        }
        List<Attribute> all = new ArrayList<>(own.attributes());
        Map<Long, MftRecord> found = new HashMap<>();
        for (long place : places) {
            try {
                MftRecord extension = read(place);
                if (RecordAssembler.belongs(extension, base)
                        && found.putIfAbsent(extension.number, extension) == null) {
                    all.addAll(extension.attributes());
                }
            } catch (RecoveryException e) {
                if (problems != null) {
                    problems.skipped(e);
                }
            }
        }
        return new NtfsFile(base, List.copyOf(found.values()), all, own.listed());
    }
}
