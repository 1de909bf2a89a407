package org.salvor.device;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.salvor.text.Messages;

/** Why the system refused, in words. */
final class Reasons {
    private Reasons() {}

    static String of(IOException e) {
        String text = e.getMessage();
        return switch (e) {
            case AccessDeniedException denied -> Messages.get("device.reason.denied");
            case NoSuchFileException missing -> Messages.get("device.reason.missing");
            default -> text == null ? e.getClass().getSimpleName() : text;
        };
    }
}
