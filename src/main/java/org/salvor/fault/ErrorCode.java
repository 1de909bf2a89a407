package org.salvor.fault;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;

/**
 * A short code for a bug, "3F2A-91C0": the same each time the same thing goes wrong at the same place of the program, whatever the
 * message says. Made of the class of the root cause and the topmost frames that belong to the program.
 */
public final class ErrorCode {
    private static final String OURS = "org.salvor.";
    private static final int FRAMES = 4;

    private ErrorCode() {}

    public static String of(Throwable failure) {
        Throwable root = root(failure);
        StringBuilder place = new StringBuilder(root.getClass().getName());
        int taken = 0;
        for (StackTraceElement frame : root.getStackTrace()) {
            if (frame.getClassName().startsWith(OURS) && taken < FRAMES) {
                place.append('\n')
                        .append(stable(frame.getClassName()))
                        .append('.')
                        .append(stable(frame.getMethodName()));
                taken++;
            }
        }
        String hash = HexFormat.of().formatHex(sha256(place.toString()), 0, 4).toUpperCase(Locale.ROOT);
        return hash.substring(0, 4) + "-" + hash.substring(4);
    }

    /** Names that the compiler numbers (lambdas, anonymous classes) lose their numbers, which change with every edit. */
    private static String stable(String name) {
        return name.replaceAll("\\$[0-9]+|[$/]0x[0-9a-f]+", "\\$");
    }

    private static Throwable root(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Throwable at = failure;
        for (Throwable cause = at.getCause(); cause != null && seen.add(cause); cause = at.getCause()) {
            at = cause;
        }
        return at;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
