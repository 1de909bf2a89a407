package org.salvor.restore;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.ReparseData;
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
    private final Aside kept;

    /** Paths that must be real folders. */
    private final Set<String> folders = new HashSet<>();

    /** Those that are made at the end, by task. */
    private final Map<Integer, Link> waiting = new ConcurrentHashMap<>();

    /**
     * A link to be made.
     *
     * @param content what it holds, with slashes
     * @param asItIs its reparse data lead to the same: no name on the way is another one on the target
     * @param security the name of its security descriptor
     */
    record Link(String content, boolean asItIs, String security) {}

    /**
     * @param none no link is made, whatever there is
     * @param kept takes the security descriptors of links
     */
    Links(RecoverySession session, TargetNames names, boolean none, Aside kept, List<Task> tasks) {
        this.session = session;
        this.names = names;
        this.none = none;
        this.kept = kept;
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

    /** Whether it becomes a symbolic link, which is made when all files are there. May be called from any thread. */
    boolean waits(Task task, JobMonitor monitor) throws CancelledException {
        Link link = of(task, monitor);
        if (link != null) {
            waiting.put(task.index(), link);
        }
        return link != null;
    }

    /** The link that is to be made of it now; null if none was waiting. It waits no longer. */
    @Nullable
    Link waiting(Task task) {
        return waiting.remove(task.index());
    }

    /** The link in place of this file or folder; null if there is to be none. */
    private @Nullable Link of(Task task, JobMonitor monitor) throws CancelledException {
        boolean made = task.action() == PlannedFile.Action.WRITE || task.action() == PlannedFile.Action.LINK;
        boolean possible = made && (task.attributes() & REPARSE_POINT) != 0;
        if (!possible || none || folders.contains(task.target())) {
            return null;
        }
        int depth = (int) task.target().chars().filter(c -> c == '/').count();
        try (Content content = session.content(new FileId(task.id()))) {
            String held = null;
            boolean asItIs = false;
            String security = Descriptors.NONE;
            if (content instanceof Content.Substreams streams) {
                for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
                    if (stream.type() == StreamType.REPARSE_DATA && stream.size() <= ReparseData.MAX_SIZE) {
                        ReparseLink link = ReparseLink.of(bytes(stream, ReparseData.MAX_SIZE, monitor));
                        held = link == null ? null : link.inside(depth, names);
                        asItIs = link != null && link.plain().equals(held);
                    } else if (stream.type() == StreamType.SECURITY_DATA
                            && stream.size() <= PortableTarget.MAX_SECURITY) {
                        byte[] descriptor = bytes(stream, PortableTarget.MAX_SECURITY, monitor);
                        security = descriptor.length == 0 ? Descriptors.NONE : kept.security(descriptor);
                    }
                }
            }
            return held == null ? null : new Link(held, asItIs, security);
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException | IOException e) {
            // What cannot be read is told when the file itself is written.
            return null;
        }
    }

    static byte[] bytes(Substream stream, int limit, JobMonitor monitor) throws IOException, CancelledException {
        MemoryChannel memory = new MemoryChannel(limit);
        StreamWriter writer = new StreamWriter(monitor, new Spaces());
        writer.copy(stream, memory);
        return writer.lost() > 0 ? new byte[0] : memory.content(writer.position());
    }

    /**
     * What the link at this path holds, with slashes; null if there is none. Where links are made of reparse data, these tell it: a
     * mount of ntfs-3g shows a link that leads to nothing as one with another content.
     */
    static @Nullable String held(Path file, HostFiles host) throws IOException {
        byte[] data = host.attribute(file, NtfsAttributes.REPARSE);
        ReparseLink link = data == null ? null : ReparseLink.of(data);
        if (link != null && link.relative()) {
            return link.plain();
        }
        return Files.isSymbolicLink(file)
                ? Files.readSymbolicLink(file).toString().replace(File.separatorChar, '/')
                : null;
    }

    /** Makes a symbolic link of the system; false if the target has none. */
    static boolean make(Path link, String content) throws IOException {
        try {
            Files.createSymbolicLink(link, Path.of(content));
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }
}
