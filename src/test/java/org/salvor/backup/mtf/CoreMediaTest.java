package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.service.Workbench;

/**
 * The small media of src/test/resources/media. src/test/scripts/make-media.py made them from the tables of the format, without
 * the reader: what comes back is compared with what the script put in.
 */
@DisplayName("Media that were made without the reader")
class CoreMediaTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private String told = "";

    @ParameterizedTest
    @CsvSource({
        "two-sets, set-1, 0",
        "two-sets, set-2, 0",
        "spanning-1, '', 0",
        "packed, '', 0",
        "encrypted, '', 1",
        "damaged, '', 1",
        "ansi, '', 0"
    })
    void giveBackWhatWasPutIn(String name, String set, int exit) throws Exception {
        Path medium = medium(name);
        if (name.equals("spanning-1")) {
            medium("spanning-2");
        }
        Path target = folder.resolve("back");
        List<String> words = new ArrayList<>(
                List.of("restore", medium.toString(), "--to", target.toString(), "--code-page", "windows-1252"));
        if (!set.isEmpty()) {
            words.addAll(List.of("--at", set));
        }
        assertThat(run(words)).as(told).isEqualTo(exit);
        assertThat(restored(target)).isEqualTo(expected(name, set)).isNotEmpty();
    }

    @Test
    void aCutMediumIsMissedByItsNumber() throws Exception {
        Path target = folder.resolve("back");
        assertThat(run(List.of("restore", medium("spanning-1").toString(), "--to", target.toString())))
                .isEqualTo(1);
        assertThat(told).contains("2");
        assertThat(target.resolve("C/small.txt")).exists();
        assertThat(target.resolve("C/long.bin.partial")).exists();
        assertThat(target.resolve("C/last.txt")).doesNotExist();
    }

    @Test
    void aMediumOfADatabaseServerIsCalledThatAndOneWithFilesIsNot() throws Exception {
        assertThat(run(List.of("probe", medium("database").toString()))).isZero();
        assertThat(told).contains("SQL Server", "no files");
        assertThat(run(List.of("probe", medium("packed").toString()))).isZero();
        assertThat(told).contains("Packed").doesNotContain("SQL Server");
    }

    private int run(List<String> words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(out), new PrintWriter(err)))
                .run(words.toArray(String[]::new));
        told = out.toString() + err;
        return exit;
    }

    private Path medium(String name) throws IOException {
        try (InputStream in = new GZIPInputStream(resource(name + ".bkf.gz"))) {
            return Files.write(folder.resolve(name + ".bkf"), in.readAllBytes());
        }
    }

    private static InputStream resource(String name) {
        InputStream in = CoreMediaTest.class.getResourceAsStream("/media/" + name);
        if (in == null) {
            throw new IllegalArgumentException("no test medium " + name);
        }
        return in;
    }

    /** By path on the target: size and SHA-256. */
    private static Map<String, String> expected(String medium, String set) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (InputStream in = resource("expected.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                String[] fields = line.split("\t", -1);
                if (fields[0].equals(medium) && fields[1].equals(set)) {
                    files.put(fields[2], fields[3] + " " + fields[4]);
                }
            }
        }
        return files;
    }

    private static Map<String, String> restored(Path target) throws Exception {
        Map<String, String> files = new TreeMap<>();
        List<Path> all;
        try (Stream<Path> walk = Files.walk(target)) {
            all = walk.filter(Files::isRegularFile).toList();
        }
        for (Path file : all) {
            String path = target.relativize(file).toString().replace('\\', '/');
            // named streams lie in a sidecar where the target has no place for them
            if (!path.startsWith("salvor-") && !path.contains(".sidecar/")) {
                byte[] bytes = Files.readAllBytes(file);
                String hash = HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
                files.put(path, bytes.length + " " + hash);
            }
        }
        return files;
    }
}
