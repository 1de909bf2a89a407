package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** Recognises a medium by its first block, or by those behind it where that is damaged, and finds where it ends and what it repeats of the one before. */
final class MediumOpener {
    private static final int MAX_BODY = 1 << 16;
    private static final int STEP = 512;
    private static final int UNIT = 256 << 10;
    private static final int MAX_REPEATED = 64;

    private final TapeText text;

    MediumOpener(TapeText text) {
        this.text = text;
    }

    /** The first block of a medium; empty for anything else. */
    Optional<TapeBlock> recognise(BlockDevice device) {
        try {
            int length = (int) Math.min(MAX_BODY, device.size());
            if (length < TapeBlock.SIZE) {
                return Optional.empty();
            }
            ByteView view = ByteView.of(bytes(device, 0, length), "TAPE block", 0);
            BlockHeader header = BlockHeader.parse(view);
            boolean tape = view.i32(0) == BlockType.id("TAPE");
            if (tape && header != null) {
                return Optional.of(TapeBlock.parse(new Block(new Place(0, 0), header, view), text));
            }
            Optional<TapeBlock> damaged = tape ? damaged(view) : Optional.empty();
            return damaged.isPresent() ? damaged : new LostTape(device).find();
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** What a first block tells whose checksum is wrong; empty if that cannot be. */
    private Optional<TapeBlock> damaged(ByteView view) {
        try {
            return Optional.of(TapeBlock.parse(new Block(new Place(0, 0), unchecked(view), view), text));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** What can be taken from a first block whose checksum is wrong: the kind of its strings. */
    private static BlockHeader unchecked(ByteView view) throws FormatException {
        TapeAddress none = new TapeAddress(0, 0);
        return new BlockHeader(BlockType.TAPE, 0, BlockHeader.SIZE, 0, 0, 0, 0, 0, none, view.u8(48));
    }

    Medium open(BlockDevice device, TapeBlock tape) throws RecoveryException {
        ByteView head = ByteView.of(bytes(device, 0, BlockHeader.SIZE), "TAPE block", 0);
        boolean damaged = BlockHeader.parse(head) == null;
        long mark = endMark(device, tape);
        long end = mark < 0 ? device.size() : mark;
        boolean padded = padded(device);
        Medium alone = new Medium(device, tape, damaged, padded, end, mark >= 0, List.of());
        return new Medium(device, tape, damaged, padded, end, mark >= 0, repeated(alone));
    }

    /** Whether a stream follows the first block: then all blocks end with padding. */
    private static boolean padded(BlockDevice device) throws FormatException {
        ByteView head = ByteView.of(bytes(device, 0, BlockHeader.SIZE), "TAPE block", 0);
        BlockHeader header = BlockHeader.parse(head);
        if (header == null || header.firstEvent() + StreamHeader.SIZE > device.size()) {
            return true;
        }
        byte[] stream = bytes(device, header.firstEvent(), StreamHeader.SIZE);
        return StreamHeader.parse(ByteView.of(stream, "stream header", header.firstEvent())) != null;
    }

    /** The blocks at the start that carry the mark of a continuation. */
    private static List<Block> repeated(Medium medium) throws RecoveryException {
        List<Block> found = new ArrayList<>();
        Walker walker = new Walker(
                new Media(List.of(medium)),
                new Place(0, 0),
                new Frame(medium.tape().logicalBlock()),
                WalkListener.SILENT);
        for (Block block = walker.next(); block != null && found.size() < MAX_REPEATED; block = walker.next()) {
            if (block.header().type() == BlockType.TAPE) {
                continue;
            }
            if (!block.header().continuation()) {
                break;
            }
            found.add(block);
            if (block.header().type() == BlockType.FILE) {
                break;
            }
        }
        return found;
    }

    /** Where the data ends of a medium that another one follows; -1 if none does. */
    private static long endMark(BlockDevice device, TapeBlock tape) throws FormatException {
        long window = UNIT + 2L * tape.filemarkSize();
        long first = Math.max(0, device.size() - window) / STEP * STEP;
        byte[] tail = bytes(device, first, (int) (device.size() - first));
        for (int at = tail.length / STEP * STEP; at >= 0; at -= STEP) {
            BlockHeader header = header(tail, at, first);
            if (header != null
                    && header.type() == BlockType.TAPE_END
                    && header.logicalAddress() == 0
                    && header.controlId() == 0
                    && nothingBehind(tail, at, header)) {
                return filemarkBefore(tail, at, first, tape);
            }
        }
        return -1;
    }

    private static @Nullable BlockHeader header(byte[] tail, int at, long first) throws FormatException {
        if (at + BlockHeader.SIZE > tail.length || tail[at] < 'A' || tail[at] > 'Z') {
            return null;
        }
        ByteBuffer rest = ByteBuffer.wrap(tail, at, tail.length - at).slice();
        return BlockHeader.parse(ByteView.of(rest, "descriptor block", first + at));
    }

    /** Only padding and another filemark may follow. */
    private static boolean nothingBehind(byte[] tail, int mark, BlockHeader header) throws FormatException {
        for (int at = mark + STEP; at < tail.length; at += STEP) {
            BlockHeader other = header(tail, at, 0);
            if (other != null && other.type() == BlockType.FILEMARK) {
                return true;
            }
            if (other != null) {
                return false;
            }
        }
        int padding = mark + header.firstEvent() + StreamHeader.SIZE;
        for (int at = padding; at < tail.length; at++) {
            if (tail[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static long filemarkBefore(byte[] tail, int mark, long first, TapeBlock tape) throws FormatException {
        int at = mark - tape.filemarkSize();
        if (tape.filemarkSize() > 0 && at >= 0) {
            BlockHeader header = header(tail, at, first);
            if (header != null && header.type() == BlockType.FILEMARK) {
                return first + at;
            }
        }
        return first + mark;
    }

    private static byte[] bytes(BlockDevice device, long position, int length) {
        byte[] bytes = new byte[length];
        device.readAround(position, ByteBuffer.wrap(bytes), (at, size, cause) -> {});
        return bytes;
    }
}
