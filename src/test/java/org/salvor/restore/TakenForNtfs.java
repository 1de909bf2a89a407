package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.posix.LinuxFiles;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.PlaceResolver;

/** A folder of any file system that looks like one of ntfs-3g: what only NTFS holds is remembered for each file. */
final class TakenForNtfs implements HostFiles, PlaceResolver {
    private final LinuxFiles linux = new LinuxFiles();
    private final Map<Object, Map<String, byte[]>> files = new HashMap<>();

    /** Names that it refuses to set. */
    final Set<String> refused = new HashSet<>();

    private static Object key(Path file) throws IOException {
        return Objects.requireNonNull(Files.getAttribute(file, "unix:fileKey", LinkOption.NOFOLLOW_LINKS));
    }

    /** Everything that was put on a file. */
    Map<String, byte[]> on(Path file) throws IOException {
        return files.getOrDefault(key(file), Map.of());
    }

    /** How many files have anything on them. */
    int count() {
        return files.size();
    }

    @Override
    public byte @Nullable [] attribute(Path file, String name) throws IOException {
        byte[] known = on(file).get(name);
        if (known != null) {
            return known.clone();
        }
        return switch (name) {
            case "system.ntfs_attrib_be" -> new byte[4];
            case "system.ntfs_times_be" -> new byte[32];
            default -> null;
        };
    }

    @Override
    public void attribute(Path file, String name, byte[] value) throws IOException {
        if (refused.contains(name)) {
            throw new IOException("not taken");
        }
        files.computeIfAbsent(key(file), any -> new HashMap<>()).put(name, value.clone());
    }

    @Override
    public List<String> attributes(Path file) throws IOException {
        return List.copyOf(on(file).keySet());
    }

    @Override
    public HeldFolder hold(Path root, List<String> steps) throws IOException {
        return linux.hold(root, steps);
    }

    @Override
    public void sync(Path folder, List<Path> paths) {}

    @Override
    public void forget(Path file) {}

    @Override
    public Places holding(Path path) {
        return new Places(List.of(new Place("here", "here", true, false)), "fuseblk", "");
    }

    @Override
    public Places source(Path path) {
        return new Places(List.of(new Place("source", "source", true, false)), "", "");
    }
}
