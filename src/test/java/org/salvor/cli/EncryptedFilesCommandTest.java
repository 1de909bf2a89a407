package org.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Manifest;
import org.salvor.Road;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.text.Json;
import org.salvor.text.Messages;

@Tag("core")
@DisplayName("Certificates on the command line")
class EncryptedFilesCommandTest {
    private static final Manifest MANIFEST = TestImages.manifest("efs");

    @TempDir
    Path folder;

    private String image = "";
    private String ann = "";
    private String password = "";
    private String out = "";
    private String err = "";

    @BeforeEach
    void files() throws Exception {
        image = TestImages.file("efs", folder).toString();
        ann = TestKeys.file("ann", folder).toString();
        password = Files.writeString(folder.resolve("password.txt"), TestKeys.PASSWORD + "\r\n")
                .toString();
    }

    private int run(String... arguments) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = new SalvorCli(
                        Wiring.assemble(),
                        Terminal.piped(new PrintWriter(outText, true), new PrintWriter(errText, true)))
                .run(arguments);
        out = outText.toString();
        err = errText.toString();
        assertThat(out + err).doesNotContain(TestKeys.PASSWORD);
        return code;
    }

    @Test
    void aScanSaysWhichCertificatesAreNeeded() throws Exception {
        assertThat(run("scan", image)).isZero();
        assertThat(err).contains("8 files locked. Needed is the certificate of ann(ann@EXAMPLE) (");
        assertThat(err).contains(" or bob(bob@EXAMPLE) (").contains("recovery agent");
        assertThat(err).contains("only Windows can undo");
        assertThat(run("scan", image, "--json")).isZero();
        assertThat(out)
                .contains("\"event\":\"encryption\",\"kind\":\"CERTIFICATE\",\"files\":8,\"locked\":8,")
                .contains("\"name\":\"ann(ann@EXAMPLE)\",\"recovery\":false");
        assertThat(run("scan", image, "--pfx", ann, "--pfx-password-file", password))
                .isZero();
        // as PowerShell writes it
        byte[] utf16 = ("\ufeff" + Files.readString(Path.of(password))).getBytes(StandardCharsets.UTF_16LE);
        String wide = Files.write(folder.resolve("wide.txt"), utf16).toString();
        assertThat(run("scan", image, "--pfx", ann, "--pfx-password-file", wide))
                .as(err)
                .isZero();
        assertThat(err).doesNotContain("certificate of ann").contains("certificate of bob");
    }

    @Test
    void aRestoreWithTheCertificateBringsTheContents() throws Exception {
        Path target = folder.resolve("back");
        int code = run(
                "restore",
                image,
                "--to",
                "" + target,
                "--pfx",
                ann,
                "--pfx-password-file",
                password,
                "--match",
                "*.txt");
        assertThat(code).as("bob's files stay encrypted\n" + err).isEqualTo(1);
        assertThat(Road.hash(target.resolve("gone/aes.txt")))
                .isEqualTo(MANIFEST.at("gone/aes.txt").sha256());
        assertThat(Road.hash(target.resolve("gone/desx.txt")))
                .isEqualTo(MANIFEST.at("gone/desx.txt").sha256());
        assertThat(target.resolve("gone/bob.txt.efsraw")).exists();
        assertThat(out).contains("bob(bob@EXAMPLE)");
        assertThat(err).contains("still encrypted");
    }

    @Test
    void whatIsKeptEncryptedIsDoneWithProblems() {
        Path target = folder.resolve("back");
        assertThat(run("restore", image, "--to", "" + target, "--match", "aes.txt"))
                .isEqualTo(1);
        assertThat(target.resolve("gone/aes.txt.efsraw")).exists();
        assertThat(run("restore", image, "--to", "" + folder.resolve("two"), "--match", "aes.txt", "--dry-run"))
                .isZero();
        assertThat(out).contains("aes.txt.efsraw").contains("ann(ann@EXAMPLE)");
    }

    /** A backup stream has no place for it; its own export is what Windows takes. */
    @Test
    void anExportOfALockedFileIsTheOneThatWindowsTakes() {
        Path restored = folder.resolve("restored");
        Path exported = folder.resolve("exported");
        assertThat(run("restore", image, "--to", "" + restored, "--match", "aes.txt"))
                .isEqualTo(1);
        assertThat(run("export", image, "--to", "" + exported, "--match", "aes.txt", "--verify"))
                .isEqualTo(1);
        assertThat(exported.resolve("gone/aes.txt.efsraw"))
                .hasSameBinaryContentAs(restored.resolve("gone/aes.txt.efsraw"));
        assertThat(run("export", image, "--to", "" + exported, "--match", "aes.txt", "--on-conflict", "fail"))
                .as("the same is there already: %s", err)
                .isEqualTo(1);
    }

    @Test
    void anExportOfLockedFilesKeepsThemEncrypted() throws Exception {
        Path target = folder.resolve("streams");
        assertThat(run("export", image, "--to", "" + target, "--match", "aes.txt"))
                .isEqualTo(1);
        assertThat(err)
                .contains("0 files exported, 0 partly, 1 still encrypted,")
                .doesNotContain("restored");
        assertThat(target.resolve("gone/aes.txt.efsraw")).exists();
        assertThat(run("export", image, "--to", "" + target, "--match", "aes.txt", "--match", "open.txt"))
                .as("one of the two is there")
                .isEqualTo(1);
        assertThat(err).contains("1 file exported, ");
        assertThat(run(
                        "export",
                        image,
                        "--to",
                        "" + target,
                        "--match",
                        "aes.txt",
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        password))
                .isZero();
    }

    @Test
    void aWrongPasswordIsSaidAndTheRestIsDoneAllTheSame() throws Exception {
        String wrong =
                Files.writeString(folder.resolve("wrong.txt"), "not this one").toString();
        Path target = folder.resolve("back");
        assertThat(run(
                        "restore",
                        image,
                        "--to",
                        "" + target,
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        wrong,
                        "--match",
                        "open.txt"))
                .as("all that was chosen is there")
                .isZero();
        assertThat(err).contains("ann.pfx is not right").doesNotContain("not this one");
        assertThat(target.resolve("gone/open.txt")).exists();
        assertThat(run("scan", image, "--pfx", ann, "--pfx-password-file", wrong, "--match", "aes.txt"))
                .isEqualTo(4);
        assertThat(run("scan", image, "--pfx", ann, "--match", "*.txt")).isEqualTo(1);
        assertThat(run("scan", image, "--pfx", ann, "--match", "open.txt")).isZero();
        assertThat(run(
                        "restore",
                        image,
                        "--to",
                        "" + folder.resolve("some"),
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        wrong,
                        "--match",
                        "*.txt"))
                .as("some are there")
                .isEqualTo(1);
        assertThat(err)
                .contains("encrypted and could not be opened.")
                .contains("Add the fitting certificate with its password")
                .doesNotContain("no fitting");
        assertThat(run(
                        "restore",
                        image,
                        "--to",
                        "" + folder.resolve("none"),
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        wrong,
                        "--match",
                        "aes.txt"))
                .as("none is there")
                .isEqualTo(4);
        assertThat(run("probe", image, "--pfx", ann, "--pfx-password-file", wrong))
                .isZero();
        assertThat(err).contains("ann.pfx is not right");
        assertThat(run("scan", image, "--pfx", ann, "--match", "*.txt")).isEqualTo(1);
        assertThat(err).contains("--pfx-password-file");
        assertThat(run("scan", image, "--pfx", wrong))
                .as("that is no certificate")
                .isEqualTo(2);
        assertThat(run("scan", image, "--pfx-password-file", password)).isEqualTo(2);
    }

    @Test
    void severalCertificatesHaveOnePasswordOrOneEach() throws Exception {
        String bob = TestKeys.file("bob", folder).toString();
        String other = TestKeys.file("other", folder).toString();
        assertThat(run("scan", image, "--pfx", ann, "--pfx", bob, "--pfx-password-file", password))
                .isZero();
        assertThat(err).doesNotContain("Needed is the certificate");
        assertThat(run(
                        "scan",
                        image,
                        "--pfx",
                        ann,
                        "--pfx",
                        other,
                        "--pfx-password-file",
                        password,
                        "--pfx-password-file",
                        password))
                .isZero();
        assertThat(err)
                .contains("Needed is the certificate of bob")
                .contains("other.pfx: the certificate of ")
                .doesNotContain("ann.pfx: the certificate");
    }

    /** What was kept today is opened tomorrow, on any computer. */
    @Test
    void anExportIsASourceOfItsOwn() throws Exception {
        Path kept = folder.resolve("kept");
        assertThat(run("restore", image, "--to", "" + kept, "--match", "streams.txt"))
                .isEqualTo(1);
        String export = kept.resolve("gone/streams.txt.efsraw").toString();
        assertThat(run("probe", export)).isZero();
        assertThat(out).contains("EFS export");
        assertThat(run("scan", export, "--json")).isZero();
        assertThat(out)
                .contains("\"path\":\"streams.txt\"")
                .contains("\"size\":1500")
                .contains("\"rating\":\"LOCKED\"")
                .contains("{\"name\":\"notes\",\"size\":6000}")
                .contains("ann(ann@EXAMPLE)");
        Path again = folder.resolve("again");
        String other = TestKeys.file("other", folder).toString();
        assertThat(run("restore", export, "--to", "" + again, "--pfx", other, "--pfx-password-file", password))
                .as("a certificate that does not fit was not refused: %s", err)
                .isEqualTo(1);
        assertThat(err)
                .contains("other.pfx: the certificate of ", "opens none of the encrypted files that were found.");
        assertThat(run("restore", export, "--to", "" + folder.resolve("wrong"), "--pfx", ann))
                .as("its password is missing: %s", err)
                .isEqualTo(4);
        assertThat(folder.resolve("wrong/streams.txt.efsraw")).exists();
        again = folder.resolve("once-more");
        assertThat(run("restore", export, "--to", "" + again)).isEqualTo(1);
        assertThat(again.resolve("streams.txt.efsraw")).hasSameBinaryContentAs(Path.of(export));
        Path plain = folder.resolve("plain");
        assertThat(run(
                        "restore",
                        export,
                        "--to",
                        "" + plain,
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        password,
                        "--verify"))
                .as(err + out)
                .isZero();
        assertThat(Road.hash(plain.resolve("streams.txt")))
                .isEqualTo(MANIFEST.at("gone/streams.txt").sha256());
    }

    /** All of them are opened at once, in their folders, beside backup streams or alone. */
    @Test
    void aFolderOfKeptExportsIsOneSource() throws Exception {
        Path kept = folder.resolve("kept");
        assertThat(run("export", image, "--to", "" + kept, "--match", "aes.txt", "--match", "streams.txt"))
                .isEqualTo(1);
        assertThat(run("probe", "" + kept)).as(err).isZero();
        assertThat(out).contains("EFS exports");
        restoredFrom(kept, "alone");
        run("export", image, "--to", "" + kept, "--match", "open.txt");
        assertThat(run("probe", "" + kept)).as(err).isZero();
        assertThat(out).contains("Windows backup stream");
        Path plain = restoredFrom(kept, "beside");
        assertThat(plain.resolve("gone/open.txt")).exists();

        Path again = folder.resolve("again");
        assertThat(run("restore", "" + kept, "--to", "" + again, "--match", "aes.txt"))
                .isEqualTo(1);
        assertThat(again.resolve("gone/aes.txt.efsraw")).hasSameBinaryContentAs(kept.resolve("gone/aes.txt.efsraw"));
    }

    private Path restoredFrom(Path kept, String called) throws Exception {
        Path plain = folder.resolve(called);
        assertThat(run(
                        "restore",
                        "" + kept,
                        "--to",
                        "" + plain,
                        "--pfx",
                        ann,
                        "--pfx-password-file",
                        password,
                        "--verify"))
                .as(err + out)
                .isZero();
        for (String name : java.util.List.of("gone/aes.txt", "gone/streams.txt")) {
            assertThat(Road.hash(plain.resolve(name)))
                    .isEqualTo(MANIFEST.at(name).sha256());
            assertThat(Files.getLastModifiedTime(plain.resolve(name)))
                    .isEqualTo(Files.getLastModifiedTime(kept.resolve(name + ".efsraw")));
        }
        return plain;
    }

    /** What happened, that nothing was changed, and what to do; and no claim of what Windows can do with it. */
    @Test
    void aCutExportIsToldForWhatItIs() throws Exception {
        Path kept = folder.resolve("kept");
        run("restore", image, "--to", "" + kept, "--match", "streams.txt");
        byte[] whole = Files.readAllBytes(kept.resolve("gone/streams.txt.efsraw"));
        assertThat(Json.parse(Files.readString(kept.resolve("salvor-report.json")))
                        .list("files")
                        .getFirst()
                        .strings("reasons"))
                .contains(Messages.get("restore.kept-encrypted"))
                .doesNotContain(Messages.get("restore.kept-encrypted.cut"));

        Path cut = Files.write(folder.resolve("cut.efsraw"), Arrays.copyOf(whole, whole.length - 700));
        assertThat(run("restore", "" + cut, "--to", "" + folder.resolve("cut"))).isEqualTo(1);
        Json line = Json.parse(Files.readString(folder.resolve("cut/salvor-report.json")))
                .list("files")
                .getFirst();
        assertThat(line.string("target")).isEqualTo("cut.efsraw.partial");
        assertThat(line.strings("reasons"))
                .contains(Messages.get("restore.kept-encrypted.cut"))
                .doesNotContain(Messages.get("restore.kept-encrypted"));

        for (int length : new int[] {30, 60, 300}) {
            Path stub = Files.write(folder.resolve("stub.efsraw"), Arrays.copyOf(whole, length));
            assertThat(run("restore", "" + stub, "--to", "" + folder.resolve("stub")))
                    .isEqualTo(3);
            assertThat(err)
                    .contains("stub.efsraw is damaged or cut off", "It was not changed.", "another copy")
                    .doesNotContain("expected");
        }
    }

    /** Each says once what is wrong with it, and says nothing of what comes back all the same. */
    @Test
    void aDamagedExportGivesWhatIsLeftAndNamesTheDamageOnce() throws Exception {
        Path kept = folder.resolve("kept");
        run("restore", image, "--to", "" + kept, "--match", "streams.txt");
        byte[] whole = Files.readAllBytes(kept.resolve("gone/streams.txt.efsraw"));
        int name = new String(whole, StandardCharsets.ISO_8859_1).indexOf(":\0:\0$\0D\0");
        byte[] renamed = whole.clone();
        renamed[name] ^= 0x41;
        Json passedOver = damaged("renamed", renamed);
        assertThat(passedOver.strings("reasons"))
                .filteredOn(reason -> reason.contains("byte " + name))
                .containsExactly("One part of the export, at byte " + name + ", has a name that no part has, or that "
                        + "another has, too: it is passed over. The other parts can be read.");
        assertThat(passedOver.number("intactPercent")).isZero();
        assertThat(passedOver.list("streams").getFirst().string("sha256"))
                .isEqualTo(MANIFEST.at("gone/streams.txt").streams().getFirst().sha256());

        Json cut = damaged("cut", Arrays.copyOf(whole, whole.length - 700));
        assertThat(cut.strings("reasons"))
                .filteredOn(reason -> reason.contains("export"))
                .containsExactly(
                        "The export ends too early: its last part lacks 700 bytes, and what came after is not in it.");
        assertThat(Road.hash(folder.resolve("cut/cut.partial")))
                .isEqualTo(MANIFEST.at("gone/streams.txt").sha256());

        byte[] broken = whole.clone();
        int segment = new String(whole, StandardCharsets.ISO_8859_1).indexOf("G\0U\0R\0E\0", name);
        Arrays.fill(broken, segment, segment + 8, (byte) '#');
        assertThat(damaged("broken", broken).strings("reasons"))
                .filteredOn(reason -> reason.contains("export"))
                .containsExactly("The export is damaged at byte " + (segment - 4)
                        + " and cannot be read from there on. What lies before that can be read.");
    }

    /** The one line of the report on an export that is not whole, restored with its certificate. */
    private Json damaged(String called, byte[] export) throws Exception {
        Path file = Files.write(folder.resolve(called + ".efsraw"), export);
        Path to = folder.resolve(called);
        assertThat(run("restore", "" + file, "--to", "" + to, "--pfx", ann, "--pfx-password-file", password))
                .as(err + out)
                .isEqualTo(1);
        Json line = Json.parse(Files.readString(to.resolve("salvor-report.json")))
                .list("files")
                .getFirst();
        assertThat(line.strings("reasons")).doesNotHaveDuplicates().noneMatch(reason -> reason.contains("expected"));
        return line;
    }
}
