package org.salvor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What was put on an image: one JSON object a line. Named streams may be lines of their own, {@code path:stream}. */
public record Manifest(List<Entry> entries) {
    /** SHA-256 of no bytes. */
    public static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /**
     * One file.
     *
     * @param state "live", "deleted" or "early"
     * @param streams its named streams
     * @param fields the whole line, for what else it says
     */
    public record Entry(
            String path,
            long size,
            String sha256,
            String kind,
            String state,
            List<Stream> streams,
            Map<String, Object> fields) {
        public boolean deleted() {
            return !state.equals("live");
        }

        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        /** A field by its name, as text; empty if it is not there. */
        public String text(String field) {
            Object value = fields.get(field);
            return value == null ? "" : value.toString();
        }

        @Override
        public String toString() {
            return path;
        }
    }

    /** A named stream. */
    public record Stream(String name, long size, String sha256) {}

    public static Manifest read(InputStream in) throws IOException {
        return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }

    @SuppressWarnings("unchecked")
    public static Manifest parse(String lines) {
        Map<String, Entry> files = new LinkedHashMap<>();
        List<Map<String, Object>> streamLines = new ArrayList<>();
        for (String line : lines.lines().filter(l -> !l.isBlank()).toList()) {
            Map<String, Object> fields = (Map<String, Object>) TestJson.parse(line);
            String path = (String) fields.get("path");
            if (path.indexOf(':') >= 0) {
                streamLines.add(fields);
                continue;
            }
            List<Stream> streams = new ArrayList<>();
            for (Object s : (List<Object>) fields.getOrDefault("streams", List.of())) {
                streams.add(stream((Map<String, Object>) s, (String) ((Map<String, Object>) s).get("name")));
            }
            files.put(
                    fields.getOrDefault("at", "") + path,
                    new Entry(
                            path,
                            ((Number) fields.get("size")).longValue(),
                            (String) fields.get("sha256"),
                            (String) fields.getOrDefault("kind", ""),
                            (String) fields.get("state"),
                            streams,
                            fields));
        }
        for (Map<String, Object> fields : streamLines) {
            String path = (String) fields.get("path");
            int colon = path.indexOf(':');
            Entry owner = files.get(path.substring(0, colon));
            if (owner != null) {
                owner.streams().add(stream(fields, path.substring(colon + 1)));
            }
        }
        return new Manifest(List.copyOf(files.values()));
    }

    private static Stream stream(Map<String, Object> fields, String name) {
        return new Stream(name, ((Number) fields.get("size")).longValue(), (String) fields.get("sha256"));
    }

    public List<Entry> deleted() {
        return entries.stream().filter(Entry::deleted).toList();
    }

    public List<Entry> live() {
        return entries.stream().filter(e -> !e.deleted()).toList();
    }

    public Entry at(String path) {
        return entries.stream()
                .filter(e -> e.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not in the manifest: " + path));
    }

    /** The hashes of all these files' contents, main and named streams. */
    public static Set<String> contents(List<Entry> entries) {
        return entries.stream()
                .flatMap(e -> java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(e.sha256()),
                        e.streams().stream().map(Stream::sha256)))
                .collect(Collectors.toSet());
    }
}
