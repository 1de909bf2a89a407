package org.salvor.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.IoReasons;
import org.salvor.text.Json;
import org.salvor.text.Messages;

/**
 * What the {@link Sidecar} of one file keeps of it, as far as that is still what was put there. The sidecar may have been changed by
 * anybody: its files are named by single names, and each is of the size and the SHA-256 that the index tells, or is left alone.
 */
final class KeptParts implements AutoCloseable {
    /** Some thousand streams; Windows writes no file with more. */
    private static final int MAX_INDEX = 4 << 20;

    /** Null where the file has no sidecar. */
    private final @Nullable HeldFolder folder;

    private final List<Sidecar.Part> parts;
    private final List<String> notes;

    private KeptParts(@Nullable HeldFolder folder, List<Sidecar.Part> parts, List<String> notes) {
        this.folder = folder;
        this.parts = parts;
        this.notes = notes;
    }

    /** @param names of the folder that the file lies in: an ending may have made the name of the sidecar shorter there */
    static KeptParts of(Path root, SidecarEntry entry, List<TargetNames> names, HostFiles host, JobMonitor monitor)
            throws IOException, CancelledException {
        Set<String> possible = new LinkedHashSet<>();
        names.forEach(rules -> possible.add(rules.ending(entry.name(), TargetNames.SIDECAR)));
        for (String name : possible) {
            List<String> steps = new ArrayList<>(entry.parents());
            steps.add(name);
            try {
                HeldFolder folder = host.hold(root, steps);
                try {
                    return in(folder, entry, monitor);
                } catch (IOException | RuntimeException | CancelledException e) {
                    folder.close();
                    throw e;
                }
            } catch (NoSuchFileException | NotDirectoryException e) {
                // Most files have none.
            }
        }
        return new KeptParts(null, List.of(), List.of());
    }

    private static KeptParts in(HeldFolder folder, SidecarEntry entry, JobMonitor monitor)
            throws IOException, CancelledException {
        List<String> notes = new ArrayList<>();
        List<Sidecar.Part> parts = new ArrayList<>();
        try {
            Json index = index(folder);
            boolean link = !entry.folder() && !entry.link().isEmpty();
            String content = link ? Hashes.OF_NOTHING : entry.sha256();
            boolean same = index.string("sha256", "none").equals(content) && index.number("size", -1) == entry.size();
            if (!same) {
                notes.add(Messages.get("apply.other-sidecar"));
                return new KeptParts(folder, List.of(), notes);
            }
            for (Json json : index.list("streams")) {
                Sidecar.Part part = new Sidecar.Part(
                        ReportJson.choice(StreamType.class, json.string("type")),
                        json.string("name"),
                        json.string("file"),
                        json.number("size"),
                        json.string("sha256"));
                if (unchanged(folder, part, monitor)) {
                    parts.add(part);
                } else {
                    notes.add(Messages.get("apply.part-changed", part.file()));
                }
            }
        } catch (FormatException e) {
            notes.add(Messages.get("apply.sidecar-damaged", String.valueOf(e.getMessage())));
        }
        return new KeptParts(folder, parts, notes);
    }

    private static Json index(HeldFolder folder) throws IOException, FormatException {
        Path file = folder.path().resolve(Sidecar.INDEX);
        try (InputStream in = Files.newInputStream(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] text = in.readNBytes(MAX_INDEX);
            return Json.parse(new String(text, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new FormatException("sidecar", -1, Sidecar.INDEX, "none");
        }
    }

    private static boolean unchanged(HeldFolder folder, Sidecar.Part part, JobMonitor monitor)
            throws CancelledException {
        try {
            Path file = folder.path().resolve(TargetFolders.own(part.file()));
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!is.isRegularFile() || is.size() != part.size()) {
                return false;
            }
            try (FileChannel in = read(file)) {
                return Hashes.of(in, monitor).equals(part.sha256());
            }
        } catch (IOException e) {
            return false;
        }
    }

    private static FileChannel read(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Those that were found as they were put there. */
    List<Sidecar.Part> parts() {
        return parts;
    }

    /** Whether it keeps what a link points to. */
    boolean link() {
        return parts.stream().anyMatch(part -> part.type() == StreamType.REPARSE_DATA);
    }

    /** Whether it keeps an object id, which no two files of a volume can have. */
    boolean objectId() {
        return parts.stream().anyMatch(part -> part.type() == StreamType.OBJECT_ID);
    }

    /** Sentences for a person about the others. */
    List<String> notes() {
        return notes;
    }

    /** A part as a stream; the channel belongs to the caller. */
    FileChannel open(Sidecar.Part part) throws IOException {
        if (folder == null) {
            throw new NoSuchFileException(part.file());
        }
        return read(folder.path().resolve(TargetFolders.own(part.file())));
    }

    static Substream stream(Sidecar.Part part, FileChannel channel) {
        return new SourceSubstream(part.type(), part.name(), new InFile(channel, part.size()), false);
    }

    private record InFile(FileChannel channel, long size) implements ChunkSource {
        @Override
        public Chunk at(long position, int limit) throws RecoveryException {
            return at(position, ByteBuffer.allocate((int) Math.min(limit, size - position)));
        }

        @Override
        public Chunk at(long position, ByteBuffer space) throws RecoveryException {
            int start = space.position();
            space.limit((int) Math.min(space.limit(), start + size - position));
            try {
                while (space.hasRemaining()) {
                    if (channel.read(space, position + space.position() - start) < 0) {
                        throw new RecoveryException(Messages.get("restore.cut-off"));
                    }
                }
            } catch (IOException e) {
                throw new RecoveryException(IoReasons.of(e), e);
            }
            return new Chunk.Bytes(position, space.position(start));
        }
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
