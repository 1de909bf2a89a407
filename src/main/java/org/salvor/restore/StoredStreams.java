package org.salvor.restore;

import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.StreamType;
import org.salvor.text.Json;

/** Finds named streams of restored files again: as extended attributes, as {@code file:stream}, or in the sidecar. */
final class StoredStreams {
    private StoredStreams() {}

    /** In hexadecimal; empty if the stream is nowhere. */
    static String sha256(Path file, String stream, HostFiles host, JobMonitor monitor)
            throws IOException, CancelledException {
        String there = onFile(file, stream, host, monitor);
        return there.isEmpty() ? inSidecar(file, stream, monitor) : there;
    }

    /** The same of a stream that is on the file itself. */
    static String onFile(Path file, String stream, HostFiles host, JobMonitor monitor)
            throws IOException, CancelledException {
        byte[] attribute = host.attribute(file, "user." + stream);
        if (attribute != null) {
            return Hashes.hex(Hashes.sha256(attribute));
        }
        if (host.colonStreams() || host.attribute(file, NtfsAttributes.STREAM_LIST) != null) {
            return hash(file + ":" + stream, monitor);
        }
        return "";
    }

    private static String hash(String path, JobMonitor monitor) throws IOException, CancelledException {
        try (FileChannel in = open(path)) {
            return Hashes.of(in, monitor);
        } catch (NoSuchFileException | FileNotFoundException e) {
            return "";
        }
    }

    /** On Windows a name with a colon is no {@link Path}, only a name for the older classes of Java. */
    @SuppressWarnings("resource") // the stream is closed with its channel
    private static FileChannel open(String path) throws IOException {
        Path known;
        try {
            known = Path.of(path);
        } catch (InvalidPathException e) {
            return new FileInputStream(path).getChannel();
        }
        return FileChannel.open(known, StandardOpenOption.READ);
    }

    private static String inSidecar(Path file, String stream, JobMonitor monitor)
            throws IOException, CancelledException {
        Path folder = file.resolveSibling(file.getFileName() + TargetNames.SIDECAR);
        Path index = folder.resolve(Sidecar.INDEX);
        if (!Files.isRegularFile(index, LinkOption.NOFOLLOW_LINKS)) {
            return "";
        }
        try {
            for (Json part : Json.parse(Files.readString(index)).list("streams")) {
                Path name = Path.of(part.string("file")).getFileName();
                if (name != null
                        && part.string("type").equals(StreamType.ALTERNATE_DATA.name())
                        && part.string("name").equals(stream)) {
                    try (FileChannel in = FileChannel.open(
                            folder.resolve(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                        return Hashes.of(in, monitor);
                    }
                }
            }
            return "";
        } catch (FormatException | InvalidPathException e) {
            return "";
        }
    }
}
