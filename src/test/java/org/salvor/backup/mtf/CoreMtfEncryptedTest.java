package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Manifest;
import org.salvor.Road;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.backup.mtf.TapeWriter.Stream;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.text.Json;

/** A .bkf in which a backup program put encrypted files as Windows exported them (NTED), on the whole road. */
@DisplayName("Encrypted files in a medium of the Microsoft Tape Format")
class CoreMtfEncryptedTest {
    private static final Manifest MANIFEST = TestImages.manifest("efs");
    private static final int PIECE = 62 << 10;

    @TempDir
    Path folder;

    private Path kept = Path.of("");
    private Path target = Path.of("");
    private String medium = "";
    private String[] ann = {};
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws Exception {
        kept = folder.resolve("kept");
        target = folder.resolve("back");
        String password = Files.writeString(folder.resolve("password.txt"), TestKeys.PASSWORD)
                .toString();
        ann = new String[] {"--pfx", TestKeys.file("ann", folder).toString(), "--pfx-password-file", password};
        String image = TestImages.file("efs", folder).toString();
        assertThat(run("restore", image, "--to", kept.toString(), "--match", "gone/**"))
                .as("open files, and exports of all others\n" + err)
                .isEqualTo(1);
        medium = Files.write(folder.resolve("server.bkf"), medium()).toString();
    }

    private byte[] export(String name) throws Exception {
        return Files.readAllBytes(kept.resolve("gone/" + name + ".efsraw"));
    }

    private byte[] medium() throws Exception {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Server");
        set.set(0, 1, "Friday", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "secret", SetWriter.security(), Stream.of("NTED", keyRecordOnly()));
        byte[] aes = export("aes.txt");
        set.file(
                "aes.txt",
                70_001,
                SetWriter.security(),
                Stream.of("NTED", TapeWriter.CHECKSUMED, aes),
                TapeWriter.sum(aes));
        byte[] packed = SetWriter.packed(export("streams.txt"), PIECE, false, true);
        set.file("streams.txt", 1500, Stream.of("NTED", packed).packed());
        byte[] sparse = export("sparse.bin");
        set.fileId++;
        var unused = set.fileAgain(
                0,
                "sparse.bin",
                1 << 20,
                0x220,
                0,
                Stream.of("NTED", TapeWriter.VARIABLE, Arrays.copyOf(sparse, 10_000)),
                Stream.of(
                        "NTED",
                        TapeWriter.VARIABLE | TapeWriter.VAR_END,
                        Arrays.copyOfRange(sparse, 10_000, sparse.length)));
        set.file("desx.txt", 3000, Stream.of("NTED", export("desx.txt")));
        set.file("bob.txt", 4096, Stream.of("NTED", export("bob.txt")));
        set.file("open.txt", SmallMedia.HELLO.length, Stream.of("STAN", SmallMedia.HELLO));
        byte[] doubtful = aes.clone();
        doubtful[40_000] ^= 1;
        set.file("doubtful.txt", 70_001, Stream.of("NTED", TapeWriter.CHECKSUMED, doubtful), TapeWriter.sum(aes));
        set.file("unreadable.txt", 70_001, Stream.of("NTED", Arrays.copyOf(Arrays.copyOf(aes, 40_000), aes.length)));
        set.corrupt(1 << 17, 40_000, 1);
        set.end(1, 1, 0);
        return set.tape.bytes();
    }

    /** As Windows exports a folder: the key record and no stream. */
    private byte[] keyRecordOnly() throws Exception {
        byte[] aes = export("aes.txt");
        int first = SmallMedia.indexOf(aes, "N\0T\0", 0);
        return Arrays.copyOf(aes, SmallMedia.indexOf(aes, "N\0T\0", first + 4) - 4);
    }

    @Test
    @DisplayName("are listed with their own sizes, and the certificates they need are named")
    void listing() throws Exception {
        assertThat(run("scan", medium)).as(err).isZero();
        assertThat(err)
                .contains("Needed is the certificate of ann(ann@EXAMPLE) (")
                .contains("bob(bob@EXAMPLE)");
        assertThat(run("scan", medium, "--json")).isZero();
        assertThat(out)
                .contains("\"event\":\"encryption\",\"kind\":\"CERTIFICATE\"")
                .contains("\"name\":\"ann(ann@EXAMPLE)\",\"recovery\":false");
        String thumbprint = thumbprint(out);
        assertThat(thumbprint).matches("[0-9A-F]{40}");
        for (String name : List.of("aes.txt", "streams.txt", "sparse.bin", "desx.txt", "bob.txt")) {
            Json event = event("C/secret/" + name);
            assertThat(event.string("rating")).as(name).isEqualTo("LOCKED");
            assertThat(event.number("size"))
                    .as(name)
                    .isEqualTo(MANIFEST.at("gone/" + name).size());
        }
        assertThat(event("C/secret/open.txt").string("rating")).isEqualTo("INTACT");
        String[] withKey = join(new String[] {"scan", medium, "--json"}, ann);
        assertThat(run(withKey)).as(err).isZero();
        assertThat(event("C/secret/aes.txt").string("rating")).isEqualTo("INTACT");
        assertThat(event("C/secret/bob.txt").string("rating")).isEqualTo("LOCKED");
        assertThat(event("C/secret/unreadable.txt").string("rating")).isEqualTo("PARTIAL");
    }

