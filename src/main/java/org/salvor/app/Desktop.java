package org.salvor.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.salvor.ui.shell.UiSettings.Rights;

/** What the desktop of this system does for the window: its file manager, and who sits before it. */
final class Desktop {
    private static final Logger LOG = System.getLogger("org.salvor.app");

    /** An opener that ends at once tells by its exit code whether it worked; one that stays is a file manager. */
    private static final long PATIENCE_SECONDS = 5;

    private final List<String> opener;
    private final boolean tellsSuccess;

    private Desktop(List<String> opener, boolean tellsSuccess) {
        this.opener = opener;
        this.tellsSuccess = tellsSuccess;
    }

    /** @param system the name of the operating system */
    static Desktop of(String system) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            // explorer ends with 1 also when it worked
            return new Desktop(List.of("explorer.exe"), false);
        }
        return new Desktop(List.of(name.startsWith("mac") ? "open" : "xdg-open"), true);
    }

    /** A desktop whose folders are opened by this program. */
    static Desktop with(List<String> opener) {
        return new Desktop(opener, true);
    }

    /** Shows the folder; no shell is asked, so that a name is never a command. False where nothing here can show folders. */
    boolean open(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        List<String> words = new ArrayList<>(opener);
        words.add(folder.toAbsolutePath().toString());
        try {
            Process process = new ProcessBuilder(words)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return !process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !tellsSuccess || process.exitValue() == 0;
        } catch (IOException e) {
            LOG.log(Logger.Level.INFO, "No folder can be shown by " + opener, e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** By the user number; where there is none, it is not known. */
    static Rights rights() {
        try {
            Object user = Files.getAttribute(Path.of("/proc/self"), "unix:uid");
            return Integer.valueOf(0).equals(user) ? Rights.ADMINISTRATOR : Rights.STANDARD;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            LOG.log(Logger.Level.DEBUG, "Whether this user is an administrator is not known here", e);
            return Rights.UNKNOWN;
        }
    }
}
