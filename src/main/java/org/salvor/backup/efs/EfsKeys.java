package org.salvor.backup.efs;

import java.security.PrivateKey;
import org.jspecify.annotations.Nullable;

/** The private keys that are at hand now; may have more of them at the next call. */
@FunctionalInterface
public interface EfsKeys {
    /** No keys at all. */
    EfsKeys NONE = thumbprint -> null;

    /**
     * The private key of a certificate, or null.
     *
     * @param thumbprint SHA-1 of the certificate, 40 hexadecimal digits in upper case
     */
    @Nullable
    PrivateKey privateKey(String thumbprint);
}
