package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.BytesSource;
import org.salvor.substream.LinkPath;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamFileNames;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.substream.WireWriter;

/**
 * Streams of type LINK (docs/formats/backupread.md, section 1): an export writes one for each further name of a file, and a file whose
 * only content is one that leads to nothing in its backup is told by it.
 */
final class LinkStreams {
    private LinkStreams() {}

    /**
     * Writes a sequence that says: this is another name of that file of this export. One that lies there and is the same stays.
     *
     * @param temporary a name in the folder to write to first
     * @param name in the folder, what the file is called then; it may be the one of a run that was stopped
     * @param first path of the file with the streams of the first name, relative to the folder of the export
     */
    static RestoredFile export(
            Task task,
            RestoredFile first,
            TargetFolders.Folder folder,
            String temporary,
            String name,
            TargetNames names,
            TargetFolders folders,
            JobMonitor monitor)
            throws IOException, RecoveryException {
        byte[] path = LinkPath.bytes(StreamFileNames.stem(first.target()));
        String sha256;
        long size;
        try (SeekableByteChannel channel = folder.create(temporary)) {
            WireOutput out = new WireOutput(channel, monitor);
            new WireWriter(out, (stream, lost) -> {
                        throw new IllegalStateException("all of it is at hand");
                    })
                    .write(new SourceSubstream(StreamType.LINK, "", new BytesSource(path), false));
            out.finish();
            sha256 = out.sha256();
            size = out.size();
        }
        String last = name;
        for (int count = 2; folder.has(last) && !sha256.equals(folder.sha256(last, monitor)); count++) {
            last = names.with(task.name(), " (" + count + ")");
        }
        if (folder.has(last)) {
            folder.delete(temporary);
        } else {
            HostFiles.PLAIN.sync(folders.root(), List.of(folder.path(temporary)));
            folder.rename(temporary, last);
        }
        return task.result(
                first.outcome(),
                Results.in(task.parent(), last),
                sha256,
                size,
                List.of(),
                first.reasons().toArray(String[]::new));
    }

    /** The path that a file names which is only another name of one that is not in its backup; empty if it is no such file. */
    static String unmet(Task task, RecoverySession session) {
        boolean possible = task.action() == PlannedFile.Action.IMPOSSIBLE
                && task.rating() == RatingClass.STUB
                && !task.folder()
                && task.size() == 0;
        if (!possible) {
            return "";
        }
        try (Content content = session.content(new FileId(task.id()))) {
            LinkPath path = content instanceof Content.Substreams streams ? path(streams) : null;
            return path == null ? "" : path.text();
        } catch (RecoveryException | IOException e) {
            return ""; // nothing of it can be read any more: its reasons still tell what it was
        }
    }

    private static @Nullable LinkPath path(Content.Substreams streams) throws RecoveryException, IOException {
        for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
            if (stream.type() == StreamType.LINK && stream.size() <= LinkPath.MAX_SIZE) {
                return LinkPath.of(Links.bytes(stream, LinkPath.MAX_SIZE, JobMonitor.SILENT));
            }
        }
        return null;
    }
}
