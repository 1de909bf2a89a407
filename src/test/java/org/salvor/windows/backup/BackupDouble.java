package org.salvor.windows.backup;

import com.sun.jna.Native;
import java.io.IOException;
import org.salvor.windows.NativeDouble;

/** The strict double of BackupWrite and what goes with it, bound. */
final class BackupDouble {
    final String library;
    final Kernel kernel;
    final Token token;
    private final NativeDouble built;

    private BackupDouble(NativeDouble built) {
        this.built = built;
        library = built.library;
        kernel = Native.load(library, Kernel.class);
        token = Native.load(library, Token.class);
    }

    /** Fresh; the test is skipped where it cannot be built. */
    static BackupDouble fresh() throws IOException, InterruptedException {
        return new BackupDouble(NativeDouble.fresh("backupwrite_double"));
    }

    void knob(String name, long value) {
        built.knob(name, value);
    }

    long count(String name) {
        return built.count(name);
    }

    /** What a caller did wrong, with everything that was left open; one a line, empty if all was right. */
    String violations() {
        return built.violations();
    }
}
