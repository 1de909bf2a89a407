package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;

/**
 * The soft filemarks of a medium, which stand before and behind each set: each lists those before it (docs/formats/mtf.md, section 8). Only
 * a list that leads from the end of the medium back to its first block, and of which every mark is where it is said to be, is of use.
 */
final class Filemarks {
    /** SFMB: entries u32, used u32, then the places of earlier marks u64, the latest first. */
    private static final int ENTRIES = 52;

    private static final int USED = 56;
    private static final int ARRAY = 60;

    /** With attribute 31 the array begins where u32 at 60 says. */
    private static final int ATTRIBUTE_ARRAY = 1 << 31;

    private static final int STEP = 512;
    private static final int MAX_MARKS = 100_000;
    private static final int[] UNITS = {1, STEP};

    private final Readers readers;
    private final Media media;
    private final int medium;
    private final int size;

    Filemarks(Media media, int medium, Readers readers) {
        this.media = media;
        this.readers = readers;
        this.medium = medium;
        size = media.get(medium).tape().filemarkSize();
    }

    /** The places of all marks, in order; empty if the medium has none, or if they do not prove to be all. */
    Optional<List<Place>> find() {
        try {
            Place last = last();
            return last == null ? Optional.empty() : chain(last);
        } catch (RecoveryException e) {
            return Optional.empty();
        }
    }

    /** The mark at the end of the medium. */
    private @Nullable Place last() throws FormatException {
        if (size < BlockHeader.SIZE) {
            return null;
        }
        long end = media.get(medium).device().size();
        for (long at = (end - size) / STEP * STEP; at >= 0 && at >= end - size - STEP; at -= STEP) {
            Place place = new Place(medium, at);
            if (isMark(place)) {
                return place;
            }
        }
        return null;
    }

    private boolean isMark(Place place) throws FormatException {
        if (place.position() < 0
                || place.position() > media.get(medium).device().size() - size) {
            return false;
        }
        try {
            BlockHeader header = BlockHeader.parse(readers.view(place, BlockHeader.SIZE, "filemark"));
            return header != null && header.type() == BlockType.FILEMARK;
        } catch (SourceReadException e) {
            return false;
        }
    }

    private Optional<List<Place>> chain(Place last) throws FormatException, SourceReadException {
        List<Place> latestFirst = new ArrayList<>(List.of(last));
        Place oldest = last;
        boolean more = true;
        while (more) {
            ByteView mark = readers.view(oldest, size, "filemark");
            long entries = mark.u32(ENTRIES);
            long used = mark.u32(USED);
            List<Place> earlier = earlier(mark, used, oldest);
            if (earlier.size() != used || latestFirst.size() + used > MAX_MARKS) {
                return Optional.empty();
            }
            latestFirst.addAll(earlier);
            more = used == entries && used > 0;
            oldest = earlier.isEmpty() ? oldest : earlier.getLast();
        }
        Collections.reverse(latestFirst);
        return latestFirst.getFirst().equals(behindTape()) ? Optional.of(latestFirst) : Optional.empty();
    }

    /** Marks that are where a mark says; fewer than it says if one is not. */
    private List<Place> earlier(ByteView mark, long used, Place place) throws FormatException {
        int array = (mark.i32(4) & ATTRIBUTE_ARRAY) != 0 ? mark.i32(ARRAY) : ARRAY;
        if (array < ARRAY || used > (size - array) / Long.BYTES) {
            return List.of();
        }
        for (int unit : UNITS) {
            List<Place> found = new ArrayList<>();
            long before = place.position();
            for (int i = 0; i < used; i++) {
                long value = mark.i64(array + i * Long.BYTES);
                if (value < 0 || value > before / unit) {
                    break;
                }
                Place earlier = new Place(medium, value * unit);
                if (earlier.position() >= before || !isMark(earlier)) {
                    break;
                }
                before = earlier.position();
                found.add(earlier);
            }
            if (found.size() == used) {
                return found;
            }
        }
        return List.of();
    }

    /** What follows the first block of the medium. */
    private Place behindTape() throws FormatException {
        Place tape = new Place(medium, 0);
        BlockHeader header = readers.blockHeader(tape);
        if (header == null) {
            return tape;
        }
        Place stream = tape.plus(header.firstEvent());
        StreamHeader padding = readers.streamHeader(stream);
        return padding != null && padding.kind() == StreamKind.PAD
                ? stream.plus(StreamHeader.SIZE + padding.length())
                : stream;
    }

    /** What stands behind a mark. */
    Place behind(Place mark) {
        return mark.plus(size);
    }
}
