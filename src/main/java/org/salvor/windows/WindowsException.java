package org.salvor.windows;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.salvor.text.Messages;

/** A function of Windows said no. */
public final class WindowsException extends IOException {
    public static final int ACCESS_DENIED = 5;
    public static final int NOT_SUPPORTED = 1;
    public static final int SHARING = 32;
    public static final int HANDLE_DISK_FULL = 39;
    public static final int DISK_FULL = 112;
    public static final int NOT_ALL_ASSIGNED = 1300;
    public static final int PRIVILEGE_NOT_HELD = 1314;

    private static final Set<Integer> MEDIUM = Set.of(23, 27, 483, 1117, 1127);

    private static final long serialVersionUID = 1L;

    private final int code;

    private WindowsException(String message, int code) {
        super(message);
        this.code = code;
    }

    /**
     * What Windows said when a file was written, in words.
     *
     * @param code the last error of Windows
     */
    public static WindowsException of(int code, Path path) {
        String text = switch (code) {
            case ACCESS_DENIED, PRIVILEGE_NOT_HELD -> Messages.get("windows.backup.denied", path);
            case SHARING -> Messages.get("windows.backup.in-use", path);
            case DISK_FULL, HANDLE_DISK_FULL -> Messages.get("windows.backup.full", path);
            default -> Messages.get("windows.backup.refused", path, code);
        };
        return new WindowsException(text, code);
    }

    /**
     * What Windows said when a file was read, in words.
     *
     * @param code the last error of Windows; 0 if it named none
     */
    public static WindowsException reading(int code, Path path) {
        String text = switch (code) {
            case ACCESS_DENIED, PRIVILEGE_NOT_HELD -> Messages.get("windows.read.denied", path);
            case SHARING -> Messages.get("windows.read.in-use", path);
            case 0 -> Messages.get("windows.read.no-reason", path);
            default -> Messages.get("windows.read.refused", path, code);
        };
        return new WindowsException(text, code);
    }

    /** @param text what happened, for a person */
    public static WindowsException of(int code, String text) {
        return new WindowsException(text, code);
    }

    /** Less was taken than was given, and no reason was told. */
    public static WindowsException shortWrite(Path path) {
        return new WindowsException(Messages.get("windows.backup.short", path), 0);
    }

    /** The last error of Windows; 0 if it named none. */
    public int code() {
        return code;
    }

    /** Whether there is no room left. */
    public boolean full() {
        return code == DISK_FULL || code == HANDLE_DISK_FULL;
    }

    /** Whether it is the medium that gives no answer: a bad checksum, a sector not found, a device in trouble. */
    public boolean medium() {
        return MEDIUM.contains(code);
    }

    /** Whether a right is missing. */
    public boolean denied() {
        return code == ACCESS_DENIED || code == PRIVILEGE_NOT_HELD;
    }
}
