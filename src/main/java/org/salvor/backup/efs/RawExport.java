package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;
import org.salvor.text.Messages;

/**
 * A raw export, as ReadEncryptedFileRaw makes it: the key record and the stored streams of one encrypted file or folder
 * (docs/formats/efs.md, section 1). Reading it walks over the headers; data are read when they are asked for.
 */
public final class RawExport {
    private static final String STRUCTURE = "EFS export";
    private static final int MAX_STREAMS = 1024;
    private static final int MAX_NAME = 64 << 10;
    private static final int MARK = 12;

    /** So much is enough for {@link #recognise}. */
    public static final int HEAD = MARK;

    private final byte[] metadata;
    private final EfsMetadata keys;
    private final List<StoredStream> streams;
    private final @Nullable FormatException broken;
    private final String damage;
    private final long lost;

    private RawExport(
            byte[] metadata, List<StoredStream> streams, @Nullable FormatException broken, String damage, long lost)
            throws FormatException {
        this.metadata = metadata;
        this.keys = EfsMetadata.parse(metadata);
        this.streams = streams;
        this.broken = broken;
        this.damage = damage;
        this.lost = lost;
    }

    /** Whether something that begins with these bytes is a raw export. */
    public static boolean recognise(byte[] head) {
        return RawLayout.begins(head);
    }

    /**
     * @throws FormatException it is no raw export, or its key record is broken; what is broken behind that is told by {@link #broken}
     */
    public static RawExport read(ChunkSource raw) throws RecoveryException {
        if (raw.size() < RawLayout.FILE_HEADER || !recognise(bytes(raw, 0, HEAD))) {
            throw new FormatException(STRUCTURE, 0, "an export of an encrypted file", "something else");
        }
        return new Walk(raw).all();
    }

    /** Only the key record: it comes first. */
    public static byte[] keyRecord(ChunkSource raw) throws RecoveryException {
        if (raw.size() < RawLayout.FILE_HEADER || !recognise(bytes(raw, 0, HEAD))) {
            throw new FormatException(STRUCTURE, 0, "an export of an encrypted file", "something else");
        }
        Walk walk = new Walk(raw);
        while (walk.metadata == null && walk.more()) {
            walk.stream();
        }
        if (walk.metadata == null) {
            throw new FormatException(STRUCTURE, walk.position, "the key record of the file", "its end");
        }
        return walk.metadata;
    }

    /** Exactly so many bytes; less, or lost ones, are a broken export. */
    static byte[] bytes(ChunkSource raw, long position, int length) throws RecoveryException {
        if (position < 0 || length < 0 || position > raw.size() - length) {
            throw new FormatException(STRUCTURE, position, length + " more bytes", "its end");
        }
        ByteBuffer target = ByteBuffer.allocate(length);
        if (!raw.fill(position, target) || target.hasRemaining()) {
            throw new FormatException(STRUCTURE, position, length + " more bytes", "bytes that are lost");
        }
        return target.array();
    }

    public EfsMetadata keys() {
        return keys;
    }

    /** The key record as it is stored; not a copy. */
    public byte[] metadata() {
        return metadata;
    }

    /** Whether it is that of a folder: all of it could be read, and there is no stream in it but the key record. */
    public boolean folder() {
        return broken == null && streams.isEmpty();
    }

    /** The main stream first if there is one; a folder has none, and neither has an export that breaks off before it. */
    public List<StoredStream> streams() {
        return streams;
    }

    /** Where and why the export could not be read to its end, or what in it has no place in a file; null if all of it is sound. */
    public @Nullable FormatException broken() {
        return broken;
    }

    /** What is {@link #broken}, as a sentence for a person; empty if nothing is. */
    public String damage() {
        return damage;
    }

    /**
     * How many bytes of the main stream are lost, up to its size; 0 if none are. Where the export cannot be read on inside that stream, nobody knows
     * how long it was: what cannot be read of the export is taken as its rest, and the part of the size that is lost is what that comes to.
     */
    public long lost() {
        return lost;
    }

    /** The way from header to header. */
    private static final class Walk {
        private final ChunkSource raw;
        private final List<StoredStream> streams = new ArrayList<>();
        private byte @Nullable [] metadata;
        private @Nullable FormatException odd;
        private long position = RawLayout.FILE_HEADER;

        /** Whether the segments of the main stream are being walked over. */
        private boolean inMain;

        /** So many bytes are missing of the last segment. */
        private long missing;

        Walk(ChunkSource raw) {
            this.raw = raw;
        }

        RawExport all() throws RecoveryException {
            FormatException broken = null;
            try {
                while (more()) {
                    stream();
                }
            } catch (FormatException e) {
                broken = e;
            }
            if (metadata == null) {
                throw broken != null
                        ? broken
                        : new FormatException(STRUCTURE, position, "the key record of the file", "its end");
            }
            return new RawExport(
                    metadata,
                    List.copyOf(streams),
                    broken == null ? odd : broken,
                    damage(broken),
                    broken == null ? 0 : lost());
        }

