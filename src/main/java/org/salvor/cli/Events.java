package org.salvor.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.NeededCertificate;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.StreamInfo;
import org.salvor.text.JsonWriter;

/** The events of {@code --json}: one object a line (contract, section 4). */
final class Events {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final PrintWriter out;

    Events(PrintWriter out) {
        this.out = out;
    }

    /** What an event says beyond its name. */
    @FunctionalInterface
    interface Body {
        void write(JsonWriter json) throws IOException;
    }

    void event(String name, Body body) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.object().field("event", name);
            body.write(json);
            json.end().newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("a PrintWriter does not throw", e);
        }
    }

    void progress(Progress now) {
        event("progress", json -> {
            json.field("phase", now.phase()).field("bytesDone", now.bytesDone());
            if (now.bytesTotal() >= 0) {
                json.field("bytesTotal", now.bytesTotal());
            }
            json.field("itemsDone", now.itemsDone());
            if (now.itemsTotal() >= 0) {
                json.field("itemsTotal", now.itemsTotal());
            }
        });
        out.flush();
    }

    void problem(Problem problem) {
        event(
                "problem",
                json -> json.field("severity", problem.severity().name())
                        .field("place", problem.place())
                        .field("text", problem.text()));
    }

    void file(Catalog catalog, int row) {
        event("file", json -> {
            json.field("id", catalog.id(row).text());
            json.field("path", catalog.path(row));
            json.field("kind", catalog.folder(row) ? "folder" : "file");
            json.field("deleted", catalog.deleted(row));
            json.field("size", catalog.size(row));
            if (catalog.modified(row) != Catalog.NO_TIME) {
                json.field("modified", time(catalog.modified(row)));
            }
            json.field("rating", catalog.ratingClass(row).name());
            json.field("intactPercent", catalog.intactPercent(row));
            streams(json, catalog.streams(row));
            json.field("reasons", Reasons.sentences(catalog, row));
        });
    }

    private static void streams(JsonWriter json, List<StreamInfo> streams) throws IOException {
        json.name("streams").array();
        for (StreamInfo stream : streams) {
            json.object()
                    .field("name", stream.name())
                    .field("size", stream.size())
                    .end();
        }
        json.end();
    }

    /** Files that are encrypted in the same way. */
    void encryption(KeyNeed need) {
        event("encryption", json -> {
            json.field("kind", need.encryption().kind().name())
                    .field("files", need.files())
                    .field("locked", need.locked());
            json.name("certificates").array();
            for (NeededCertificate certificate : need.encryption().certificates()) {
                json.object()
                        .field("thumbprint", certificate.thumbprint())
                        .field("name", certificate.name())
                        .field("recovery", certificate.recovery())
                        .end();
            }
            json.end();
        });
    }

    void done(long files, long folders, long deleted, long problems, double seconds) {
        event(
                "done",
                json -> json.field("files", files)
                        .field("folders", folders)
                        .field("deleted", deleted)
                        .field("problems", problems)
                        .field("seconds", Math.round(seconds * 1000) / 1000.0));
        out.flush();
    }

    /** @param ticks 100 ns since 1970 */
    static String time(long ticks) {
        return TIME.format(instant(ticks));
    }

    static Instant instant(long ticks) {
        return Instant.ofEpochSecond(Math.floorDiv(ticks, 10_000_000L), Math.floorMod(ticks, 10_000_000L) * 100);
    }
}
