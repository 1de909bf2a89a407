package org.salvor.restore;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.salvor.fault.FormatException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.JsonWriter;

/**
 * The one sidecar of a restore, a folder in the target folder: permissions, attributes and times of every file that was written,
 * whatever of that the target could hold. {@code files.jsonl} is a line each of JSON: a head, each security descriptor once (raw
 * and as SDDL), then each file with the name of its descriptor. Written at the end from the job's journal, so that it is the same
 * whether the job was ever interrupted or not (docs/decisions/0020-one-sidecar-for-what-every-file-has.md).
 */
final class CommonSidecar {
    /** No restored file or folder can have this name, nor can a sidecar of one file: see {@link TargetNames}. */
    static final String NAME = "salvor-sidecar";

    static final String FILE = "files.jsonl";

    static final String FORMAT = "salvor-sidecar";
    static final int VERSION = 1;

    private CommonSidecar() {}

    /**
     * The file appears, or takes the place of an older one, only when it is complete. Nothing is made where no file was written.
     *
     * @param source what the files are of: a later {@link Applier} does not write to it
     * @param results in the order of the tasks
     * @param security the name of the descriptor of the task of that index
     * @param unmet the path that a file names which is only another name of one that is not there; empty for all others
     */
    static void write(
            TargetFolders folders,
            HostFiles host,
            String name,
            SourceIdentity source,
            Descriptors descriptors,
            List<Task> tasks,
            List<RestoredFile> results,
            IntFunction<String> security,
            Function<Task, String> unmet)
            throws IOException, FormatException, TargetException {
        Set<String> used = new HashSet<>();
        Set<String> targets = new HashSet<>();
        List<Task> written = new ArrayList<>();
        for (Task task : tasks) {
            RestoredFile result = results.get(task.index());
            if (written(result) && targets.add(result.target())) {
                written.add(task);
                used.add(security.apply(task.index()));
            }
        }
        Map<Task, String> otherNames = new LinkedHashMap<>();
        for (Task task : tasks) {
            String of = unmet.apply(task);
            if (!of.isEmpty()) {
                otherNames.put(task, of);
            }
        }
        if (written.isEmpty() && otherNames.isEmpty()) {
            return;
        }
        String temporary = FILE + TargetNames.TEMPORARY;
        try (TargetFolders.Folder folder = folders.open(name)) {
            try (SeekableByteChannel channel = folder.create(temporary);
                    BufferedWriter out =
                            new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), 1 << 16)) {
                JsonWriter head = new JsonWriter(out).object();
                head.field("format", FORMAT).field("version", VERSION).field("files", written.size());
                head.name("source");
                ReportJson.write(head, source);
                head.end().newLine();
                for (String descriptor : descriptors.names()) {
                    if (used.contains(descriptor)) {
                        descriptor(new JsonWriter(out), descriptor, descriptors.bytes(descriptor));
                    }
                }
                for (Task task : written) {
                    RestoredFile result = results.get(task.index());
                    String link = link(folders.root().resolve(result.target()), task, host);
                    file(new JsonWriter(out), task, result, link, security.apply(task.index()));
                }
                for (Map.Entry<Task, String> other : otherNames.entrySet()) {
                    otherName(new JsonWriter(out), other.getKey(), other.getValue());
                }
            }
            HostFiles.PLAIN.sync(folders.root(), List.of(folder.path(temporary)));
            folder.rename(temporary, FILE);
        }
    }

    private static boolean written(RestoredFile result) {
        return switch (result.outcome()) {
            case RESTORED, PARTIAL, KEPT_ENCRYPTED -> !result.target().isEmpty();
            case SKIPPED, FAILED -> false;
        };
    }

    private static void descriptor(JsonWriter json, String name, byte[] descriptor) throws IOException {
        json.object().field("security", name).field("raw", Base64.getEncoder().encodeToString(descriptor));
        try {
            json.field("sddl", Sddl.text(descriptor));
        } catch (FormatException e) {
            json.field("damaged", String.valueOf(e.getMessage()));
        }
        json.end().newLine();
    }

    /** What it holds where it is a link; empty where it is none. */
    private static String link(Path path, Task task, HostFiles host) throws IOException {
        String held = (task.attributes() & Links.REPARSE_POINT) == 0 ? null : Links.held(path, host);
        return held == null ? "" : held;
    }

    private static void file(JsonWriter json, Task task, RestoredFile result, String link, String security)
            throws IOException {
        json.object()
                .field("target", result.target())
                .field("kind", task.folder() ? "folder" : "file")
                .field("id", task.id())
                .field("size", result.size())
                .field("sha256", result.sha256())
                .field("attributes", task.attributes());
        if (!link.isEmpty()) {
            json.field("link", link);
        }
        time(json, "created", task.times().created());
        time(json, "modified", task.times().modified());
        time(json, "changed", task.times().changed());
        time(json, "accessed", task.times().accessed());
        if (!security.isEmpty()) {
            json.field("security", security);
        }
        json.end().newLine();
    }

    /** Nothing was written of it: its target was not on the source. */
    private static void otherName(JsonWriter json, Task task, String of) throws IOException {
        json.object()
                .field("other-name", task.path())
                .field("id", task.id())
                .field("of", of)
                .end()
                .newLine();
    }

    private static void time(JsonWriter json, String name, long time) throws IOException {
        if (time != Catalog.NO_TIME) {
            json.field(name, Times.instant(time).toString());
        }
    }
}
