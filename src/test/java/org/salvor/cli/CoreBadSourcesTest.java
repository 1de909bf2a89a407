package org.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.service.Workbench;
import org.salvor.text.Json;

/** What is given as a source and is none: one clear line, exit code 3, and nothing is written. */
class CoreBadSourcesTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private String out = "";
    private String err = "";

    private void refused(Path source, String... words) throws IOException {
        for (List<String> line : List.of(
                List.of("probe", source.toString()),
                List.of("scan", source.toString()),
                List.of("scan", source.toString(), "--json", "--plan", "thorough"),
                List.of("restore", source.toString(), "--to", folder + "/target", "--yes"))) {
            assertThat(run(line)).as("%s: %s", line, err).isEqualTo(3);
            assertThat(err.strip().lines()).as(err).hasSize(1);
            assertThat(err).contains(words).doesNotContain("Exception", "\tat ");
            assertThat(folder.resolve("target")).doesNotExist();
        }
    }

    @Test
    void anEmptyFile() throws Exception {
        refused(Files.createFile(folder.resolve("empty.img")), "empty.img");
    }

    @Test
    void aFileThatIsNoDisk() throws Exception {
        refused(Files.writeString(folder.resolve("letter.txt"), "Dear Sir or Madam,\n".repeat(10_000)), "letter.txt");
        byte[] noise = new byte[3_000_001];
        new Random(1).nextBytes(noise);
        refused(Files.write(folder.resolve("noise.bin"), noise), "noise.bin");
        refused(Files.write(folder.resolve("zeros.img"), new byte[1 << 20]), "zeros.img");
        refused(Files.write(folder.resolve("one.img"), new byte[] {0x55}), "one.img");
    }

    @Test
    void whatIsNotThere() throws Exception {
        refused(folder.resolve("missing.img"), "missing.img");
    }

    /** From one byte up to the first megabyte; what is left of the volume decides, and never a crash. */
    @Test
    void aTruncatedImageGivesWhatIsLeftOrAClearLine() throws Exception {
        Path image = TestImages.file("objects", folder);
        int whole = 0;
        for (long length : new long[] {48L << 20, 5_000_000, 400_000, 20_000, 16_385, 4096, 513, 512, 511, 1}) {
            try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
                file.truncate(length);
            }
            int code = run(List.of("scan", image.toString(), "--what", "all", "--json"));
            if (code == 0) {
                Json done = Json.parse(out.lines().toList().getLast());
                assertThat(done.string("event")).isEqualTo("done");
                whole++;
            } else {
                assertThat(code).as("%d bytes: %s", length, err).isEqualTo(3);
                assertThat(err.strip().lines()).as(err).hasSize(1);
            }
            assertThat(out + err).doesNotContain("Exception", "\tat ");
            if (length == 5_000_000) {
                assertThat(out).contains("\"docs/resident.txt\"");
                assertThat(out.lines().filter(line -> line.contains("\"docs/plain1m.bin\"")))
                        .as("its clusters lie behind the end or not")
                        .isNotEmpty();
            }
        }
        assertThat(whole).as("lengths that still hold a file table").isGreaterThanOrEqualTo(3);
    }

    /** All that was found is back, and more was there: the same as of a backup (docs/decisions/0032-what-a-backup-has-lost.md). */
    @Test
    void aFileTableThatIsPartlyGoneEndsARestoreOfAllThatWasFoundWithOne() throws Exception {
        Path image = TestImages.file("objects", folder);
        int table = 4 * 4096;
        int record = 1024;
        try (FileChannel file = FileChannel.open(image, StandardOpenOption.WRITE)) {
            // behind two files that are kept in the table whole; the folder that would name the others has no record
            file.write(ByteBuffer.allocate(record), table + 64 * record);
            file.truncate(table + 67 * record);
        }
        String loss = "A part of the MFT cannot be read: up to ";
        Path saved = folder.resolve("cut.salvorscan");
        assertThat(run(List.of("scan", image.toString(), "--save", saved.toString())))
                .as("a list of what is there is no claim of what was: %s", err)
                .isZero();
        assertThat(err).contains(loss);
        Path all = folder.resolve("all");
        assertThat(run(List.of("restore", image.toString(), "--to", all.toString())))
                .as(out + err)
                .isEqualTo(1);
        assertThat(err).contains("2 files restored, 0 partly, 0 skipped, 0 failed", loss);
        assertThat(Json.parse(Files.readString(all.resolve("salvor-report.json")))
                        .strings("problems"))
                .singleElement()
                .asString()
                .startsWith(loss);
        assertThat(run(List.of("restore", saved.toString(), "--to", folder + "/saved")))
                .as("a saved scan keeps it")
                .isEqualTo(1);
        assertThat(run(List.of("restore", image.toString(), "--match", "resident.txt", "--to", folder + "/one")))
                .as("what was chosen is there: %s", err)
                .isZero();
    }

    private int run(List<String> arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(errors)))
                .run(arguments.toArray(String[]::new));
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
