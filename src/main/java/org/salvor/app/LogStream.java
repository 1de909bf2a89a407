package org.salvor.app;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;

/**
 * Takes each line as a message for the log. The toolkit and other libraries print warnings and traces on the error stream, which is
 * no place where a person with a window looks for them.
 */
final class LogStream extends OutputStream {
    /** Longer lines come in pieces. */
    private static final int LONGEST = 4096;

    private final Logger log = System.getLogger("stderr");
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final StringBuilder first = new StringBuilder();

    @Override
    public synchronized void write(int value) {
        if (value != '\n' && value != '\r') {
            line.write(value);
        }
        if (value == '\n' || line.size() == LONGEST) {
            tell();
        }
    }

    @Override
    public synchronized void close() {
        tell();
    }

    /** The first lines that came: what the toolkit has to say when it cannot start. */
    synchronized String first() {
        return first.toString();
    }

    private void tell() {
        String text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isBlank()) {
            log.log(Logger.Level.WARNING, text);
            if (first.length() < LONGEST) {
                first.append(text).append('\n');
            }
        }
    }
}
