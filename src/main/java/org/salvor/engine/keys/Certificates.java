package org.salvor.engine.keys;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.CertificateNeeded;
import org.salvor.backup.efs.EfsMetadata;
import org.salvor.backup.efs.RawExport;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.NeededCertificate;

/** What the domain says of encrypted files, made of what their key records say. */
public final class Certificates {
    private Certificates() {}

    /** @param record the attribute $EFS; null where it is gone */
    public static Encryption of(byte @Nullable [] record) {
        if (record == null) {
            return Encryption.LOST;
        }
        try {
            EfsMetadata metadata = EfsMetadata.parse(record);
            return of(metadata.certificates(), metadata.decryptable());
        } catch (FormatException e) {
            return Encryption.LOST;
        }
    }

    /** Of content that is stored as an export; null where it holds none. */
    public static @Nullable Encryption of(DecryptedContent.Opener opener) throws RecoveryException {
        try (ReopenedSource source = ReopenedSource.of(opener)) {
            return source == null ? null : of(RawExport.keyRecord(source));
        } catch (FormatException e) {
            return Encryption.LOST;
        }
    }

    /** @param here whether a private key is enough, without Windows */
    public static Encryption of(List<CertificateNeeded> certificates, boolean here) {
        return new Encryption(
                here ? Encryption.Kind.CERTIFICATE : Encryption.Kind.WINDOWS_ONLY,
                certificates.stream()
                        .map(each -> new NeededCertificate(each.thumbprint(), each.name(), each.recovery()))
                        .toList());
    }
}
