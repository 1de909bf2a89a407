package org.salvor.windows.efs;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;

/** Supplies an export piece by piece. May be called on any thread, one call at a time. */
final class ImportCall implements RawCalls.Import {
    private static final int PIECE = 64 << 10;

    private final InputStream export;
    private final JobMonitor monitor;
    private final byte[] piece = new byte[PIECE];
    final Carried carried = new Carried();
    private volatile boolean ended;

    ImportCall(InputStream export, JobMonitor monitor) {
        this.export = export;
        this.monitor = monitor;
    }

    @Override
    public int callback(Pointer buffer, @Nullable Pointer user, IntByReference length) {
        return carried.run(() -> {
            int capacity = length.getValue();
            length.setValue(0); // whatever happens below, nothing may be taken that was not supplied
            length.setValue(supply(buffer, capacity));
        });
    }

    private int supply(Pointer buffer, int capacity) throws IOException, CancelledException {
        monitor.checkpoint();
        if (ended) {
            return 0;
        }
        // the capacity is unsigned: what looks negative is more than 2 GiB
        int room = capacity < 0 ? PIECE : Math.min(capacity, PIECE);
        if (room == 0) {
            throw new IOException("a buffer without room");
        }
        int count = export.readNBytes(piece, 0, room);
        if (count == 0) {
            ended = true;
            return 0;
        }
        buffer.write(0, piece, 0, count);
        return count;
    }

    /** Whether all was asked for, to the end. */
    boolean ended() {
        return ended;
    }
}
