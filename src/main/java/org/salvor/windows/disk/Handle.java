package org.salvor.windows.disk;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.salvor.windows.Wide;

/** An open disk, volume, file or folder. There is no way to open one for writing. */
final class Handle implements AutoCloseable {
    static final int GENERIC_READ = 0x80000000;

    /** Enough to ask what it is; needs no rights. */
    static final int QUERY = 0;

    private static final int SHARE_ALL = 7;
    private static final int OPEN_EXISTING = 3;
    private static final int BACKUP_SEMANTICS = 0x02000000;
    private static final int MORE_DATA = 234;
    private static final int INSUFFICIENT_BUFFER = 122;
    private static final int LARGEST_ANSWER = 1 << 20;

    private final DiskCalls calls;
    private final Pointer handle;

    private Handle(DiskCalls calls, Pointer handle) {
        this.calls = calls;
        this.handle = handle;
    }

    /** Opens a device. @param name as Windows takes it, without a backslash at the end */
    static Handle device(DiskCalls calls, String name, int access) throws CallException {
        return open(calls, name, access, 0);
    }

    /** Opens a file or folder only to ask about it; links are followed. */
    static Handle path(DiskCalls calls, String name) throws CallException {
        return open(calls, name, QUERY, BACKUP_SEMANTICS);
    }

    private static Handle open(DiskCalls calls, String name, int access, int flags) throws CallException {
        try (Memory text = Wide.of(name)) {
            Pointer handle = calls.CreateFileW(text, access, SHARE_ALL, null, OPEN_EXISTING, flags, null);
            if (Pointer.nativeValue(handle) == -1) {
                throw new CallException(Native.getLastError());
            }
            return new Handle(calls, handle);
        }
    }

    Pointer pointer() {
        return handle;
    }

    /** The answer to a question, as long as it came. @param size the room for a usual answer; more is given where it is asked for */
    byte[] ask(int code, byte[] question, int size) throws CallException {
        IntByReference returned = new IntByReference();
        for (int room = size; ; room *= 2) {
            try (Memory in = new Memory(Math.max(1, question.length));
                    Memory out = new Memory(Math.max(1, room))) {
                in.write(0, question, 0, question.length);
                out.clear();
                returned.setValue(0);
                if (calls.DeviceIoControl(handle, code, in, question.length, out, room, returned, null) != 0) {
                    int length = Math.clamp(returned.getValue(), 0, room);
                    return out.getByteArray(0, length);
                }
                int error = Native.getLastError();
                if (error != MORE_DATA && error != INSUFFICIENT_BUFFER || room >= LARGEST_ANSWER) {
                    throw new CallException(error);
                }
            }
        }
    }

    @Override
    public void close() {
        calls.CloseHandle(handle);
    }
}
