package org.salvor.engine.keys;

import org.jspecify.annotations.Nullable;
import org.salvor.backup.efs.EfsMetadata;
import org.salvor.backup.efs.FileKey;
import org.salvor.backup.efs.RawExport;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;

/** Whether a certificate that fits by its thumbprint also gives the key of the file: that key may be damaged. */
public final class KeyTrial {
    private KeyTrial() {}

    /**
     * @param record the attribute $EFS; null where it is gone
     * @return false where a key fits and does not open it; true also where none fits
     * @throws RecoveryException the record is broken
     */
    public static boolean opens(byte @Nullable [] record, Keyring keys) throws RecoveryException {
        if (record == null) {
            return true;
        }
        EfsMetadata metadata = EfsMetadata.parse(record);
        try (FileKey key = FileKey.open(metadata, keys::privateKey)) {
            return true;
        } catch (RecoveryException e) {
            return false;
        }
    }

    /** Of content that is stored as an export. */
    public static boolean opens(DecryptedContent.Opener opener, Keyring keys) throws RecoveryException {
        try (ReopenedSource source = ReopenedSource.of(opener)) {
            return source == null || opens(RawExport.keyRecord(source), keys);
        }
    }
}
