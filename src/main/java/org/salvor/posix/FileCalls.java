package org.salvor.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Platform;

/** The few functions of libc that files need and Java does not offer. Paths are UTF-8 with a zero byte behind. */
final class FileCalls {
    static final int ENOENT = 2;
    static final int EIO = 5;
    static final int ENOTDIR = 20;
    static final int ENOSPC = 28;
    static final int ERANGE = 34;
    static final int ELOOP = 40;
    static final int ENODATA = 61;
    static final int EOPNOTSUPP = 95;
    static final int EDQUOT = 122;
    static final int O_RDONLY = 0;

    /** ARM and PowerPC have numbers of their own for these two (asm/fcntl.h). */
    private static final boolean OWN_NUMBERS = Platform.isARM() || Platform.isPPC();

    static final int O_DIRECTORY = OWN_NUMBERS ? 0x4000 : 0x10000;
    static final int O_NOFOLLOW = OWN_NUMBERS ? 0x8000 : 0x20000;
    static final int O_CLOEXEC = 0x80000;

    /** Only the place, with no right to read or write what is there. */
    static final int O_PATH = 0x200000;

    static final int AT_FDCWD = -100;
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

    static native int openat(int folder, byte[] path, int flags) throws LastErrorException;

    static native int close(int descriptor) throws LastErrorException;

    static native int syncfs(int descriptor) throws LastErrorException;

    static native int fdatasync(int descriptor) throws LastErrorException;

    static native int posix_fadvise(int descriptor, long offset, long length, int advice);
}
