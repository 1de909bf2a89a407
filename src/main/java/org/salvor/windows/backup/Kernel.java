package org.salvor.windows.backup;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/**
 * What is needed of kernel32. BOOL and DWORD are {@code int}, handles are pointers, texts are UTF-16LE with two zero bytes behind; so
 * the same binding fits a double on another system. The last error is asked of JNA at once, on the same thread.
 */
interface Kernel extends Library {
    Pointer CreateFileW(
            Pointer name,
            int access,
            int share,
            @Nullable Pointer security,
            int disposition,
            int flags,
            @Nullable Pointer template);

    int CloseHandle(Pointer handle);

    int BackupWrite(
            Pointer file,
            @Nullable Pointer buffer,
            int count,
            IntByReference written,
            int abort,
            int security,
            PointerByReference context);

    int DeviceIoControl(
            Pointer file,
            int code,
            @Nullable Pointer in,
            int inSize,
            @Nullable Pointer out,
            int outSize,
            IntByReference returned,
            @Nullable Pointer overlapped);

    int SetFileInformationByHandle(Pointer file, int kind, Pointer information, int size);

    int FlushFileBuffers(Pointer file);

    Pointer GetCurrentProcess();
}
