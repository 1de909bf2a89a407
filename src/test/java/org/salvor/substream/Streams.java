package org.salvor.substream;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;

/** Streams made up for tests, and the writer's bytes of them. */
public final class Streams {
    private Streams() {}

    /** Pieces are bytes, holes (a Long), losses (an Integer), or what is thrown. */
    public static Substream of(StreamType type, String name, boolean sparse, long size, Object... pieces) {
        Queue<Object> left = new ArrayDeque<>(List.of(pieces));
        return new Substream() {
            private long position;

            @Override
            public StreamType type() {
                return type;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public long size() {
                return size;
            }

            @Override
            public boolean sparse() {
                return sparse;
            }

            @Override
            public @Nullable Chunk next() throws RecoveryException {
                Object piece = left.poll();
                Chunk chunk = switch (piece) {
                    case null -> null;
                    case byte[] bytes -> new Chunk.Bytes(position, ByteBuffer.wrap(bytes));
                    case Long hole -> new Chunk.Hole(position, hole);
                    case Integer lost -> new Chunk.Lost(position, lost, "the sectors cannot be read");
                    case Chunk other -> other;
                    case RecoveryException failure -> throw failure;
                    default -> throw new AssertionError(piece);
                };
                position += chunk == null ? 0 : chunk.length();
                return chunk;
            }
        };
    }

    public static Substream data(byte[] bytes) {
        return whole(StreamType.DATA, bytes);
    }

    /** A stream without a name that comes in one piece. */
    public static Substream whole(StreamType type, byte[] bytes) {
        return of(type, "", false, bytes.length, (Object) bytes);
    }

    public static Substream named(String name, byte[] bytes) {
        return of(StreamType.ALTERNATE_DATA, name, false, bytes.length, (Object) bytes);
    }

    /** What the writer makes of them, and what it told as lost. */
    record Written(byte[] bytes, List<String> lost) {}

    static Written write(Substream... streams) throws IOException, RecoveryException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        List<String> lost = new ArrayList<>();
        WireWriter writer = new WireWriter(
                new WireWriter.Out() {
                    @Override
                    public void bytes(ByteBuffer data) {
                        byte[] copy = new byte[data.remaining()];
                        data.get(copy);
                        bytes.writeBytes(copy);
                    }

                    @Override
                    public void zeros(long length) {
                        bytes.writeBytes(new byte[(int) length]);
                    }
                },
                (stream, chunk) -> lost.add(stream.type() + " " + chunk.offset() + "+" + chunk.length()));
        for (Substream stream : streams) {
            writer.write(stream);
        }
        return new Written(bytes.toByteArray(), lost);
    }
}
