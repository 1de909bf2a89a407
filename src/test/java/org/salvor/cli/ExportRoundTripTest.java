package org.salvor.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.TestImages;
import org.salvor.TestTools;
import org.salvor.app.Wiring;
import org.salvor.service.Workbench;
import org.salvor.text.Json;
import org.salvor.windows.Wine;

/** Volume to exported streams to files: the same as volume to files. */
@Tag("core")
@DisplayName("What was exported and restored from there")
class ExportRoundTripTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    /** Read-only, hidden, system, archive, not indexed. */
    private static final int FREE = 0x2027;

    @TempDir
    Path folder;

    private String said = "";

    @ParameterizedTest
    @ValueSource(strings = {"objects", "ads", "links", "metadata", "attrlist", "lznt1", "wof", "sector4k", "reused"})
    void isWhatADirectRestoreGives(String name) throws Exception {
        if (name.equals("metadata")) {
            Wine.lacks("makes no symbolic links");
        }
        Path image = TestImages.file(name, folder);
        Path direct = folder.resolve("direct");
        Path exported = folder.resolve("exported");
        Path back = folder.resolve("back");
        int expected = run("restore", "" + image, "--what", "all", "--to", "" + direct);
        assertThat(run("export", "" + image, "--what", "all", "--to", "" + exported, "--verify"))
                .as(said)
                .isEqualTo(expected);
        assertThat(run("verify", "" + exported.resolve("salvor-report.json")))
                .as(said)
                .isZero();
        assertThat(run("scan", "" + exported, "--json")).as(said).isZero();
        assertThat(said).contains("\"problems\":0");
        assertThat(run("restore", "" + exported, "--to", "" + back)).as(said).isIn(0, 1);

        assertThat(tree(back)).isEqualTo(tree(direct)).isNotEmpty();
        assertThat(security(back)).containsAllEntriesOf(security(direct));
        assertThat(noted(back)).as("times and attributes").isEqualTo(noted(direct));
        assertThat(times(back)).isEqualTo(times(direct));
        assertThat(files(exported))
                .isNotEmpty()
                .allMatch(path -> path.endsWith(".bkstream") || path.endsWith(".bkstream.partial"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lznt1", "objects", "attrlist"})
    void hasTheHolesThatADirectRestoreHas(String name) throws Exception {
        Path image = TestImages.file(name, folder);
        Path direct = folder.resolve("direct");
        Path exported = folder.resolve("exported");
        Path back = folder.resolve("back");
        assertThat(run("restore", "" + image, "--what", "all", "--to", "" + direct))
                .as(said)
                .isZero();
        assertThat(run("export", "" + image, "--what", "all", "--to", "" + exported))
                .as(said)
                .isZero();
        assertThat(Files.size(exported.resolve("$BadClus.bkstream")))
                .as("a stream as large as the volume, without any cluster")
                .isLessThan(1000);
        assertThat(run("restore", "" + exported, "--to", "" + back)).as(said).isZero();
        assertThat(tree(back)).isEqualTo(tree(direct)).isNotEmpty();
        if (OS.LINUX.isCurrentOs()) { // stat tells the blocks that a file takes
            assertThat(blocks(back)).isEqualTo(blocks(direct)).containsValue(0L);
        }
    }

    /** How much of the disk each file takes. */
    private static Map<String, Long> blocks(Path top) throws Exception {
        Map<String, Long> all = new TreeMap<>();
        for (String name : files(top)) {
            String taken = new String(
                    TestTools.run("stat", "-c", "%b", top.resolve(name).toString()), UTF_8);
            all.put(name, Long.parseLong(taken.strip()));
        }
        return all;
    }

    /** What lies in a folder: content, named streams and links by path. What restores themselves leave there is passed over. */
    private static Map<String, String> tree(Path top) {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = top.relativize(path).toString();
                if (name.isEmpty() || name.startsWith("salvor-")) {
                    continue;
                }
                if (Files.isSymbolicLink(path)) {
                    all.put(name, "link " + Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    all.put(name, "folder" + streams(path));
                } else {
                    all.put(name, "file " + hash(Files.readAllBytes(path)) + streams(path));
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    private static java.util.List<String> files(Path top) {
        return tree(top).entrySet().stream()
                .filter(entry -> entry.getValue().startsWith("file"))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String streams(Path path) throws IOException {
        UserDefinedFileAttributeView view =
                Files.getFileAttributeView(path, UserDefinedFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        StringBuilder text = new StringBuilder();
        for (String name : view.list().stream().sorted().toList()) {
            ByteBuffer value = ByteBuffer.allocate(view.size(name));
            view.read(name, value);
            text.append(' ').append(name).append('=').append(hash(value.array()));
        }
        return text.toString();
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** Times and free attributes of each restored file, as its sidecar keeps them; folders that were made up have none of both. */
    private static Map<String, String> noted(Path target) throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (String line : Files.readAllLines(target.resolve("salvor-sidecar/files.jsonl"))) {
            Json json = Json.parse(line);
            long attributes = json.number("attributes", 0) & FREE;
            boolean timed = json.has("created") || json.has("modified") || json.has("accessed");
            if (json.has("target") && (timed || attributes != 0)) {
                all.put(
                        json.string("target"),
                        attributes + " " + json.string("created", "") + " " + json.string("modified", "") + " "
                                + json.string("accessed", ""));
            }
        }
        return all;
    }

    /** Of files; of those alone that say more than when the restore was. */
    private static Map<String, String> times(Path target) throws Exception {
        Map<String, String> all = new TreeMap<>();
        for (String line : Files.readAllLines(target.resolve("salvor-sidecar/files.jsonl"))) {
            Json json = Json.parse(line);
            if (json.has("target") && json.has("modified")) {
                String path = json.string("target");
                all.put(path, "" + Files.getLastModifiedTime(target.resolve(path), LinkOption.NOFOLLOW_LINKS));
            }
        }
        return all;
    }

    @Test
    void comesWithoutItsTimesWhereTheNotesOfTheExportWereChanged() throws Exception {
        Path image = TestImages.file("metadata", folder);
        Path exported = folder.resolve("exported");
        assertThat(run("export", "" + image, "--what", "all", "--to", "" + exported))
                .as(said)
                .isIn(0, 1);
        Path notes = exported.resolve("salvor-sidecar/files.jsonl");
        String text = Files.readString(notes);
        Files.writeString(notes, text.replaceFirst("\"target\":\"", "\"target\":\"../"));
        assertThat(run("restore", "" + exported, "--to", "" + folder.resolve("back")))
                .as(said)
                .isIn(0, 1);
        assertThat(said).contains("somebody has changed them. The files come without the times");
        assertThat(noted(folder.resolve("back")).values()).allMatch(value -> value.endsWith("   "));
    }

    /** The security descriptor of each restored file and folder that has one, as SDDL. */
    private static Map<String, String> security(Path target) throws Exception {
        Map<String, String> names = new TreeMap<>();
        Map<String, String> all = new TreeMap<>();
        for (String line : Files.readAllLines(target.resolve("salvor-sidecar/files.jsonl"))) {
            Json json = Json.parse(line);
            if (json.has("target") && json.has("security")) {
                all.put(json.string("target"), names.getOrDefault(json.string("security"), "none"));
            } else if (json.has("security")) {
                names.put(json.string("security"), json.string("sddl", "damaged"));
            }
        }
        return all;
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        int code =
                new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(text))).run(arguments);
        said = text.toString();
        return code;
    }
}
