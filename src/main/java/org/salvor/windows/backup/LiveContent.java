package org.salvor.windows.backup;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.Substream;
import org.salvor.substream.WireIndex;
import org.salvor.substream.WireReader;

/** All that belongs to a file or folder of this computer, as BackupRead gives it. */
final class LiveContent implements Content.Substreams {
    private final LiveInput input;
    private final WireReader reader;

    LiveContent(Kernel kernel, Path path, JobMonitor monitor) throws RecoveryException {
        input = new LiveInput(kernel, path, monitor);
        try {
            reader = new WireReader(input, WireIndex.of(input, monitor::checkpoint));
        } catch (RecoveryException | RuntimeException e) {
            input.close();
            throw e;
        }
    }

    @Override
    public @Nullable Substream next() throws RecoveryException {
        return reader.next();
    }

    @Override
    public @Nullable RandomAccess main() {
        return null;
    }

    @Override
    public void close() {
        input.close();
    }
}
