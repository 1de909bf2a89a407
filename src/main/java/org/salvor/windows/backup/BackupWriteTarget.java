package org.salvor.windows.backup;

import java.io.IOException;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/**
 * A folder of Windows: files get all that belongs to them through BackupWrite. Each is opened as {@code restore} has prepared it, so its
 * guard, its journal and its names stay in force. What Windows does not take goes to the sidecar, with a note that says so.
 */
public final class BackupWriteTarget implements RestoreTarget {
    private final Kernel kernel;
    private final Set<Privileges> held;
    private final TargetCapabilities capabilities;
    private final Keeping keeping;

    private BackupWriteTarget(Kernel kernel, Token token, TargetCapabilities capabilities, Keeping keeping) {
        this.kernel = kernel;
        this.held = Privileges.enable(kernel, token, Privileges.TO_WRITE);
        this.capabilities = capabilities;
        this.keeping = keeping;
    }

    /** The target with functions that are already bound. */
    static BackupWriteTarget of(Kernel kernel, Token token, TargetCapabilities capabilities, Keeping keeping) {
        return new BackupWriteTarget(kernel, token, capabilities, keeping);
    }

    /** The rights that the process has and that are enabled. */
    Set<Privileges> held() {
        return held;
    }

    @Override
    public TargetCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public WrittenStreams write(PreparedFile file, Content content, JobMonitor monitor)
            throws IOException, RecoveryException {
        return switch (content) {
            case Content.Substreams streams -> new FileWriting(kernel, keeping, file, monitor).all(streams);
            case Content.SelfWriting self -> throw new RecoveryException(Messages.get("export.self-writing"));
        };
    }

    @Override
    public boolean links() {
        return true;
    }

    @Override
    public void close() {}
}
