package org.salvor.windows.disk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.salvor.windows.Wide;

/** What Windows tells of volumes and disks. */
final class Volumes {
    private static final int GET_VOLUME_DISK_EXTENTS = 0x00560000;
    private static final int GET_DRIVE_GEOMETRY_EX = 0x000700A0;
    private static final int GET_LENGTH_INFO = 0x0007405C;
    private static final int QUERY_PROPERTY = 0x002D1400;
    private static final int DEVICE_PROPERTY = 0;
    private static final int SEEK_PENALTY_PROPERTY = 7;
    private static final int MORE_DATA = 234;
    private static final int LETTERS = 4096;
    private static final int NAME_LETTERS = 261;

    /** VOLUME_DISK_EXTENTS: a count, and from offset 8 on 24 bytes for each: disk, (4 unused), start, length. */
    private static final int EXTENTS_HEAD = 8;

    private static final int EXTENT = 24;
    private static final int MOST_EXTENTS = 4096;

    /** On which disk a part of a volume lies; start and length in bytes. */
    record Extent(int disk, long start, long length) {}

    /** The file system of a volume and its label; both empty if Windows does not know it. */
    record Format(String fileSystem, String label) {
        static final Format UNKNOWN = new Format("", "");
    }

    /** Size in bytes, and the size of a sector. */
    record Geometry(long size, int sector) {}

    /**
     * What a disk tells of itself (STORAGE_DEVICE_DESCRIPTOR).
     *
     * @param bus a STORAGE_BUS_TYPE; 0 if not known
     */
    record Descriptor(String model, String serial, int bus, boolean removable) {
        static final Descriptor UNKNOWN = new Descriptor("", "", 0, false);
    }

    private final DiskCalls calls;

    Volumes(DiskCalls calls) {
        this.calls = calls;
    }

    /** The ids of all volumes, in braces. */
    List<String> all() {
        List<String> ids = new ArrayList<>();
        try (Memory name = new Memory(NAME_LETTERS * 2L)) {
            name.clear();
            Pointer search = calls.FindFirstVolumeW(name, NAME_LETTERS);
            if (Pointer.nativeValue(search) == -1) {
                return ids;
            }
            try {
                do {
                    DeviceNames.volume(Wide.text(name, NAME_LETTERS)).ifPresent(ids::add);
                } while (calls.FindNextVolumeW(search, name, NAME_LETTERS) != 0);
            } finally {
                calls.FindVolumeClose(search);
            }
        }
        return ids;
    }

    /** The id of the volume at a drive letter or another mount point, which ends with a backslash. */
    String id(String mountPoint) throws CallException {
        try (Memory name = Wide.of(mountPoint);
                Memory volume = new Memory(NAME_LETTERS * 2L)) {
            volume.clear();
            if (calls.GetVolumeNameForVolumeMountPointW(name, volume, NAME_LETTERS) == 0) {
                throw new CallException(Native.getLastError());
            }
            return DeviceNames.volume(Wide.text(volume, NAME_LETTERS)).orElseThrow(() -> new CallException(0));
        }
    }

    /** Where a volume is mounted: {@code D:\}, {@code C:\mnt\}; empty if nowhere. */
    List<String> mountPoints(String id) {
        List<String> points = new ArrayList<>();
        IntByReference needed = new IntByReference();
        for (int letters = LETTERS; ; letters = needed.getValue() + 1) {
            try (Memory name = Wide.of(DeviceNames.volumeRoot(id));
                    Memory paths = new Memory(letters * 2L)) {
                paths.clear();
                if (calls.GetVolumePathNamesForVolumeNameW(name, paths, letters, needed) == 0) {
                    if (Native.getLastError() == MORE_DATA && needed.getValue() >= letters && letters < 1 << 20) {
                        continue;
                    }
                    return points;
                }
                for (int at = 0; at < letters; ) {
                    String point = Wide.text(paths.share(at * 2L), letters - at);
                    if (point.isEmpty()) {
                        return points;
                    }
                    points.add(point);
                    at += point.length() + 1;
                }
                return points;
            }
        }
    }

