package org.salvor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A Java of its own for a class of these tests, with as much memory as it is given. */
public final class ChildJvm {
    private ChildJvm() {}

    /** The command; what it writes to its error stream goes to that of this process. */
    public static ProcessBuilder of(Class<?> main, List<String> options, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(
                List.of("-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xshare:auto", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Runs it to its end. @return what it wrote, line by line; an exit code other than 0 throws */
    public static List<String> run(Class<?> main, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        Process process = of(main, options, arguments).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), "UTF-8");
            if (process.waitFor() != 0) {
                throw new IOException(main.getSimpleName() + " ended with " + process.exitValue() + "\n" + output);
            }
            return output.lines().toList();
        } finally {
            process.destroyForcibly();
        }
    }
}
