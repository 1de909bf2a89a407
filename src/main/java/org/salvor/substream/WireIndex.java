package org.salvor.substream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * What a sequence of WIN32_STREAM_ID streams holds, found by going from header to header (docs/formats/backupread.md, section 3).
 * Of streams that there can be only one of, the last one counts. What is broken ends the list; all before it is kept.
 */
public final class WireIndex {
    /** Asked often while a long sequence is gone through. */
    @FunctionalInterface
    public interface Pause {
        /** May block, or end the work. */
        void checkpoint() throws CancelledException;
    }

    /** No file has so many streams: NTFS keeps the list of them in 256 KiB. */
    private static final int MAX_PARTS = 65_536;

    /** Together, in characters. */
    private static final int MAX_NAMES = 4 << 20;

    /** Headers lie between payloads that are skipped: no more is read at once. */
    private static final int WINDOW = 4096;

    private final List<WirePart> parts;
    private final int unknown;
    private final boolean wellFormed;
    private final @Nullable RecoveryException damage;

    private WireIndex(List<WirePart> parts, int unknown, boolean wellFormed, @Nullable RecoveryException damage) {
        this.parts = List.copyOf(parts);
        this.unknown = unknown;
        this.wellFormed = wellFormed;
        this.damage = damage;
    }

    /** Streams that count, in their order. Those that Windows ignores are left out. */
    public List<WirePart> parts() {
        return parts;
    }

    /** How many streams have an id that is not known; they were skipped. */
    public int unknown() {
        return unknown;
    }

    /** Whether header follows header up to the very end, be it that a sparse stream is not ended. */
    public boolean wellFormed() {
        return wellFormed;
    }

    /** What ended the sequence before its end, or that a sparse stream in it has no end; null if all of it is sound. */
    public @Nullable RecoveryException damage() {
        return damage;
    }

    /** The stream of that type that counts, null if there is none. Meant for those of which there is only one. */
    public @Nullable WirePart part(StreamType type) {
        for (WirePart part : parts) {
            if (part.type() == type) {
                return part;
            }
        }
        return null;
    }

    public static WireIndex of(WireInput input, Pause pause) throws CancelledException {
        Collector collector = new Collector();
        WireParser parser = new WireParser(collector);
        RecoveryException damage = null;
        try {
            walk(input, parser, collector, pause);
            parser.end();
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            damage = e;
        }
        collector.missing(parser.left());
        boolean wellFormed = damage == null;
        if (wellFormed && collector.endless()) {
            damage = new FormatException(
                    WireHeader.STRUCTURE, input.size(), "the block that ends a sparse stream", "the end of the file");
        }
        return new WireIndex(collector.parts(), collector.unknown, wellFormed, damage);
    }

    private static void walk(WireInput input, WireParser parser, Collector collector, Pause pause)
            throws RecoveryException {
        ByteBuffer window = ByteBuffer.allocate((int) Math.min(WINDOW, input.size()));
        for (long at = 0; at < input.size(); at = parser.position()) {
            pause.checkpoint();
            long rest = Math.min(parser.left(), input.size() - at);
            if (rest > 0 && collector.hasHead()) {
                parser.skip(rest);
                continue;
            }
            window.clear().limit((int) Math.min(window.capacity(), input.size() - at));
            long[] bad = {-1};
            input.read(at, window, (position, length) -> bad[0] = bad[0] < 0 ? position : bad[0]);
            window.flip();
            if (bad[0] == at && rest == 0) {
                throw new RecoveryException(Messages.get("backup.header-unreadable", at));
            }
            if (bad[0] == at) {
                parser.skip(rest);
                continue;
            }
            if (bad[0] > at) {
                window.limit((int) (bad[0] - at));
            }
            parser.accept(window);
        }
    }

    /** A part that is being put together. */
    private static final class Growing {
        private final StreamType type;
        private final String name;
        private final WireHeader header;
        private final byte[] head;
        private int headLength;
        private boolean sparse;
        private long size;
        private long stored;
        private long missing;
        private int blocks;
        private boolean ended = true;

