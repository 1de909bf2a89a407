package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.app.Wiring;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.mtf.TapeWriter.Stream;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.device.MemoryDevice;
import org.salvor.text.ByteNames;

/** Names in code pages that a medium does not tell, and sets that have little or nothing in them. */
@DisplayName("Names and sets of old media")
class CoreMtfNamesTest {
    private static final String[] RUSSIAN = {"Документы", "Отчёт за март.txt", "Письмо.doc"};
    private static final String[] GERMAN = {"Übungen", "Straße und Plätze.txt", "ÄÖÜ.doc"};
    private static final String[] PLAIN = {"Documents", "report.txt", "letter.doc"};

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private static BackupArchive open(byte[] medium, @Nullable String chosen, String usual) throws Exception {
        Charset page = chosen == null ? null : Charset.forName(chosen);
        MtfOpener opener = new MtfOpener(() -> page, Charset.forName(usual), ZoneOffset.UTC);
        return opener.open(List.of(MemoryDevice.of(medium, "a medium")));
    }

    private static void hasNames(BackupArchive archive, String[] names, String page) throws Exception {
        assertThat(Listed.of(archive, 1).entries.keySet())
                .containsExactly(
                        "C:/" + names[0], "C:/" + names[0] + "/" + names[1], "C:/" + names[0] + "/" + names[2]);
        assertThat(archive.info().title()).isEqualTo(names[0]);
        assertThat(archive.sets().getFirst().name()).isEqualTo(names[0]);
        if (page.isEmpty()) {
            assertThat(archive.info().notes()).isEmpty();
        } else {
            assertThat(archive.info().notes())
                    .singleElement()
                    .asString()
                    .contains("read as " + page)
                    .contains("--code-page");
        }
    }

    @ParameterizedTest
    @CsvSource({"windows-1251", "windows-1252", "windows-1250"})
    @DisplayName("are read in the code page that makes sense of them, whatever this computer's is, and it is said")
    void guessed(String usual) throws Exception {
        try (BackupArchive archive = open(SmallMedia.inCodePage("windows-1251", RUSSIAN), null, usual)) {
            hasNames(archive, RUSSIAN, "windows-1251");
        }
        String german = usual.equals("windows-1250") ? usual : "windows-1252";
        try (BackupArchive archive = open(SmallMedia.inCodePage("windows-1252", GERMAN), null, usual)) {
            hasNames(archive, GERMAN, german);
        }
        try (BackupArchive archive = open(SmallMedia.inCodePage("windows-1252", PLAIN), null, usual)) {
            hasNames(archive, PLAIN, "");
        }
        try (BackupArchive archive = Listed.open(List.of(SmallMedia.twoSets(1024, true)))) {
            assertThat(archive.info().notes()).as("Unicode").isEmpty();
            assertThat(archive.byteNames()).isEmpty();
        }
    }

    @Test
    @DisplayName("are read in the code page that a person chose, though another makes sense")
    void chosen() throws Exception {
        try (BackupArchive archive = open(SmallMedia.inCodePage("IBM866", RUSSIAN), "IBM866", "windows-1252")) {
            hasNames(archive, RUSSIAN, "IBM866");
        }
        try (BackupArchive archive =
                open(SmallMedia.inCodePage("windows-1251", RUSSIAN), "windows-1252", "windows-1251")) {
            assertThat(archive.info().title()).isEqualTo("Äîêóìåíòû");
        }
    }

