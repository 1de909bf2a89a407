package org.salvor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundName;
import org.salvor.filesystem.ScanSink;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** Everything that a session finds and can read, hashed: what tests compare with a manifest. */
public final class Harvest {
    /**
     * One row of the catalog with its content.
     *
     * @param main the main stream, or null where there is none
     * @param failure why the content could not be read at all; empty if it could
     */
    public record Item(
            int row,
            String path,
            boolean folder,
            boolean deleted,
            Rating rating,
            @Nullable Read main,
            Map<String, Read> streams,
            Map<StreamType, byte[]> others,
            String failure) {
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        public boolean intact() {
            return rating.ratingClass() == RatingClass.INTACT;
        }

        /** Whether main and named streams are those of the manifest, byte for byte. */
        public boolean equalsIn(Manifest.Entry entry) {
            return mainEquals(entry)
                    && entry.streams().stream()
                            .allMatch(s -> streams.get(s.name()) != null
                                    && streams.get(s.name()).whole(s.sha256()));
        }

        public boolean mainEquals(Manifest.Entry entry) {
            return main == null ? entry.size() == 0 : main.whole(entry.sha256());
        }

        @Override
        public String toString() {
            return (deleted ? "* " : "  ") + path + " " + rating + " " + main + " " + streams + " " + failure;
        }
    }

    /** The bytes of one stream. */
    public record Read(long size, String sha256, long bytes, long holes, long lost) {
        boolean whole(String expected) {
            return lost == 0 && sha256.equals(expected);
        }
    }

    private final Catalog catalog;
    private final List<Item> items = new ArrayList<>();

    private Harvest(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Scans, then reads every file that {@code wanted} takes. */
    public static Harvest of(RecoverySession session, ScanPlan plan, JobMonitor monitor) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        session.scan(plan, builder, monitor);
        return of(session, builder.catalog(), row -> true);
    }

    public static Harvest of(RecoverySession session, Catalog catalog, IntPredicate wanted) {
        Harvest harvest = new Harvest(catalog);
        for (int row = 0; row < catalog.size(); row++) {
            if (wanted.test(row)) {
                harvest.items.add(read(session, catalog, row));
            }
        }
        return harvest;
    }

    public Catalog catalog() {
        return catalog;
    }

    public List<Item> items() {
        return items;
    }

    public List<Item> files() {
        return items.stream().filter(i -> !i.folder()).toList();
    }

    public List<Item> at(String path) {
        return items.stream().filter(i -> i.path().equals(path)).toList();
    }

    /** The only row of this path. */
    public Item one(String path) {
        List<Item> there = at(path);
        if (there.size() != 1) {
            throw new AssertionError(there.size() + " rows at " + path + " among "
                    + items.stream().map(Item::path).toList());
        }
        return there.getFirst();
    }

    /** What the file system below the session gives: paths are bare names, one item for each name, nothing is rated. */
    public static List<Item> of(FileSystem volume, boolean thorough) throws RecoveryException {
        List<Item> items = new ArrayList<>();
        List<FoundFile> found = new ArrayList<>();
        volume.scan(thorough, new ScanSink() {
            @Override
            public void found(FoundFile file) {
                found.add(file);
            }

            @Override
            public void skipped(RecoveryException problem) {}

            @Override
            public void progress(long bytesRead, long total) {}
        });
        for (FoundFile file : found) {
            Contents contents = new Contents();
            if (file.contentKnown()) {
                try (FileContent content = volume.open(file.key(), file.locator())) {
                    for (Substream s = content.next(); s != null; s = content.next()) {
                        contents.take(s);
                    }
                } catch (RecoveryException e) {
                    contents.failure = String.valueOf(e.getMessage());
                }
            }
            List<String> names = file.names().stream().map(FoundName::name).toList();
            for (String name : names.isEmpty() ? List.of("") : names) {
                items.add(contents.item(-1, name, file.folder(), file.deleted(), Rating.PENDING));
            }
        }
        return items;
    }

    private static Item read(RecoverySession session, Catalog catalog, int row) {
        Contents contents = new Contents();
        Rating rating = catalog.rating(row);
        try (Content content = session.content(catalog.id(row))) {
            if (content instanceof Content.Substreams substreams) {
                for (Substream s = substreams.next(); s != null; s = substreams.next()) {
                    contents.take(s);
                }
            }
        } catch (RecoveryException e) {
            contents.failure = String.valueOf(e.getMessage());
        }
        return contents.item(row, catalog.path(row), catalog.folder(row), catalog.deleted(row), rating);
    }

    /** Gathers the substreams of one file. */
    private static final class Contents {
        private final Map<String, Read> streams = new LinkedHashMap<>();
        private final Map<StreamType, byte[]> others = new HashMap<>();
        private @Nullable Read main;
        private String failure = "";

        void take(Substream s) throws RecoveryException {
            switch (s.type()) {
                case DATA -> main = drain(s, null);
                case ALTERNATE_DATA -> streams.put(s.name(), drain(s, null));
                default -> {
                    ByteArrayOutputStream kept = new ByteArrayOutputStream();
                    drain(s, kept);
                    others.put(s.type(), kept.toByteArray());
                }
            }
        }

        Item item(int row, String path, boolean folder, boolean deleted, Rating rating) {
            return new Item(row, path, folder, deleted, rating, main, streams, others, failure);
        }
    }

    /** Reads a substream to its end and checks that its chunks come in order, without gaps, and make up its size. */
    static Read drain(Substream stream, @Nullable ByteArrayOutputStream copy) throws RecoveryException {
        MessageDigest digest = sha256();
        byte[] zeros = new byte[1 << 16];
        long at = 0;
        long bytes = 0;
        long holes = 0;
        long lost = 0;
        for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            long length = chunk.length();
            if (chunk.offset() != at) {
                throw new AssertionError("a chunk at " + chunk.offset() + " where " + at + " comes next");
            }
            switch (chunk) {
                case Chunk.Bytes b -> {
                    ByteBuffer data = b.data().duplicate();
                    if (copy != null) {
                        byte[] part = new byte[data.remaining()];
                        data.duplicate().get(part);
                        copy.writeBytes(part);
                    }
                    digest.update(data);
                    bytes += length;
                }
                case Chunk.Hole hole -> {
                    zeros(digest, zeros, length);
                    holes += hole.length();
                }
                case Chunk.Lost gone -> {
                    zeros(digest, zeros, length);
                    lost += gone.length();
                }
            }
            at += length;
        }
        if (at != stream.size()) {
            throw new AssertionError("a stream of " + stream.size() + " bytes gave " + at);
        }
        return new Read(at, HexFormat.of().formatHex(digest.digest()), bytes, holes, lost);
    }

    private static void zeros(MessageDigest digest, byte[] zeros, long length) {
        for (long left = length; left > 0; left -= zeros.length) {
            digest.update(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
