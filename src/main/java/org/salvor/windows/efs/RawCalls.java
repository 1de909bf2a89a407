package org.salvor.windows.efs;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** What is needed of advapi32. Every function returns its error itself, 0 if all is well; the last error means nothing here. */
interface RawCalls extends Library {
    int OpenEncryptedFileRawW(Pointer path, int flags, PointerByReference context);

    int WriteEncryptedFileRaw(Import callback, @Nullable Pointer user, Pointer context);

    int ReadEncryptedFileRaw(Export callback, @Nullable Pointer user, Pointer context);

    void CloseEncryptedFileRaw(Pointer context);

    /** PFE_IMPORT_FUNC: fills the buffer; {@code length} holds its capacity and takes what was supplied, 0 at the end. */
    interface Import extends Callback {
        int callback(Pointer buffer, @Nullable Pointer user, IntByReference length);
    }

    /** PFE_EXPORT_FUNC: takes what is in the buffer, which may be nothing. */
    interface Export extends Callback {
        int callback(@Nullable Pointer buffer, @Nullable Pointer user, int length);
    }
}
