package org.salvor.restore;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.salvor.fault.FormatException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.Json;

/**
 * Reads the {@code files.jsonl} of a {@link CommonSidecar}, which anybody may have changed since it was written. What is not as a
 * restore writes it refuses the whole file, named by the byte where its line begins: a sidecar that leads astray at one place is not
 * to be believed at the others. Descriptors stay in the file until they are asked for.
 */
final class SidecarReader {
    /** The longest descriptor that a restore keeps takes 350,000 characters, and as SDDL no more than 2^20. */
    private static final int MAX_LINE = 4 << 20;

    /** Files in one sidecar; each takes some hundred bytes of memory. */
    private static final int MAX_FILES = 5_000_000;

    private static final Pattern SECURITY = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String STRUCTURE = "sidecar";

    private final Path file;
    private final Map<String, Long> descriptors = new HashMap<>();
    private final List<SidecarEntry> entries = new ArrayList<>();
    private final Set<String> targets = new HashSet<>();
    private SourceIdentity source = new SourceIdentity("", "", "", "", -1, "", Map.of());
    private long expected;

    private SidecarReader(Path file) {
        this.file = file;
    }

    /** @throws FormatException it is no sidecar, or one that no restore has written */
    static SidecarReader read(Path file) throws IOException, FormatException {
        SidecarReader reader = new SidecarReader(file);
        try (Lines lines = new Lines(file, 0)) {
            for (String line = lines.next(); !line.isEmpty(); line = lines.next()) {
                reader.line(line, lines.start);
            }
            if (reader.entries.size() != reader.expected || lines.start == 0) {
                throw new FormatException(
                        STRUCTURE, lines.start, reader.expected + " files", String.valueOf(reader.entries.size()));
            }
        }
        return reader;
    }

    SourceIdentity source() {
        return source;
    }

    List<SidecarEntry> entries() {
        return entries;
    }

    /** The security descriptor of that name, which one of the entries gave. */
    byte[] descriptor(String name) throws IOException, FormatException {
        long position = descriptors.getOrDefault(name, -1L);
        try (Lines lines = new Lines(file, position)) {
            return descriptor(Json.parse(lines.next()), name, position);
        }
    }

    private void line(String text, long position) throws FormatException {
        try {
            Json json = Json.parse(text);
            if (position == 0) {
                head(json);
            } else if (json.has("other-name")) {
                json.string("of"); // of no file that was written: nothing can be applied to it
            } else if (json.has("target")) {
                entry(json, position);
            } else {
                String name = json.string("security");
                descriptor(json, name, position);
                if (!entries.isEmpty() || descriptors.put(name, position) != null) {
                    throw broken(position, "each descriptor once, before the files", name);
                }
            }
        } catch (FormatException e) {
            throw e.structure().equals(STRUCTURE) ? e : broken(position, e.expected(), e.actual());
        } catch (DateTimeException e) {
            throw broken(position, "times as of ISO 8601", text);
        }
    }

    private static FormatException broken(long position, String wanted, String found) {
        return new FormatException(
                STRUCTURE, position, wanted, found.length() > 200 ? found.substring(0, 200) + "..." : found);
    }

    private void head(Json json) throws FormatException {
        if (!json.string("format").equals(CommonSidecar.FORMAT) || json.number("version") != CommonSidecar.VERSION) {
            throw broken(
                    0,
                    CommonSidecar.FORMAT + " version " + CommonSidecar.VERSION,
                    json.string("format") + " version " + json.number("version"));
        }
        expected = json.number("files");
        if (expected < 0 || expected > MAX_FILES) {
            throw broken(0, "0 to " + MAX_FILES + " files", String.valueOf(expected));
        }
        source = ReportJson.source(json.get("source"));
    }

    /** As a restore writes it beside the bytes; empty where they are none. */
    private static String text(byte[] raw) {
        try {
            return Sddl.text(raw);
        } catch (FormatException e) {
            return "";
        }
    }

    /** Its name and its text are made of its bytes, so that a person reads what is put on the files: none can be changed without the others. */
    private static byte[] descriptor(Json json, String name, long position) throws FormatException {
        byte[] raw;
        try {
            raw = Base64.getDecoder().decode(json.string("raw"));
        } catch (IllegalArgumentException e) {
            throw broken(position, "a descriptor in base64", json.string("raw"));
        }
        if (!SECURITY.matcher(name).matches() || !Descriptors.name(raw).equals(name)) {
            throw broken(position, "the beginning of the descriptor's SHA-256, " + Descriptors.name(raw), name);
        }
        String text = text(raw);
        if (!json.string("sddl", "").equals(text)) {
            throw broken(position, "the text of this descriptor, " + text, json.string("sddl", "none"));
        }
        return raw;
    }

    private void entry(Json json, long position) throws FormatException {
        if (entries.size() == expected) {
            throw broken(position, expected + " files", "more");
        }
        String target = json.string("target");
        List<String> steps = steps(target, position);
        if (!targets.add(target)) {
            throw broken(position, "each file once", target);
        }
        boolean folder = switch (json.string("kind")) {
            case "folder" -> true;
            case "file" -> false;
            default -> throw broken(position, "a file or a folder", json.string("kind"));
        };
        String link = json.string("link", "");
        String sha256 = json.string("sha256");
        boolean content = !folder && link.isEmpty();
        if (!sha256.isEmpty() && !(content && SHA256.matcher(sha256).matches())) {
            throw broken(position, content ? "a SHA-256" : "no SHA-256", sha256);
        }
        long size = json.number("size");
        long attributes = json.number("attributes");
        if (size < 0 || attributes != (int) attributes) {
            throw broken(position, "a size and attributes", size + ", " + attributes);
        }
        String security = json.string("security", Descriptors.NONE);
        if (!security.isEmpty() && !descriptors.containsKey(security)) {
            throw broken(position, "a descriptor of this sidecar", security);
        }
        entries.add(new SidecarEntry(steps, folder, link, size, sha256, (int) attributes, times(json), security));
    }

    private static List<String> steps(String target, long position) throws FormatException {
        List<String> steps = List.of(target.split("/", -1));
        for (String step : steps) {
            try {
                TargetFolders.own(step);
            } catch (IOException e) {
                throw broken(position, "a path inside the restored folder", target);
            }
        }
        return steps;
    }

    private static FileTimes times(Json json) throws FormatException {
        return new FileTimes(
                time(json, "created"), time(json, "modified"), time(json, "changed"), time(json, "accessed"));
    }

    private static long time(Json json, String name) throws FormatException {
        return json.has(name) ? Times.known(Instant.parse(json.string(name))) : Catalog.NO_TIME;
    }

    /** Lines of UTF-8 that end with a line feed, and where they begin. */
    private static final class Lines implements AutoCloseable {
        private final InputStream in;
        private long position;
        private long start;

        Lines(Path file, long from) throws IOException {
            FileChannel channel = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            channel.position(from);
            in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
            position = from;
        }

        /** Empty at the end. */
        String next() throws IOException, FormatException {
            start = position;
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int c = in.read(); c != '\n'; c = in.read()) {
                if (c < 0 && line.size() == 0) {
                    return "";
                }
                if (c < 0 || line.size() == MAX_LINE) {
                    throw broken(start, "a line of at most " + MAX_LINE + " bytes", c < 0 ? "the end" : "a longer one");
                }
                line.write(c);
            }
            position += line.size() + 1;
            if (line.size() == 0) {
                throw broken(start, "a line", "an empty one");
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(line.toByteArray()))
                        .toString();
            } catch (CharacterCodingException e) {
                throw broken(start, "UTF-8", "something else");
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
