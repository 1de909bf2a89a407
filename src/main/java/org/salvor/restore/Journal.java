package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.CRC32;
import org.salvor.fault.FormatException;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.Json;
import org.salvor.text.JsonWriter;

/**
 * What a job was told and how far it came: lines that are only ever added. A line is eight hexadecimal digits, the CRC-32 of
 * what follows the space behind them, and an object of JSON: first the job, then each task, then "begin"; after that a line
 * when a file is written whole under its temporary name, and one when it has its final name. A security descriptor has a line
 * of its own before the first file that has it. A last line that was torn off
 * by a crash does no harm.
 */
final class Journal implements AutoCloseable {
    static final int VERSION = 1;

    /** What the first line tells. */
    record Head(
            String job,
            SourceIdentity source,
            RestoreOptions options,
            boolean thorough,
            String started,
            String report,
            String sidecar,
            List<String> losses) {}

    /** A file that lies whole under its temporary name. */
    record Written(int index, String temporary, String name, boolean sidecar, String security, RestoredFile result) {}

    /** Where a line lies: the journal is also where security descriptors wait for the end of the job. */
    record Place(long offset, int length) {}

    /** Ending of the name until all that a resume needs is on the medium: a kill before that leaves nothing to resume. */
    private static final String NOT_BEGUN = ".new";

    private final Path path;
    private final FileChannel channel;

    /** Where the next line begins, and where the channel stands. */
    private long end;

    private Journal(Path path, FileChannel channel, long end) {
        this.path = path;
        this.channel = channel;
        this.end = end;
    }

    /** A journal that is there under this name once {@link #begin} is through. What an earlier one had not begun is thrown away. */
    static Journal create(Path path) throws IOException {
        Path made = notBegun(path);
        Files.deleteIfExists(made);
        return new Journal(
                path,
                FileChannel.open(
                        made,
                        Set.of(
                                StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE,
                                LinkOption.NOFOLLOW_LINKS)),
                0);
    }

    private static Path notBegun(Path path) {
        return path.resolveSibling(path.getFileName() + NOT_BEGUN);
    }

    /** Goes on behind the last whole line. */
    static Journal append(Path path, long length) throws IOException {
        FileChannel channel = FileChannel.open(
                path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        channel.truncate(length);
        channel.position(length);
        return new Journal(path, channel, length);
    }

    Path path() {
        return path;
    }

    /** Everything a later {@link JournalReader} needs, on the medium before the first file is written. */
    void begin(Head head, List<Task> tasks) throws IOException {
        StringBuilder lines = new StringBuilder();
        RestoreOptions options = head.options();
        line(lines, json -> {
            json.field("line", "job").field("format", "salvor-journal").field("version", VERSION);
            json.field("job", head.job()).field("started", head.started());
            json.field("report", head.report()).field("sidecar", head.sidecar());
            json.field("thorough", head.thorough());
            if (!head.losses().isEmpty()) {
                json.field("losses", head.losses());
            }
            json.name("source");
            ReportJson.write(json, head.source());
            json.field("target", options.target().toString())
                    .field("layout", options.layout().name())
                    .field("onConflict", options.onConflict().name())
                    .field("partial", options.partial().name())
                    .field("permissions", options.permissions())
                    .field("verify", options.verify())
                    .field("confirmed", options.confirmed())
                    .field("form", options.form().name());
        });
        for (Task task : tasks) {
            line(lines, json -> task(json, task));
            if (lines.length() > 1 << 20) {
                write(lines);
                lines.setLength(0);
            }
        }
        line(lines, json -> json.field("line", "begin").field("files", tasks.size()));
        write(lines);
        channel.force(true);
        Files.move(notBegun(path), path);
    }

    private static void task(JsonWriter json, Task task) throws IOException {
        json.field("line", "file")
                .field("id", task.id())
                .field("path", task.path())
                .field("target", task.target())
                .field("folder", task.folder())
                .field("size", task.size())
                .field("action", task.action().name())
                .field("rating", task.rating().name())
                .field("percent", task.percent())
                .field("order", task.order())
                .field("linkOf", task.linkOf())
                .field("attributes", task.attributes());
        json.name("times").array();
        json.value(task.times().created())
                .value(task.times().modified())
                .value(task.times().changed())
                .value(task.times().accessed())
                .end();
        json.field("reasons", task.reasons());
    }

    void written(Written written) throws IOException {
        StringBuilder lines = new StringBuilder();
        line(lines, json -> {
            json.field("line", "written").field("index", written.index());
            json.field("temporary", written.temporary()).field("name", written.name());
            json.field("sidecar", written.sidecar()).field("security", written.security());
            json.name("file");
            ReportJson.write(json, written.result());
        });
        write(lines);
    }

    /** A file that has its final name. */
    record Done(int index, RestoredFile result, String security) {}

    /** Of a file that was entered as written, and whose result is the same, only the index is told again. */
    void done(List<Done> all, Predicate<Done> changed) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Done done : all) {
            line(lines, json -> {
                json.field("line", "done").field("index", done.index());
                if (changed.test(done)) {
                    json.field("security", done.security()).name("file");
                    ReportJson.write(json, done.result());
                }
            });
        }
        write(lines);
    }

    /** A result that was never entered as written. */
    void done(int index, RestoredFile result, String security) throws IOException {
        done(List.of(new Done(index, result, security)), done -> true);
    }

    /** A security descriptor, under the name by which files refer to it. */
    Place descriptor(String name, byte[] descriptor) throws IOException {
        StringBuilder lines = new StringBuilder();
        line(
                lines,
                json -> json.field("line", "security")
                        .field("name", name)
                        .field("raw", Base64.getEncoder().encodeToString(descriptor)));
        return new Place(write(lines), lines.length());
    }

    /** What {@link #descriptor} entered there. */
    byte[] descriptor(Place place) throws IOException, FormatException {
        ByteBuffer line = ByteBuffer.allocate(place.length());
        while (line.hasRemaining() && channel.read(line, place.offset() + line.position()) > 0) {
            // Until the whole line is there.
        }
        String text = StandardCharsets.US_ASCII.decode(line.flip()).toString();
        if (text.length() < 10 || !checksum(text.substring(9).strip()).equals(text.substring(0, 8))) {
            throw new FormatException("journal", place.offset(), "a security descriptor", "a damaged line");
        }
        try {
            return Base64.getDecoder().decode(Json.parse(text.substring(9)).string("raw"));
        } catch (IllegalArgumentException e) {
            throw new FormatException("journal", place.offset(), "a security descriptor", "a damaged line");
        }
    }

    void finished() throws IOException {
        StringBuilder lines = new StringBuilder();
        line(lines, json -> json.field("line", "end"));
        write(lines);
        channel.force(true);
    }

    @FunctionalInterface
    private interface Fields {
        void of(JsonWriter json) throws IOException;
    }

    private static void line(StringBuilder lines, Fields fields) throws IOException {
        StringBuilder body = new StringBuilder();
        JsonWriter json = new JsonWriter(body).object();
        fields.of(json);
        json.end();
        lines.append(checksum(body.toString())).append(' ').append(body).append('\n');
    }

    static String checksum(String body) {
        CRC32 crc = new CRC32();
        crc.update(body.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    /** Returns where the lines begin. */
    private long write(StringBuilder lines) throws IOException {
        return write(ByteBuffer.wrap(lines.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private synchronized long write(ByteBuffer lines) throws IOException {
        long start = end;
        while (lines.hasRemaining()) {
            end += channel.write(lines);
        }
        return start;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
