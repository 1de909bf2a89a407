package org.salvor.windows.disk;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;
import org.salvor.windows.HandleCalls;

/** What is needed of kernel32 for disks and volumes, in the types of {@link HandleCalls}. */
interface DiskCalls extends HandleCalls {
    int ReadFile(Pointer handle, Pointer buffer, int count, IntByReference read, Pointer overlapped);

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
