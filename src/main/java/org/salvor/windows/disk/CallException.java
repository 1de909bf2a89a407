package org.salvor.windows.disk;

import java.io.IOException;
import org.salvor.text.Messages;

/** A function of Windows said no. */
final class CallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int code;

    /** @param code the last error of Windows */
    CallException(int code) {
        super(words(code));
        this.code = code;
    }

    int code() {
        return code;
    }

    private static String words(int code) {
        return switch (code) {
            case 5, 1314 -> Messages.get("windows.disk.denied");
            case 2, 3, 15 -> Messages.get("windows.disk.missing");
            case 21 -> Messages.get("windows.disk.not-ready");
            case 23, 483, 1117 -> Messages.get("windows.disk.bad-sector", code);
            case 32 -> Messages.get("windows.disk.in-use");
            case 55, 1167, 433, 31 -> Messages.get("windows.disk.gone");
            case 0 -> Messages.get("windows.disk.no-reason");
            default -> Messages.get("windows.disk.code", code);
        };
    }
}
