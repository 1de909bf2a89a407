package org.salvor.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.salvor.fault.FormatException;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.Json;
import org.salvor.text.JsonReader;
import org.salvor.text.JsonWriter;

/** The report as JSON, "salvor-report" version 1 (contract, section 4), there and back. */
final class ReportJson {
    private static final String FORMAT = "salvor-report";
    private static final int VERSION = 1;

    private ReportJson() {}

    static void write(RestoreReport report, Appendable out) throws IOException {
        JsonWriter json = new JsonWriter(out).object();
        json.field("format", FORMAT).field("version", VERSION);
        json.name("source");
        write(json, report.source());
        json.field("target", report.target().toString());
        json.field("started", report.started()).field("ended", report.ended());
        json.field("stopped", lower(report.stop()));
        if (!report.sidecar().isEmpty()) {
            json.field("sidecar", report.sidecar());
        }
        if (!report.problems().isEmpty()) {
            json.field("problems", report.problems());
        }
        json.name("summary").object();
        json.field("restored", report.count(Outcome.RESTORED))
                .field("partial", report.count(Outcome.PARTIAL))
                .field("keptEncrypted", report.count(Outcome.KEPT_ENCRYPTED))
                .field("skipped", report.count(Outcome.SKIPPED))
                .field("failed", report.count(Outcome.FAILED))
                .field("bytes", report.bytes())
                .end();
        json.name("files").array();
        for (RestoredFile file : report.files()) {
            json.newLine();
            write(json, file);
        }
        json.end().end().newLine();
    }

    static void write(JsonWriter json, SourceIdentity source) throws IOException {
        json.object()
                .field("text", source.text())
                .field("node", source.node())
                .field("format", source.format())
                .field("serial", source.serial())
                .field("size", source.size())
                .field("fingerprint", source.fingerprint());
        json.name("details").object();
        for (Map.Entry<String, String> detail : source.details().entrySet()) {
            json.field(detail.getKey(), detail.getValue());
        }
        json.end().end();
    }

    static void write(JsonWriter json, RestoredFile file) throws IOException {
        json.object()
                .field("id", file.id())
                .field("path", file.path())
                .field("kind", file.folder() ? "folder" : "file")
                .field("target", file.target())
                .field("size", file.size())
                .field("outcome", file.outcome().name())
                .field("rating", file.rating().name())
                .field("intactPercent", file.intactPercent())
                .field("sha256", file.sha256());
        json.name("streams").array();
        for (RestoredFile.RestoredStream stream : file.streams()) {
            json.object()
                    .field("name", stream.name())
                    .field("size", stream.size())
                    .field("sha256", stream.sha256())
                    .end();
        }
        json.end().field("reasons", file.reasons()).end();
    }

    /** @throws FormatException the file is no report, or of a version this program does not know */
    static RestoreReport read(Path path) throws IOException, FormatException {
        Map<String, Json> head = new LinkedHashMap<>();
        List<RestoredFile> files = new ArrayList<>();
        try (BufferedReader in = Files.newBufferedReader(path)) {
            JsonReader reader = new JsonReader(in);
            expect(reader.next(), JsonReader.Token.OBJECT);
            while (reader.next() == JsonReader.Token.NAME) {
                String name = reader.text();
                JsonReader.Token token = reader.next();
                if (name.equals("files")) {
                    expect(token, JsonReader.Token.ARRAY);
                    for (token = reader.next(); token != JsonReader.Token.END_ARRAY; token = reader.next()) {
                        files.add(file(Json.value(reader, token)));
                    }
                } else {
                    head.put(name, Json.value(reader, token));
                }
            }
        }
        if (!head.containsKey("format")
                || !head.get("format").string().equals(FORMAT)
                || field(head, "version").number() != VERSION) {
            throw new FormatException("report", -1, FORMAT + " version " + VERSION, "something else");
        }
        return new RestoreReport(
                source(field(head, "source")),
                Path.of(field(head, "target").string()),
                head.containsKey("stopped")
                        ? choice(
                                RestoreReport.Stop.class, field(head, "stopped").string())
                        : RestoreReport.Stop.NONE,
                files,
                head.containsKey("started") ? field(head, "started").string() : "",
                head.containsKey("ended") ? field(head, "ended").string() : "",
                head.containsKey("sidecar") ? field(head, "sidecar").string() : "",
                head.containsKey("problems") ? strings(field(head, "problems")) : List.of());
    }

    private static List<String> strings(Json array) throws FormatException {
        List<String> all = new ArrayList<>();
        for (Json item : array.list()) {
            all.add(item.string());
        }
        return all;
    }

    private static void expect(JsonReader.Token found, JsonReader.Token wanted) throws FormatException {
        if (found != wanted) {
            throw new FormatException("report", -1, wanted.name(), found.name());
        }
    }

    private static Json field(Map<String, Json> head, String name) throws FormatException {
        Json field = head.get(name);
        if (field == null) {
            throw new FormatException("report", -1, "a field \"" + name + "\"", "none");
        }
        return field;
    }

    static SourceIdentity source(Json json) throws FormatException {
        Map<String, String> details = new LinkedHashMap<>();
        if (json.has("details")) {
            Json all = json.get("details");
            for (String name : all.names()) {
                details.put(name, all.string(name));
            }
        }
        return new SourceIdentity(
                json.string("text"),
                json.string("node", ""),
                json.string("format", ""),
                json.string("serial", ""),
                json.number("size", -1),
                json.string("fingerprint", ""),
                details);
    }

    static RestoredFile file(Json json) throws FormatException {
        List<RestoredFile.RestoredStream> streams = new ArrayList<>();
        for (Json stream : json.list("streams")) {
            streams.add(new RestoredFile.RestoredStream(
                    stream.string("name"), stream.number("size"), stream.string("sha256", "")));
        }
        return new RestoredFile(
                json.string("id"),
                json.string("path"),
                json.string("target", ""),
                json.string("kind", "file").equals("folder"),
                json.number("size"),
                choice(Outcome.class, json.string("outcome")),
                choice(RatingClass.class, json.string("rating")),
                (int) json.number("intactPercent", 0),
                json.string("sha256", ""),
                streams,
                json.strings("reasons"));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E choice(Class<E> type, String text) throws FormatException {
        for (E value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) {
                return value;
            }
        }
        throw new FormatException("report", -1, "one of " + List.of(type.getEnumConstants()), text);
    }
}
