package org.salvor.ui.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** How a person is asked for a file or a folder. */
public interface FileDialogs {
    /**
     * A kind of file that is offered.
     *
     * @param patterns as "*.json"
     */
    record Kind(String text, List<String> patterns) {
        public static Kind of(String text, String... patterns) {
            return new Kind(text, List.of(patterns));
        }
    }

    /** A file that exists; null if the person thought better of it. */
    @Nullable
    Path open(Window owner, String title, Kind... kinds);

    /** Where to write; null if the person thought better of it. A file that exists was agreed to be replaced. */
    @Nullable
    Path save(Window owner, String title, String name, Kind... kinds);

    /** A folder that exists; null if the person thought better of it. */
    @Nullable
    Path folder(Window owner, String title);

    /** The ones of this system. */
    FileDialogs OF_SYSTEM = new FileDialogs() {
        @Override
        public @Nullable Path open(Window owner, String title, Kind... kinds) {
            return path(chooser(title, kinds).showOpenDialog(owner));
        }

        @Override
        public @Nullable Path save(Window owner, String title, String name, Kind... kinds) {
            FileChooser chooser = chooser(title, kinds);
            chooser.setInitialFileName(name);
            return path(chooser.showSaveDialog(owner));
        }

        @Override
        public @Nullable Path folder(Window owner, String title) {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(title);
            return path(chooser.showDialog(owner));
        }
    };

    private static FileChooser chooser(String title, Kind... kinds) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(title);
        for (Kind kind : kinds) {
            chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.text(), kind.patterns()));
        }
        return chooser;
    }

    private static @Nullable Path path(@Nullable File file) {
        return file == null ? null : file.toPath();
    }
}
