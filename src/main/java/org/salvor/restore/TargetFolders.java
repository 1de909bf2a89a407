package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.JobMonitor;
import org.salvor.text.Messages;

/**
 * The folders of a target, each opened from its parent without following a link, so that nothing can be led elsewhere between
 * a check and a write. Where Java has no such handles (Windows), each step is checked by its path instead.
 */
final class TargetFolders implements AutoCloseable {
    /** Handles kept open; each takes one descriptor. */
    private static final int MAX_OPEN = 256;

    private static final Set<StandardOpenOption> NEW = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path root;
    private final WriteGuard guard;
    private final boolean confirmed;
    private final Object rootKey;
    private final Map<String, Folder> open = new LinkedHashMap<>(64, 0.75f, true);

    /** Makes the root where it is missing, and checks it through its handle. */
    TargetFolders(Path root, WriteGuard guard, boolean confirmed) throws IOException, TargetException {
        Files.createDirectories(root);
        this.root = root.toRealPath();
        this.guard = guard;
        this.confirmed = confirmed;
        check(this.root);
        Folder folder = new Folder(this.root, Files.newDirectoryStream(this.root));
        rootKey = key(folder);
        open.put("", folder);
    }

    /** The real path of the target folder. */
    Path root() {
        return root;
    }

    /** Whether the folder that was opened first is still the one at this path: false after an unmount. */
    boolean there() {
        try {
            return rootKey.equals(key(root));
        } catch (IOException e) {
            return false;
        }
    }

    /** A folder below the root, made where it is missing. Close it after use: it may then be closed for others, too. */
    synchronized Folder open(String relative) throws IOException, TargetException {
        Folder folder = open.get(relative);
        if (folder == null && relative.isEmpty()) {
            folder = again();
            open.put("", folder);
        } else if (folder == null) {
            int slash = relative.lastIndexOf('/');
            try (Folder parent = open(slash < 0 ? "" : relative.substring(0, slash))) {
                folder = child(parent, relative.substring(slash + 1));
            }
            open.put(relative, folder);
        }
        folder.users.incrementAndGet();
        closeIdle();
        return folder;
    }

    /**
     * Lets go of every folder, for what the system does only while nothing holds them. The next one is opened from the root again, which
     * must then be the same folder. Only where nobody else uses one.
     */
    synchronized void release() throws IOException {
        for (Folder folder : open.values()) {
            if (folder.users.get() != 0) {
                throw new IllegalStateException("in use: " + folder.path);
            }
        }
        close();
    }

    private Folder again() throws IOException, TargetException {
        Folder folder = new Folder(root, Files.newDirectoryStream(root));
        if (!key(folder).equals(rootKey)) {
            folder.shut();
            throw gone(null);
        }
        return folder;
    }

    private Folder child(Folder parent, String name) throws IOException, TargetException {
        Path path = parent.path(name);
        if (parent.handle == null) {
            makeByPath(path);
            check(path);
            return new Folder(path, null);
        }
        Path relative = Path.of(name);
        DirectoryStream<Path> stream;
        try {
            stream = parent.handle.newDirectoryStream(relative, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            if (!there()) {
                throw gone(null);
            }
            makeByPath(path);
            stream = parent.handle.newDirectoryStream(relative, LinkOption.NOFOLLOW_LINKS);
        }
        try {
            Folder folder = new Folder(path, stream);
            if (!key(folder).equals(folder.identity.key)) {
                throw new IOException(Messages.get("restore.moved-away", path));
            }
            if (!folder.identity.device.equals(parent.identity.device)) {
                check(path);
            }
            return folder;
        } catch (IOException | TargetException e) {
            stream.close();
            throw e;
        }
    }

    /**
     * The last word on names: a plan makes harmless ones, but a journal that was tampered with may hold others. Neither a path
     * of several steps, nor one that leads up or begins at a root, is a name.
     */
    static Path own(String name) throws IOException {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new IOException(Messages.get("restore.not-a-name", name), e);
        }
        boolean one = path.getNameCount() == 1 && !path.isAbsolute() && path.getRoot() == null;
        if (!one || name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IOException(Messages.get("restore.not-a-name", name));
        }
        return path;
    }

