package org.salvor.recovery;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an operating system can do with files beyond Java: extended attributes of every name space, one sync for many files. */
public interface HostFiles {
    /** The value, or null where the file has no such attribute or the file system none at all. Links are not followed. */
    byte @Nullable [] attribute(Path file, String name) throws IOException;

    /** Sets or replaces. Links are not followed. */
    void attribute(Path file, String name, byte[] value) throws IOException;

    /** Names of all extended attributes that can be seen. */
    List<String> attributes(Path file) throws IOException;

    /** Brings everything written so far to the file system of {@code folder}, and at least these files, to the medium. */
    void sync(Path folder, List<Path> files) throws IOException;

    /**
     * Brings to the medium what was written of the file so far, so that a later sync has less to wait for. May do nothing, and may
     * take as long as the medium does.
     *
     * @throws IOException where the medium did not take it
     */
    default void flush(Path file) throws IOException {}

    /** Whether the named streams of a file can be opened as {@code file:stream}, whatever its attributes say. */
    default boolean colonStreams() {
        return false;
    }

    /**
     * Goes from {@code root} to a folder below it, name by name, and holds it. Where the system has handles of folders, what {@link
     * HeldFolder#path} leads to stays the same whatever becomes of the names above it; elsewhere each step is looked at once.
     *
     * @param root a real path
     * @param steps single names
     * @throws NotDirectoryException a step is a link, or no folder
     * @throws java.nio.file.NoSuchFileException a step is not there
     */
    default HeldFolder hold(Path root, List<String> steps) throws IOException {
        Path at = root;
        for (String step : steps) {
            at = at.resolve(step);
            BasicFileAttributes is = Files.readAttributes(at, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            // A junction of Windows is a folder for Java, and something else at the same time.
            if (!is.isDirectory() || is.isOther()) {
                throw new NotDirectoryException(at.toString());
            }
        }
        Path folder = at;
        return new HeldFolder() {
            @Override
            public Path path() {
                return folder;
            }

            @Override
            public void close() {}
        };
    }

    /** Asks the system to read the file from the medium the next time. A hint: may do nothing. */
    void forget(Path file) throws IOException;

    /** Only what Java can do everywhere: no extended attributes, files synced one by one. */
    HostFiles PLAIN = new HostFiles() {
        @Override
        public byte @Nullable [] attribute(Path file, String name) {
            return null;
        }

        @Override
        public void attribute(Path file, String name, byte[] value) throws IOException {
            throw new IOException("extended attributes are not available here");
        }

        @Override
        public List<String> attributes(Path file) {
            return List.of();
        }

        @Override
        public void sync(Path folder, List<Path> files) throws IOException {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                }
            }
        }

        @Override
        public void forget(Path file) {}
    };
}
