package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel sees of a scan and a restore: the source is opened for reading only, and nothing is ever written to it. */
class SourceUntouchedTest {
    private static final String CALLS =
            "trace=open,openat,openat2,creat,truncate,ftruncate,fallocate,write,writev,pwrite64,pwritev,"
                    + "pwritev2,mmap,rename,renameat,renameat2,unlink,unlinkat,link,linkat,utimensat,setxattr,lsetxattr,fsetxattr,"
                    + "copy_file_range,sendfile,ioctl,chmod,fchmod,fchmodat";

    /** Calls that change nothing whatever they are given, and opening. */
    private static final Pattern HARMLESS = Pattern.compile("\\b(open|openat|openat2|ioctl|mmap)\\(");

    @TempDir
    Path folder;

    /** The program under watch. */
    static final class Program {
        private Program() {}

        public static void main(String[] arguments) throws Exception {
            Path image = Path.of(arguments[0]);
            for (boolean thorough : new boolean[] {false, true}) {
                Road.restore(
                        image,
                        thorough ? Road.THOROUGH : Road.EVERYTHING,
                        Path.of(arguments[1]).resolve(thorough ? "thorough" : "quick"),
                        catalog -> row -> true);
            }
        }
    }

    @Test
    void theSourceIsOpenedForReadingOnlyAndNoCallChangesIt() throws Exception {
        assumeTrue(TestTools.find("strace").isPresent(), "needs strace, which is not installed");
        Path image = TestImages.file("objects", folder);
        byte[] before = Files.readAllBytes(image);
        Path log = folder.resolve("calls");
        Path target = folder.resolve("target");
        Process process = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-y",
                        "-s",
                        "0",
                        "-e",
                        CALLS,
                        "-o",
                        log.toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        image.toString(),
                        target.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
        int code = process.waitFor();
        String out = Files.readString(folder.resolve("out"));
        assumeTrue(!out.contains("ptrace"), "strace may not watch a process here: " + out);
        assertThat(code).as(out).isZero();
        assertThat(target.resolve("quick/docs/plain1m.bin")).exists();

        List<String> opened = new ArrayList<>();
        List<String> changing = new ArrayList<>();
        String name = image.toRealPath().toString();
        for (String line : Files.readAllLines(log, java.nio.charset.StandardCharsets.ISO_8859_1)) {
            if (!line.contains(name) || line.contains("resumed>")) {
                continue;
            }
            if (line.contains("open")) {
                opened.add(line);
            } else if (!HARMLESS.matcher(line).find() || line.contains("MAP_SHARED") && line.contains("PROT_WRITE")) {
                changing.add(line);
            }
        }
        assertThat(opened)
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line)
                        .contains("O_RDONLY")
                        .doesNotContain("O_WRONLY", "O_RDWR", "O_TRUNC", "O_CREAT"));
        assertThat(changing).isEmpty();
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }
}
