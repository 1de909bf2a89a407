package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.salvor.backup.mtf.StoredStream.Loss;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.text.Messages;

/** A stored stream as what it means: its type and name, and its content without what stands before it. */
final class ContentStream {
    /** The one method of compression that the format knows: LZS221. */
    private static final int LZS = 0x0abe;

    private static final int NAME_SIZE = 4;
    private static final int MAX_NAME = 1 << 16;

    /** Of a stream with an embedded length: the length u64 and its checksum u16. */
    private static final int EMBEDDED = 10;

    private final Media media;
    private final StoredStream stored;
    private final StreamType type;
    private final String name;
    private final long embedded;
    private final long displayed;
    private final long skipped;
    private final long size;

    /** @param displayed what the block says of the size of a file, for a packed main stream that does not tell its own; else 0 */
    ContentStream(Media media, StoredStream stored, long displayed) throws RecoveryException {
        this.media = media;
        this.stored = stored;
        this.displayed = Math.min(displayed, Extents.MAX_SIZE);
        type = type(stored.kind());
        embedded = stored.header.embeddedLength() && stored.sparse == null ? embedded() : 0;
        ByteView named = stored.kind() == StreamKind.NAMED_DATA && !encrypted() ? named() : null;
        name = named == null ? "" : plain(named.utf16(0, named.length() / 2));
        skipped = embedded + (named == null ? 0 : NAME_SIZE + named.length());
        size = Math.max(0, measured());
        Loss loss = stored.loss;
        if (loss != null && loss.from() >= skipped + size) {
            stored.doubt(Messages.get("mtf.doubt.marked"));
        }
    }

    private static StreamType type(StreamKind kind) {
        return switch (kind) {
            case NAMED_DATA -> StreamType.ALTERNATE_DATA;
            case SECURITY -> StreamType.SECURITY_DATA;
            case EXTENDED_ATTRIBUTES -> StreamType.EA_DATA;
            case OBJECT_ID -> StreamType.OBJECT_ID;
            case REPARSE -> StreamType.REPARSE_DATA;
            case PROPERTY, QUOTA -> StreamType.PROPERTY_DATA;
            case ENCRYPTED -> StreamType.ENCRYPTED_RAW;
            case LINK -> StreamType.LINK;
            case DATA, SPARSE, PATH, NAME, CHECKSUM, CORRUPT, PAD, SET_MAP, OTHER -> StreamType.DATA;
        };
    }

    StreamType type() {
        return type;
    }

    String name() {
        return name;
    }

    /** Of the content, in bytes, what is lost included. */
    long size() {
        return size;
    }

    boolean sparse() {
        return stored.sparse != null;
    }

    /** Packed streams are read from front to back only. */
    boolean packed() {
        return stored.header.compressed() && stored.sparse == null;
    }

    /** Encrypted by the program that wrote the backup, in a way that the format does not describe. */
    boolean encrypted() {
        return stored.header.encrypted();
    }

    /** Packed by a method that the format does not describe. */
    boolean unknownMethod() {
        return packed() && stored.header.compression() != LZS && stored.header.compression() != 0;
    }

    StoredStream stored() {
        return stored;
    }

    /** ":name:$DATA", as Windows tells it, without colons and type. */
    private static String plain(String told) {
        int from = told.startsWith(":") ? 1 : 0;
        int to = told.indexOf(':', from);
        return TapeText.withoutEnd(to < 0 ? told.substring(from) : told.substring(from, to));
    }

    /** The name of a named stream: its size u32 in bytes, and UTF-16. */
    private ByteView named() throws RecoveryException {
        ByteView head = head(NAME_SIZE);
        int length = Limits.allocation("stream name", head.position(), head.u32(0), MAX_NAME);
        return head(NAME_SIZE + length).slice(NAME_SIZE, length, "stream name");
    }

    /** All of a small stream. */
    byte[] bytes(int limit) throws RecoveryException {
        int length = Limits.allocation("stream", -1, size, limit);
        return head(length).bytes(0, length);
    }

