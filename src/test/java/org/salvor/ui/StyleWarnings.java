package org.salvor.ui;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the toolkit complains about in style sheets: it tells that in its log only, and goes on without the style. */
final class StyleWarnings extends Handler {
    private static final Logger LOG = Logger.getLogger("javafx.css");

    private final List<String> seen = new CopyOnWriteArrayList<>();

    void start() {
        seen.clear();
        LOG.addHandler(this);
    }

    /** What was told since the start. */
    List<String> stop() {
        LOG.removeHandler(this);
        return List.copyOf(seen);
    }

    @Override
    public void publish(LogRecord line) {
        if (line.getLevel().intValue() >= Level.WARNING.intValue()) {
            seen.add(line.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
