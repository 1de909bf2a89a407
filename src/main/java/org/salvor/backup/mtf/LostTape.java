package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;

/** Recognises a medium whose first block is damaged, by the blocks that follow it: two that lie as their addresses say. */
final class LostTape {
    /** So far from the start of the medium the first of them must begin. */
    private static final int MAX_DISTANCE = 64 << 10;

    private static final int MAX_STREAMS = 1000;
    private static final int UNIT = 512;
    private static final int MAX_LOGICAL_BLOCK = 1 << 15;

    private final BlockDevice device;
    private final Readers readers;

    LostTape(BlockDevice device) {
        this.device = device;
        Medium medium = new Medium(device, tape(0, 1), true, true, device.size(), false, List.of());
        readers = new Readers(new Media(List.of(medium)));
    }

    /** What can be told of the medium without its first block: the size of its logical blocks, and whether another comes before it. */
    Optional<TapeBlock> find() throws FormatException {
        int length = (int) Math.min(MAX_DISTANCE + BlockHeader.SIZE, device.size());
        byte[] head = new byte[length];
        device.readAround(0, ByteBuffer.wrap(head), (at, size, cause) -> {});
        for (int at = 0; at + BlockHeader.SIZE <= length; at++) {
            if (head[at] < 'A' || head[at] > 'Z') {
                continue;
            }
            ByteBuffer rest = ByteBuffer.wrap(head, at, BlockHeader.SIZE).slice();
            BlockHeader header = BlockHeader.parse(ByteView.of(rest, "descriptor block", at));
            int logicalBlock = header == null || !begins(header) ? 0 : logicalBlock(new Place(0, at), header);
            if (header != null && logicalBlock > 0) {
                return Optional.of(tape(logicalBlock, header.continuation() ? 2 : 1));
            }
        }
        return Optional.empty();
    }

    private static TapeBlock tape(int logicalBlock, int sequence) {
        return new TapeBlock(0, sequence, 0, 0, "", "", false, "", logicalBlock, 0);
    }

    private static boolean begins(BlockHeader header) {
        return switch (header.type()) {
            case SET -> header.continuation() || header.controlId() == 0 && header.logicalAddress() == 0;
            case VOLUME, FOLDER, FILE, DATABASE -> header.controlId() > 0 && header.logicalAddress() > 0;
            case TAPE, CORRUPT, SET_PAD, SET_END, TAPE_END, FILEMARK, OTHER -> false;
        };
    }

    /** The size by which the place of the block behind fits its address; 0 if none does. */
    private int logicalBlock(Place place, BlockHeader header) throws FormatException {
        Place at = place.plus(header.firstEvent());
        for (int i = 0; i < MAX_STREAMS && readers.left(at) >= BlockHeader.SIZE; i++) {
            BlockHeader next = readers.blockHeader(at);
            if (next != null && next.type() != BlockType.OTHER) {
                return size(header, next, at.position() - place.position());
            }
            StreamHeader stream = readers.streamHeader(at);
            if (stream == null || stream.length() > readers.left(at)) {
                return 0;
            }
            long behind = at.position() + StreamHeader.SIZE + stream.length();
            boolean padding = stream.kind() == StreamKind.PAD;
            long over = padding ? 0 : Math.floorMod(place.position() - behind, StreamHeader.ALIGNMENT);
            at = new Place(0, behind + over);
        }
        return 0;
    }

    private static int size(BlockHeader first, BlockHeader second, long distance) {
        long blocks = second.logicalAddress() - first.logicalAddress();
        if (second.controlId() != first.controlId() + 1 || blocks <= 0 || distance % blocks != 0) {
            return 0;
        }
        long size = distance / blocks;
        return size >= UNIT && size <= MAX_LOGICAL_BLOCK && size % UNIT == 0 ? (int) size : 0;
    }
}
