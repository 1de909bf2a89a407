package org.salvor.restore;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.RatingClass;
import org.salvor.text.Json;

/** Reads a {@link Journal} up to its first line that is torn or damaged. */
final class JournalReader {
    /** A line is a path or two and some sentences. */
    private static final int MAX_LINE = 4 << 20;

    private Journal.@Nullable Head head;
    private final List<Task> tasks = new ArrayList<>();
    private final Map<Integer, Journal.Written> written = new HashMap<>();
    private final Map<Integer, RestoredFile> done = new HashMap<>();
    private final Map<Integer, String> security = new HashMap<>();
    private final Map<String, Journal.Place> descriptors = new TreeMap<>();
    private boolean begun;
    private boolean finished;
    private long length;

    /** @throws FormatException the file is no journal, or the job had not begun */
    static JournalReader read(Path path) throws IOException, FormatException {
        JournalReader reader = new JournalReader();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            for (String line = line(in); line != null && reader.take(line); line = line(in)) {
                reader.length += line.getBytes(StandardCharsets.UTF_8).length + 1;
            }
        }
        if (reader.head == null || !reader.begun) {
            throw new FormatException("journal", 0, "the start of a job", "something else");
        }
        return reader;
    }

    /** A line that ends in a line feed, without it; null at the end and for a torn one. */
    private static @Nullable String line(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || bytes.size() == MAX_LINE) {
                return null;
            }
            bytes.write(c);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private boolean take(String line) throws FormatException {
        if (line.length() < 10 || !Journal.checksum(line.substring(9)).equals(line.substring(0, 8))) {
            return false;
        }
        Json json = Json.parse(line.substring(9));
        switch (json.string("line")) {
            case "job" -> head = head(json);
            case "file" -> tasks.add(task(tasks.size(), json));
            case "begin" -> begun = json.number("files") == tasks.size();
            case "written" -> {
                int index = index(json);
                security.put(index, json.string("security", ""));
                written.put(
                        index,
                        new Journal.Written(
                                index,
                                json.string("temporary"),
                                json.string("name"),
                                json.flag("sidecar", false),
                                json.string("security", ""),
                                ReportJson.file(json.get("file"))));
            }
            case "security" -> descriptors.put(json.string("name"), new Journal.Place(length, line.length() + 1));
            case "done" -> done(index(json), json);
            case "end" -> finished = true;
            default -> throw new FormatException("journal", length, "a known line", json.string("line"));
        }
        return true;
    }

    private void done(int index, Json json) throws FormatException {
        Journal.Written before = written.get(index);
        if (json.has("file")) {
            done.put(index, ReportJson.file(json.get("file")));
            security.put(index, json.string("security", ""));
        } else if (before != null) {
            done.put(index, before.result());
        } else {
            throw new FormatException("journal", length, "what file " + index + " became", "nothing");
        }
    }

    private int index(Json json) throws FormatException {
        long index = json.number("index");
        if (index < 0 || index >= tasks.size()) {
            throw new FormatException("journal", length, "an index below " + tasks.size(), Long.toString(index));
        }
        return (int) index;
    }

    private static Journal.Head head(Json json) throws FormatException {
        if (!json.string("format").equals("salvor-journal") || json.number("version") != Journal.VERSION) {
            throw new FormatException("journal", 0, "salvor-journal version " + Journal.VERSION, "another");
        }
        return new Journal.Head(
                json.string("job"),
                ReportJson.source(json.get("source")),
                new RestoreOptions(
                        Path.of(json.string("target")),
                        ReportJson.choice(RestoreOptions.Layout.class, json.string("layout")),
                        ReportJson.choice(RestoreOptions.OnConflict.class, json.string("onConflict")),
                        ReportJson.choice(RestoreOptions.Partial.class, json.string("partial")),
                        json.flag("permissions", false),
                        json.flag("verify", false),
                        json.flag("confirmed", false),
                        ReportJson.choice(
                                RestoreOptions.Form.class, json.string("form", RestoreOptions.Form.FILES.name()))),
                json.flag("thorough", false),
                json.string("started"),
                json.string("report"),
                json.string("sidecar"),
                json.has("losses") ? json.strings("losses") : List.of());
    }

    private static Task task(int index, Json json) throws FormatException {
        List<Json> times = json.list("times");
        if (times.size() != 4) {
            throw new FormatException("journal", -1, "four times", Integer.toString(times.size()));
        }
        return new Task(
                index,
                json.string("id"),
                json.string("path"),
                json.string("target"),
                json.flag("folder", false),
                json.number("size"),
                ReportJson.choice(PlannedFile.Action.class, json.string("action")),
                ReportJson.choice(RatingClass.class, json.string("rating")),
                (int) json.number("percent"),
                json.number("order"),
                (int) json.number("linkOf"),
                (int) json.number("attributes"),
                new FileTimes(
                        times.get(0).number(),
                        times.get(1).number(),
                        times.get(2).number(),
                        times.get(3).number()),
                json.strings("reasons"));
    }

    Journal.Head head() {
        if (head == null) {
            throw new IllegalStateException("read() makes sure that there is one");
        }
        return head;
    }

    List<Task> tasks() {
        return tasks;
    }

    /** Files that lay whole under their temporary names, by index; those that are done are among them. */
    Map<Integer, Journal.Written> written() {
        return written;
    }

    Map<Integer, RestoredFile> done() {
        return done;
    }

    /** The name of the security descriptor of a file that was written; empty if it has none. */
    String security(int index) {
        return security.getOrDefault(index, "");
    }

    /** Where each security descriptor lies. */
    Map<String, Journal.Place> descriptors() {
        return descriptors;
    }

    boolean finished() {
        return finished;
    }

    /** Bytes up to the end of the last whole line. */
    long length() {
        return length;
    }
}
