package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** Whether a file on the target has what a file of the source has: main stream and named streams, by their hashes. */
final class SameContent {
    private final RecoverySession session;
    private final HostFiles host;
    private final JobMonitor monitor;
    private final Spaces spaces = new Spaces();

    SameContent(RecoverySession session, HostFiles host, JobMonitor monitor) {
        this.session = session;
        this.host = host;
        this.monitor = monitor;
    }

    /** False also where one of the two cannot be read. */
    boolean same(Catalog catalog, int row, Path file) throws CancelledException {
        try {
            boolean locked = catalog.ratingClass(row) == RatingClass.LOCKED; // an export is longer than the file
            if (!locked && Files.size(file) != catalog.size(row)) {
                return false;
            }
            try (Content content = session.content(catalog.id(row))) {
                return content instanceof Content.Substreams streams && same(streams, file);
            }
        } catch (CancelledException e) {
            throw e;
        } catch (IOException | RecoveryException e) {
            return false;
        }
    }

    /** Whether the file on the target is the sequence of backup streams that the file of the source would give. */
    boolean sameStreams(Catalog catalog, int row, Path file) throws CancelledException {
        try (Content content = session.content(catalog.id(row));
                FileChannel there =
                        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (!(content instanceof Content.Substreams streams)) {
                return false;
            }
            StreamExport export =
                    new StreamExport(catalog.name(row), false, catalog.size(row), new Nowhere(), monitor).all(streams);
            return export.lost() == 0
                    && export.size() == there.size()
                    && export.sha256().equals(Hashes.of(there, monitor));
        } catch (CancelledException e) {
            throw e;
        } catch (IOException | RecoveryException e) {
            return false;
        }
    }

    private boolean same(Content.Substreams content, Path file) throws IOException, RecoveryException {
        boolean main = false;
        for (Substream stream = content.next(); stream != null; stream = content.next()) {
            if (stream.type() == StreamType.DATA || stream.type() == StreamType.ENCRYPTED_RAW) {
                main = true;
                if (stream.size() != Files.size(file)) {
                    return false;
                }
                try (FileChannel there =
                        FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                    if (!hash(stream).equals(Hashes.of(there, monitor))) {
                        return false;
                    }
                }
            } else if (stream.type() == StreamType.ALTERNATE_DATA
                    && !hash(stream).equals(StoredStreams.sha256(file, stream.name(), host, monitor))) {
                return false;
            }
        }
        return main || Files.size(file) == 0;
    }

    private String hash(Substream stream) throws IOException, CancelledException {
        StreamWriter writer = new StreamWriter(monitor, spaces);
        writer.copy(stream, new Nowhere());
        return writer.sha256();
    }
}
