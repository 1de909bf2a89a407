package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.BytesSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** What sidecars keep of one file, as streams for a target: the descriptor, then the parts that go on a file that has its content. */
final class AppliedContent implements Content.Substreams {
    private final Deque<Sidecar.Part> parts;
    private final KeptParts kept;
    private final Path file;
    private final HostFiles host;
    private final List<String> notes;
    private final JobMonitor monitor;
    private byte @Nullable [] security;
    private @Nullable FileChannel open;

    /**
     * @param security null where the file has none
     * @param notes hears of parts that are left where they are
     */
    AppliedContent(
            byte @Nullable [] security,
            KeptParts kept,
            Path file,
            HostFiles host,
            List<String> notes,
            JobMonitor monitor) {
        this.security = security;
        this.kept = kept;
        this.parts = new ArrayDeque<>(kept.parts());
        this.file = file;
        this.host = host;
        this.notes = notes;
        this.monitor = monitor;
    }

    @Override
    public @Nullable Substream next() throws RecoveryException {
        byte[] descriptor = security;
        if (descriptor != null) {
            security = null;
            return new SourceSubstream(StreamType.SECURITY_DATA, "", new BytesSource(descriptor), false);
        }
        for (Sidecar.Part part = parts.poll(); part != null; part = parts.poll()) {
            try {
                close();
                if (wanted(part)) {
                    FileChannel channel = kept.open(part);
                    open = channel;
                    return KeptParts.stream(part, channel);
                }
            } catch (IOException e) {
                notes.add(Messages.get("apply.part-changed", part.file()));
            }
        }
        return null;
    }

    private boolean wanted(Sidecar.Part part) throws IOException, CancelledException {
        return switch (part.type()) {
            case EA_DATA, OBJECT_ID -> true;
            case ALTERNATE_DATA -> absent(part);
            case REPARSE_DATA,
                    DATA,
                    SECURITY_DATA,
                    LINK,
                    PROPERTY_DATA,
                    SPARSE_BLOCK,
                    TXFS_DATA,
                    GHOSTED_FILE_EXTENTS,
                    ENCRYPTED_RAW -> false;
        };
    }

    /** What somebody wrote into a stream of that name since is theirs. */
    private boolean absent(Sidecar.Part part) throws IOException, CancelledException {
        String there = StoredStreams.onFile(file, part.name(), host, monitor);
        if (!there.isEmpty() && !there.equals(part.sha256())) {
            notes.add(Messages.get("apply.other-stream", part.name()));
        }
        return there.isEmpty();
    }

    @Override
    public @Nullable RandomAccess main() {
        return null;
    }

    @Override
    public void close() {
        FileChannel channel = open;
        open = null;
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
