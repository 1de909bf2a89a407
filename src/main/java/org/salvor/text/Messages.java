package org.salvor.text;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** Every text a person reads, from the bundle {@code org/salvor/messages}. Patterns are those of {@link MessageFormat}. */
public final class Messages {
    private static final ResourceBundle BUNDLE = ResourceBundle.getBundle("org.salvor.messages");

    private Messages() {}

    /** The text of {@code key}; with arguments it is a MessageFormat pattern, without them it is taken as it stands. */
    public static String get(String key, Object... arguments) {
        String pattern = BUNDLE.getString(key);
        return arguments.length == 0 ? pattern : new MessageFormat(pattern, Locale.getDefault()).format(arguments);
    }

    /** Whether the bundle has a text for a key that is put together of parts. */
    public static boolean has(String key) {
        return BUNDLE.containsKey(key);
    }
}