        private String damage(@Nullable FormatException broken) {
            if (broken != null) {
                return missing > 0
                        ? Messages.get("efs.export-cut", missing)
                        : Messages.get("efs.export-broken", broken.position() < 0 ? position : broken.position());
            }
            return odd == null ? "" : Messages.get("efs.export-passed-over", odd.position());
        }

        private long lost() {
            if (!inMain) {
                return 0;
            }
            long size = streams.getFirst().size();
            long unread = raw.size() - position;
            return missing > 0 ? Math.min(size, missing) : (long) ((double) size * unread / Math.max(1, size + unread));
        }

        /** Zeros up to the end are no header: they only fill up what holds the export. */
        private boolean more() throws RecoveryException {
            if (position >= raw.size()) {
                return false;
            }
            byte[] head = bytes(raw, position, (int) Math.min(MARK, raw.size() - position));
            for (byte b : head) {
                if (b != 0) {
                    return true;
                }
            }
            return false;
        }

        private void stream() throws RecoveryException {
            byte[] head = bytes(raw, position, RawLayout.STREAM_HEADER);
            ByteView header = ByteView.of(head, "stream header", position);
            long length = header.u32(0);
            long nameLength = header.u32(0x18);
            if (!RawLayout.stream(head) || streams.size() == MAX_STREAMS) {
                throw header.broken(0, "the header of a stream", "something else");
            }
            if (nameLength > MAX_NAME || length < RawLayout.STREAM_HEADER + nameLength) {
                throw header.broken(0x18, "a name inside the header", nameLength);
            }
            byte[] name = bytes(raw, position + RawLayout.STREAM_HEADER, (int) nameLength);
            boolean encrypted = (header.i32(0x0c) & RawLayout.FLAG_PLAIN) == 0;
            long start = position;
            position = Limits.sum("stream header", position, position, length);
            if (RawLayout.metadata(name)) {
                metadata();
            } else {
                data(start, name(name), encrypted);
            }
        }

        private void metadata() throws RecoveryException {
            RawStream stream = new RawStream(raw, false);
            segments(stream, false);
            if (metadata == null) {
                int size = Limits.allocation("$EFS", position, stream.size(), EfsMetadata.MAX_SIZE);
                metadata = RawExport.bytes(stream, 0, size);
            }
        }

        /** What was read of it before it broke is kept. Of a stream that no file can have, nothing is; that there is one is told. */
        private void data(long start, String name, boolean encrypted) throws RecoveryException {
            RawStream stream = new RawStream(raw, encrypted);
            boolean first = streams.stream().noneMatch(each -> each.name().isEmpty());
            inMain = name.isEmpty() && first;
            try {
                segments(stream, encrypted);
                inMain = false;
            } finally {
                boolean known = !name.endsWith(":")
                        && streams.stream().noneMatch(each -> each.name().equals(name));
                if (known) {
                    StoredStream stored = new StoredStream(
                            name,
                            encrypted,
                            stream,
                            stream.contentSize(),
                            encrypted ? stream.valid() : stream.contentSize(),
                            stream.sparse());
                    streams.add(name.isEmpty() ? 0 : streams.size(), stored);
                } else if (odd == null) {
                    odd = new FormatException(
                            STRUCTURE, start + RawLayout.STREAM_HEADER, "the name of a stream of its own", "another");
                }
            }
        }

        private void segments(RawStream into, boolean encrypted) throws RecoveryException {
            while (more()) {
                byte[] head = bytes(raw, position, MARK);
                if (RawLayout.stream(head)) {
                    return;
                }
                if (!RawLayout.segment(head)) {
                    throw new FormatException(STRUCTURE, position, "a segment or a stream", "something else");
                }
                Segment segment = Segment.read(raw, position, head, encrypted, into.end());
                into.add(segment);
                if (segment.next() > raw.size()) {
                    missing = segment.next() - raw.size();
                    throw new FormatException(STRUCTURE, raw.size(), missing + " more bytes", "its end");
                }
                position = segment.next();
            }
        }

        /** "::$DATA" is the main stream, ":name:$DATA" a named one; others are no data. */
        private static String name(byte[] bytes) throws FormatException {
            String text = ByteView.of(bytes, "stream name", -1).utf16(0, bytes.length / 2);
            int end = text.indexOf('\0');
            String whole = end < 0 ? text : text.substring(0, end);
            boolean data = whole.startsWith(":") && whole.endsWith(RawLayout.DATA_TYPE);
            return data ? whole.substring(1, Math.max(1, whole.length() - RawLayout.DATA_TYPE.length())) : whole + ":";
        }
    }
}