    Format format(String id) {
        try (Memory root = Wide.of(DeviceNames.volumeRoot(id));
                Memory label = new Memory(NAME_LETTERS * 2L);
                Memory type = new Memory(NAME_LETTERS * 2L)) {
            label.clear();
            type.clear();
            return calls.GetVolumeInformationW(root, label, NAME_LETTERS, null, null, null, type, NAME_LETTERS) == 0
                    ? Format.UNKNOWN
                    : new Format(Wide.text(type, NAME_LETTERS), Wide.text(label, NAME_LETTERS));
        }
    }

    /** Never empty: a volume that lies on no disk is an error. */
    List<Extent> extents(String id) throws CallException {
        try (Handle volume = Handle.device(calls, DeviceNames.volumeDevice(id), Handle.QUERY)) {
            ByteBuffer answer = little(volume.ask(GET_VOLUME_DISK_EXTENTS, new byte[0], EXTENTS_HEAD + EXTENT));
            int count = answer.remaining() < EXTENTS_HEAD ? 0 : answer.getInt(0);
            if (count < 1 || count > MOST_EXTENTS || answer.remaining() < EXTENTS_HEAD + count * EXTENT) {
                throw new CallException(0);
            }
            List<Extent> extents = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int at = EXTENTS_HEAD + i * EXTENT;
                extents.add(new Extent(answer.getInt(at), answer.getLong(at + 8), answer.getLong(at + 16)));
            }
            return extents;
        }
    }

    /** The length from the question that needs the right to read, else the geometry; the sector size where it is told. */
    static Geometry geometry(Handle device) throws CallException {
        long size = -1;
        try {
            ByteBuffer length = little(device.ask(GET_LENGTH_INFO, new byte[0], 8));
            size = length.remaining() < 8 ? -1 : length.getLong(0);
        } catch (CallException e) {
            // asked the other way below
        }
        int sector = 0;
        CallException refused = null;
        try {
            ByteBuffer geometry = little(device.ask(GET_DRIVE_GEOMETRY_EX, new byte[0], 256));
            if (geometry.remaining() >= 32) {
                sector = geometry.getInt(20);
                size = size < 0 ? geometry.getLong(24) : size;
            }
        } catch (CallException e) {
            refused = e;
        }
        if (size < 0) {
            throw refused == null ? new CallException(0) : refused;
        }
        boolean known = sector >= 512 && sector <= 65536 && Integer.bitCount(sector) == 1;
        return new Geometry(size, known ? sector : 512);
    }

    static Descriptor descriptor(Handle disk) {
        try {
            byte[] raw = disk.ask(QUERY_PROPERTY, property(DEVICE_PROPERTY), 1024);
            ByteBuffer answer = little(raw);
            if (answer.remaining() < 32) {
                return Descriptor.UNKNOWN;
            }
            String maker = text(raw, answer.getInt(12));
            String product = text(raw, answer.getInt(16));
            return new Descriptor(
                    (maker + " " + product).strip(),
                    text(raw, answer.getInt(24)),
                    answer.getInt(28),
                    answer.get(10) != 0);
        } catch (CallException e) {
            return Descriptor.UNKNOWN;
        }
    }

    static boolean solidState(Handle disk) {
        try {
            byte[] answer = disk.ask(QUERY_PROPERTY, property(SEEK_PENALTY_PROPERTY), 12);
            return answer.length > 8 && answer[8] == 0;
        } catch (CallException e) {
            return false;
        }
    }

    /** STORAGE_PROPERTY_QUERY: which property, 0 for "tell it". */
    private static byte[] property(int id) {
        return ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).putInt(id).array();
    }

    /** A text of one byte a letter inside an answer; offset 0 says that there is none. */
    private static String text(byte[] answer, int offset) {
        StringBuilder text = new StringBuilder();
        for (int at = offset; offset > 0 && at < answer.length && answer[at] != 0; at++) {
            text.append((char) (answer[at] & 0xff));
        }
        return text.toString().strip();
    }

    private static ByteBuffer little(byte[] answer) {
        return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN);
    }
}
