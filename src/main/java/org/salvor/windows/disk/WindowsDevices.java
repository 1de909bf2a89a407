package org.salvor.windows.disk;

import com.sun.jna.Native;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.device.DeviceOpener;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** The disks and volumes of a Windows computer. Opens them for reading only, which needs an administrator. */
public final class WindowsDevices implements DeviceOpener {
    /** Numbers are given from 0 on, and gaps stay where a disk was pulled out. */
    private static final int NUMBERS = 64;

    private static final int ACCESS_DENIED = 5;

    private record Part(String id, Volumes.Extent extent, boolean whole) {}

    private final DiskCalls calls;
    private final Volumes volumes;

    private WindowsDevices(DiskCalls calls) {
        this.calls = calls;
        volumes = new Volumes(calls);
    }

    /** Those of this computer. */
    public static WindowsDevices ofSystem() {
        return of("kernel32");
    }

    /** Those that a library tells of. */
    static WindowsDevices of(String library) {
        return new WindowsDevices(Native.load(library, DiskCalls.class));
    }

    @Override
    public boolean handles(Path path) {
        return DeviceNames.isDevice(path);
    }

    @Override
    public BlockDevice open(Path path) throws RecoveryException {
        String name = DeviceNames.open(path);
        try {
            BlockDevice device = WindowsDisk.of(calls, Handle.device(calls, name, Handle.GENERIC_READ), name);
            if (device.size() <= 0) {
                device.close();
                throw new RecoveryException(Messages.get("windows.disk.no-medium", name));
            }
            return device;
        } catch (CallException e) {
            String text = e.code() == ACCESS_DENIED
                    ? Messages.get("windows.disk.administrator", name)
                    : Messages.get("device.unreadable", name, String.valueOf(e.getMessage()));
            throw new RecoveryException(text, e);
        }
    }

    @Override
    public List<DeviceDescription> list() {
        List<Part> parts = parts();
        List<DeviceDescription> disks = new ArrayList<>();
        for (int number = 0; number < NUMBERS; number++) {
            disk(number, parts).ifPresent(disks::add);
        }
        return List.copyOf(disks);
    }

    /** All volumes with where they begin; one that lies on several disks is a part of each. */
    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        for (String id : volumes.all()) {
            try {
                List<Volumes.Extent> extents = volumes.extents(id);
                extents.forEach(extent -> parts.add(new Part(id, extent, extents.size() == 1)));
            } catch (CallException e) {
                System.getLogger("org.salvor.windows")
                        .log(System.Logger.Level.DEBUG, "a volume without disks: {0} {1}", id, e.code());
            }
        }
        parts.sort(Comparator.comparingLong(part -> part.extent().start()));
        return parts;
    }

    private Optional<DeviceDescription> disk(int number, List<Part> all) {
        String name = DeviceNames.disk(number);
        Optional<Path> path = DeviceNames.path(name);
        try (Handle disk = Handle.device(calls, name, Handle.QUERY)) {
            boolean readable = readable(name);
            Volumes.Geometry geometry = geometry(disk, name, readable);
            if (path.isEmpty() || geometry.size() <= 0) {
                return Optional.empty();
            }
            Volumes.Descriptor told = Volumes.descriptor(disk);
            boolean solidState = Volumes.solidState(disk);
            List<DeviceDescription> parts = new ArrayList<>();
            for (Part part : all) {
                if (part.extent().disk() == number && part.whole()) {
                    describe(part, told, geometry.sector(), solidState).ifPresent(parts::add);
                }
            }
            return Optional.of(new DeviceDescription(
                    path.get(),
                    told.model(),
                    told.serial(),
                    bus(told.bus()),
                    geometry.size(),
                    geometry.sector(),
                    told.removable(),
                    solidState,
                    readable,
                    parts.stream().flatMap(part -> part.mountPoints().stream()).toList(),
                    parts,
                    "",
                    ""));
        } catch (CallException e) {
            return Optional.empty(); // no disk of this number, or no medium in it
        }
    }

    /** Some drivers tell the size only to those who may read. */
    private Volumes.Geometry geometry(Handle disk, String name, boolean readable) throws CallException {
        try {
            return Volumes.geometry(disk);
        } catch (CallException e) {
            if (!readable) {
                throw e;
            }
            try (Handle again = Handle.device(calls, name, Handle.GENERIC_READ)) {
                return Volumes.geometry(again);
            }
        }
    }

    private Optional<DeviceDescription> describe(Part part, Volumes.Descriptor disk, int sector, boolean solidState) {
        List<Path> mounted = volumes.mountPoints(part.id()).stream()
                .flatMap(point -> DeviceNames.path(point).stream())
                .toList();
        String letter = volumes.mountPoints(part.id()).stream()
                .filter(point -> point.length() == 3)
                .map(point -> "\\\\.\\" + point.substring(0, 2))
                .findFirst()
                .orElse(DeviceNames.volumeDevice(part.id()));
        Volumes.Format format = volumes.format(part.id());
        return DeviceNames.path(letter)
                .map(path -> new DeviceDescription(
                        path,
                        disk.model(),
                        disk.serial(),
                        bus(disk.bus()),
                        part.extent().length(),
                        sector,
                        disk.removable(),
                        solidState,
                        readable(DeviceNames.open(path)),
                        mounted,
                        List.of(),
                        format.fileSystem(),
                        format.label()));
    }

    private boolean readable(String name) {
        try (Handle handle = Handle.device(calls, name, Handle.GENERIC_READ)) {
            return true;
        } catch (CallException e) {
            return false;
        }
    }

    /** STORAGE_BUS_TYPE in the words of the Source page. */
    private static String bus(int type) {
        return switch (type) {
            case 1 -> "SCSI";
            case 3 -> "ATA";
            case 4 -> "FireWire";
            case 7 -> "USB";
            case 8 -> "RAID";
            case 9 -> "iSCSI";
            case 10 -> "SAS";
            case 11 -> "SATA";
            case 12, 13 -> "SD";
            case 14, 15 -> "virtual";
            case 16 -> "Storage Spaces";
            case 17 -> "NVMe";
            default -> "";
        };
    }
}
