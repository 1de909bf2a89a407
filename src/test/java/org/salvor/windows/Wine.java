package org.salvor.windows;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.platform.win32.Kernel32;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;

/** Whether the Windows of this JVM is Wine: where it lacks what a real one has, a test is skipped and says so. */
public final class Wine {
    private static final boolean HERE = look();
    private static boolean placesTold;

    private Wine() {}

    private static boolean look() {
        if (!System.getProperty("os.name").startsWith("Windows")) {
            return false;
        }
        try {
            NativeLibrary.getInstance("ntdll").getFunction("wine_get_version");
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    public static boolean isHere() {
        return HERE;
    }

    /**
     * For tests whose target's disk must be known: Wine does not tell it, so a driver double tells that all its volumes lie on disk 0.
     * Does nothing on other systems; skips the test where the double is not built.
     */
    public static synchronized void tellsPlaces() throws IOException {
        if (!HERE || placesTold) {
            return;
        }
        StringBuilder volumes = new StringBuilder();
        for (Path root : FileSystems.getDefault().getRootDirectories()) {
            char[] name = new char[64];
            if (Kernel32.INSTANCE.GetVolumeNameForVolumeMountPoint(root.toString(), name, name.length)) {
                String volume = Native.toString(name); // with the prefix of a folder, and the backslash behind it
                volumes.append(volumes.isEmpty() ? "" : "\\0").append(volume, 4, volume.length() - 1);
            }
        }
        WineDriver.start("volume_places", new WineDriver.Value("Volumes", "REG_MULTI_SZ", volumes.toString()));
        placesTold = true;
    }

    /** Skips the test under Wine. */
    public static void lacks(String what) {
        assumeFalse(HERE, "Wine " + what);
    }
}
