package org.salvor.restore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.FileId;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * Folders that were encrypted on the source, which means that files made in them are. They become so again when all that is restored into
 * them is there: what is written into an encrypted folder would be encrypted for whoever restores.
 */
final class EncryptedFolders {
    /** A key record has at most 262,144 bytes (MS-EFSR 2.2.2); named streams may follow. */
    private static final int MAX_EXPORT = 4 << 20;

    private final EncryptedFiles system;
    private final RecoverySession session;
    private final TargetFolders folders;

    EncryptedFolders(EncryptedFiles system, RecoverySession session, TargetFolders folders) {
        this.system = system;
        this.session = session;
        this.folders = folders;
    }

    /** What became of it, as a sentence. No handle of a folder may be in use. */
    String back(Task task, JobMonitor monitor) throws IOException, RecoveryException {
        byte[] export = system == EncryptedFiles.NONE ? null : export(task, monitor);
        if (export == null) {
            return Messages.get("restore.folder-plain");
        }
        Path path;
        try (TargetFolders.Folder self = folders.open(task.target())) {
            path = self.path();
        }
        folders.release();
        try {
            EncryptedReturn.realFolders(folders.root(), path);
            system.putFolder(path, new ByteArrayInputStream(export), monitor);
            return Messages.get("restore.folder-encrypted-again");
        } catch (IOException e) {
            return Messages.get("restore.folder-not-encrypted", EncryptedReturn.why(e));
        }
    }

    /** Null where it is not whole. */
    private byte @Nullable [] export(Task task, JobMonitor monitor) throws IOException, RecoveryException {
        try (Content content = session.content(new FileId(task.id()))) {
            if (content instanceof Content.Substreams streams) {
                for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
                    if (stream.type() == StreamType.ENCRYPTED_RAW && stream.size() <= MAX_EXPORT) {
                        byte[] export = Links.bytes(stream, MAX_EXPORT, monitor);
                        return export.length == 0 ? null : export;
                    }
                }
            }
            return null;
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            return null;
        }
    }
}
