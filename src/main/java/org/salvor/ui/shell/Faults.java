package org.salvor.ui.shell;

import java.lang.System.Logger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.salvor.fault.ErrorCode;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** What a failure says to a person, and what the log keeps of it. */
public final class Faults {
    private static final Logger LOG = System.getLogger("org.salvor.ui");

    /** Bugs that are logged while one is told: one in what is drawn comes with every pulse. */
    private static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

    private Faults() {}

    /** The sentence of an expected failure; for a bug, that it is one, and a dialog tells its code. On the UI thread only. */
    public static String text(Throwable failure) {
        tellIfBug(failure);
        return sentence(failure);
    }

    /** Where an expected failure needs no words of its own. On the UI thread only. */
    public static void tellIfBug(Throwable failure) {
        if (!(failure instanceof RecoveryException)) {
            log(failure);
            show(failure);
        }
    }

    /** The same without the dialog, for what is said again. */
    public static String sentence(Throwable failure) {
        if (failure instanceof RecoveryException) {
            String message = failure.getMessage();
            return message == null ? Messages.get("fault.unknown") : message;
        }
        return Messages.get("fault.bug");
    }

    private static void log(Throwable bug) {
        String code = ErrorCode.of(bug);
        if (LOGGED.add(code)) {
            LOG.log(Logger.Level.ERROR, "internal error " + code, bug);
        }
    }

    private static void show(Throwable bug) {
        ErrorDialog.show(bug, LOGGED::clear);
    }

    /**
     * Takes what no other code catches, on any thread: it is logged and told, the window stays and the program goes on.
     *
     * @param ui runs what is given to it on the UI thread
     */
    public static Thread.UncaughtExceptionHandler uncaught(Executor ui) {
        return (thread, bug) -> {
            log(bug);
            ui.execute(() -> show(bug));
        };
    }
}
