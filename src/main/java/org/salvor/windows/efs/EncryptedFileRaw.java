package org.salvor.windows.efs;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.util.Locale;
import java.util.Set;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.text.Messages;
import org.salvor.windows.Wide;
import org.salvor.windows.WindowsException;

/**
 * Encrypted files, put back from an export and saved as one, without a key: Windows writes and reads the encrypted bytes as they are.
 * Nothing may hold the file open meanwhile, and no handle to its folder.
 */
public final class EncryptedFileRaw implements EncryptedFiles {
    private static final int EXPORT = 0;
    private static final int IMPORT = 1;
    private static final int FOLDER = 2;
    private static final int OVERWRITE_HIDDEN = 4;
    private static final int SUPPORTS_ENCRYPTION = 0x00020000;
    private static final int NO_ATTRIBUTES = -1;
    private static final int READ_ONLY = 1;
    private static final int HIDDEN = 2;
    private static final int SYSTEM = 4;
    private static final int LETTERS = 32768;
    private static final int NAME_LETTERS = 261;

    /** They may say that they can, and cannot. */
    private static final Set<String> NEVER = Set.of("refs", "csvfs");

    private final VolumeCalls volumes;
    private final RawCalls raw;

    private EncryptedFileRaw(VolumeCalls volumes, RawCalls raw) {
        this.volumes = volumes;
        this.raw = raw;
    }

    /** With the functions of Windows; none on a system that does not have them. */
    public static EncryptedFiles ofSystem() {
        if (!Platform.isWindows()) {
            return EncryptedFiles.NONE;
        }
        try {
            return of("kernel32", "advapi32");
        } catch (UnsatisfiedLinkError e) {
            System.getLogger("org.salvor.windows")
                    .log(System.Logger.Level.WARNING, "Windows' functions for encrypted files cannot be had", e);
            return EncryptedFiles.NONE;
        }
    }

    /**
     * With the functions of two libraries.
     *
     * @throws UnsatisfiedLinkError there is no such library, or the functions are not in it
     */
    static EncryptedFileRaw of(String kernel, String advapi) {
        com.sun.jna.NativeLibrary.getInstance(advapi).getFunction("WriteEncryptedFileRaw");
        return of(Native.load(kernel, VolumeCalls.class), Native.load(advapi, RawCalls.class));
    }

    /** With functions that are already bound. */
    static EncryptedFileRaw of(VolumeCalls volumes, RawCalls raw) {
        return new EncryptedFileRaw(volumes, raw);
    }

    /**
     * Puts an encrypted file or folder back. A file that is there must be empty, and if anything goes wrong, nothing stays there. A folder
     * that is there becomes encrypted and keeps what is in it.
     *
     * @param export as ReadEncryptedFileRaw gave it; read to its end, not closed
     * @throws IOException the volume or Windows did not take it, or the export cannot be read
     * @throws RecoveryException the job was cancelled
     */
    public void importTo(Path target, boolean folder, InputStream export, JobMonitor monitor)
            throws IOException, RecoveryException {
        mustSupport(target);
        boolean there = folder && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
        if (!there) {
            mustBeEmpty(target);
        }
        ImportCall call = new ImportCall(export, monitor);
        boolean whole = false;
        try {
            Pointer context = open(target, IMPORT | (folder ? FOLDER : 0) | (there ? OVERWRITE_HIDDEN : 0));
            int code;
            try {
                code = raw.WriteEncryptedFileRaw(call, null, context);
            } finally {
                Reference.reachabilityFence(call);
                raw.CloseEncryptedFileRaw(context);
            }
            call.carried.rethrow();
            if (code != 0) {
                throw refused(code, target);
            }
            if (!call.ended()) {
                throw WindowsException.shortWrite(target);
            }
            whole = true;
        } finally {
            if (!whole && !there) {
                Files.deleteIfExists(target);
            }
        }
    }

    /**
     * Saves an encrypted file or folder as an export.
     *
     * @param to not closed; what it got before an exception is no export
     * @return bytes of the export
     * @throws IOException Windows did not give it, or {@code to} did not take it
     * @throws RecoveryException the job was cancelled
     */
    public long exportFrom(Path source, boolean folder, OutputStream to, JobMonitor monitor)
            throws IOException, RecoveryException {
        ExportCall call = new ExportCall(to, monitor);
        Pointer context = open(source, EXPORT | (folder ? FOLDER : 0));
        int code;
        try {
            code = raw.ReadEncryptedFileRaw(call, null, context);
        } finally {
            Reference.reachabilityFence(call);
            raw.CloseEncryptedFileRaw(context);
        }
        call.carried.rethrow();
        if (code != 0) {
            throw notGiven(code, source);
        }
        return call.taken();
    }

