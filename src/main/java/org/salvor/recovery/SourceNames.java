package org.salvor.recovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** How a source is named in commands, reports and saved scans (contract, section 1). */
public final class SourceNames {
    public static final String PRACTICE = "practice:";
    public static final String SAVED_SCAN_ENDING = ".salvorscan";

    private SourceNames() {}

    /**
     * The source of that name; the reverse of {@link Source#text()}. What is not there, or cannot be looked at, is taken for an
     * image: opening it tells what is wrong.
     *
     * @throws RecoveryException the name cannot be a path on this computer
     */
    public static Source parse(String text) throws RecoveryException {
        if (text.equals(PRACTICE)) {
            return new Source.Practice();
        }
        Path path;
        try {
            path = DevicePaths.of(text);
        } catch (InvalidPathException e) {
            throw new RecoveryException(Messages.get("source.no-path", text), e);
        }
        if (isSavedScan(text)) {
            return new Source.SavedScan(path);
        }
        // a file in memory lies there, too: /dev/shm
        if (DevicePaths.isWindows(text) || text.startsWith("/dev/") && !Files.isRegularFile(path)) {
            return new Source.Device(path, DiskDetails.UNKNOWN);
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return new Source.BackupFolder(path);
            }
            return attributes.isOther() ? new Source.Device(path, DiskDetails.UNKNOWN) : new Source.ImageFile(path);
        } catch (IOException e) {
            return new Source.ImageFile(path);
        }
    }

    /** The source of that name, if it is on this computer; a report or a sidecar may have come from another. The practice disk is a copy wherever it is. */
    public static Optional<Source> here(String name) {
        try {
            Source source = parse(name);
            return source instanceof Source.Practice || Files.notExists(DevicePaths.of(name))
                    ? Optional.empty()
                    : Optional.of(source);
        } catch (RecoveryException e) {
            return Optional.empty();
        }
    }

    /** Whether a source of that name is a saved scan. */
    public static boolean isSavedScan(String text) {
        return text.toLowerCase(Locale.ROOT).endsWith(SAVED_SCAN_ENDING);
    }

    /** The name under which saved scans, journals and reports find the source again, whatever folder a program is started in. */
    public static String fromAnywhere(Source source) {
        return switch (source) {
            case Source.Practice practice -> practice.text();
            case Source.Device device -> DevicePaths.name(device.path().toAbsolutePath());
            case Source.ImageFile image -> absolute(image.path());
            case Source.BackupFolder folder -> absolute(folder.path());
            case Source.SavedScan scan -> absolute(scan.path());
        };
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }
}
