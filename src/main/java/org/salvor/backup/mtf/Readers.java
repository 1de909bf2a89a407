package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.SourceReadException;

/** Reads headers and other small things from the media; for one thread. */
final class Readers {
    /** Fields of every block lie within it; what a person named lies before its first stream. */
    private static final int MIN_BODY = 128;

    private final Media media;
    private final @Nullable MediumReader[] readers;

    Readers(Media media) {
        this.media = media;
        readers = new MediumReader[media.count()];
    }

    private MediumReader of(int medium) {
        MediumReader reader = readers[medium];
        if (reader == null) {
            reader = new MediumReader(media.get(medium).device());
            readers[medium] = reader;
        }
        return reader;
    }

    /** How much of a medium is left from a place on. */
    long left(Place place) {
        return media.get(place.medium()).end() - place.position();
    }

    /** The header of a block; null where none begins, or it cannot be read. */
    @Nullable
    BlockHeader blockHeader(Place place) throws FormatException {
        if (left(place) < BlockHeader.SIZE) {
            return null;
        }
        try {
            return BlockHeader.parse(view(place, BlockHeader.SIZE, "descriptor block"));
        } catch (SourceReadException e) {
            return null;
        }
    }

    /** The block whose header was read. */
    Block block(Place place, BlockHeader header) throws FormatException, SourceReadException {
        int length = (int) Math.min(Math.max(header.firstEvent(), MIN_BODY), left(place));
        return new Block(place, header, view(place, length, header.type() + " block"));
    }

    /** The header of a stream; null where none begins, or it cannot be read. */
    @Nullable
    StreamHeader streamHeader(Place place) throws FormatException {
        if (left(place) < StreamHeader.SIZE) {
            return null;
        }
        try {
            return StreamHeader.parse(view(place, StreamHeader.SIZE, "stream header"));
        } catch (SourceReadException e) {
            return null;
        }
    }

    ByteView view(Place place, int length, String structure) throws FormatException, SourceReadException {
        return of(place.medium()).view(place.position(), length, structure);
    }

    /** Bytes of a stream, all of which must be there. */
    ByteView bytes(Extents stream, long offset, int length, String structure)
            throws FormatException, SourceReadException {
        if (offset < 0 || offset > stream.size() - length) {
            throw new FormatException(structure, -1, length + " bytes", "a stream of " + stream.size());
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            long at = offset + all.position();
            int piece = stream.find(at);
            int part = (int) Math.min(all.remaining(), stream.end(piece) - at);
            if (stream.medium(piece) == Extents.MISSING) {
                throw new FormatException(structure, -1, length + " bytes", "a medium that is not here");
            }
            Place place = new Place(stream.medium(piece), stream.position(piece, at));
            all.put(view(place, part, structure).buffer(0, part));
        }
        return ByteView.of(all.array(), structure, -1);
    }
}
