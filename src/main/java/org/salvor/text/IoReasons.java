package org.salvor.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why the system refused a file of the program's own, in words. */
public final class IoReasons {
    private IoReasons() {}

    /** A few words that go on after a colon; the path is left to the sentence around them. */
    public static String of(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> Messages.get("io.denied");
            case NoSuchFileException missing -> Messages.get("io.missing");
            case NotDirectoryException file -> Messages.get("io.no-folder");
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> {
                String text = failure.getMessage();
                yield text == null ? failure.getClass().getSimpleName() : text;
            }
        };
    }
}
