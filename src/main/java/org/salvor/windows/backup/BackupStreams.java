package org.salvor.windows.backup;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.ByteBuffer;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.WireWriter;
import org.salvor.windows.WindowsException;

/**
 * One run of BackupWrite: gathers a sequence of streams into large pieces. The context begins as null, is written by Windows at every
 * call, and is released with bAbort however the run ends. After an error nothing but that may follow.
 */
final class BackupStreams implements WireWriter.Out, AutoCloseable {
    private static final int BUFFER = 256 << 10;

    private final Kernel kernel;
    private final OpenFile file;
    private final int security;
    private final JobMonitor monitor;
    private final Memory memory = new Memory(BUFFER);
    private final ByteBuffer gathered = memory.getByteBuffer(0, BUFFER);
    private final PointerByReference context = new PointerByReference(Pointer.NULL);
    private final IntByReference written = new IntByReference();

    BackupStreams(Kernel kernel, OpenFile file, boolean security, JobMonitor monitor) {
        this.kernel = kernel;
        this.file = file;
        this.security = security ? 1 : 0;
        this.monitor = monitor;
    }

    @Override
    public void bytes(ByteBuffer data) throws WindowsException, RecoveryException {
        ByteBuffer rest = data.duplicate();
        while (rest.hasRemaining()) {
            int part = Math.min(rest.remaining(), gathered.remaining());
            gathered.put(rest.slice(rest.position(), part));
            rest.position(rest.position() + part);
            flushIfFull();
        }
    }

    @Override
    public void zeros(long length) throws WindowsException, RecoveryException {
        for (long left = length; left > 0; ) {
            int part = (int) Math.min(left, gathered.remaining());
            memory.setMemory(gathered.position(), part, (byte) 0);
            gathered.position(gathered.position() + part);
            left -= part;
            flushIfFull();
        }
    }

    private void flushIfFull() throws WindowsException, RecoveryException {
        if (!gathered.hasRemaining()) {
            monitor.checkpoint();
            flush();
        }
    }

    /** Brings out what is still gathered. */
    void flush() throws WindowsException {
        int count = gathered.position();
        if (count == 0) {
            return;
        }
        written.setValue(0);
        if (kernel.BackupWrite(file.handle(), memory, count, written, 0, security, context) == 0) {
            throw WindowsException.of(Native.getLastError(), file.path());
        }
        if (written.getValue() != count) {
            throw WindowsException.shortWrite(file.path());
        }
        gathered.clear();
    }

    /** Releases the context; what is still gathered is dropped. */
    @Override
    public void close() {
        if (context.getValue() != null) {
            kernel.BackupWrite(file.handle(), null, 0, written, 1, security, context);
        }
        memory.close();
    }
}
