package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The checksum of a stream while its bytes go by: the exclusive or of little-endian numbers of 32 bits, however the bytes are cut. */
final class RunningXor {
    private int sum;
    private int phase;

    RunningXor(int seed, int phase) {
        sum = seed;
        this.phase = phase;
    }

    /** The bytes of the buffer, which stays as it is. */
    void update(ByteBuffer bytes) {
        ByteBuffer data = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        while (phase != 0 && data.hasRemaining()) {
            one(data.get());
        }
        long wide = 0;
        int at = data.position();
        int end = at + data.remaining() / Long.BYTES * Long.BYTES;
        for (; at < end; at += Long.BYTES) {
            wide ^= data.getLong(at);
        }
        sum ^= (int) wide ^ (int) (wide >>> 32);
        data.position(at);
        while (data.hasRemaining()) {
            one(data.get());
        }
    }

    private void one(byte value) {
        sum ^= (value & 0xff) << 8 * phase;
        phase = phase + 1 & 3;
    }

    int sum() {
        return sum;
    }
}
