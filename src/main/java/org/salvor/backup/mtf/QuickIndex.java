package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;

/**
 * Finds the blocks at the start and end of each set without going over what lies between: by the filemarks, and the volumes by the catalogue
 * behind the last set. Every mark and block is looked at; where one is not as it must be, nothing is found, and all blocks are gone over instead.
 */
final class QuickIndex {
    private static final int MAX_MAP = 16 << 20;

    private final Media media;
    private final TapeText text;
    private final Readers readers;
    private final Map<Integer, List<VolumeBlock>> volumes = new HashMap<>();

    QuickIndex(Media media, TapeText text) {
        this.media = media;
        this.text = text;
        readers = new Readers(media);
    }

    /** The blocks behind all filemarks, in order; empty if not all could be found. */
    Optional<List<Block>> borders() throws RecoveryException {
        List<Block> borders = new ArrayList<>();
        for (int medium = 0; medium < media.count(); medium++) {
            Filemarks marks = new Filemarks(media, medium, readers);
            Optional<List<Place>> places = marks.find();
            if (places.isEmpty() || !behind(places.get(), marks, borders)) {
                return Optional.empty();
            }
        }
        return Optional.of(borders);
    }

    /** The volumes of a set as the catalogue has them; empty if it does not know the set. Once the borders were found. */
    Optional<List<VolumeBlock>> volumes(int set) {
        return Optional.ofNullable(volumes.get(set));
    }

    private boolean behind(List<Place> marks, Filemarks filemarks, List<Block> borders) throws RecoveryException {
        for (Place mark : marks) {
            Place place = filemarks.behind(mark);
            if (readers.left(place) < BlockHeader.SIZE) {
                continue; // the end of the medium
            }
            BlockHeader header = readers.blockHeader(place);
            if (header == null) {
                return false;
            }
            Block block = readers.block(place, header);
            if (header.type() == BlockType.SET_END) {
                map(block);
            }
            borders.add(block);
        }
        return true;
    }

    /** The catalogue, if it is among the streams of the end of a set; the last one counts. */
    private void map(Block end) throws RecoveryException {
        Place at = end.place().plus(end.header().firstEvent());
        StreamHeader header = readers.streamHeader(at);
        while (header != null && header.kind() != StreamKind.PAD && header.length() <= readers.left(at)) {
            Place data = at.plus(StreamHeader.SIZE);
            if (header.kind() == StreamKind.SET_MAP) {
                int length = Limits.allocation("set map", data.position(), header.length(), MAX_MAP);
                ByteView map = readers.view(data, length, "set map");
                volumes.putAll(SetMap.volumes(map, text));
            }
            long behind = data.position() + header.length();
            at = new Place(
                    at.medium(),
                    (behind + StreamHeader.ALIGNMENT - 1) / StreamHeader.ALIGNMENT * StreamHeader.ALIGNMENT);
            header = readers.streamHeader(at);
        }
    }

    /** The block behind one that has no streams but padding. */
    Optional<Block> following(Block block) throws RecoveryException {
        Place at = block.place().plus(block.header().firstEvent());
        StreamHeader padding = readers.streamHeader(at);
        if (padding != null && padding.kind() == StreamKind.PAD && padding.length() <= readers.left(at)) {
            at = at.plus(StreamHeader.SIZE + padding.length());
        }
        BlockHeader header = readers.blockHeader(at);
        try {
            return header == null ? Optional.empty() : Optional.of(readers.block(at, header));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }
}