        Growing(StreamType type, String name, WireHeader header) {
            this.type = type;
            this.name = name;
            this.header = header;
            boolean data = type == StreamType.DATA || type == StreamType.ALTERNATE_DATA;
            int limit = type == StreamType.LINK ? LinkPath.MAX_SIZE : WirePart.HEAD;
            head = new byte[data ? 0 : (int) Math.min(limit, header.size())];
            sparse = (header.attributes() & WireHeader.SPARSE) != 0;
            size = header.size();
            stored = header.size();
        }

        void block(WireHeader block, long offset) throws FormatException {
            if (offset < size) {
                throw block.broken(WireHeader.LENGTH, "an offset of " + size + " or more", offset);
            }
            long length = block.size() - WireHeader.BLOCK_OFFSET;
            size = offset + length;
            stored += length;
            sparse = true;
            blocks++;
            ended = length == 0;
        }

        void payload(ByteBuffer piece) {
            int length = Math.min(piece.remaining(), head.length - headLength);
            piece.get(head, headLength, length);
            headLength += length;
        }

        WirePart part() {
            return new WirePart(
                    type,
                    name,
                    sparse,
                    header.attributes(),
                    header.payload(),
                    header.size(),
                    size,
                    stored,
                    missing,
                    blocks,
                    Arrays.copyOf(head, headLength));
        }
    }

    /** Puts parts together as their headers come. */
    private static final class Collector implements WireParser.Sink {
        private final Map<Object, Growing> parts = new LinkedHashMap<>();
        private @Nullable Growing data;
        private @Nullable Growing open;
        private int unknown;
        private int names;

        /** The identity of a named stream: a later one of the same name takes its place. */
        private record Named(String name) {}

        @Override
        public void begin(WireHeader header, String name, long offset) throws FormatException {
            StreamType type = header.type();
            open = null;
            if (type == null) {
                unknown++;
                return;
            }
            switch (type) {
                case DATA, ALTERNATE_DATA -> data = add(type, name, header);
                case SECURITY_DATA, EA_DATA, OBJECT_ID, REPARSE_DATA, LINK, GHOSTED_FILE_EXTENTS ->
                    open = add(type, name, header);
                case SPARSE_BLOCK -> {
                    if (data != null) {
                        data.block(header, offset);
                        open = data;
                    }
                    return;
                }
                case PROPERTY_DATA, TXFS_DATA, ENCRYPTED_RAW -> {
                    // Windows ignores the first two, the last never comes.
                    return;
                }
            }
            open = type == StreamType.DATA || type == StreamType.ALTERNATE_DATA ? data : open;
        }

        private Growing add(StreamType type, String name, WireHeader header) throws FormatException {
            names += name.length();
            if (parts.size() == MAX_PARTS || names > MAX_NAMES) {
                throw new FormatException(
                        WireHeader.STRUCTURE, header.position(), "at most " + MAX_PARTS + " streams", "more");
            }
            Object identity = switch (type) {
                case ALTERNATE_DATA -> new Named(name);
                case LINK, GHOSTED_FILE_EXTENTS -> header;
                default -> type;
            };
            Growing part = new Growing(type, name, header);
            parts.remove(identity);
            parts.put(identity, part);
            return part;
        }

        @Override
        public void payload(ByteBuffer piece) {
            if (open != null) {
                open.payload(piece);
            }
        }

        /** Whether nothing more of the payload is wanted. */
        boolean hasHead() {
            return open == null || open.headLength == open.head.length;
        }

        /** Bytes that were promised for the stream that began last, and did not come. */
        void missing(long bytes) {
            if (open != null) {
                open.missing += bytes;
            }
        }

        /** Whether blocks of a stream that counts are not followed by the empty one: some of them did not come. */
        boolean endless() {
            return parts.values().stream().anyMatch(part -> !part.ended);
        }

        List<WirePart> parts() {
            List<WirePart> all = new ArrayList<>(parts.size());
            parts.values().forEach(part -> all.add(part.part()));
            return all;
        }
    }
}
