package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Labeled;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.VBox;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.backup.mtf.SmallMedia;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Json;
import org.salvor.ui.shell.Step;

@DisplayName("The wizard over backup media, with the real engine, from the first page to the report")
class BackupWalkTest extends WalkTest {
    @TempDir
    Path folder;

    BackupWalkTest() {
        super(Wiring.assemble());
    }

    private Path write(String name) throws Exception {
        Path media = Files.createDirectories(folder.resolve(name));
        List<byte[]> files = SmallMedia.files(name);
        for (int i = 0; i < files.size(); i++) {
            // the name tells nothing: what it is, is in it
            Files.write(media.resolve(name + i + ".bin"), files.get(i));
        }
        return media;
    }

    private void openAtSource(Path picked) {
        open(state, WIDE, WIDE_HEIGHT);
        click("#backup");
        answer(picked);
        click(Files.isDirectory(picked) ? "#backup-folder" : "#image-browse");
    }

    /** From a chosen set to all of its files, chosen. */
    private void listAndChooseAll() {
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
    }

    @Test
    @DisplayName("lists the sets of a .bkf, the newest first, and brings the chosen one back byte for byte")
    void twoSets() throws Exception {
        openAtSource(write("two-sets").resolve("two-sets0.bin"));
        await("a set is chosen", () -> state.node().get() != null);
        var sets = Objects.requireNonNull(state.places().get()).children();
        assertThat(sets).extracting(SourceNode::id).containsExactly("set-1", "set-2", "sets");
        assertThat(state.node().get()).as("the newest").isEqualTo(sets.getFirst());
        int other = sets.get(1).label().equals("Monday") ? 2 : 1;
        fx(() -> {
            find("#places", TreeView.class).getSelectionModel().select(other);
            return true;
        });
        settle();
        assertThat(Objects.requireNonNull(state.node().get()).label()).isEqualTo("Monday");
        assertThat(shows("Computer HOST, C:, E:, D:")).isTrue();
        listAndChooseAll();
        Path target = folder.resolve("back");
        checkInto(target);
        copyAll();
        assertThat(target.resolve("C/hello.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(target.resolve("C/docs/sub/all.bin")).hasBinaryContent(SmallMedia.BINARY);
        assertThat(target.resolve("C/docs/sub/empty.dat")).isEmptyFile();
        assertThat(target.resolve("C/docs/empty")).isDirectory();
        assertThat(target.resolve("D/sparse.bin")).hasSize(SmallMedia.SPARSE_SIZE);
        assertThat(report().files().stream().filter(file -> file.outcome() == Outcome.RESTORED))
                .extracting(RestoredFile::path)
                .contains("C/hello.txt", "C/docs/sub/all.bin", "D/sparse.bin");
    }

    @Test
    @DisplayName(
            "lists all sets of a .bkf together, the sets at the top of the folders, and brings a file of each back")
    void allSets() throws Exception {
        openAtSource(write("two-sets").resolve("two-sets0.bin"));
        await("a set is chosen", () -> state.node().get() != null);
        fx(() -> {
            find("#places", TreeView.class).getSelectionModel().select(3);
            return true;
        });
        settle();
        assertThat(Objects.requireNonNull(state.node().get()).id()).isEqualTo("sets");
        listAndChooseAll();
        TreeView<?> folders = find("#folders", TreeView.class);
        Catalog catalog = Objects.requireNonNull(state.catalog().get());
        assertThat(folders.getRoot().getChildren())
                .extracting(item -> catalog.name((Integer) item.getValue()))
                .hasSize(2)
                .allMatch(name -> name.contains("(set "));
        assertThat(shows("All sets")).isTrue();
        Path target = folder.resolve("back");
        checkInto(target);
        copyAll();
        assertThat(report().files().stream().filter(file -> file.path().endsWith("/C/hello.txt")))
                .hasSize(2)
                .allSatisfy(file -> assertThat(target.resolve(file.target())).exists());
    }

    @Test
    @DisplayName("says on the report page what of the backup is missing, beside the files that came back")
    void missingMedium() throws Exception {
        Path media = write("spanned");
        for (int i = 1; Files.exists(media.resolve("spanned" + i + ".bin")); i++) {
            Files.delete(media.resolve("spanned" + i + ".bin"));
        }
        openAtSource(media.resolve("spanned0.bin"));
        await("a set is chosen", () -> state.node().get() != null);
        listAndChooseAll();
        checkInto(folder.resolve("back"));
        copyAll();
        assertThat(report().problems()).isNotEmpty();
        fx(() -> {
            find(".report-tabs", TabPane.class).getSelectionModel().select(1);
            return true;
        });
        settle();
        for (String loss : report().problems()) {
            assertThat(shows(loss)).as(loss).isTrue();
        }
    }

    @Test
    @DisplayName("reads names of an old medium in the code page that a person chose by looking at them")
    void codePage() throws Exception {
        String[] names = {"Документы", "Отчёт за март.txt", "Письмо.doc"};
        Path medium = Files.write(folder.resolve("old.bkf"), SmallMedia.inCodePage("IBM866", names));
        openAtSource(medium);
        await("the set is chosen", () -> state.node().get() != null);
        clickWhenReady("#next", Step.SCAN_PLAN);
        await("it is asked", () -> isShown(find("#code-page", ComboBox.class)));
        assertThat(sample()).isNotEmpty().doesNotContain(names[1]);
        fx(() -> {
            ComboBox<Charset> pages = codePages();
            pages.setValue(Charset.forName("IBM866"));
            return true;
        });
        settle();
        assertThat(sample()).contains(names[1], names[0], names[2]);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        assertThat(Objects.requireNonNull(state.node().get()).label()).isEqualTo(names[0]);
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        Path target = folder.resolve("back");
        checkInto(target);
        click("#copy-command");
        assertThat(fx(() -> Clipboard.getSystemClipboard().getString())).contains("--code-page IBM866");
        copyAll();
        assertThat(target.resolve("C/" + names[0] + "/" + names[1])).hasBinaryContent(SmallMedia.HELLO);
        assertThat(target.resolve("C/" + names[0] + "/" + names[2])).hasBinaryContent(SmallMedia.HELLO);
        // of another source nothing was chosen
        fx(() -> {
            state.source().set(new Source.Practice());
            return true;
        });
        assertThat(state.workbench().codePage().chosen()).isNull();
    }

    @SuppressWarnings("unchecked")
    private ComboBox<Charset> codePages() {
        return find("#code-page", ComboBox.class);
    }

    private List<String> sample() {
        return fx(() -> find("#code-page-sample", VBox.class).getChildren().stream()
                .map(label -> ((Labeled) label).getText())
                .toList());
    }

    @Test
    @DisplayName("takes a folder of media as one backup")
    void folderOfMedia() throws Exception {
        openAtSource(write("spanned"));
        await("the set is chosen", () -> state.node().get() != null);
        assertThat(state.source().get()).isInstanceOf(Source.BackupFolder.class);
        listAndChooseAll();
        Path target = folder.resolve("back");
        checkInto(target);
        copyAll();
        assertThat(target.resolve("C/docs/cut.bin"))
                .hasBinaryContent(java.util.Arrays.copyOf(SmallMedia.SPANNED, 8000));
        assertThat(target.resolve("C/more/last.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(report().files()).allMatch(RestoredFile::there);
    }

    @Test
    @DisplayName("takes a folder of backup streams, and brings back what was exported")
    void folderOfStreams() throws Exception {
        Path streams = folder.resolve("streams");
        StringWriter said = new StringWriter();
        new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(said), new PrintWriter(said)))
                .run("export", "practice:", "--to", streams.toString());
        openAtSource(streams);
        await("the folder is recognised: " + said, () -> state.node().get() != null);
        assertThat(shows("Windows backup stream")).isTrue();
        assertThat(shows("What the backup holds")).isTrue();
        listAndChooseAll();
        Path target = folder.resolve("back");
        checkInto(target);
        copyAll();
        int compared = 0;
        for (Json file : Json.parse(Files.readString(MANIFEST)).list("files")) {
            if (file.string("state").equals("deleted")) {
                assertThat(sha256(target.resolve(file.string("path"))))
                        .as(file.string("path"))
                        .isEqualTo(file.string("sha256"));
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    @DisplayName("says of a SQL Server medium what it is, on Source and where no file is listed")
    void databases() throws Exception {
        openAtSource(write("databases").resolve("databases0.bin"));
        await("it is said", () -> shows("This is a backup of SQL Server."));
        assertThat(shows("SQL Server backup (MTF 1.00a)")).isTrue();
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        await("it is said again", () -> shows("This set holds databases of SQL Server and no files."));
    }

    @Test
    @DisplayName("says that the password of a set protects nothing, and of an Exchange medium who can open it")
    void passwordAndExchange() throws Exception {
        openAtSource(write("old").resolve("old0.bin"));
        await("it is said", () -> shows("This set carries a password. It protects nothing"));
        Path exchange = write("locked").resolve("locked0.bin");
        fx(() -> {
            find("#image-path", TextField.class).setText(exchange.toString());
            return true;
        });
        click("#image-open");
        await("it is said", () -> shows("only Exchange can open them"));
    }

    @Test
    @DisplayName("says what a folder holds that is no single backup")
    void otherFolders() throws Exception {
        Path empty = Files.createDirectories(folder.resolve("empty"));
        openAtSource(empty);
        await("it is said", () -> shows("is empty: there is nothing in it to look at"));
        Path pictures = Files.createDirectories(folder.resolve("pictures"));
        Files.write(pictures.resolve("a.png"), SmallMedia.BINARY);
        answer(pictures);
        click("#backup-folder");
        await("it is said", () -> shows("No backup that Salvor knows was found in the folder"));
        Path both = Files.createDirectories(folder.resolve("both"));
        Files.write(both.resolve("one.bkf"), SmallMedia.files("old").getFirst());
        Files.write(both.resolve("two.bkf"), SmallMedia.files("packed").getFirst());
        answer(both);
        click("#backup-folder");
        await(
                "it is said",
                () -> shows(
                        "holds media of 2 different backups. Open one of their files, for example one.bkf, two.bkf"));
    }
}
