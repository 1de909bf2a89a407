package org.salvor.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.salvor.recovery.Source;

/** What the wizard remembers from one start to the next. Implementations may write it late, and never on a chosen source. */
public interface UiSettings {
    /** Whether columns and details for technicians are shown. */
    boolean technical();

    void technical(boolean on);

    boolean dark();

    void dark(boolean on);

    /** A person chose this source: from now on things may be remembered on disk, unless they would lie on it. May take a moment. */
    default void sourceChosen(Source source) {}

    /** Places that the program, the toolkit and native libraries write to without being told: settings, log, caches. */
    default List<Path> programFiles() {
        return List.of();
    }

    /** What a person could go on with, newest first; the files may be gone meanwhile. */
    default List<EarlierWork> earlier() {
        return List.of();
    }

    /** Puts it first; an entry for the same file is replaced. May take a moment. */
    default void remember(EarlierWork work) {}

    /** Takes it off the list. May take a moment. */
    default void forget(Path file) {}

    /** What this user may read. */
    enum Rights {
        ADMINISTRATOR,
        STANDARD,
        UNKNOWN
    }

    /** Whether disks of this computer can be read. */
    default Rights rights() {
        return Rights.UNKNOWN;
    }

    /** Shows a folder in the file manager of this system; false where there is none. May take a moment. */
    default boolean openFolder(Path folder) {
        return false;
    }

    /** Remembers nothing: for tests, and where nothing may be written. */
    static UiSettings inMemory() {
        return new UiSettings() {
            private boolean technical;
            private boolean dark;
            private final List<EarlierWork> earlier = new CopyOnWriteArrayList<>();

            @Override
            public List<EarlierWork> earlier() {
                return List.copyOf(earlier);
            }

            @Override
            public void remember(EarlierWork work) {
                forget(work.file());
                earlier.addFirst(work);
            }

            @Override
            public void forget(Path file) {
                earlier.removeIf(work -> work.file().equals(file));
            }

            @Override
            public boolean technical() {
                return technical;
            }

            @Override
            public void technical(boolean on) {
                technical = on;
            }

            @Override
            public boolean dark() {
                return dark;
            }

            @Override
            public void dark(boolean on) {
                dark = on;
            }
        };
    }
}
