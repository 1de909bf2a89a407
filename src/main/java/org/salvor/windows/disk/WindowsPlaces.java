package org.salvor.windows.disk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.salvor.recovery.PlaceResolver;
import org.salvor.text.Messages;
import org.salvor.windows.Wide;

/**
 * Physical places by what Windows tells: the volume that a path lies on is asked of an open handle, which has followed every link,
 * junction, mount point and substituted letter; the volume tells the disks that it lies on.
 */
public final class WindowsPlaces implements PlaceResolver {
    private static final int VOLUME_NAME_GUID = 1;
    private static final int VOLUME_NAME_DOS = 0;
    private static final int LETTERS = 32768;
    private static final String SHARE = "\\\\?\\UNC\\";

    /** BY_HANDLE_FILE_INFORMATION: serial of the volume at 28, index of the file at 44. */
    private static final int FILE_INFORMATION = 52;

    /** STORAGE_BUS_TYPE of disks that are themselves made of something else, which Windows does not tell by its disks. */
    private static final int VIRTUAL = 14;

    private static final int FILE_BACKED = 15;
    private static final int STORAGE_SPACES = 16;

    private final DiskCalls calls;
    private final Volumes volumes;
    private final Predicate<String> own;

    private WindowsPlaces(DiskCalls calls, Predicate<String> own) {
        this.calls = calls;
        this.own = own;
        volumes = new Volumes(calls);
    }

    /** Those of this computer. */
    public static WindowsPlaces ofSystem() {
        return of("kernel32", WindowsPlaces::isThisComputer);
    }

    /**
     * Those that a library tells of.
     *
     * @param own whether a name in a network is the computer itself
     */
    static WindowsPlaces of(String library, Predicate<String> own) {
        return new WindowsPlaces(Native.load(library, DiskCalls.class), own);
    }

    @Override
    public Places holding(Path path) {
        Walk walk = new Walk();
        walk.run(path, () -> walk.fileSystem(existing(path), true, false));
        return walk.places();
    }

    @Override
    public Places source(Path path) {
        Walk walk = new Walk();
        walk.run(path, () -> walk.source(path));
        return walk.places();
    }

    /** The path or its nearest parent that is there; a link that leads nowhere counts as there, so that it is refused. */
    private static Path existing(Path path) {
        for (Path at = path.toAbsolutePath().normalize(); at.getParent() != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                return at;
            }
        }
        return path.toAbsolutePath().getRoot();
    }

    private static boolean isThisComputer(String host) {
        String name = String.valueOf(System.getenv("COMPUTERNAME")).toLowerCase(Locale.ROOT);
        String asked = host.toLowerCase(Locale.ROOT);
        if (asked.equals("localhost") || asked.equals(name) || asked.startsWith(name + ".")) {
            return true;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // no such name in the network of this computer: a name of Windows' own, of another one
        }
    }

    /** A step that Windows may refuse. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** One walk from a path down to the disks below it. */
    private final class Walk {
        private final List<Place> chain = new ArrayList<>();
        private String type = "";
        private String unknown = "";

        Places places() {
            return new Places(List.copyOf(chain), type, unknown);
        }

        void run(Path path, Step step) {
            try {
                step.run();
            } catch (IOException e) {
                unknown(Messages.get("place.unreadable", path, String.valueOf(e.getMessage())));
            }
        }

        private void unknown(String why) {
            if (unknown.isEmpty()) {
                unknown = why;
            }
        }

        void source(Path path) throws IOException {
            Optional<Integer> number = DeviceNames.disk(path);
            if (number.isPresent()) {
                disk(number.get(), true, false);
                return;
            }
            if (DeviceNames.isDevice(path)) {
                Optional<Character> letter = DeviceNames.letter(path);
                String id = letter.isPresent()
                        ? volumes.id(letter.get() + ":\\")
                        : DeviceNames.volume(path).orElseThrow();
                volume(id, DeviceNames.open(path), true, false);
                return;
            }
            try (Handle file = Handle.path(calls, Wide.path(path));
                    Memory info = new Memory(FILE_INFORMATION)) {
                if (calls.GetFileInformationByHandle(file.pointer(), info) == 0) {
                    throw new CallException(Native.getLastError());
                }
                ByteBuffer told = info.getByteBuffer(0, FILE_INFORMATION).order(ByteOrder.LITTLE_ENDIAN);
                String key = "file:%08x:%08x%08x".formatted(told.getInt(28), told.getInt(44), told.getInt(48));
                chain.add(new Place(key, path.toString(), true, false));
            }
            fileSystem(path, false, true);
        }

        /** The volume that holds what is at the path, and what it lies on. */
        void fileSystem(Path path, boolean same, boolean stored) throws IOException {
            String real;
            Optional<String> id;
            try (Handle handle = Handle.path(calls, Wide.path(path))) {
                id = finalPath(handle, VOLUME_NAME_GUID).flatMap(DeviceNames::volume);
                real = id.isPresent() ? "" : finalPath(handle, VOLUME_NAME_DOS).orElse("");
            }
            if (id.isPresent()) {
                type = volumes.format(id.get()).fileSystem().toLowerCase(Locale.ROOT);
                String title =
                        volumes.mountPoints(id.get()).stream().findFirst().orElse(DeviceNames.volumeRoot(id.get()));
                volume(id.get(), title, same, stored);
            } else if (real.startsWith(SHARE)) {
                share(real.substring(SHARE.length()), same, stored);
            } else {
                unknown(Messages.get("windows.place.no-volume", path));
            }
        }

        private Optional<String> finalPath(Handle handle, int form) {
            try (Memory text = new Memory(LETTERS * 2L)) {
                text.clear();
                int letters = calls.GetFinalPathNameByHandleW(handle.pointer(), text, LETTERS, form);
                return letters > 0 && letters < LETTERS ? Optional.of(Wide.text(text, LETTERS)) : Optional.empty();
            }
        }

        private void share(String path, boolean same, boolean stored) {
            String[] parts = path.split("\\\\", 3);
            String name = "\\\\" + parts[0] + (parts.length > 1 ? "\\" + parts[1] : "");
            if (own.test(parts[0])) {
                unknown(Messages.get("place.own-server", name, parts[0]));
            } else {
                chain.add(new Place("network:" + name.toLowerCase(Locale.ROOT), name, same, stored));
            }
        }

        private void volume(String id, String title, boolean same, boolean stored) throws IOException {
            chain.add(new Place("volume:" + id, title, same, stored));
            try {
                for (Volumes.Extent extent : volumes.extents(id)) {
                    // a volume may have several names; the place on its disk is one
                    chain.add(new Place("extent:" + extent.disk() + ":" + extent.start(), title, same, stored));
                    disk(extent.disk(), false, stored);
                }
            } catch (CallException e) {
                unknown(Messages.get("windows.place.no-disk", title, String.valueOf(e.getMessage())));
            }
        }

        private void disk(int number, boolean same, boolean stored) throws CallException {
            String name = DeviceNames.disk(number);
            chain.add(new Place("disk:" + number, name, same, stored));
            try (Handle disk = Handle.device(calls, name, Handle.QUERY)) {
                switch (Volumes.descriptor(disk).bus()) {
                    case VIRTUAL, FILE_BACKED -> unknown(Messages.get("windows.place.virtual", name));
                    case STORAGE_SPACES -> unknown(Messages.get("windows.place.spaces", name));
                    default -> {}
                }
            }
        }
    }
}
