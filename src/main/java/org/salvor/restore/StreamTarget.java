package org.salvor.restore;

import java.io.IOException;
import java.util.List;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/**
 * Writes each file as the sequence of streams that BackupRead would give of it, for BackupWrite on a Windows computer: whatever
 * belongs to the file is inside, so nothing goes to a sidecar of its own. An encrypted file has its own form for that, the raw export.
 */
final class StreamTarget implements RestoreTarget {
    private final TargetCapabilities capabilities;
    private final RestoreTarget encrypted;

    /** @param encrypted writes the exports of encrypted files; closed with this one */
    StreamTarget(TargetCapabilities capabilities, RestoreTarget encrypted) {
        this.capabilities = capabilities;
        this.encrypted = encrypted;
    }

    @Override
    public TargetCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public WrittenStreams write(PreparedFile file, Content content, JobMonitor monitor)
            throws IOException, RecoveryException {
        if (!(content instanceof Content.Substreams streams)) {
            throw new RecoveryException(Messages.get("export.self-writing"));
        }
        StreamExport export = new StreamExport(file.name(), file.folder(), file.size(), file.channel(), monitor);
        export.all(streams);
        if (export.endsWithHole()) {
            PortableTarget.extend(export.size(), file.channel(), file.temporary());
        }
        return new WrittenStreams(
                export.size(),
                export.sha256(),
                List.of(),
                export.lost(),
                false,
                Descriptors.NONE,
                false,
                export.notes());
    }

    @Override
    public RestoreTarget forEncrypted() {
        return encrypted;
    }

    @Override
    public void close() {
        encrypted.close();
    }
}
