package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.mtf.StoredStream.Loss;
import org.salvor.fault.FormatException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/** The streams of one block. */
final class Layout {
    private static final int CHECKSUM_SIZE = 4;

    private final Readers readers;
    private final List<StoredStream> streams = new ArrayList<>(4);
    private int numbers;
    /** Whether a checksum that comes now belongs to the last stream, or to the last block of it. */
    private boolean checkable;

    private @Nullable Extents name;
    private @Nullable String broken;

    Layout(Readers readers) {
        this.readers = readers;
    }

    /** In the order of the medium, without names, checksums and padding. */
    List<StoredStream> streams() {
        return streams;
    }

    /** The name or path, where it did not fit into the block. */
    @Nullable
    Extents name() {
        return name;
    }

    /** Why streams may be missing at its end; null if none is. */
    @Nullable
    String broken() {
        return broken;
    }

    void broken(String why) {
        if (broken == null) {
            broken = why;
        }
    }

    /** The last stream ends at a place inside it. */
    void endsBefore(Place place) {
        StoredStream last = last();
        if (last != null && last.bytes.cutAt(place)) {
            last.doubt(Messages.get("mtf.broken.streams"));
        }
    }

    /** Takes a stream whose bytes are {@code piece}. */
    void add(StreamHeader header, Extents piece) throws FormatException, SourceReadException {
        int number = ++numbers;
        switch (header.kind()) {
            case PAD, SET_MAP, OTHER -> {}
            case NAME, PATH -> name = name == null ? piece : name;
            case CORRUPT -> doubt(Messages.get("mtf.doubt.marked"));
            case CHECKSUM -> checksum(piece);
            case SPARSE -> sparse(header, piece, number);
            case DATA,
                    NAMED_DATA,
                    SECURITY,
                    EXTENDED_ATTRIBUTES,
                    OBJECT_ID,
                    REPARSE,
                    PROPERTY,
                    QUOTA,
                    ENCRYPTED,
                    LINK -> plain(header, piece, number);
        }
    }

    private @Nullable StoredStream last() {
        return streams.isEmpty() ? null : streams.getLast();
    }

    /** Something of the last stream is not as it must be. */
    void doubt(String what) {
        StoredStream last = last();
        if (last != null) {
            last.doubt(what);
        }
    }

    /** Nothing shows which of the streams is not as it must be. */
    void doubtAll(String what) {
        streams.forEach(stream -> stream.doubt(what));
    }

    private void plain(StreamHeader header, Extents piece, int number) throws FormatException {
        StoredStream last = last();
        checkable = true;
        if (last != null && last.open && header.variable() && last.kind() == header.kind()) {
            last.bytes.addAll(piece, 0);
            last.open = !header.lastPiece();
            return;
        }
        StoredStream stream = new StoredStream(header, number);
        stream.bytes.addAll(piece, 0);
        if (header.sparse()) {
            stream.sparse = new SparseMap();
            if (header.kind() == StreamKind.DATA && piece.size() > 0) {
                stream.sparse.bytes().addAll(piece, 0);
                stream.sparse.add(0, piece.size(), number);
            }
        }
        streams.add(stream);
    }

    /** A block of the stream before: eight bytes tell where it belongs. */
    private void sparse(StreamHeader header, Extents piece, int number) throws FormatException, SourceReadException {
        StoredStream owner = last();
        if (owner == null || owner.kind() != StreamKind.DATA && owner.kind() != StreamKind.NAMED_DATA) {
            owner = new StoredStream(header, number);
            owner.doubt(Messages.get("mtf.doubt.sparse"));
            streams.add(owner);
        }
        SparseMap map = owner.sparse;
        if (map == null) {
            map = new SparseMap();
            map.bytes().addAll(owner.bytes, 0);
            map.add(0, owner.bytes.size(), owner.number);
            owner.sparse = map;
        }
        if (header.compressed() || header.encrypted()) {
            owner.doubt(Messages.get("mtf.doubt.packed-sparse"));
            return;
        }
        int blocks = map.count();
        long offset =
                readers.bytes(piece, 0, SparseMap.OFFSET_SIZE, "sparse block").i64(0);
        map.bytes().addAll(piece, SparseMap.OFFSET_SIZE);
        map.add(offset, piece.size() - SparseMap.OFFSET_SIZE, number);
        checkable = map.count() > blocks;
        if (map.disorder()) {
            owner.doubt(Messages.get("mtf.doubt.sparse"));
        }
    }

    private void checksum(Extents piece) throws FormatException, SourceReadException {
        StoredStream last = last();
        if (last == null || !checkable) {
            return;
        }
        if (piece.size() < CHECKSUM_SIZE || piece.missing() > 0) {
            last.doubt(Messages.get("mtf.doubt.no-checksum"));
            return;
        }
        int expected = readers.bytes(piece, 0, CHECKSUM_SIZE, "checksum").i32(0);
        SparseMap map = last.sparse;
        if (map == null) {
            last.checks.add(new Checks.Check(last.checks.end(), last.bytes.size(), 0, 0, expected));
        } else if (map.count() > 0) {
            int block = map.count() - 1;
            last.checks.add(new Checks.Check(map.offset(block), map.end(block), 0, seed(map.offset(block)), expected));
        }
    }

    private static int seed(long offset) {
        return (int) offset ^ (int) (offset >>> 32);
    }

    /** What a block behind this one says: that data could not be read when the backup was made. */
    void corrupt(CorruptBlock corrupt) {
        long from = Math.max(0, corrupt.offset());
        for (StoredStream stream : streams) {
            SparseMap map = stream.sparse;
            int block = map == null ? -1 : map.numbered(corrupt.stream());
            if (map != null && block >= 0) {
                long start = map.offset(block) + Math.max(0, from - SparseMap.OFFSET_SIZE);
                stream.loss = new Loss(Math.min(start, map.end(block)), map.end(block), corrupt.why());
                return;
            }
            if (stream.number == corrupt.stream()) {
                stream.loss = new Loss(from, Long.MAX_VALUE, corrupt.why());
                return;
            }
        }
        StoredStream main = main();
        if (main != null) {
            main.loss = new Loss(from, Long.MAX_VALUE, corrupt.why());
        } else {
            broken(Messages.get("mtf.broken.corrupt"));
        }
    }

    /** The content of a file; the last one counts, as in Windows. Null if there is none. */
    @Nullable
    StoredStream main() {
        StoredStream main = null;
        for (StoredStream stream : streams) {
            switch (stream.kind()) {
                case DATA, ENCRYPTED, SPARSE -> main = stream;
                default -> {}
            }
        }
        return main;
    }
}
