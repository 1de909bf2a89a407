package org.salvor.windows.backup;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;

/** Reads files of this computer with all that belongs to them, through BackupRead. Not for encrypted ones: those are saved another way. */
public final class LiveFiles {
    private final Kernel kernel;
    private final Set<Privileges> held;

    private LiveFiles(Kernel kernel, Token token) {
        this.kernel = kernel;
        held = Privileges.enable(kernel, token, Privileges.TO_READ);
    }

    /** With the functions of Windows, or empty on a system that does not have them. */
    public static Optional<LiveFiles> ofSystem() {
        if (!Platform.isWindows()) {
            return Optional.empty();
        }
        try {
            return Optional.of(of("kernel32", "advapi32"));
        } catch (UnsatisfiedLinkError e) {
            System.getLogger("org.salvor.windows")
                    .log(System.Logger.Level.WARNING, "the backup functions of Windows cannot be had", e);
            return Optional.empty();
        }
    }

    /**
     * With the functions of two libraries.
     *
     * @throws UnsatisfiedLinkError there is no such library, or BackupRead is not in it
     */
    static LiveFiles of(String kernel, String token) {
        NativeLibrary.getInstance(kernel).getFunction("BackupRead");
        return of(Native.load(kernel, Kernel.class), Native.load(token, Token.class));
    }

    /** With functions that are already bound. */
    static LiveFiles of(Kernel kernel, Token token) {
        return new LiveFiles(kernel, token);
    }

    /** The rights that the process has and that are enabled. */
    Set<Privileges> held() {
        return held;
    }

    /**
     * A file or folder; a link is not followed. Nobody can write to it until the content is closed.
     *
     * @throws RecoveryException Windows does not give it, or the job was cancelled
     */
    public Content.Substreams open(Path path, JobMonitor monitor) throws RecoveryException {
        return new LiveContent(kernel, path, monitor);
    }
}
