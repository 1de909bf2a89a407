package org.salvor.app;

import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.salvor.text.Messages;

/** Whether a window can be opened, and why not, in one line for a person. */
final class Display {
    /** As the loader of Linux tells which library another one needs, and what is wrong with it. */
    private static final Pattern LIBRARY = Pattern.compile("(?:^|[ /])(lib[^/: ]+\\.so[.0-9]*): "
            + "(?:cannot open shared object file|file too short|invalid ELF header|wrong ELF class)");

    private static final Pattern GTK = Pattern.compile("GTK|glassgtk|libg[dt]k");

    private Display() {}

    /**
     * Empty if there seems to be a display. Systems other than Linux always have one, or tell when the toolkit starts; so does a
     * toolkit that was asked for by name.
     */
    static String missing(
            String system, UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        boolean ownToolkit = set(properties.apply("glass.platform"));
        if (!system.toLowerCase(Locale.ROOT).startsWith("linux") || ownToolkit) {
            return "";
        }
        return set(environment.apply("DISPLAY")) || set(environment.apply("WAYLAND_DISPLAY"))
                ? ""
                : Messages.get("launch.noDisplay");
    }

    private static boolean set(@Nullable String value) {
        return value != null && !value.isBlank();
    }

    /**
     * The line for a toolkit that did not start; anything else than that is a bug and is thrown on.
     *
     * @param printed what the toolkit printed on the error stream: only there it names a library that its own ones need
     */
    static String whyNot(Throwable failure, String printed) {
        Matcher needed = LIBRARY.matcher(printed);
        if (needed.find() && !GTK.matcher(needed.group(1)).find()) {
            return Messages.get("launch.noLibrary", needed.group(1));
        }
        int depth = 0;
        for (Throwable at = failure; at != null && depth < 20; at = at.getCause(), depth++) {
            String text = String.valueOf(at.getMessage());
            if (GTK.matcher(text).find()) {
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
