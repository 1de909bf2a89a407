package org.salvor.app;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.salvor.ui.shell.EarlierWork;

/** The last few pieces of work among the settings, the newest with number 0. What cannot be understood is left out. */
final class RememberedWork {
    private static final int MOST = 20;
    private static final String KEY = "earlier.";

    private RememberedWork() {}

    static List<EarlierWork> read(Properties values) {
        List<EarlierWork> all = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            String at = KEY + i + '.';
            try {
                if (values.getProperty(at + "file") != null) {
                    all.add(new EarlierWork(
                            EarlierWork.Kind.valueOf(values.getProperty(at + "kind", "")),
                            Path.of(values.getProperty(at + "file")),
                            values.getProperty(at + "source", ""),
                            Instant.parse(values.getProperty(at + "when", "")),
                            Long.parseLong(values.getProperty(at + "files", ""))));
                }
            } catch (DateTimeException | IllegalArgumentException e) {
                continue; // the file is a person's too
            }
        }
        return all;
    }

    static void add(Properties values, EarlierWork work) {
        List<EarlierWork> all = read(values);
        all.removeIf(other -> other.file().equals(work.file()));
        all.addFirst(work);
        write(values, all);
    }

    /** Whether it was there. */
    static boolean remove(Properties values, Path file) {
        List<EarlierWork> all = read(values);
        boolean was = all.removeIf(other -> other.file().equals(file));
        if (was) {
            write(values, all);
        }
        return was;
    }

    private static void write(Properties values, List<EarlierWork> all) {
        values.stringPropertyNames().stream().filter(key -> key.startsWith(KEY)).forEach(values::remove);
        for (int i = 0; i < Math.min(MOST, all.size()); i++) {
            EarlierWork work = all.get(i);
            String at = KEY + i + '.';
            values.setProperty(at + "kind", work.kind().name());
            values.setProperty(at + "file", work.file().toString());
            values.setProperty(at + "source", work.source());
            values.setProperty(at + "when", work.when().toString());
            values.setProperty(at + "files", Long.toString(work.files()));
        }
    }
}
