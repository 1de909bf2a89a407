package org.salvor.windows.backup;

import java.io.IOException;
import java.nio.file.Path;
import org.salvor.text.Messages;

/** A function of Windows said no. */
final class WindowsException extends IOException {
    static final int ACCESS_DENIED = 5;
    static final int NOT_SUPPORTED = 1;
    static final int SHARING = 32;
    static final int HANDLE_DISK_FULL = 39;
    static final int DISK_FULL = 112;
    static final int NOT_ALL_ASSIGNED = 1300;
    static final int PRIVILEGE_NOT_HELD = 1314;

    private static final long serialVersionUID = 1L;

    private final int code;

    private WindowsException(String message, int code) {
        super(message);
        this.code = code;
    }

    /** @param code the last error of Windows */
    static WindowsException of(int code, Path path) {
        String text = switch (code) {
            case ACCESS_DENIED, PRIVILEGE_NOT_HELD -> Messages.get("windows.backup.denied", path);
            case SHARING -> Messages.get("windows.backup.in-use", path);
            case DISK_FULL, HANDLE_DISK_FULL -> Messages.get("windows.backup.full", path);
            default -> Messages.get("windows.backup.refused", path, code);
        };
        return new WindowsException(text, code);
    }

    static WindowsException shortWrite(Path path) {
        return new WindowsException(Messages.get("windows.backup.short", path), 0);
    }

    /** The last error of Windows; 0 if it named none. */
    int code() {
        return code;
    }

    boolean full() {
        return code == DISK_FULL || code == HANDLE_DISK_FULL;
    }

    boolean denied() {
        return code == ACCESS_DENIED || code == PRIVILEGE_NOT_HELD;
    }
}
