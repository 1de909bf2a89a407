package org.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.ChildJvm;
import org.salvor.Harvest;
import org.salvor.MemoryFolder;
import org.salvor.Road;
import org.salvor.TestImages;
import org.salvor.TestTools;
import org.salvor.app.Launcher;
import org.salvor.posix.LinuxFiles;

/**
 * "salvor restore" of a small image is killed at one of the calls by which it changes its target; "salvor resume" then ends with the folder
 * of a restore that was never interrupted. The kernel itself kills, when strace has counted so many of these calls in one thread.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "strace kills the command")
class CrashedCommandTest {
    private static final int KILLS = 6;

    /** A run that ended before its kill is tried again. */
    private static final int MAX_RUNS = 12;

    private static final int KILLED = 137;

    private static final String RENAME = "renameat";

    private static final String WRITES = "write,pwrite64";

    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @TempDir
    Path disk;

    private final Instant started = Instant.now();

    private Path image = Path.of("");

    @BeforeEach
    void image() throws IOException {
        TestTools.require("strace");
        image = TestImages.file("objects", disk);
    }

    @Test
    void afterAKillAtAnyCallResumeEndsWithTheFolderOfAnUninterruptedRestore() throws Exception {
        Path whole = folder.resolve("whole");
        Path log = folder.resolve("calls");
        int code = run(
                traced(log, "trace=fsync," + RENAME + "," + WRITES),
                "restore",
                image.toString(),
                "--to",
                whole.toString(),
                "--what",
                "all");
        assertThat(code).isZero();
        List<Call> calls = calls(log);
        int renames =
                (int) calls.stream().filter(call -> call.name().equals(RENAME)).count();
        int writes = (int) calls.stream().filter(Call::writes).count();
        assertThat(renames).as("files that are given their names").isGreaterThan(200);
        assertThat(writes).as("writes").isGreaterThan(400);
        int begun = writesBeforeTheJournalIsBegun(calls);
        Map<String, String> wanted = contents(whole);

        Random random = new Random(11);
        int kills = 0;
        for (int runs = 0; kills < KILLS && runs < MAX_RUNS; runs++) {
            Path target = folder.resolve("killed " + runs);
            // calls are counted in each thread: of the two that write one comes at least to half of all; one alone
            // gives the names
            boolean naming = kills % 2 == 1;
            int least = naming ? 1 : begun + 2;
            int most = naming ? renames : writes * 9 / 20;
            int at = least + (int) ((kills + random.nextDouble()) / KILLS * (most - least));
            int died = run(
                    traced(Path.of("/dev/null"), "inject=" + (naming ? RENAME : WRITES) + ":signal=SIGKILL:when=" + at),
                    "restore",
                    image.toString(),
                    "--to",
                    target.toString(),
                    "--what",
                    "all");
            if (died != KILLED) {
                continue;
            }
            assertThat(target.resolve("salvor-report.json")).doesNotExist();
            assertThat(target.resolve(".salvor-journal")).content().contains("\"line\":\"begin\"");
            kills++;
            System.out.printf("killed at %s %d of %d%n", naming ? RENAME : "write", at, naming ? renames : writes);
            assertThat(run(
                            List.of(),
                            "resume",
                            target.resolve(".salvor-journal").toString()))
                    .as("after the kill at call " + at)
                    .isZero();
            Map<String, String> got = contents(target);
            assertThat(got.keySet()).as("after the kill at call " + at).isEqualTo(wanted.keySet());
            wanted.forEach((name, content) ->
                    assertThat(got).as("after the kill at call " + at).containsEntry(name, content));
        }
        assertThat(kills).as("runs that were killed before their end").isEqualTo(KILLS);
    }

    private static List<String> traced(Path log, String expression) {
        return List.of("strace", "-f", "--seccomp-bpf", "-qq", "-s", "0", "-e", expression, "-o", log.toString());
    }

    private int run(List<String> before, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder program = ChildJvm.of(Launcher.class, List.of("-XX:TieredStopAtLevel=1"), arguments);
        List<String> command = new ArrayList<>(before);
        command.addAll(program.command());
        program.command(command);
        program.environment().put("XDG_CONFIG_HOME", folder.resolve("own").toString());
        program.environment().put("XDG_STATE_HOME", folder.resolve("own").toString());
        Process process = program.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor();
        } finally {
            process.destroyForcibly();
        }
    }

    private record Call(String thread, String name) {
        boolean writes() {
            return WRITES.contains(name);
        }
    }

    private static List<Call> calls(Path log) throws IOException {
        List<Call> calls = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            String[] parts = line.strip().split(" +", 2);
            if (parts.length == 2 && parts[1].matches("[a-z0-9]+\\(.*")) {
                calls.add(new Call(parts[0], parts[1].substring(0, parts[1].indexOf('('))));
            }
        }
        return calls;
    }

    /** In the thread that begins it, and ends that with the first fsync. */
    private static int writesBeforeTheJournalIsBegun(List<Call> calls) {
        Call fsync = calls.stream()
                .filter(call -> call.name().equals("fsync"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the journal was never brought to the medium"));
        return (int) calls.subList(0, calls.indexOf(fsync)).stream()
                .filter(call -> call.writes() && call.thread().equals(fsync.thread()))
                .count();
    }

    /** Names, bytes, times, named streams, the sidecar and the report: all but when and where it was done. */
    private Map<String, String> contents(Path target) throws IOException {
        Map<String, String> all = new TreeMap<>();
        LinuxFiles host = new LinuxFiles();
        try (Stream<Path> paths = Files.walk(target)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = target.relativize(path).toString();
                StringBuilder content = new StringBuilder();
                if (Files.isSymbolicLink(path)) {
                    content.append("-> ").append(Files.readSymbolicLink(path));
                } else if (Files.isDirectory(path)) {
                    content.append("folder");
                } else if (name.equals("salvor-report.json")) {
                    content.append(Files.readString(path)
                            .replace(target.toString(), "TARGET")
                            .replaceAll("\"(started|ended)\":\"[^\"]*\"", "\"$1\":\"\""));
                } else {
                    content.append(Road.hash(path));
                }
                boolean own = name.isEmpty() || name.startsWith("salvor-") || name.contains(".sidecar");
                if (!own) {
                    Instant time = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                            .toInstant();
                    // one whose time is not known keeps that of its writing
                    content.append(' ').append(time.isBefore(started) ? time : "now");
                    for (String attribute :
                            host.attributes(path).stream().sorted().toList()) {
                        byte[] value = host.attribute(path, attribute);
                        content.append(' ').append(attribute).append('=');
                        content.append(
                                value == null
                                        ? ""
                                        : HexFormat.of()
                                                .formatHex(Harvest.sha256().digest(value)));
                    }
                }
                all.put(name, content.toString());
            }
        }
        return all;
    }
}
