package org.salvor.posix;

import com.sun.jna.LastErrorException;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;

/** Extended attributes of every name space, and one sync for a whole batch, by the calls of Linux. */
public final class LinuxFiles implements HostFiles {
    /** The largest value the kernel hands over (XATTR_SIZE_MAX). */
    private static final int MAX_VALUE = 64 << 10;

    private static final int FIRST_TRY = 512;

    /** The longest name in bytes (XATTR_NAME_MAX). */
    private static final int MAX_NAME = 255;

    /** What a sync says where the medium did not take what was written. */
    private static final Set<Integer> REFUSED = Set.of(FileCalls.EIO, FileCalls.ENOSPC, FileCalls.EDQUOT);

    /** How the virtual machine turns names of files into bytes; other than UTF-8 only in a locale without it. */
    private static final Charset NAMES = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    @Override
    public byte @Nullable [] attribute(Path file, String name) throws IOException {
        if (!possible(name)) {
            return null;
        }
        byte[] path = bytes(file);
        byte[] key = terminated(name.getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[FIRST_TRY];
        while (true) {
            try {
                int length = FileCalls.lgetxattr(path, key, buffer, new NativeLong(buffer.length))
                        .intValue();
                return Arrays.copyOf(buffer, length);
            } catch (LastErrorException e) {
                switch (e.getErrorCode()) {
                    case FileCalls.ENODATA, FileCalls.EOPNOTSUPP -> {
                        return null;
                    }
                    case FileCalls.ERANGE -> {
                        if (buffer.length == MAX_VALUE) {
                            throw failed(file, e);
                        }
                        buffer = new byte[MAX_VALUE];
                    }
                    default -> throw failed(file, e);
                }
            }
        }
    }

    @Override
    public void attribute(Path file, String name, byte[] value) throws IOException {
        if (!possible(name)) {
            throw new IOException("no name of an attribute: " + name.length() + " characters");
        }
        try {
            FileCalls.lsetxattr(
                    bytes(file),
                    terminated(name.getBytes(StandardCharsets.UTF_8)),
                    value,
                    new NativeLong(value.length),
                    0);
        } catch (LastErrorException e) {
            throw failed(file, e);
        }
    }

    /** The kernel reads a name to its first NUL: a stream "a", NUL, "b" would be the stream "a". */
    private static boolean possible(String name) {
        return name.indexOf(0) < 0 && name.getBytes(StandardCharsets.UTF_8).length <= MAX_NAME;
    }

    @Override
    public List<String> attributes(Path file) throws IOException {
        byte[] list = new byte[MAX_VALUE];
        List<String> names = new ArrayList<>();
        try {
            int length = FileCalls.llistxattr(bytes(file), list, new NativeLong(list.length))
                    .intValue();
            int start = 0;
            for (int at = 0; at < length; at++) {
                if (list[at] == 0) {
                    names.add(new String(list, start, at - start, StandardCharsets.UTF_8));
                    start = at + 1;
                }
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != FileCalls.EOPNOTSUPP) {
                throw failed(file, e);
            }
        }
        return names;
    }

    /** One syncfs for the whole file system: far cheaper than one fsync a file. Since Linux 5.8 it tells write errors. */
    @Override
    public void sync(Path folder, List<Path> files) throws IOException {
        withOpen(folder, descriptor -> FileCalls.syncfs(descriptor));
    }

    @Override
    public void flush(Path file) throws IOException {
        try {
            withOpen(file, descriptor -> FileCalls.fdatasync(descriptor));
        } catch (IOException e) {
            if (e.getCause() instanceof LastErrorException told && REFUSED.contains(told.getErrorCode())) {
                throw e;
            }
            // A file system that knows no sync of one file has the sync of the batch.
        }
    }

    @Override
    public void forget(Path file) throws IOException {
        withOpen(file, descriptor -> FileCalls.posix_fadvise(descriptor, 0, 0, FileCalls.POSIX_FADV_DONTNEED));
    }

    @Override
    public HeldFolder hold(Path root, List<String> steps) throws IOException {
        int folder = folder(FileCalls.AT_FDCWD, root, root);
        Path at = root;
        for (String step : steps) {
            at = at.resolve(step);
            int above = folder;
            try {
                folder = folder(above, Path.of(step), at);
            } finally {
                FileCalls.close(above);
            }
        }
        return new Held(folder);
    }

    /** @param shown for messages */
    private static int folder(int above, Path name, Path shown) throws IOException {
        try {
            return FileCalls.openat(
                    above,
                    bytes(name),
                    FileCalls.O_PATH | FileCalls.O_DIRECTORY | FileCalls.O_NOFOLLOW | FileCalls.O_CLOEXEC);
        } catch (LastErrorException e) {
            throw switch (e.getErrorCode()) {
                case FileCalls.ENOENT -> new NoSuchFileException(shown.toString());
                case FileCalls.ENOTDIR, FileCalls.ELOOP -> new NotDirectoryException(shown.toString());
                default -> failed(shown, e);
            };
        }
    }

    /** By its descriptor, to which the kernel gives a name (proc_pid_fd(5)): a path through it begins at the folder itself. */
    private static final class Held implements HeldFolder {
        private final int descriptor;
        private boolean open = true;

        Held(int descriptor) {
            this.descriptor = descriptor;
        }

        @Override
        public Path path() {
            return Path.of("/proc/self/fd", Integer.toString(descriptor));
        }

        @Override
        public void close() {
            if (open) {
                open = false;
                FileCalls.close(descriptor);
            }
        }
    }

    private interface Use {
        void of(int descriptor);
    }

    private static void withOpen(Path path, Use use) throws IOException {
        try {
            int descriptor =
                    FileCalls.open(bytes(path), FileCalls.O_RDONLY | FileCalls.O_CLOEXEC | FileCalls.O_NOFOLLOW);
            try {
                use.of(descriptor);
            } finally {
                FileCalls.close(descriptor);
            }
        } catch (LastErrorException e) {
            throw failed(path, e);
        }
    }

    private static byte[] bytes(Path path) {
        return terminated(path.toString().getBytes(NAMES));
    }

    private static byte[] terminated(byte[] text) {
        return Arrays.copyOf(text, text.length + 1);
    }

    private static IOException failed(Path file, LastErrorException e) {
        FileSystemException failure =
                new FileSystemException(file.toString(), null, "error " + e.getErrorCode() + " of the system");
        failure.initCause(e);
        return failure;
    }

    /** Whether the native calls can be used here. */
    public static boolean available() {
        return com.sun.jna.Platform.isLinux() && Native.POINTER_SIZE > 0;
    }
}
