package org.salvor;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Json;
import org.salvor.windows.Wine;

/** Whole small images, restored by the real engine into a plain folder and onto NTFS: everything is as the manifest says. */
class RestoreImagesTest {
    @TempDir
    Path folder;

    private final HostFiles host = TestHost.files();
    private Path mounted = Path.of("");

    @ParameterizedTest
    @ValueSource(strings = {"objects", "ads", "links", "metadata", "attrlist", "lznt1", "wof", "sector4k"})
    void intoAPlainFolder(String image) throws Exception {
        if (image.equals("metadata")) {
            Wine.lacks("makes no symbolic links");
        }
        check(image, folder.resolve("back"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects", "ads", "links", "metadata", "wof"})
    void ontoNtfs(String image) throws Exception {
        check(image, mount("streams_interface=xattr").resolve("back"));
    }

    @Test
    void ontoNtfsThatShowsItsStreamsEachIsOnItsFile() throws Exception {
        Path target = mount("streams_interface=windows").resolve("back");
        RestoreReport report = check("ads", target);
        for (RestoredFile file : report.files()) {
            assertThat(Path.of(target.resolve(file.target()) + ".sidecar")).doesNotExist();
        }
    }

    private Path mount(String options) throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "needs root: nothing can be mounted");
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "needs /dev/fuse");
        for (String tool : List.of("mkntfs", "ntfs-3g")) {
            assumeTrue(exec("which", tool) == 0, "needs " + tool + ", which is not installed");
        }
        Path volume = folder.resolve("ntfs-target");
        try (RandomAccessFile file = new RandomAccessFile(volume.toFile(), "rw")) {
            file.setLength(96 << 20);
        }
        assertThat(exec("mkntfs", "-q", "-F", volume.toString())).isZero();
        Path point = Files.createDirectory(folder.resolve("mounted"));
        assertThat(exec("ntfs-3g", "-o", options, volume.toString(), point.toString()))
                .isZero();
        mounted = point;
        return point;
    }

    @AfterEach
    void unmount() throws Exception {
        if (!mounted.toString().isEmpty()) {
            exec("umount", mounted.toString());
        }
    }

