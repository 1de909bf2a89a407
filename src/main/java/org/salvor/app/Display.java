package org.salvor.app;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.salvor.text.Messages;

/** Whether a window can be opened, and why not, in one line for a person. */
final class Display {
    private Display() {}

    /** Empty if there seems to be a display. Systems other than Linux always have one, or tell when the toolkit starts. */
    static String missing(String system, UnaryOperator<@Nullable String> environment) {
        boolean headlessToolkit = System.getProperty("glass.platform") != null;
        if (!system.startsWith("linux") || headlessToolkit) {
            return "";
        }
        return set(environment.apply("DISPLAY")) || set(environment.apply("WAYLAND_DISPLAY"))
                ? ""
                : Messages.get("launch.noDisplay");
    }

    private static boolean set(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /** The line for a toolkit that did not start; anything else than that is a bug and is thrown on. */
    static String whyNot(Throwable failure) {
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
            String text = String.valueOf(at.getMessage());
            if (text.contains("GTK") || text.contains("glassgtk") || text.contains("libgtk")) {
                return Messages.get("launch.noGtk");
            }
            if (at instanceof UnsupportedOperationException
                    || at instanceof UnsatisfiedLinkError
                    || at instanceof NoClassDefFoundError) {
                return Messages.get("launch.noToolkit", text);
            }
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) failure;
    }
}
