package org.salvor.windows.disk;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** What is needed of kernel32. BOOL and DWORD are {@code int}, handles are pointers, texts UTF-16LE; the last error is asked of JNA at once. */
interface DiskCalls extends Library {
    Pointer CreateFileW(
            Pointer name,
            int access,
            int share,
            @Nullable Pointer security,
            int disposition,
            int flags,
            @Nullable Pointer template);

    int CloseHandle(Pointer handle);

    int ReadFile(Pointer handle, Pointer buffer, int count, IntByReference read, Pointer overlapped);

    int DeviceIoControl(
            Pointer handle,
            int code,
            @Nullable Pointer in,
            int inSize,
            @Nullable Pointer out,
            int outSize,
            IntByReference returned,
            @Nullable Pointer overlapped);

    int GetFinalPathNameByHandleW(Pointer handle, Pointer path, int letters, int flags);

    int GetFileInformationByHandle(Pointer handle, Pointer information);

    int GetVolumeNameForVolumeMountPointW(Pointer mountPoint, Pointer volume, int letters);

    int GetVolumePathNamesForVolumeNameW(Pointer volume, Pointer paths, int letters, IntByReference needed);

    int GetVolumeInformationW(
            Pointer root,
            @Nullable Pointer label,
            int labelLetters,
            @Nullable IntByReference serial,
            @Nullable IntByReference longestName,
            @Nullable IntByReference flags,
            Pointer fileSystem,
            int fileSystemLetters);

    Pointer FindFirstVolumeW(Pointer volume, int letters);

    int FindNextVolumeW(Pointer search, Pointer volume, int letters);

    int FindVolumeClose(Pointer search);
}
