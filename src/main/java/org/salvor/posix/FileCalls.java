package org.salvor.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;

/** The few functions of libc that files need and Java does not offer. Paths are UTF-8 with a zero byte behind. */
final class FileCalls {
    static final int ERANGE = 34;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;
    static final int O_RDONLY = 0;
    static final int O_NOFOLLOW = 0x20000;
    static final int O_CLOEXEC = 0x80000;
    static final int SYNC_FILE_RANGE_WRITE = 2;
    static final int POSIX_FADV_DONTNEED = 4;

    static {
        Native.register("c");
    }

    private FileCalls() {}

    static native NativeLong lgetxattr(byte[] path, byte[] name, byte[] value, NativeLong size)
            throws LastErrorException;

    static native int lsetxattr(byte[] path, byte[] name, byte[] value, NativeLong size, int flags)
            throws LastErrorException;

    static native NativeLong llistxattr(byte[] path, byte[] list, NativeLong size) throws LastErrorException;

    static native int open(byte[] path, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int syncfs(int descriptor) throws LastErrorException;

    /** Begins to write what is dirty in a range of a file, up to its end where {@code length} is 0. Neither waits nor takes an error from the sync. */
    static native int sync_file_range(int descriptor, long offset, long length, int flags) throws LastErrorException;

    static native int posix_fadvise(int descriptor, long offset, long length, int advice);
}
