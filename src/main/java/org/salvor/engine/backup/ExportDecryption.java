package org.salvor.engine.backup;

import java.util.List;
import org.salvor.backup.BackupContent;
import org.salvor.backup.CertificateNeeded;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;

/** Opens what a backup keeps as an EFS export, where the keyring has a fitting certificate. */
public interface ExportDecryption {
    /** Whether one of the certificates is in the keyring with its private key. */
    boolean fits(List<CertificateNeeded> certificates, Keyring keys);

    /**
     * The content in plain where it is an export and a certificate fits; any other as it is.
     *
     * @param content is closed with what is returned, and also if this throws
     */
    BackupContent open(BackupContent content, Keyring keys) throws RecoveryException;

    /** Nothing fits: exports stay as they are. */
    ExportDecryption NONE = new ExportDecryption() {
        @Override
        public boolean fits(List<CertificateNeeded> certificates, Keyring keys) {
            return false;
        }

        @Override
        public BackupContent open(BackupContent content, Keyring keys) {
            return content;
        }
    };
}
