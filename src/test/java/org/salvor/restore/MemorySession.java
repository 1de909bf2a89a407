package org.salvor.restore;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.FileId;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.NeededCertificate;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SessionCapabilities;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.StreamInfo;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** A session whose files are made up: what a restore does can be tried without any file system below it. */
class MemorySession implements RecoverySession {
    static final long TIME = 16_000_000_000_000_000L;

    private final SourceIdentity identity;
    private final IdScheme ids = new IdScheme("ntfs:cafe", IdScheme.Form.RECORD_AND_SEQUENCE);
    private final CatalogBuilder builder = new CatalogBuilder(ids);
    private final Map<FileId, Supplier<List<Part>>> contents = new LinkedHashMap<>();
    private final Map<Integer, Rating> later = new LinkedHashMap<>();
    private long next = 40;
    private int attributes = 0x20;

    MemorySession(String source) {
        identity = new SourceIdentity(source, "", "NTFS", "cafe", 1 << 20, "00", Map.of());
    }

    /** One substream: chunks are bytes, holes (a Long), or exceptions and losses. */
    record Part(StreamType type, String name, long size, List<Object> pieces) {}

    static Part data(byte[] bytes) {
        return new Part(StreamType.DATA, "", bytes.length, List.of(bytes));
    }

    static Part stream(String name, byte[] bytes) {
        return new Part(StreamType.ALTERNATE_DATA, name, bytes.length, List.of(bytes));
    }

    /** Something that the source held, and that is no row. */
    void lost(String sentence) {
        builder.lost(sentence);
    }

    Catalog catalog() {
        return builder.catalog();
    }

    Selection all() {
        Selection selection = new Selection();
        for (int row = 0; row < catalog().size(); row++) {
            selection.set(row, true);
        }
        return selection;
    }

    int folder(int parent, String name) {
        return add(parent, name, true, Catalog.NONE, next++ << 16 | 1, 0, List.of(), List::of);
    }

    int file(int parent, String name, byte[] content) {
        return file(parent, name, () -> List.of(data(content)), content.length);
    }

    int file(int parent, String name, Part... parts) {
        long size = 0;
        for (Part part : parts) {
            size += part.type() == StreamType.DATA ? part.size() : 0;
        }
        return file(parent, name, () -> List.of(parts), size);
    }

    int file(int parent, String name, Supplier<List<Part>> parts, long size) {
        List<StreamInfo> streams = new ArrayList<>();
        return add(parent, name, false, Catalog.NONE, next++ << 16 | 1, size, streams, parts);
    }

    /** A file or folder that is a reparse point. */
    int reparse(int parent, String name, boolean folder, byte[] data) {
        attributes = 0x400;
        int row = add(
                parent,
                name,
                folder,
                Catalog.NONE,
                next++ << 16 | 1,
                0,
                List.of(),
                () -> List.of(new Part(StreamType.REPARSE_DATA, "", data.length, List.of(data))));
        attributes = 0x20;
        return row;
    }

    /** A further name of the file of that row. */
    int link(int parent, String name, int first) {
        return add(
                parent,
                name,
                false,
                first,
                catalog().key(first),
                catalog().size(first),
                List.of(),
                Objects.requireNonNull(contents.get(catalog().id(first))));
    }

    /** An export of an encrypted file. */
    static Part encrypted(long size, Object... pieces) {
        return new Part(StreamType.ENCRYPTED_RAW, "", size, List.of(pieces));
    }

    int locked(String name, Encryption.Kind kind, byte[] export) {
        return locked(name, kind, encrypted(export.length, export));
    }

    int locked(String name, Encryption.Kind kind, Part export) {
        int row = file(Catalog.NONE, name, () -> List.of(export), export.size() / 2);
        lock(row, kind);
        return row;
    }

    void lock(int row, Encryption.Kind kind) {
        builder.encryption(row, new Encryption(kind, List.of(new NeededCertificate("AB", "ann", false))));
        builder.locked(row, true);
    }

    void rate(int row, RatingClass ratingClass, int percent, ReasonKind reason) {
        builder.rating(row, Rating.of(ratingClass, percent, reason));
    }

    /** What the check of the content finds. */
    void rateLater(int row, Rating rating) {
        later.put(row, rating);
    }

    private int add(
            int parent,
            String name,
            boolean folder,
            int linkOf,
            long key,
            long size,
            List<StreamInfo> streams,
            Supplier<List<Part>> parts) {
        int row = builder.add(new FileRow(
                parent,
                name,
                folder,
                true,
                Provenance.TABLE,
                key,
                -1,
                key,
                linkOf,
                size,
                size,
                TIME,
                TIME + 10_000_000,
                TIME,
                TIME,
                attributes,
                1,
                key >>> 16,
                streams));
        builder.rating(row, new Rating(RatingClass.INTACT, 100, EnumSet.of(ReasonKind.CLUSTERS_FREE), Catalog.NONE));
        contents.put(catalog().id(row), parts);
        return row;
    }

    @Override
    public SourceIdentity identity() {
        return identity;
    }

    @Override
    public SessionCapabilities capabilities() {
        return new SessionCapabilities(false, true, false, true);
    }

    @Override
    public IdScheme ids() {
        return ids;
    }

    @Override
    public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) {
        throw new UnsupportedOperationException("its catalog is made by hand");
    }

    @Override
    public void adopt(Catalog saved) {}

    @Override
    public Rating rateContent(Catalog catalog, int row) {
        return later.getOrDefault(row, catalog.rating(row));
    }

    @Override
    public Content content(FileId file) throws RecoveryException {
        Supplier<List<Part>> parts = contents.get(file);
        if (parts == null) {
            throw new RecoveryException("no such file: " + file);
        }
        return new Parts(new ArrayDeque<>(parts.get()));
    }

    @Override
    public void close() {}

    private record Parts(Queue<Part> left) implements Content.Substreams {
        @Override
        public @Nullable Substream next() {
            Part part = left.poll();
            return part == null ? null : new Pieces(part);
        }

        @Override
        public Content.@Nullable RandomAccess main() {
            return null;
        }

        @Override
        public void close() {}
    }

    private static final class Pieces implements Substream {
        private final Part part;
        private final Queue<Object> left;
        private long position;

        Pieces(Part part) {
            this.part = part;
            left = new ArrayDeque<>(part.pieces());
        }

        @Override
        public StreamType type() {
            return part.type();
        }

        @Override
        public String name() {
            return part.name();
        }

        @Override
        public long size() {
            return part.size();
        }

        @Override
        public @Nullable Chunk next() throws RecoveryException {
            Object piece = left.poll();
            if (piece == null) {
                return null;
            }
            if (piece instanceof RecoveryException failure) {
                throw failure;
            }
            Chunk chunk = switch (piece) {
                case byte[] bytes -> new Chunk.Bytes(position, ByteBuffer.wrap(bytes));
                case Long hole -> new Chunk.Hole(position, hole);
                case Integer lost -> new Chunk.Lost(position, lost, "the sectors cannot be read");
                default -> throw new IllegalStateException("not a piece: " + piece);
            };
            position += chunk.length();
            return chunk;
        }
    }
}
