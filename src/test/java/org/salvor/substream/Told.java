package org.salvor.substream;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/**
 * A stream as it was given: its bytes with holes and losses as zeros, and where those are.
 *
 * @param gaps as "hole 0+65536" or "lost 10+5"
 */
record Told(StreamType type, String name, boolean sparse, long size, byte[] bytes, List<String> gaps) {
    /** Reads a stream to its end; chunks must be in order and leave no gap. */
    static Told of(Substream stream) throws RecoveryException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> gaps = new ArrayList<>();
        long position = 0;
        for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            if (chunk.offset() != position || chunk.length() <= 0) {
                throw new AssertionError(chunk + " at " + position);
            }
            position += chunk.length();
            if (chunk instanceof Chunk.Bytes piece) {
                byte[] copy = new byte[piece.data().remaining()];
                piece.data().get(copy);
                bytes.writeBytes(copy);
            } else {
                if (position > 64 << 20) {
                    throw new AssertionError("a gap of " + chunk.length() + " bytes");
                }
                bytes.writeBytes(new byte[(int) chunk.length()]);
                gaps.add((chunk instanceof Chunk.Hole ? "hole " : "lost ") + chunk.offset() + "+" + chunk.length());
            }
        }
        if (position != stream.size()) {
            throw new AssertionError(position + " bytes of " + stream.size());
        }
        return new Told(stream.type(), stream.name(), stream.sparse(), stream.size(), bytes.toByteArray(), gaps);
    }

    /** All streams of a sequence up to where it is broken. */
    static List<Told> all(WireInput input) throws RecoveryException {
        List<Told> all = new ArrayList<>();
        WireReader reader = new WireReader(input, WireIndex.of(input, () -> {}));
        try {
            for (@Nullable Substream stream = reader.next(); stream != null; stream = reader.next()) {
                all.add(of(stream));
            }
        } catch (RecoveryException e) {
            // tested where it matters
        }
        return all;
    }

    static List<Told> all(byte[] bytes) throws RecoveryException {
        return all(new MemoryInput(bytes));
    }

    String text() {
        return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
}
