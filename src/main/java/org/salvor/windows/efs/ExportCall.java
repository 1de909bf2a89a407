package org.salvor.windows.efs;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.JobMonitor;

/** Takes an export piece by piece. May be called on any thread, one call at a time. */
final class ExportCall implements RawCalls.Export {
    private static final int PIECE = 64 << 10;

    private final OutputStream to;
    private final JobMonitor monitor;
    private final byte[] piece = new byte[PIECE];
    final Carried carried = new Carried();
    private volatile long taken;

    ExportCall(OutputStream to, JobMonitor monitor) {
        this.to = to;
        this.monitor = monitor;
    }

    @Override
    public int callback(@Nullable Pointer buffer, @Nullable Pointer user, int length) {
        return carried.run(() -> {
            monitor.checkpoint();
            long count = Integer.toUnsignedLong(length);
            if (count == 0) {
                return; // a flush at the end
            }
            if (buffer == null) {
                throw new IOException("no buffer for " + count + " bytes");
            }
            for (long at = 0; at < count; at += PIECE) {
                int part = (int) Math.min(PIECE, count - at);
                buffer.read(at, piece, 0, part);
                to.write(piece, 0, part);
            }
            taken += count;
        });
    }

    /** Bytes so far. */
    long taken() {
        return taken;
    }
}
