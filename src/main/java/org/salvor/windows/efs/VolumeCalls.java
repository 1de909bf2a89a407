package org.salvor.windows.efs;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import org.jspecify.annotations.Nullable;

/** What is needed of kernel32 to ask what a volume can hold and what a file is; by names, because a handle would keep the file from being opened. */
interface VolumeCalls extends Library {
    int GetVolumePathNameW(Pointer path, Pointer root, int letters);

    int GetVolumeInformationW(
            Pointer root,
            @Nullable Pointer label,
            int labelLetters,
            @Nullable IntByReference serial,
            @Nullable IntByReference longestName,
            IntByReference flags,
            Pointer fileSystem,
            int fileSystemLetters);

    int GetFileAttributesW(Pointer path);
}
