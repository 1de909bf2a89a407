package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.service.Workbench;

/** A .bkf on the whole road: probed, scanned, restored and verified from the command line. */
@DisplayName("The command line over a medium of the Microsoft Tape Format")
class CoreMtfCommandsTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    @TempDir
    Path folder;

    private Path medium = Path.of("");
    private Path target = Path.of("");
    private String out = "";
    private String err = "";

    @BeforeEach
    void write() throws Exception {
        medium = Files.write(folder.resolve("server.bkf"), SmallMedia.twoSets(1024, true));
        target = folder.resolve("back");
    }

    @Test
    @DisplayName("shows its sets and asks for one of them")
    void sets() {
        assertThat(run("probe", medium.toString())).as(err).isZero();
        assertThat(out).contains("MTF 1.00a", "Monday", "Tuesday", "set-1", "set-2");
        assertThat(out).doesNotContain("''");
        assertThat(run("scan", medium.toString())).isEqualTo(2);
        assertThat(err).contains("set-1", "set-2");
    }

    @Test
    @DisplayName("brings one set back byte for byte, with streams, holes and a report that verifies")
    void restore() throws Exception {
        assertThat(run("restore", medium.toString(), "--at", "set-1", "--to", target.toString()))
                .as("the second name of a file has no content of its own")
                .isEqualTo(1);
        assertThat(target.resolve("C/hello.txt")).hasBinaryContent(SmallMedia.HELLO);
        assertThat(target.resolve("C/docs/sub/all.bin")).hasBinaryContent(SmallMedia.BINARY);
        assertThat(target.resolve("C/docs/sub/empty.dat")).isEmptyFile();
        assertThat(target.resolve("C/docs/empty")).isDirectory();
        byte[] sparse = new byte[SmallMedia.SPARSE_SIZE];
        System.arraycopy(SmallMedia.SPARSE_HEAD, 0, sparse, 0, SmallMedia.SPARSE_HEAD.length);
        System.arraycopy(SmallMedia.TAIL, 0, sparse, 1 << 20, SmallMedia.TAIL.length);
        assertThat(target.resolve("D/sparse.bin")).hasBinaryContent(sparse);
        assertThat(run("verify", target.resolve("salvor-report.json").toString()))
                .as(out + err)
                .isZero();
    }

    @Test
    @DisplayName("brings the newer file of the second set")
    void secondSet() {
        assertThat(run(
                        "restore",
                        medium.toString(),
                        "--at",
                        "set-2",
                        "--match",
                        "hello.txt",
                        "--to",
                        target.toString()))
                .as(out + err)
                .isZero();
        assertThat(target.resolve("C/hello.txt")).content().isEqualTo("new");
    }

    @Test
    @DisplayName("says that a medium of databases is one")
    void databases() throws Exception {
        Path databases = Files.write(
                folder.resolve("master.bak"), SmallMedia.files("databases").getFirst());
        run("probe", databases.toString());
        assertThat(out + err).contains("SQL Server");
    }

    private int run(String... arguments) {
        StringWriter text = new StringWriter();
        StringWriter errors = new StringWriter();
        int code =
                new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(errors))).run(arguments);
        out = text.toString();
        err = errors.toString();
        return code;
    }
}