    private static int exec(String... command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private RestoreReport check(String image, Path target) throws Exception {
        RestoreReport report = Road.restore(
                TestImages.file(image, folder),
                Road.EVERYTHING,
                target,
                catalog -> row -> !catalog.path(row).startsWith("$"));
        assertThat(report.count(Outcome.FAILED)).isZero();
        Map<String, RestoredFile> restored = new HashMap<>();
        for (RestoredFile file : report.files()) {
            restored.putIfAbsent(file.path() + " " + file.sha256(), file);
        }
        Map<String, String> security = security(target);
        List<String> wrong = new ArrayList<>();
        for (Manifest.Entry entry : TestImages.manifest(image).entries()) {
            boolean link = !entry.text("reparse").isEmpty();
            RestoredFile file = restored.get(entry.path() + " " + entry.sha256());
            if (link) {
                link(entry, target);
            } else if (file == null) {
                // Removing one of several names takes it out of the record; the last name is checked.
                if (!entry.deleted()
                        || report.files().stream().noneMatch(f -> f.sha256().equals(entry.sha256()))) {
                    wrong.add("missing: " + entry);
                }
            } else {
                one(entry, file, target, wrong);
                String descriptor = entry.text("security");
                if (!descriptor.isEmpty()) {
                    assertThat(security).containsEntry(file.target(), descriptor);
                }
            }
        }
        assertThat(wrong).isEmpty();
        FileRestorer restorer = new FileRestorer(TestHost.places(), host);
        RestoreReport verified = restorer.verify(target.resolve(FileRestorer.REPORT), JobMonitor.SILENT);
        assertThat(verified.files())
                .filteredOn(f -> f.outcome() == Outcome.FAILED)
                .isEmpty();
        return report;
    }

    private void one(Manifest.Entry entry, RestoredFile file, Path target, List<String> wrong) throws Exception {
        Path path = target.resolve(file.target());
        if (Files.size(path) != entry.size() || !Road.hash(path).equals(entry.sha256())) {
            wrong.add("content: " + entry);
        }
        assertThat(file.streams())
                .extracting(stream -> stream.name() + " " + stream.sha256())
                .as(entry.path())
                .containsExactlyInAnyOrderElementsOf(entry.streams().stream()
                        .map(stream -> stream.name() + " " + stream.sha256())
                        .toList());
        if (entry.fields().get("modified") instanceof Number seconds) {
            assertThat(Files.getLastModifiedTime(path).toInstant())
                    .isEqualTo(Instant.ofEpochSecond(seconds.longValue()));
        }
        if (entry.kind().equals("sparse") && entry.size() > 1 << 20 && !OS.WINDOWS.isCurrentOs()) {
            assertThat(allocated(path)).as("bytes that %s takes", entry.path()).isLessThan(entry.size() / 2);
        }
        if (!entry.text("link").isEmpty() && !entry.deleted()) {
            assertThat(Files.isSameFile(path, target.resolve(entry.text("link"))))
                    .isTrue();
        }
        if (!entry.text("ea").isEmpty()) {
            byte[] stored = HexFormat.of().parseHex(entry.text("ea"));
            // In a stream the last attribute tells no length; on the volume it does.
            int last = mounted.toString().isEmpty()
                    ? ByteBuffer.wrap(stored).order(LITTLE_ENDIAN).getInt(0)
                    : -1;
            if (last >= 0) {
                ByteBuffer.wrap(stored).putInt(last, 0);
            }
            kept(stored, path, "system.ntfs_ea", "ea.bin");
        }
        if (!entry.text("objectId").isEmpty()) {
            kept(HexFormat.of().parseHex(entry.text("objectId")), path, "system.ntfs_object_id", "object-id.bin");
        }
    }

    private static long allocated(Path path) throws Exception {
        Process stat = new ProcessBuilder("stat", "-c", "%b", path.toString()).start();
        return 512 * Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip());
    }

    /** On the file if the target is NTFS, otherwise in the sidecar. */
    private void kept(byte[] value, Path file, String attribute, String part) throws Exception {
        Path aside = Path.of(file + ".sidecar").resolve(part);
        byte[] found = mounted.toString().isEmpty() ? Files.readAllBytes(aside) : host.attribute(file, attribute);
        assertThat(found).as("%s of %s", attribute, file).startsWith(value);
        assertThat(Files.exists(aside)).isEqualTo(mounted.toString().isEmpty());
    }

    /** The images hold one link to a file beside it and one that leads out. */
    private static void link(Manifest.Entry entry, Path target) throws Exception {
        Path path = target.resolve(entry.path());
        if (entry.path().endsWith("escape.txt")) {
            assertThat(path).isRegularFile();
            assertThat(Path.of(path + ".sidecar").resolve("reparse.bin"))
                    .hasBinaryContent(HexFormat.of().parseHex(entry.text("reparse")));
        } else {
            Wine.lacks("makes no symbolic links");
            assertThat(Files.isSymbolicLink(path)).as(entry.path()).isTrue();
            assertThat(path.toRealPath().startsWith(target.toRealPath())).isTrue();
        }
        assertThat(Files.exists(path, LinkOption.NOFOLLOW_LINKS)).isTrue();
    }

    /** Security descriptors in hexadecimal by the path of the restored file, as the sidecar of the restore has them. */
    private static Map<String, String> security(Path target) throws Exception {
        Map<String, String> descriptors = new HashMap<>();
        Map<String, String> files = new HashMap<>();
        for (String line : Files.readAllLines(target.resolve("salvor-sidecar/files.jsonl"))) {
            Json json = Json.parse(line);
            if (json.has("raw")) {
                byte[] raw = Base64.getDecoder().decode(json.string("raw"));
                descriptors.put(json.string("security"), HexFormat.of().formatHex(raw));
            } else if (json.has("target")) {
                files.put(json.string("target"), json.string("security", ""));
            }
        }
        files.replaceAll((path, name) -> descriptors.getOrDefault(name, ""));
        return files;
    }
}
