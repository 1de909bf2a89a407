package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.Gaps;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Progress;
import org.salvor.recovery.StreamsInTurn;
import org.salvor.substream.Chunk;
import org.salvor.substream.ReparseData;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.substream.WireWriter;
import org.salvor.text.Messages;

/** Writes the content of one file as a sequence of backup streams. What is lost of it becomes zeros, and is told. */
final class StreamExport {
    private final String name;
    private final boolean folder;
    private final long expected;
    private final JobMonitor monitor;
    private final WireOutput out;
    private final Map<String, Gaps> gaps = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private long done;
    private long lostMore;
    private boolean main;

    /** @param expected size of the main stream as the catalog has it */
    StreamExport(String name, boolean folder, long expected, SeekableByteChannel to, JobMonitor monitor) {
        this.name = name;
        this.folder = folder;
        this.expected = expected;
        this.monitor = monitor;
        out = new WireOutput(to, monitor);
    }

    /** Everything the content has. */
    StreamExport all(Content.Substreams content) throws IOException, RecoveryException {
        WireWriter writer = new WireWriter(out, this::lost);
        StreamsInTurn turn = new StreamsInTurn(content, folder);
        for (Substream stream = turn.next(); stream != null; stream = turn.next()) {
            monitor.checkpoint();
            one(stream, writer);
        }
        if (!turn.lost().isEmpty()) {
            lostMore++;
            notes.add(turn.lost());
        }
        out.finish();
        if (!main && !folder && expected > 0) {
            lostMore += expected;
            notes.add(Messages.get("restore.no-content"));
        }
        return this;
    }

    private void one(Substream stream, WireWriter writer) throws IOException, RecoveryException {
        switch (stream.type()) {
            case DATA -> {
                main = true;
                Counted counted = new Counted(stream);
                writer.write(counted);
                Gaps missing = gaps.get(what(stream));
                if (missing != null && !counted.any) {
                    throw new RecoveryException(
                            Messages.get("restore.nothing-left", String.join(" ", missing.sentences())));
                }
            }
            case ALTERNATE_DATA -> writer.write(new Counted(stream));
            case REPARSE_DATA -> reparse(stream, writer);
            case SECURITY_DATA, EA_DATA, LINK, OBJECT_ID, PROPERTY_DATA, TXFS_DATA, GHOSTED_FILE_EXTENTS ->
                writer.write(stream);
            case ENCRYPTED_RAW -> {
                if (!folder) {
                    throw new RecoveryException(Messages.get("export.encrypted"));
                }
                notes.add(Messages.get("restore.folder-plain"));
            }
            case SPARSE_BLOCK -> throw new IllegalStateException("a block is no stream of its own");
        }
    }

    private void reparse(Substream stream, WireWriter writer) throws IOException, RecoveryException {
        if (stream.size() > ReparseData.MAX_SIZE) {
            writer.write(stream);
            return;
        }
        Kept kept = new Kept(stream, ReparseData.MAX_SIZE);
        if (kept.tag() == ReparseData.TAG_DEDUPLICATION) {
            notes.add(Messages.get("export.deduplication"));
        } else {
            writer.write(kept);
        }
    }

    private String what(Substream stream) {
        return switch (stream.type()) {
            case DATA -> name;
            case ALTERNATE_DATA -> name + ":" + stream.name();
            default -> name + " (" + stream.type() + ")";
        };
    }

    private void lost(Substream stream, Chunk.Lost lost) {
        Gaps known = gaps.computeIfAbsent(what(stream), unknown -> new Gaps());
        if (lost.length() > 0) {
            known.add(lost.offset(), lost.length(), lost.reason());
        } else {
            known.doubted(lost.reason());
        }
    }

    /** Bytes of the sequence. */
    long size() {
        return out.size();
    }

    boolean endsWithHole() {
        return out.endsWithHole();
    }

    /** Of the sequence, in hexadecimal; to be asked once. */
    String sha256() {
        return out.sha256();
    }

    /** Bytes of all streams that are gone. */
    long lost() {
        return lostMore + gaps.values().stream().mapToLong(Gaps::lost).sum();
    }

    /** Sentences for a person. */
    List<String> notes() {
        List<String> all = new ArrayList<>(notes);
        gaps.forEach((stream, missing) -> missing.sentences().forEach(sentence -> all.add(stream + ": " + sentence)));
        return all;
    }

    /** A stream told as it is, with its pieces looked at. */
    private abstract static class Seen implements Substream {
        final Substream stream;

        Seen(Substream stream) {
            this.stream = stream;
        }

        @Override
        public StreamType type() {
            return stream.type();
        }

        @Override
        public String name() {
            return stream.name();
        }

        @Override
        public long size() {
            return stream.size();
        }

        @Override
        public boolean sparse() {
            return stream.sparse();
        }

        @Override
        public boolean holes() {
            return stream.holes();
        }
    }

    /** Pieces are counted as progress. */
    private final class Counted extends Seen {
        /** Whether any byte came from the source. */
        private boolean any;

        Counted(Substream stream) {
            super(stream);
        }

        @Override
        public @Nullable Chunk next() throws RecoveryException {
            Chunk chunk = stream.next();
            any |= chunk instanceof Chunk.Bytes;
            if (chunk != null && stream.type() == StreamType.DATA) {
                done += chunk.length();
                monitor.progress(new Progress("restore", done, stream.size(), 0, 1));
            }
            return chunk;
        }
    }

    /** Pieces of a small stream, read and kept, so that it can be looked at before it is written. */
    private static final class Kept extends Seen {
        private final List<Chunk> chunks = new ArrayList<>();
        private int given;

        Kept(Substream stream, int limit) throws RecoveryException {
            super(stream);
            long kept = 0;
            for (Chunk chunk = stream.next(); chunk != null && kept <= limit; chunk = stream.next()) {
                kept += chunk.length();
                chunks.add(chunk instanceof Chunk.Bytes bytes ? copy(bytes) : chunk);
            }
        }

        private static Chunk copy(Chunk.Bytes bytes) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.data().remaining());
            return new Chunk.Bytes(bytes.offset(), copy.put(bytes.data()).flip());
        }

        /** 0 if it is not there. */
        int tag() {
            return !chunks.isEmpty()
                            && chunks.getFirst() instanceof Chunk.Bytes bytes
                            && bytes.length() >= Integer.BYTES
                    ? bytes.data().duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt()
                    : 0;
        }

        @Override
        public @Nullable Chunk next() {
            return given < chunks.size() ? chunks.get(given++) : null;
        }
    }
}
