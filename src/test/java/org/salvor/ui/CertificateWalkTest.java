package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Manifest;
import org.salvor.SharedData;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.app.Wiring;
import org.salvor.backup.mtf.SmallMedia;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.Source;
import org.salvor.restore.ExitCode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoredFile;
import org.salvor.ui.shell.Step;

@DisplayName("The wizard over encrypted files, with the real engine, from the first page to the report")
class CertificateWalkTest extends WalkTest {
    private static final List<Manifest.Entry> ENTRIES =
            TestImages.manifest(TestImages.ENCRYPTED).entries();

    @TempDir
    Path folder;

    CertificateWalkTest() {
        super(Wiring.assemble());
    }

    /** The export of an encrypted file of the small image, as the program keeps it without a certificate. */
    private Path export(String path) throws Exception {
        Path image = TestImages.file(TestImages.ENCRYPTED, folder);
        Path kept = folder.resolve("kept-encrypted");
        StringWriter said = new StringWriter();
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(said), new PrintWriter(said)))
                .run("restore", image.toString(), "--what", "existing", "--match", path, "--to", kept.toString());
        assertThat(code).as(said.toString()).isEqualTo(ExitCode.PROBLEMS.code());
        // another name: what it is, is in it
        return Files.move(kept.resolve(path + ".efsraw"), folder.resolve("saved.bin"));
    }

    private void scan(Source source) {
        open(state, WIDE, WIDE_HEIGHT);
        fx(() -> {
            state.source().set(source);
            state.step().set(Step.SOURCE);
            return true;
        });
        await("a place is chosen", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
    }

    private String words(String id) {
        return fx(() -> robot
                .from(find(id, Node.class))
                .lookup((Node node) -> node instanceof Labeled && isShown(node))
                .<Labeled>queryAllAs(Labeled.class)
                .stream()
                .map(label -> plain(String.valueOf(label.getText())))
                .collect(Collectors.joining(" ")));
    }

    private boolean seen(String id) {
        return fx(() ->
                robot.from(scene().getRoot()).lookup(id).queryAll().stream().anyMatch(FxTest::isShown));
    }

    private static boolean dialogIsOpen() {
        return fx(() -> Window.getWindows().stream().anyMatch(CertificateWalkTest::isDialog));
    }

    private static boolean isDialog(Window window) {
        return window instanceof Stage && window.getScene().getRoot().lookup("#certificate-file") != null;
    }

    private static <T extends Node> T inDialog(String id, Class<T> type) {
        return fx(() -> type.cast(Window.getWindows().stream()
                .filter(CertificateWalkTest::isDialog)
                .map(window -> window.getScene().getRoot().lookup(id))
                .findFirst()
                .orElseThrow()));
    }

    private String answer() {
        Node answer = inDialog("#certificate-answer", Node.class);
        return fx(() -> isShown(answer) ? String.valueOf(answer.getAccessibleText()) : "");
    }

    private void give(Path pfx, String password) {
        fx(() -> {
            inDialog("#certificate-file", TextField.class).setText(pfx.toString());
            inDialog("#certificate-password", TextField.class).setText(password);
            inDialog("#certificate-add", Button.class).fire();
            return true;
        });
        settle();
    }

    private void refusedThenTaken(Path right, String password, Path wrong, String wrongsPassword) throws Exception {
        give(right, "not " + password);
        await("it is said", () -> answer().contains("is not right. Nothing was opened"));
        assertThat(inDialog("#certificate-password", TextField.class).getText())
                .as("no password stays in the window")
                .isEmpty();
        give(wrong, wrongsPassword);
        await("it is said", () -> answer().contains("opens none of the encrypted files"));
        give(TestKeys.shown("other", folder), "whatever");
        await("it is said without its password", () -> answer().contains("other (") && answer().contains("opens none"));
        give(folder.resolve("nowhere.pfx"), password);
        await("it is said", () -> answer().contains("does not exist"));
        assertThat(dialogIsOpen()).isTrue();
        Catalog catalog = Objects.requireNonNull(state.catalog().get());
        assertThat(java.util.stream.IntStream.range(0, catalog.size())
                        .filter(row -> catalog.encryption(row) != null)
                        .mapToObj(catalog::ratingClass))
                .isNotEmpty()
                .containsOnly(RatingClass.LOCKED);
        give(right, password);
        await("the dialog is done", () -> !dialogIsOpen());
    }

    private void toTheReport(Path target) {
        chooseAll();
        checkInto(target);
        copyAll();
    }

    @Test
    @DisplayName(
            "asks for the certificate of an export, again after a wrong password and a wrong certificate, then decrypts")
    void export() throws Exception {
        scan(new Source.ImageFile(export("kept/aes.txt")));
        await("it asks", () -> seen("#certificates-band"));
        assertThat(words("#certificates-band"))
                .contains("One file is encrypted", "Needed is the certificate of ann(ann@EXAMPLE) (");
        click("#add-certificate");
        await("the dialog", CertificateWalkTest::dialogIsOpen);
        refusedThenTaken(
                TestKeys.file("ann", folder), TestKeys.PASSWORD, TestKeys.file("other", folder), TestKeys.PASSWORD);
        await("it is said", () -> words("#certificates-band").contains("One file is unlocked with the certificate of"));
        assertThat(seen("#add-certificate")).isFalse();
        clickWhenReady("#next", Step.CHOOSE);
        Path target = folder.resolve("back");
        toTheReport(target);
        RestoredFile file = report().files().getFirst();
        assertThat(file.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(sha256(target.resolve(file.target())))
                .isEqualTo(entry("kept/aes.txt").sha256());
    }

    @Test
    @DisplayName("of a file in a .bkf asks for the certificate, and decrypts it")
    void inTheTapeFormat() throws Exception {
        byte[] export = Files.readAllBytes(export("kept/aes.txt"));
        long size = entry("kept/aes.txt").size();
        Path medium = Files.write(folder.resolve("server.bkf"), SmallMedia.exported("aes.txt", size, export));
        scan(new Source.ImageFile(medium));
        await("it asks", () -> seen("#certificates-band"));
        assertThat(words("#certificates-band"))
                .contains("One file is encrypted", "Needed is the certificate of ann(ann@EXAMPLE) (");
        click("#add-certificate");
        await("the dialog", CertificateWalkTest::dialogIsOpen);
        refusedThenTaken(
                TestKeys.file("ann", folder), TestKeys.PASSWORD, TestKeys.file("other", folder), TestKeys.PASSWORD);
        clickWhenReady("#next", Step.CHOOSE);
        Path target = folder.resolve("back");
        toTheReport(target);
        RestoredFile file = report().files().stream()
                .filter(each -> each.path().equals("C/aes.txt"))
                .findFirst()
                .orElseThrow();
        assertThat(file.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(sha256(target.resolve("C/aes.txt")))
                .isEqualTo(entry("kept/aes.txt").sha256());
    }

    @Test
    @DisplayName("decrypts what Windows itself exported")
    void exportOfWindows() throws Exception {
        // a copy: Wine does not tell on which disk the original lies, and then nothing is written
        Path export = Files.copy(SharedData.require("efs-raw/flag.efsraw"), folder.resolve("flag.efsraw"));
        scan(new Source.ImageFile(export));
        await("it asks", () -> seen("#certificates-band"));
        click("#add-certificate");
        await("the dialog", CertificateWalkTest::dialogIsOpen);
        refusedThenTaken(
                SharedData.require("efs-raw/flag.pfx"),
                "SECCON CTF 2023 Finals",
                TestKeys.file("other", folder),
                TestKeys.PASSWORD);
        clickWhenReady("#next", Step.CHOOSE);
        Path target = folder.resolve("back");
        toTheReport(target);
        assertThat(target.resolve(report().files().getFirst().target()))
                .hasSameBinaryContentAs(SharedData.require("efs-raw/plaintext-expected.txt"));
    }

    @Test
    @DisplayName(
            "of deleted files, whoever goes on without a certificate can give it on Choose; what stays encrypted is told")
    void deletedFiles() throws Exception {
        scan(new Source.ImageFile(TestImages.file(TestImages.ENCRYPTED, folder)));
        await("it asks", () -> seen("#certificates-band"));
        assertThat(words("#certificates-band"))
                .contains("files are encrypted", "ann(ann@EXAMPLE)", "bob(bob@EXAMPLE)")
                .contains("can only be decrypted by Windows");
        click("#without-certificate");
        assertThat(seen("#certificates-band")).isFalse();
        clickWhenReady("#next", Step.CHOOSE);
        assertThat(seen("#certificates-band")).as("nobody is asked twice").isFalse();
        int row = row("gone/aes.txt");
        Catalog catalog = Objects.requireNonNull(state.catalog().get());
        assertThat(catalog.ratingClass(row)).isEqualTo(RatingClass.LOCKED);
        select("aes.txt");
        await("the preview says why", () -> words("#detail").contains("shown once a fitting certificate was added"));
        assertThat(words("#detail")).contains("Locked", "It opens with the certificate of ann(ann@EXAMPLE)");
        click("#certificates");
        await("the dialog", CertificateWalkTest::dialogIsOpen);
        assertThat(inDialog("#certificate-needs", Parent.class).lookupAll(".label"))
                .extracting(label -> ((Labeled) label).getText())
                .anyMatch(text -> text.contains("not available on this system") && text.contains("Windows can import"))
                .anyMatch(text -> text.contains("bob(bob@EXAMPLE) (2830"));
        refusedThenTaken(
                TestKeys.file("ann", folder), TestKeys.PASSWORD, TestKeys.file("other", folder), TestKeys.PASSWORD);
        await("it is said", () -> words("#certificates-band").contains("are unlocked with the certificate of"));
        assertThat(words("#certificates-band")).contains("One file is still encrypted", "bob(bob@EXAMPLE)");
        assertThat(catalog.ratingClass(row)).isEqualTo(RatingClass.INTACT);
        await("its rating is new", () -> words("#detail").contains("a certificate that you gave opens it"));
        await("its preview is there", () -> !words("#detail").contains("fitting certificate"));
        Path target = folder.resolve("back");
        chooseAll();
        checkInto(target);
        await("what stays encrypted is told", () -> seen("#check-encrypted"));
        assertThat(words("#check-encrypted"))
                .contains("stay encrypted", "(.efsraw)", "Needed is the certificate of bob(bob@EXAMPLE)");
        copyAll();
        int compared = 0;
        for (Manifest.Entry entry : ENTRIES) {
            // one lost its name with its second record, one does not begin as its type must
            boolean whole = !entry.name().equals("shared.txt") && !entry.name().equals("wrong.png");
            if (entry.deleted()
                    && whole
                    && entry.fields().get("users") instanceof List<?> users
                    && users.contains("ann")) {
                assertThat(sha256(target.resolve(entry.path())))
                        .as(entry.path())
                        .isEqualTo(entry.sha256());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(6);
        assertThat(target.resolve("gone/bob.txt")).doesNotExist();
        assertThat(target.resolve("gone/bob.txt.efsraw")).exists();
        fx(() -> {
            find(".report-tabs", TabPane.class).getSelectionModel().select(1);
            return true;
        });
        await("it is told on the report", () -> shows("It opens with the certificate of bob(bob@EXAMPLE) ("));
        assertThat(shows("Kept encrypted")).isTrue();
        assertThat(shows("add it on the page Choose files and copy these again"))
                .isTrue();
    }

    /** By keyboard: while ratings change, the boxes of the tree are drawn anew, and a mouse may miss them. */
    @Override
    void chooseAll() {
        await(
                "the folders are shown",
                () -> !robot.lookup("#folders .check-box").queryAll().isEmpty());
        fx(() -> {
            find("#folders", Node.class).requestFocus();
            return true;
        });
        robot.type(KeyCode.HOME);
        robot.type(KeyCode.SPACE);
        await("files are chosen", () -> state.chosenFiles().get() > 0);
    }

    private static Manifest.Entry entry(String path) {
        return ENTRIES.stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private int row(String path) {
        Catalog catalog = Objects.requireNonNull(state.catalog().get());
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.path(row).equals(path)) {
                return row;
            }
        }
        throw new AssertionError(path);
    }

    private void select(String name) {
        await("the rows", () -> !find("#files", TableView.class).getItems().isEmpty());
        fx(() -> {
            find("#filter", TextField.class).setText("name:" + name);
            return true;
        });
        await("one row", () -> find("#files", TableView.class).getItems().size() == 1);
        fx(() -> {
            find("#files", TableView.class).getSelectionModel().select(0);
            return true;
        });
        fx(() -> {
            find("#filter", TextField.class).setText("");
            return true;
        });
        settle();
    }
}
