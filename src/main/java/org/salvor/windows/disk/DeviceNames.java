package org.salvor.windows.disk;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.salvor.recovery.DevicePaths;

/**
 * How disks and volumes of Windows are called: {@code \\.\PhysicalDrive1}, {@code \\.\D:}, {@code \\.\Volume{...}}; as paths they are what
 * {@link DevicePaths} makes of them. For {@code \\?\Volume} Java has no path at all.
 */
final class DeviceNames {
    private static final String DEVICE = "\\\\.\\";
    private static final Pattern DISK = Pattern.compile("\\\\\\\\\\.\\\\PHYSICALDRIVE(\\d{1,4})\\\\*");
    private static final Pattern LETTER = Pattern.compile("\\\\\\\\\\.\\\\([A-Z]):");
    private static final Pattern VOLUME = Pattern.compile("\\\\\\\\[.?]\\\\VOLUME(\\{[0-9A-F-]{36}})(?:\\\\.*)?");

    private DeviceNames() {}

    /** The number of a disk. */
    static Optional<Integer> disk(Path path) {
        Matcher matcher = DISK.matcher(upper(path));
        return matcher.matches() ? Optional.of(Integer.parseInt(matcher.group(1))) : Optional.empty();
    }

    /** The letter of a volume, in the form for devices only: {@code D:\} is a folder. */
    static Optional<Character> letter(Path path) {
        Matcher matcher = LETTER.matcher(upper(path));
        return matcher.matches() ? Optional.of(matcher.group(1).charAt(0)) : Optional.empty();
    }

    /** The id of a volume, in braces and lower case, from its path as a device. */
    static Optional<String> volume(Path path) {
        return volume(path.toString());
    }

    /** The id of a volume, in braces and lower case, from a text of Windows that begins with it. */
    static Optional<String> volume(String text) {
        Matcher matcher = VOLUME.matcher(text.toUpperCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static String upper(Path path) {
        return DevicePaths.name(path).toUpperCase(Locale.ROOT);
    }

    static boolean isDevice(Path path) {
        return disk(path).isPresent()
                || letter(path).isPresent()
                || volume(path).isPresent() && path.toString().startsWith(DEVICE);
    }

    /** As CreateFile takes it. */
    static String open(Path path) {
        return disk(path)
                .map(DeviceNames::disk)
                .or(() -> letter(path).map(letter -> DEVICE + letter + ":"))
                .or(() -> volume(path).map(DeviceNames::volumeDevice))
                .orElse(path.toString());
    }

    static String disk(int number) {
        return DEVICE + "PhysicalDrive" + number;
    }

    /** A volume as a device: no backslash at the end. */
    static String volumeDevice(String id) {
        return DEVICE + "Volume" + id;
    }

    /** A volume as a folder. */
    static String volumeRoot(String id) {
        return "\\\\?\\Volume" + id + "\\";
    }

    /** Empty where Java has no path for it. */
    static Optional<Path> path(String text) {
        try {
            return Optional.of(DevicePaths.of(text));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
