package org.salvor.app;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.System.Logger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Properties;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Source;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.shell.UiSettings;

/**
 * What is remembered from one start to the next: theme, mode and the last work, in a small properties file. Nothing is written before a source is
 * chosen, and nothing at all while the file would lie on that source: its place could be that of a deleted file.
 */
final class Settings implements UiSettings {
    private static final Logger LOG = System.getLogger("org.salvor.app");
    private static final String TECHNICAL = "technical";
    private static final String DARK = "dark";

    private final ProgramFiles files;
    private final Workbench workbench;
    private final LogFile log;
    private final Properties values = new Properties();
    private final Desktop desktop = Desktop.of(System.getProperty("os.name", ""));
    private final Rights rights = Desktop.rights();
    private boolean changed;
    private boolean writable;

    Settings(ProgramFiles files, Workbench workbench, LogFile log) {
        this.files = files;
        this.workbench = workbench;
        this.log = log;
        if (Files.isReadable(files.settings())) {
            try (Reader in = Files.newBufferedReader(files.settings())) {
                values.load(in);
            } catch (IOException | IllegalArgumentException e) {
                LOG.log(Logger.Level.WARNING, "The settings could not be read; the usual ones are taken", e);
            }
        }
    }

    @Override
    public synchronized boolean technical() {
        return Boolean.parseBoolean(values.getProperty(TECHNICAL));
    }

    @Override
    public synchronized void technical(boolean on) {
        set(TECHNICAL, on);
    }

    @Override
    public synchronized boolean dark() {
        return Boolean.parseBoolean(values.getProperty(DARK));
    }

    @Override
    public synchronized void dark(boolean on) {
        set(DARK, on);
    }

    @Override
    public synchronized void sourceChosen(Source source) {
        writable = allowed(source, files.settings());
        log.close();
        if (allowed(source, files.log())) {
            log.open(files.log());
        }
        save();
    }

    @Override
    public List<Path> programFiles() {
        return files.all();
    }

    @Override
    public Rights rights() {
        return rights;
    }

    @Override
    public boolean openFolder(Path folder) {
        return desktop.open(folder);
    }

    private boolean allowed(Source source, Path file) {
        try {
            workbench.checkPlace(source, file);
            return true;
        } catch (RecoveryException e) {
            LOG.log(Logger.Level.INFO, "Not written while this source is open: " + file, e);
            return false;
        }
    }

    @Override
    public synchronized List<EarlierWork> earlier() {
        return RememberedWork.read(values);
    }

    @Override
    public synchronized void remember(EarlierWork work) {
        RememberedWork.add(values, work);
        changed = true;
        save();
    }

    @Override
    public synchronized void forget(Path file) {
        if (RememberedWork.remove(values, file)) {
            changed = true;
            save();
        }
    }

    private void set(String key, boolean on) {
        if (Boolean.parseBoolean(values.getProperty(key)) != on) {
            values.setProperty(key, Boolean.toString(on));
            changed = true;
            save();
        }
    }

    private void save() {
        if (!changed || !writable) {
            return;
        }
        try {
            Path file = files.settings();
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            try (Writer out = Files.newBufferedWriter(part)) {
                values.store(out, null);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            changed = false;
        } catch (IOException e) {
            LOG.log(Logger.Level.WARNING, "The settings could not be written", e);
        }
    }
}
