package org.salvor.backup.mtf;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.EntrySink;
import org.salvor.device.BlockDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** What a listing of one set told, and the contents of its entries. */
final class Listed implements EntrySink {
    final Map<String, BackupEntry> entries = new LinkedHashMap<>();
    final List<String> folders = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<RecoveryException> problems = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    long progress;

    static BackupArchive open(List<byte[]> media) throws RecoveryException {
        List<BlockDevice> devices = new ArrayList<>();
        for (byte[] medium : media) {
            devices.add(MemoryDevice.of(medium, "medium " + (devices.size() + 1)));
        }
        return new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(devices);
    }

    static BackupArchive open(String name) throws RecoveryException {
        return open(SmallMedia.files(name));
    }

    static Listed of(BackupArchive archive, int set) throws RecoveryException {
        Listed listed = new Listed();
        archive.list(set, listed);
        return listed;
    }

    @Override
    public int folder(List<String> path, BackupEntry entry) {
        String all = String.join("/", path);
        entries.put(all, entry);
        folders.add(all);
        paths.add(all);
        return paths.size() - 1;
    }

    @Override
    public void file(int folder, BackupEntry entry) {
        entries.put(folder < 0 ? entry.name() : paths.get(folder) + "/" + entry.name(), entry);
    }

    @Override
    public void skipped(RecoveryException problem) {
        problems.add(problem);
    }

    @Override
    public void note(String sentence) {
        notes.add(sentence);
    }

    @Override
    public void progress(long bytes, long total) {
        progress = bytes;
        if (bytes < 0 || bytes > total) {
            throw new AssertionError("passed " + bytes + " of " + total);
        }
    }

    BackupEntry entry(String path) {
        BackupEntry entry = entries.get(path);
        if (entry == null) {
            throw new AssertionError(path + " is not among " + entries.keySet());
        }
        return entry;
    }

    /**
     * A stream as it was read.
     *
     * @param lost bytes that are gone; they are zeros in {@code bytes}
     * @param holes bytes in holes
     * @param thrown what the stream said at its end
     */
    record Read(
            StreamType type,
            String name,
            byte[] bytes,
            long lost,
            long holes,
            boolean sparse,
            @Nullable String thrown) {}

    /** Every stream of an entry; nothing of it may be missing. */
    static List<Read> read(BackupArchive archive, int set, BackupEntry entry) throws RecoveryException {
        List<Read> all = new ArrayList<>();
        RecoveryException problem = read(archive, set, entry, all);
        if (problem != null) {
            throw problem;
        }
        return all;
    }

    /** Every stream of an entry that can be opened. @return what was said of others */
    static @Nullable RecoveryException read(BackupArchive archive, int set, BackupEntry entry, List<Read> all)
            throws RecoveryException {
        try (BackupContent content = archive.open(set, entry.key(), entry.locator())) {
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                all.add(read(stream));
            }
            return null;
        } catch (RecoveryException e) {
            return e;
        }
    }

    static Read read(Substream stream) throws RecoveryException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long lost = 0;
        long holes = 0;
        String thrown = null;
        try {
            for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
                if (chunk.offset() != out.size() || chunk.length() <= 0) {
                    throw new AssertionError(chunk + " where " + out.size() + " comes next");
                }
                switch (chunk) {
                    case Chunk.Bytes bytes -> {
                        byte[] copy = new byte[bytes.data().remaining()];
                        bytes.data().get(copy);
                        out.writeBytes(copy);
                    }
                    case Chunk.Hole hole -> {
                        holes += hole.length();
                        out.writeBytes(new byte[(int) hole.length()]);
                    }
                    case Chunk.Lost gone -> {
                        lost += gone.length();
                        out.writeBytes(new byte[(int) gone.length()]);
                    }
                }
            }
        } catch (RecoveryException e) {
            thrown = e.getMessage();
        }
        if (out.size() != stream.size()) {
            throw new AssertionError(stream.name() + " has " + stream.size() + " bytes and gave " + out.size());
        }
        return new Read(stream.type(), stream.name(), out.toByteArray(), lost, holes, stream.sparse(), thrown);
    }

    /** The main stream of an entry. */
    static Read main(BackupArchive archive, int set, BackupEntry entry) throws RecoveryException {
        List<Read> all = new ArrayList<>();
        read(archive, set, entry, all);
        for (Read stream : all) {
            if (stream.type() == StreamType.DATA || stream.type() == StreamType.ENCRYPTED_RAW) {
                return stream;
            }
        }
        throw new AssertionError(entry.name() + " has no content");
    }

    /** The main stream, by random access in pieces of an odd size. */
    static byte[] randomly(BackupArchive archive, int set, BackupEntry entry) throws RecoveryException {
        try (BackupContent content = archive.open(set, entry.key(), entry.locator())) {
            if (!content.randomAccess()) {
                throw new AssertionError(entry.name() + " has no random access");
            }
            byte[] all = new byte[(int) content.mainSize()];
            int piece = 777;
            for (int at = (all.length - 1) / piece * piece; at >= 0; at -= piece) {
                ByteBuffer part = ByteBuffer.allocate(piece);
                int read = content.readMain(at, part);
                if (read != Math.min(piece, all.length - at)) {
                    throw new AssertionError(read + " bytes at " + at);
                }
                part.flip().get(all, at, read);
            }
            if (content.readMain(all.length, ByteBuffer.allocate(1)) != -1) {
                throw new AssertionError("bytes behind the end");
            }
            return all;
        }
    }
}
