package org.salvor.restore;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.PreparedFile;
import org.salvor.substream.StreamType;
import org.salvor.text.JsonWriter;

/**
 * The folder {@code NAME.sidecar} beside a restored file: what of its content the target could not hold. {@code sidecar.json}
 * lists it; the streams lie beside it as files, bytes as they were on the source. What every file has (permissions, attributes,
 * times) is in the {@link CommonSidecar}.
 */
class Sidecar {
    static final String INDEX = "sidecar.json";

    record Part(StreamType type, String name, String file, long size, String sha256) {}

    private final Path folder;
    private final List<Part> parts = new ArrayList<>();
    private boolean made;
    private int streams;

    Sidecar(Path folder) {
        this.folder = folder;
    }

    final List<Part> parts() {
        return List.copyOf(parts);
    }

    final boolean empty() {
        return parts.isEmpty();
    }

    /** A new file for a stream; {@link #part} tells what became of it. */
    SeekableByteChannel open(String file) throws IOException {
        make();
        Path path = folder.resolve(file);
        return FileChannel.open(
                path, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    final Path path(String file) {
        return folder.resolve(file);
    }

    /** The name of the file for the next stream of this kind. */
    final String fileFor(StreamType type) {
        return switch (type) {
            case EA_DATA -> "ea.bin";
            case OBJECT_ID -> "object-id.bin";
            case REPARSE_DATA -> "reparse.bin";
            default -> "stream-" + ++streams + ".bin";
        };
    }

    final void part(StreamType type, String name, String file, long size, String sha256) {
        parts.add(new Part(type, name, file, size, sha256));
    }

    /**
     * Writes the index, if there is anything to tell.
     *
     * @param size of the file's content, as is {@code sha256}: another file that takes its name later is known by them
     */
    void finish(PreparedFile file, long size, String sha256) throws IOException {
        if (empty()) {
            return;
        }
        make();
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve(INDEX), StandardOpenOption.CREATE_NEW)) {
            JsonWriter json = new JsonWriter(out).object();
            json.field("format", "salvor-sidecar").field("version", 1);
            json.field("name", file.name());
            json.field("size", size).field("sha256", file.folder() ? "" : sha256);
            json.name("streams").array();
            for (Part part : parts) {
                json.object()
                        .field("type", part.type().name())
                        .field("name", part.name())
                        .field("file", part.file())
                        .field("size", part.size())
                        .field("sha256", part.sha256())
                        .end();
            }
            json.end().end().newLine();
        }
    }

    private void make() throws IOException {
        if (!made) {
            Files.createDirectory(folder);
            made = true;
        }
    }

    /** Removes a sidecar with all that is in it; links in it are removed, not followed. Nothing happens if there is none. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
