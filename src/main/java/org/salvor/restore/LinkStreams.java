package org.salvor.restore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
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
    /** More than the header of a stream without a name. */
    private static final int MAX_HEADER = 64;

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
        byte[] link = sequence(first.target());
        String sha256 = Hashes.hex(Hashes.sha256(link));
        try (SeekableByteChannel channel = folder.create(temporary)) {
            for (ByteBuffer left = ByteBuffer.wrap(link); left.hasRemaining(); ) {
                channel.write(left);
            }
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
        boolean before = first.outcome() == Outcome.SKIPPED; // an earlier run exported the first name, and only that
        return task.result(
                before ? Outcome.RESTORED : first.outcome(),
                Results.in(task.parent(), last),
                sha256,
                link.length,
                List.of(),
                before ? new String[0] : first.reasons().toArray(String[]::new));
    }

    /** The sequence that is another name of the file whose streams the export has at this path. */
    private static byte[] sequence(String first) throws IOException, RecoveryException {
        byte[] path = LinkPath.bytes(StreamFileNames.stem(first));
        MemoryChannel memory = new MemoryChannel(MAX_HEADER + path.length);
        WireOutput out = new WireOutput(memory, JobMonitor.SILENT);
        new WireWriter(out, (stream, lost) -> {
                    throw new IllegalStateException("all of it is at hand");
                })
                .write(new SourceSubstream(StreamType.LINK, "", new BytesSource(path), false));
        out.finish();
        return memory.content(out.size());
    }

    /** Whether a file of an earlier export is another name of the one whose streams it has at this path. */
    static boolean is(Path file, String first) {
        try {
            byte[] link = sequence(first);
            if (Files.size(file) != link.length) {
                return false;
            }
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                return Arrays.equals(in.readNBytes(link.length), link);
            }
        } catch (IOException | RecoveryException e) {
            return false;
        }
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