    private static void makeByPath(Path path) throws IOException {
        try {
            Files.createDirectory(path);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    private void check(Path path) throws TargetException {
        WriteGuard.Answer answer = guard.check(path);
        boolean free = switch (answer.verdict()) {
            case FREE -> true;
            case SAME_DISK -> confirmed;
            case ON_SOURCE, UNKNOWN -> false;
        };
        if (!free) {
            throw new TargetException(TargetException.Kind.ON_SOURCE, answer.text(), null);
        }
    }

    TargetException gone(@Nullable Throwable cause) {
        return new TargetException(TargetException.Kind.GONE, Messages.get("restore.target-gone", root), cause);
    }

    private void closeIdle() throws IOException {
        Iterator<Map.Entry<String, Folder>> oldest = open.entrySet().iterator();
        while (open.size() > MAX_OPEN && oldest.hasNext()) {
            Map.Entry<String, Folder> entry = oldest.next();
            if (entry.getValue().users.get() == 0 && !entry.getKey().isEmpty()) {
                oldest.remove();
                entry.getValue().shut();
            }
        }
    }

    private static Object key(Path path) throws IOException {
        BasicFileAttributes attributes =
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        return attributes.fileKey() == null ? path : attributes.fileKey();
    }

    private static Object key(Folder folder) throws IOException {
        if (folder.handle == null) {
            return key(folder.path);
        }
        Object key = folder.handle
                .getFileAttributeView(BasicFileAttributeView.class)
                .readAttributes()
                .fileKey();
        return key == null ? folder.path : key;
    }

    /** Which folder lies at a path, and on which device. */
    private record Identity(Object key, Object device) {
        static Identity of(Path path) throws IOException {
            if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
                return new Identity(
                        TargetFolders.key(path), Files.getFileStore(path).name());
            }
            Map<String, Object> told = Files.readAttributes(path, "unix:fileKey,dev", LinkOption.NOFOLLOW_LINKS);
            return new Identity(Objects.requireNonNull(told.get("fileKey")), Objects.requireNonNull(told.get("dev")));
        }
    }

    @Override
    public synchronized void close() throws IOException {
        for (Folder folder : open.values()) {
            folder.shut();
        }
        open.clear();
    }

    /** One open folder. All names are single parts of a path. */
    final class Folder implements AutoCloseable {
        private final Path path;
        private final DirectoryStream<Path> stream;
        private final @Nullable SecureDirectoryStream<Path> handle;

        /** Of what lay at the path when it was opened. */
        private final Identity identity;

        private final AtomicInteger users = new AtomicInteger();

        private Folder(Path path, @Nullable DirectoryStream<Path> stream) throws IOException {
            this.path = path;
            this.stream = stream == null ? Files.newDirectoryStream(path) : stream;
            handle = this.stream instanceof SecureDirectoryStream<Path> secure ? secure : null;
            identity = Identity.of(path);
        }

        /** Of the folder itself. */
        Path path() {
            return path;
        }

        /** Of a file or folder in this one; whatever the name says, it leads nowhere else. */
        Path path(String name) throws IOException {
            return path.resolve(own(name));
        }

        /** A new empty file, open for writing; an older one of that name, which must be our own, is removed before. */
        SeekableByteChannel create(String name) throws IOException {
            try {
                return createNew(name);
            } catch (FileAlreadyExistsException e) {
                delete(name);
                return createNew(name);
            }
        }

        private SeekableByteChannel createNew(String name) throws IOException {
            return handle == null
                    ? Files.newByteChannel(path(name), NEW)
                    : handle.newByteChannel(
                            own(name),
                            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        }

        SeekableByteChannel read(String name) throws IOException {
            return handle == null
                    ? Files.newByteChannel(path(name), Set.of(StandardOpenOption.READ))
                    : handle.newByteChannel(own(name), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
        }

        /** SHA-256 of a file; empty if there is none of that name. */
        String sha256(String name, JobMonitor monitor) throws IOException, CancelledException {
            BasicFileAttributes attributes = attributes(name);
            if (attributes == null || !attributes.isRegularFile()) {
                return "";
            }
            try (SeekableByteChannel channel = read(name)) {
                return Hashes.of(channel, monitor);
            }
        }

        /** Renames within the folder; what had the new name is replaced in one step. */
        void rename(String from, String to) throws IOException {
            if (handle == null) {
                Files.move(path(from), path(to), StandardCopyOption.ATOMIC_MOVE);
            } else {
                handle.move(own(from), handle, own(to));
            }
        }

        boolean has(String name) throws IOException {
            return attributes(name) != null;
        }

        /** Null if there is no such file. Links are not followed. */
        @Nullable
        BasicFileAttributes attributes(String name) throws IOException {
            try {
                return view(name).readAttributes();
            } catch (NoSuchFileException e) {
                return null;
            }
        }

        private BasicFileAttributeView view(String name) throws IOException {
            return handle == null
                    ? Files.getFileAttributeView(path(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    : handle.getFileAttributeView(own(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        }

        /** Nothing happens if there is no such file. */
        void delete(String name) throws IOException {
            try {
                if (handle == null) {
                    Files.deleteIfExists(path(name));
                } else {
                    handle.deleteFile(own(name));
                }
            } catch (NoSuchFileException e) {
                // It is not there, as wanted.
            } catch (AccessDeniedException e) {
                if (handle != null
                        || !path.getFileSystem().supportedFileAttributeViews().contains("dos")) {
                    throw e;
                }
                // Windows does not delete what is read-only, as a file may have been where it was.
                Files.setAttribute(path(name), "dos:readonly", false, LinkOption.NOFOLLOW_LINKS);
                Files.deleteIfExists(path(name));
            }
        }

        private void shut() throws IOException {
            stream.close();
        }

        @Override
        public void close() {
            users.decrementAndGet();
        }
    }
}
