package org.salvor.windows.backup;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.util.Optional;
import java.util.Set;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.TargetCapabilities.NamedStreams;

/** BackupWrite, where a file system keeps what it writes. */
public final class BackupWriteSystem implements SystemTarget {
    private static final Set<String> KEEPING_ALL = Set.of("ntfs", "refs");

    private static final int HEADER = 20;
    private static final int NOT_SUPPORTED = 50;
    private static final int CALL_NOT_IMPLEMENTED = 120;

    private final Kernel kernel;
    private final Token token;

    private BackupWriteSystem(Kernel kernel, Token token) {
        this.kernel = kernel;
        this.token = token;
    }

    /** With the functions of Windows; none on a system that does not have them. */
    public static SystemTarget ofSystem() {
        if (!Platform.isWindows()) {
            return SystemTarget.NONE;
        }
        try {
            BackupWriteSystem system = of("kernel32", "advapi32");
            return system.answers() ? system : SystemTarget.NONE;
        } catch (UnsatisfiedLinkError e) {
            System.getLogger("org.salvor.windows")
                    .log(System.Logger.Level.WARNING, "the backup functions of Windows cannot be had", e);
            return SystemTarget.NONE;
        }
    }

    /**
     * With the functions of two libraries.
     *
     * @throws UnsatisfiedLinkError there is no such library, or BackupWrite is not in it
     */
    static BackupWriteSystem of(String kernel, String token) {
        NativeLibrary.getInstance(kernel).getFunction("BackupWrite");
        return new BackupWriteSystem(Native.load(kernel, Kernel.class), Native.load(token, Token.class));
    }

    /** Whether there is a function behind the name: an empty one says "not supported" before it looks at the handle. */
    boolean answers() {
        try (Memory header = new Memory(HEADER)) {
            header.clear();
            Pointer none = Pointer.createConstant(-1L);
            IntByReference written = new IntByReference();
            int result = kernel.BackupWrite(none, header, HEADER, written, 0, 0, new PointerByReference(Pointer.NULL));
            int code = Native.getLastError();
            return result != 0 || code != NOT_SUPPORTED && code != CALL_NOT_IMPLEMENTED;
        }
    }

    @Override
    public Optional<TargetCapabilities> on(TargetCapabilities portable) {
        if (!KEEPING_ALL.contains(portable.fileSystem())) {
            return Optional.empty();
        }
        return Optional.of(new TargetCapabilities(
                portable.fileSystem(),
                NamedStreams.COLON,
                true,
                portable.sparse(),
                portable.hardLinks(),
                true,
                portable.longestName(),
                portable.largestFile()));
    }

    @Override
    public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
        return BackupWriteTarget.of(kernel, token, capabilities, keeping);
    }
}
