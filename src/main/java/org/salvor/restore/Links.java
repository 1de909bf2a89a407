package org.salvor.restore;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/**
 * Decides which reparse points become symbolic links. Only a relative one that stays inside the target folder does, and only where
 * nothing else is restored below its name; it is made when every file is in its place, so that none is ever written through it.
 */
final class Links {
    /** FILE_ATTRIBUTE_REPARSE_POINT. */
    static final int REPARSE_POINT = 0x400;

    private final RecoverySession session;
    private final TargetNames names;
    private final boolean none;

    /** Paths that must be real folders. */
    private final Set<String> folders = new HashSet<>();

    /** @param none no link is made, whatever there is */
    Links(RecoverySession session, TargetNames names, boolean none, List<Task> tasks) {
        this.session = session;
        this.names = names;
        this.none = none;
        for (Task task : tasks) {
            for (String parent = task.parent(); !parent.isEmpty() && folders.add(parent); parent = above(parent)) {
                // All folders on the way up.
            }
        }
    }

    private static String above(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    /** What the symbolic link in place of this file or folder holds; null if there is to be none. */
    @Nullable
    String of(Task task, JobMonitor monitor) throws CancelledException {
        boolean made = task.action() == PlannedFile.Action.WRITE || task.action() == PlannedFile.Action.LINK;
        boolean possible = made && (task.attributes() & REPARSE_POINT) != 0;
        if (!possible || none || folders.contains(task.target())) {
            return null;
        }
        int depth = (int) task.target().chars().filter(c -> c == '/').count();
        try (Content content = session.content(new FileId(task.id()))) {
            if (content instanceof Content.Substreams streams) {
                for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
                    if (stream.type() == StreamType.REPARSE_DATA && stream.size() <= ReparseLink.MAX_SIZE) {
                        ReparseLink link = ReparseLink.of(bytes(stream, monitor));
                        return link == null ? null : link.inside(depth, names);
                    }
                }
            }
            return null;
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException | IOException e) {
            // What cannot be read is told when the file itself is written.
            return null;
        }
    }

    private static byte[] bytes(Substream stream, JobMonitor monitor) throws IOException, CancelledException {
        MemoryChannel memory = new MemoryChannel(ReparseLink.MAX_SIZE);
        StreamWriter writer = new StreamWriter(monitor, new Spaces());
        writer.copy(stream, memory);
        return writer.lost() > 0 ? new byte[0] : memory.content(writer.position());
    }

    /** Makes the link; false if the target has none, or has something else under that name. */
    static boolean make(TargetFolders.Folder folder, String name, String content) throws IOException {
        Path link = folder.path(name);
        if (Files.isSymbolicLink(link)) {
            return Files.readSymbolicLink(link).equals(Path.of(content));
        }
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try {
            Files.createSymbolicLink(link, Path.of(content));
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }
}