    /** The first bytes of the unpacked stream. */
    private ByteView head(int length) throws RecoveryException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (packed()) {
            Unpacker unpacker = new Unpacker(raw(), 0);
            for (Chunk chunk = unpacker.next();
                    chunk instanceof Chunk.Bytes piece && bytes.hasRemaining();
                    chunk = unpacker.next()) {
                ByteBuffer data = piece.data();
                data.limit(Math.min(data.limit(), data.position() + bytes.remaining()));
                bytes.put(data);
            }
        } else {
            raw().fill(0, bytes);
        }
        if (bytes.hasRemaining()) {
            throw new FormatException("named stream", -1, length + " bytes", "only " + bytes.position());
        }
        return ByteView.of(bytes.flip(), "named stream", -1);
    }

    /** How many bytes an embedded length takes: none if its checksum does not fit. */
    private long embedded() throws RecoveryException {
        ByteBuffer bytes = ByteBuffer.allocate(EMBEDDED);
        if (stored.bytes.size() >= EMBEDDED && new ExtentSource(media, stored.bytes, 0).fill(0, bytes)) {
            ByteView view = ByteView.of(bytes.flip(), "embedded length", -1);
            if (Words.xor(view, EMBEDDED / 2 - 1) == view.u16(EMBEDDED - 2)) {
                return EMBEDDED;
            }
        }
        stored.doubt(Messages.get("mtf.doubt.embedded"));
        return 0;
    }

    private ChunkSource raw() {
        return new ExtentSource(media, stored.bytes, embedded);
    }

    private Unpacker unpacker() throws RecoveryException {
        return new Unpacker(raw(), displayed);
    }

    private long measured() throws RecoveryException {
        if (stored.sparse != null) {
            return stored.sparse.size();
        }
        if (encrypted() && displayed > 0) {
            return Math.min(displayed, Extents.MAX_SIZE);
        }
        if (!packed()) {
            return stored.bytes.size() - skipped;
        }
        Unpacker unpacker = unpacker();
        long told = unpacker.size() >= 0 ? unpacker.size() : unpacker.measure();
        if (unpacker.size() < 0 && !unpacker.complete() && !unknownMethod()) {
            // how much is left behind the last frame is not told
            stored.doubt(Messages.get("mtf.doubt.frames"));
            told = Math.max(told, displayed);
        }
        return (told == 0 && displayed > 0 && stored.bytes.size() > 0 ? Math.min(displayed, Extents.MAX_SIZE) : told)
                - (skipped - embedded);
    }

    /** The content at any position; of a stream that is not packed. */
    ChunkSource source() {
        ChunkSource source = stored.sparse == null
                ? new ExtentSource(media, stored.bytes, skipped)
                : new SparseSource(media, stored.sparse);
        Loss loss = stored.loss;
        return loss == null ? source : new LossySource(source, loss, sparse() ? 0 : skipped);
    }

    /** The content from front to back; of a stream that is packed. */
    PackedSubstream unpacked() throws RecoveryException {
        return new PackedSubstream(this, unpacker(), (int) (skipped - embedded));
    }

    /** The checksums, for ranges of the content. */
    Checks checks() throws RecoveryException {
        if (stored.sparse != null || skipped == 0) {
            return stored.checks;
        }
        Checks shifted = new Checks();
        for (int i = 0; i < stored.checks.count(); i++) {
            Checks.Check check = stored.checks.get(i);
            long inside = Math.max(0, Math.min(skipped, check.to()) - check.from());
            RunningXor before = new RunningXor(0, 0);
            ByteBuffer bytes = ByteBuffer.allocate((int) inside).order(ByteOrder.LITTLE_ENDIAN);
            new ExtentSource(media, stored.bytes, check.from()).fill(0, bytes);
            before.update(bytes.flip());
            shifted.add(new Checks.Check(
                    Math.max(0, check.from() - skipped),
                    Math.max(0, check.to() - skipped),
                    (int) (inside & 3),
                    before.sum(),
                    check.expected()));
        }
        return shifted;
    }
}
