package org.salvor.windows;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/**
 * What every part needs of kernel32: handles. BOOL and DWORD are {@code int}, handles are pointers, texts are UTF-16LE with two zero
 * bytes behind; so the same binding fits a double on another system. The last error is asked of JNA at once, on the same thread.
 */
public interface HandleCalls extends Library {
    Pointer CreateFileW(
            Pointer name,
            int access,
            int share,
            @Nullable Pointer security,
            int disposition,
            int flags,
            @Nullable Pointer template);

    int CloseHandle(Pointer handle);

    int DeviceIoControl(
            Pointer handle,
            int code,
            @Nullable Pointer in,
            int inSize,
            @Nullable Pointer out,
            int outSize,
            IntByReference returned,
            @Nullable Pointer overlapped);
}