    @Test
    @DisplayName("are there to be looked at in any code page, those first that show the most of it")
    void sample() throws Exception {
        try (BackupArchive archive = open(SmallMedia.inCodePage("IBM866", RUSSIAN), null, "windows-1252")) {
            ByteNames names = archive.byteNames().orElseThrow();
            assertThat(names.as(Charset.forName("IBM866")))
                    .containsExactly(RUSSIAN[1], RUSSIAN[0], "about " + RUSSIAN[0], RUSSIAN[2]);
            assertThat(names.as(names.page())).doesNotContain(RUSSIAN);
        }
        try (BackupArchive archive = open(SmallMedia.inCodePage("windows-1252", PLAIN), null, "windows-1252")) {
            assertThat(archive.byteNames()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "de-DE,windows-1252",
        "ru-RU,windows-1251",
        "pl-PL,windows-1250",
        "el-GR,windows-1253",
        "tr-TR,windows-1254",
        "ja-JP,windows-31j",
        "en-US,windows-1252"
    })
    @DisplayName("are expected in the code page of the computer's language")
    void languages(String language, String page) {
        assertThat(CodePages.of(Locale.forLanguageTag(language))).isEqualTo(Charset.forName(page));
    }

    @Test
    @DisplayName("can be given a code page on the command line, and come back under the right names")
    void commandLine() throws Exception {
        String tape = Files.write(folder.resolve("tape.bkf"), SmallMedia.inCodePage("IBM866", RUSSIAN))
                .toString();
        for (String page : List.of("866", "IBM866")) {
            Path target = folder.resolve("back " + page);
            assertThat(run("restore", tape, "--to", target.toString(), "--code-page", page))
                    .as(err)
                    .isZero();
            assertThat(target.resolve("C/" + RUSSIAN[0] + "/" + RUSSIAN[1])).hasBinaryContent(SmallMedia.HELLO);
        }
        assertThat(run("probe", tape, "--code-page", "866")).isZero();
        assertThat(out).contains(RUSSIAN[0], "read as IBM866");
        assertThat(run("scan", tape, "--json", "--code-page", "866")).isZero();
        assertThat(out).contains(RUSSIAN[2]);
        assertThat(run("scan", tape, "--code-page", "9999")).isEqualTo(2);
        assertThat(err).contains("There is no code page named 9999");
        assertThat(run("scan", tape, "--code-page", "../x")).isEqualTo(2);
        assertThat(run("scan", tape, "--code-page", "UTF-16"))
                .as("no code page of single bytes")
                .isEqualTo(2);
    }

    /** Set 1 has no name, set 2 a password and a folder without files, set 3 nothing. */
    private static byte[] poorSets() {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.tape(0, 1, "Poor");
        set.set(0, 1, "", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.file("a.txt", SmallMedia.HELLO.length, Stream.of("STAN", SmallMedia.HELLO));
        set.end(1, 0, 0);
        set.set(0, 2, "Secret", "0123456789abcdef", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "nothing here");
        set.end(2, 0, 0);
        set.set(0, 3, "Nothing", "", 0, 0);
        set.volume(0, "C:", "");
        set.end(3, 0, 0);
        return set.tape.bytes();
    }

    @Test
    @DisplayName("without a name, with a password, with an empty folder or with nothing are shown and told as such")
    void poor() throws Exception {
        String tape = Files.write(folder.resolve("tape.bkf"), poorSets()).toString();
        assertThat(run("probe", tape)).as(err).isZero();
        assertThat(out)
                .contains("set-1", "This set has no name.")
                .contains("set-2", "This set carries a password. It protects nothing")
                .contains("set-3", "This set holds no files and no folders");
        assertThat(out.indexOf("holds no files and no folders"))
                .as("of one set only")
                .isEqualTo(out.lastIndexOf("holds no files and no folders"));
        assertThat(run("scan", tape, "--at", "set-2", "--json")).isZero();
        assertThat(out).contains("\"path\":\"C/nothing here\",\"kind\":\"folder\"");
        Path target = folder.resolve("back");
        assertThat(run("restore", tape, "--at", "set-2", "--to", target.toString()))
                .as(err)
                .isZero();
        assertThat(target.resolve("C/nothing here")).isEmptyDirectory();
        assertThat(run(
                        "restore",
                        tape,
                        "--at",
                        "set-3",
                        "--match",
                        "*.txt",
                        "--to",
                        folder.resolve("b").toString()))
                .as(out + err)
                .isEqualTo(9);
    }

    @Test
    @DisplayName("that are empty are told so where filemarks and a catalogue lead to the sets, too")
    void poorWithCatalogue() throws Exception {
        SetWriter set = new SetWriter(new TapeWriter(1024, true));
        set.filemark = 1024;
        set.catalogued = true;
        set.tape(1 << 16, 1, "Marked");
        set.mark();
        set.set(0, 1, "Nothing", "", 0, 0);
        set.volume(0, "C:", "");
        set.end(1, 0, 0);
        set.set(0, 2, "Something", "", 0, 0);
        set.volume(0, "C:", "");
        set.folder(0, "");
        set.end(2, 0, 0);
        try (BackupArchive archive = Listed.open(List.of(set.tape.bytes()))) {
            assertThat(archive.sets()).hasSize(2);
            assertThat(archive.sets().get(0).notes()).anyMatch(note -> note.contains("no files and no folders"));
            assertThat(archive.sets().get(1).notes()).noneMatch(note -> note.contains("no files"));
        }
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = new SalvorCli(Wiring.assemble(), Terminal.piped(new PrintWriter(text), new PrintWriter(errors)))
                .run(arguments);
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