    /** In the first event of a need that names ann. */
    private static String thumbprint(String events) {
        int at = events.indexOf("\"thumbprint\":\"") + 14;
        return events.substring(at, at + 40);
    }

    @Test
    @DisplayName("come back decrypted with the certificate, each as it was; what it does not open stays an export")
    void decrypted() throws Exception {
        assertThat(run(join(new String[] {"restore", medium, "--to", target.toString(), "--verify"}, ann)))
                .as(err)
                .isEqualTo(1);
        Path secret = target.resolve("C/secret");
        for (String name : List.of("aes.txt", "streams.txt", "sparse.bin", "desx.txt")) {
            assertThat(Road.hash(secret.resolve(name)))
                    .as(name)
                    .isEqualTo(MANIFEST.at("gone/" + name).sha256());
            assertThat(outcome(name)).as(name).isEqualTo("RESTORED");
            assertThat(secret.resolve(name + ".efsraw")).doesNotExist();
        }
        Json notes = line("streams.txt").list("streams").getFirst();
        assertThat(notes.string("name")).isEqualTo("notes");
        assertThat(notes.string("sha256"))
                .isEqualTo(MANIFEST.at("gone/streams.txt").streams().getFirst().sha256());
        assertThat(secret.resolve("open.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(secret.resolve("bob.txt.efsraw")).hasBinaryContent(export("bob.txt"));
        assertThat(outcome("bob.txt")).isEqualTo("KEPT_ENCRYPTED");
        assertThat(outcome("doubtful.txt")).isEqualTo("PARTIAL");
        assertThat(outcome("unreadable.txt")).isEqualTo("PARTIAL");
        assertThat(secret.resolve("doubtful.txt")).doesNotExist();
        assertThat(secret.resolve("unreadable.txt")).doesNotExist();
        byte[] part = Files.readAllBytes(secret.resolve("unreadable.txt.partial"));
        assertThat(part).startsWith(Arrays.copyOf(Files.readAllBytes(secret.resolve("aes.txt")), 30_000));
    }

    @Test
    @DisplayName("are kept as the exports they are without it, none of them called restored")
    void kept() throws Exception {
        assertThat(run("restore", medium, "--to", target.toString())).as(err).isEqualTo(1);
        Path secret = target.resolve("C/secret");
        for (String name : List.of("aes.txt", "streams.txt", "sparse.bin", "desx.txt", "bob.txt")) {
            assertThat(secret.resolve(name + ".efsraw")).as(name).hasBinaryContent(export(name));
            assertThat(outcome(name)).as(name).isEqualTo("KEPT_ENCRYPTED");
            assertThat(secret.resolve(name)).doesNotExist();
        }
        assertThat(outcome("open.txt")).isEqualTo("RESTORED");
        for (String name : List.of("doubtful.txt", "unreadable.txt")) {
            assertThat(outcome(name)).as(name).isEqualTo("KEPT_ENCRYPTED");
            assertThat(secret.resolve(name + ".efsraw.partial")).as(name).exists();
        }
        Path again = folder.resolve("again");
        String export = secret.resolve("aes.txt.efsraw").toString();
        assertThat(run(join(new String[] {"restore", export, "--to", again.toString()}, ann)))
                .as("on another day: " + err)
                .isZero();
        assertThat(Road.hash(again.resolve("aes.txt")))
                .isEqualTo(MANIFEST.at("gone/aes.txt").sha256());
        assertThat(run("restore", medium, "--to", folder.resolve("one").toString(), "--match", "aes.txt"))
                .as("nothing but what needs a key")
                .isEqualTo(1);
    }

    private static String[] join(String[] one, String[] other) {
        String[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }

    private String outcome(String name) throws Exception {
        return line(name).string("outcome");
    }

    private Json line(String name) throws Exception {
        for (Json file : Json.parse(Files.readString(target.resolve("salvor-report.json")))
                .list("files")) {
            if (file.string("path").equals("C/secret/" + name)) {
                return file;
            }
        }
        throw new AssertionError(name);
    }

    private Json event(String path) throws Exception {
        for (String line : out.lines().toList()) {
            Json event = Json.parse(line);
            if (event.string("path", "").equals(path)) {
                return event;
            }
        }
        throw new AssertionError(path + " in " + out);
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(text), new PrintWriter(errors)))
                .run(arguments);
        out = text.toString();
        err = errors.toString();
        assertThat(out + err).doesNotContain(TestKeys.PASSWORD);
        return code;
    }
}
