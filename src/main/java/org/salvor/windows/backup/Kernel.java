package org.salvor.windows.backup;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;
import org.salvor.windows.HandleCalls;

/** What is needed of kernel32 to write and read files with all that belongs to them, in the types of {@link HandleCalls}. */
interface Kernel extends HandleCalls {
    int BackupWrite(
            Pointer file,
            @Nullable Pointer buffer,
            int count,
            IntByReference written,
            int abort,
            int security,
            PointerByReference context);

    int BackupRead(
            Pointer file,
            @Nullable Pointer buffer,
            int count,
            IntByReference read,
            int abort,
            int security,
            PointerByReference context);

    int BackupSeek(
            Pointer file,
            int low,
            int high,
            IntByReference soughtLow,
            IntByReference soughtHigh,
            PointerByReference context);

    int SetFileInformationByHandle(Pointer file, int kind, Pointer information, int size);

    int FlushFileBuffers(Pointer file);

    Pointer GetCurrentProcess();
}
