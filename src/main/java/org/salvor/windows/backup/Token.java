package org.salvor.windows.backup;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What is needed of advapi32, in the types of {@link Kernel}. */
interface Token extends Library {
    int OpenProcessToken(Pointer process, int access, PointerByReference token);

    int LookupPrivilegeValueW(@Nullable Pointer system, Pointer name, Pointer luid);

    int AdjustTokenPrivileges(
            Pointer token, int none, Pointer state, int length, @Nullable Pointer before, @Nullable Pointer needed);
}
