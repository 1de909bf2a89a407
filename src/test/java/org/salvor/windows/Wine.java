package org.salvor.windows;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.jna.NativeLibrary;

/** Whether the Windows of this JVM is Wine: where it lacks what a real one has, a test is skipped and says so. */
public final class Wine {
    private static final boolean HERE = look();

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

    /** Skips the test under Wine. */
    public static void lacks(String what) {
        assumeFalse(HERE, "Wine " + what);
    }
}
