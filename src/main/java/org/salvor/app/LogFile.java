package org.salvor.app;

import java.io.IOException;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.logging.ErrorManager;
import java.util.logging.FileHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The plain text log. Until it may be written, and while it may not, the last messages are kept in memory; nothing goes to the
 * console, which belongs to the commands.
 */
final class LogFile implements AutoCloseable {
    private static final int BYTES = 1 << 20;
    private static final int FILES = 3;
    private static final int KEPT = 500;

    private final Deque<LogRecord> kept = new ArrayDeque<>();
    private @Nullable FileHandler file;

    /** Takes over all messages of this process. */
    static LogFile install() {
        LogFile log = new LogFile();
        LogManager.getLogManager().reset();
        java.util.logging.Logger root = java.util.logging.Logger.getLogger("");
        root.setLevel(Level.INFO);
        root.addHandler(log.new Switch());
        return log;
    }

    /** Takes nothing over. */
    static LogFile none() {
        return new LogFile();
    }

    /** From now on messages go to this file; those kept so far go first. */
    synchronized void open(Path path) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            // in the pattern of a FileHandler "%" is special
            FileHandler handler = new FileHandler(path.toString().replace("%", "%%") + ".%g", BYTES, FILES, true);
            handler.setFormatter(new SimpleFormatter());
            handler.setEncoding("UTF-8");
            // the usual one prints a trace on the console; a log that cannot be written stops nothing
            handler.setErrorManager(new Silent());
            kept.forEach(handler::publish);
            kept.clear();
            file = handler;
        } catch (IOException e) {
            System.getLogger("org.salvor.app").log(Logger.Level.WARNING, "The log file could not be opened", e);
        }
    }

    @Override
    public synchronized void close() {
        FileHandler open = file;
        file = null;
        if (open != null) {
            open.close();
        }
    }

    synchronized void take(LogRecord message) {
        FileHandler open = file;
        if (open != null) {
            open.publish(message);
            return;
        }
        if (kept.size() == KEPT) {
            kept.removeFirst();
        }
        kept.addLast(message);
    }

    /** For a full disk, or a folder that went away. */
    private static final class Silent extends ErrorManager {
        @Override
        public void error(@Nullable String message, @Nullable Exception failure, int code) {
            // there is nowhere left to tell it
        }
    }

    /** Sends messages to wherever they may go at present. */
    private final class Switch extends Handler {
        @Override
        public void publish(LogRecord message) {
            take(message);
        }

        @Override
        public void flush() {
            // every message is written at once
        }

        @Override
        public void close() {
            LogFile.this.close();
        }
    }
}
