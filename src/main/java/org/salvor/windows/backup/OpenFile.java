package org.salvor.windows.backup;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.nio.file.Path;
import java.util.List;
import org.salvor.windows.Wide;
import org.salvor.windows.WindowsException;

/**
 * A handle to a file or folder, never followed if it is a link. One that is written was prepared by {@code restore}: it is never made
 * here, and is shared with whoever prepared it. One that is read may not be written meanwhile.
 */
final class OpenFile implements AutoCloseable {
    private static final int READ = 0x80000000;
    private static final int READ_AND_WRITE = 0xC0000000;
    private static final int OWNER_AND_DACL = 0x000C0000;
    private static final int SACL = 0x01000000;
    private static final int SHARE_READING = 1;
    private static final int SHARE_ALL = 7;
    private static final int OPEN_EXISTING = 3;
    private static final int OPEN_ALWAYS = 4;
    private static final int BACKUP_SEMANTICS_AND_REPARSE_POINT = 0x02200000;
    private static final int SET_SPARSE = 0x000900C4;
    private static final int BASIC_INFO_SIZE = 40;

    /** 1601 to 1970 in units of 100 ns. */
    private static final long EPOCH = 116_444_736_000_000_000L;

    private final Kernel kernel;
    private final Path path;
    private final Pointer handle;
    private final int access;

    private OpenFile(Kernel kernel, Path path, Pointer handle, int access) {
        this.kernel = kernel;
        this.path = path;
        this.handle = handle;
        this.access = access;
    }

    /** Opens for data, attributes and times. */
    static OpenFile forData(Kernel kernel, Path path) throws WindowsException {
        return open(kernel, path, "", READ_AND_WRITE, OPEN_EXISTING);
    }

    /** Opens a named stream, which is made if it is not there. */
    static OpenFile forStream(Kernel kernel, Path path, String stream) throws WindowsException {
        return open(kernel, path, stream, READ_AND_WRITE, OPEN_ALWAYS);
    }

    /** Opens for permissions too, with as many rights as there are: without the auditing rules, then without the permissions. */
    static OpenFile forSecurity(Kernel kernel, Path path) throws WindowsException {
        for (int access : List.of(READ_AND_WRITE | OWNER_AND_DACL | SACL, READ_AND_WRITE | OWNER_AND_DACL)) {
            try {
                return open(kernel, path, "", access, OPEN_EXISTING);
            } catch (WindowsException e) {
                if (!e.denied()) {
                    throw e;
                }
            }
        }
        return open(kernel, path, "", READ_AND_WRITE, OPEN_EXISTING);
    }

    /** Opens for reading, with the auditing rules where the rights allow it. */
    static OpenFile forReading(Kernel kernel, Path path) throws WindowsException {
        try {
            return open(kernel, path, "", READ | SACL, OPEN_EXISTING);
        } catch (WindowsException e) {
            if (!e.denied()) {
                throw e;
            }
        }
        return open(kernel, path, "", READ, OPEN_EXISTING);
    }

    private static OpenFile open(Kernel kernel, Path path, String stream, int access, int disposition)
            throws WindowsException {
        int share = (access & READ_AND_WRITE) == READ ? SHARE_READING : SHARE_ALL;
        String text = Wide.path(path) + (stream.isEmpty() ? "" : ":" + stream);
        try (Memory name = Wide.of(text)) {
            Pointer handle = kernel.CreateFileW(
                    name, access, share, null, disposition, BACKUP_SEMANTICS_AND_REPARSE_POINT, null);
            if (Pointer.nativeValue(handle) == -1) {
                throw WindowsException.of(Native.getLastError(), path);
            }
            return new OpenFile(kernel, path, handle, access);
        }
    }

    /** Returns false where the file system has no sparse files. */
    boolean sparse() throws WindowsException {
        if (kernel.DeviceIoControl(handle, SET_SPARSE, null, 0, null, 0, new IntByReference(), null) != 0) {
            return true;
        }
        int code = Native.getLastError();
        if (code == WindowsException.NOT_SUPPORTED) {
            return false;
        }
        throw WindowsException.of(code, path);
    }

    /** Times in units of 100 ns since 1970; what is {@code unknown} stays. Attributes that are no bits of a person's stay too. */
    void basic(long created, long accessed, long modified, long changed, long unknown, int attributes)
            throws WindowsException {
        try (Memory info = new Memory(BASIC_INFO_SIZE)) {
            info.clear();
            long[] times = {created, accessed, modified, changed};
            for (int i = 0; i < times.length; i++) {
                // A time of 0 or less has another meaning for Windows: leave it as it is.
                info.setLong(8L * i, times[i] == unknown || times[i] <= -EPOCH ? 0 : times[i] + EPOCH);
            }
            info.setInt(32, attributes);
            if (kernel.SetFileInformationByHandle(handle, 0, info, BASIC_INFO_SIZE) == 0) {
                throw WindowsException.of(Native.getLastError(), path);
            }
        }
    }

    /** Brings the file to the medium. Once it is read-only nobody else can. */
    void flush() throws WindowsException {
        if (kernel.FlushFileBuffers(handle) == 0) {
            throw WindowsException.of(Native.getLastError(), path);
        }
    }

    Pointer handle() {
        return handle;
    }

    Path path() {
        return path;
    }

    boolean takesPermissions() {
        return (access & OWNER_AND_DACL) == OWNER_AND_DACL;
    }

    boolean takesAuditing() {
        return (access & SACL) != 0;
    }

    @Override
    public void close() {
        kernel.CloseHandle(handle);
    }
}
