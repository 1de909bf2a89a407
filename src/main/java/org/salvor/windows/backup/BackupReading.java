package org.salvor.windows.backup;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.nio.file.Path;
import org.salvor.windows.WindowsException;

/**
 * One run of BackupRead over an open file. The context begins as null, is written by Windows at every call, and is released with bAbort
 * however the run ends; a second run wants a handle of its own.
 */
final class BackupReading implements AutoCloseable {
    private final Kernel kernel;
    private final OpenFile file;
    private final PointerByReference context = new PointerByReference(Pointer.NULL);
    private final IntByReference count = new IntByReference();

    BackupReading(Kernel kernel, Path path) throws WindowsException {
        this.kernel = kernel;
        file = OpenFile.forReading(kernel, path);
    }

    /** Fills the buffer from its beginning. @return how many bytes came, which may be fewer than fit; 0 at the end */
    int read(Memory buffer) throws WindowsException {
        count.setValue(0);
        if (kernel.BackupRead(file.handle(), buffer, (int) buffer.size(), count, 0, 1, context) == 0) {
            throw WindowsException.reading(Native.getLastError(), file.path());
        }
        return count.getValue();
    }

    /** Passes over bytes of the data of the present stream, and no farther. */
    void skip(long bytes) throws WindowsException {
        IntByReference low = new IntByReference();
        IntByReference high = new IntByReference();
        int done = kernel.BackupSeek(file.handle(), (int) bytes, (int) (bytes >>> 32), low, high, context);
        int code = done == 0 ? Native.getLastError() : 0;
        long passed = (long) high.getValue() << 32 | Integer.toUnsignedLong(low.getValue());
        if (done == 0 || passed != bytes) {
            throw WindowsException.reading(code, file.path());
        }
    }

    @Override
    public void close() {
        if (context.getValue() != null) {
            kernel.BackupRead(file.handle(), null, 0, count, 1, 1, context);
        }
        file.close();
    }
}
