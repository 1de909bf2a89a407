package org.salvor.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of a command from its start to its end.
 *
 * @param seconds on the clock
 * @param processor seconds of processor time, in and outside the kernel
 */
record Timed(double seconds, double processor) {
    /** What it writes is thrown away; an exit code other than 0 throws. */
    static Timed run(String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(
                List.of("bash", "-c", "TIMEFORMAT='%R %U %S'; time \"$@\" > /dev/null 2> /dev/null", "bash"));
        all.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(all).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String told = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
        }
        String[] times = told.split(" ");
        return new Timed(Double.parseDouble(times[0]), Double.parseDouble(times[1]) + Double.parseDouble(times[2]));
    }

    /** Everything written to the file system of {@code folder} is on its medium. */
    static void settle(Path folder) throws IOException, InterruptedException {
        run("sync", "-f", folder.toString());
    }
}