    @Override
    public int attributes(Path file) throws IOException {
        try (Memory name = Wide.of(Wide.path(file))) {
            int attributes = volumes.GetFileAttributesW(name);
            if (attributes == NO_ATTRIBUTES) {
                throw WindowsException.reading(Native.getLastError(), file);
            }
            return attributes;
        }
    }

    @Override
    public boolean on(Path folder) {
        try {
            return supports(folder);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void put(Path file, InputStream export, int attributes, JobMonitor monitor)
            throws IOException, RecoveryException {
        importTo(file, false, export, monitor);
        if (Platform.isWindows()) {
            DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
            view.setSystem((attributes & SYSTEM) != 0);
            view.setHidden((attributes & HIDDEN) != 0);
            view.setReadOnly((attributes & READ_ONLY) != 0);
        }
    }

    @Override
    public void putFolder(Path folder, InputStream export, JobMonitor monitor) throws IOException, RecoveryException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(folder.toString());
        }
        importTo(folder, true, export, monitor);
    }

    @Override
    public void save(Path file, OutputStream to, JobMonitor monitor) throws IOException, RecoveryException {
        exportFrom(file, false, to, monitor);
    }

    /** Windows does not open it while anything holds it; a virus scanner may do so for a moment, so it is asked twice. */
    private Pointer open(Path path, int flags) throws WindowsException {
        PointerByReference context = new PointerByReference(Pointer.NULL);
        try (Memory name = Wide.of(Wide.path(path))) {
            int code = raw.OpenEncryptedFileRawW(name, flags, context);
            if (code == WindowsException.SHARING) {
                code = raw.OpenEncryptedFileRawW(name, flags, context);
            }
            if (code != 0) {
                throw (flags & IMPORT) == 0 ? notGiven(code, path) : refused(code, path);
            }
        }
        return context.getValue();
    }

    private static void mustBeEmpty(Path target) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS) || Files.size(target) > 0) {
            throw new FileAlreadyExistsException(target.toString());
        }
    }

    /**
     * Whether the volume of a path can hold encrypted files; the path need not be there.
     *
     * @throws IOException the volume gives no answer
     */
    public boolean supports(Path path) throws IOException {
        IntByReference flags = new IntByReference();
        try (Memory name = Wide.of(Wide.path(path));
                Memory root = new Memory(LETTERS * 2L);
                Memory type = new Memory(NAME_LETTERS * 2L)) {
            root.clear();
            type.clear();
            if (volumes.GetVolumePathNameW(name, root, LETTERS) == 0
                    || volumes.GetVolumeInformationW(root, null, 0, null, null, flags, type, NAME_LETTERS) == 0) {
                int code = Native.getLastError();
                throw WindowsException.of(code, Messages.get("windows.efs.no-answer", path, code));
            }
            return (flags.getValue() & SUPPORTS_ENCRYPTION) != 0
                    && !NEVER.contains(Wide.text(type, NAME_LETTERS).toLowerCase(Locale.ROOT));
        }
    }

    private void mustSupport(Path target) throws IOException {
        if (!supports(target)) {
            throw WindowsException.of(0, Messages.get("windows.efs.volume", target));
        }
    }

    /** As {@link #refused}, of a file that is read: nothing was to be put anywhere. */
    private static WindowsException notGiven(int code, Path path) {
        return switch (code) {
            case 50, 120 -> WindowsException.of(code, Messages.get("windows.efs.no-reading", path));
            case 6007 -> WindowsException.of(code, Messages.get("windows.efs.not-encrypted", path));
            default -> WindowsException.reading(code, path);
        };
    }

    /** Every code that the documentation names for these functions, in words. */
    private static WindowsException refused(int code, Path path) {
        String text = switch (code) {
            case 13, 6008 -> Messages.get("windows.efs.no-export", path);
            case 50, 120 -> Messages.get("windows.efs.not-here");
            case 87 -> Messages.get("windows.efs.sparse-unit", path);
            case 6003 -> Messages.get("windows.efs.policy", path);
            case 6004, 6010, 6014 -> Messages.get("windows.efs.volume", path);
            case 6005, 6016 -> Messages.get("windows.efs.version", path);
            case 6007 -> Messages.get("windows.efs.not-encrypted", path);
            case 6015 -> Messages.get("windows.efs.disabled", path);
            default -> "";
        };
        return text.isEmpty() ? WindowsException.of(code, path) : WindowsException.of(code, text);
    }
}
