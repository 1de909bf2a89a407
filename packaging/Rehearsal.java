import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Starts the program once on a screen of its own, lets it go through its first pages, and keeps beside it what the Java machine
 * loaded and learnt meanwhile: it then starts in half the time (JEP 483, 514 and 515). The program is whole without that, so where
 * there is no xvfb-run, no Linux, or a Java before 25, nothing is done.
 *
 * <pre>java packaging/Rehearsal.java target/salvor/bin/salvor target/salvor/lib/salvor.aot target/rehearsal</pre>
 *
 * The program runs with the Java that runs this, and is told by {@code -Dsalvor.rehearsal=true}.
 */
public final class Rehearsal {
    private static final int SINCE = 25;
    private static final long LONGEST_SECONDS = 120;

    private Rehearsal() {}

    /** @param arguments the program, the file to keep things in, a folder for what is needed meanwhile */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path cache = Path.of(arguments[1]).toAbsolutePath();
        Path java = Path.of(System.getProperty("java.home"));
        Path release = cache.resolveSibling("salvor.release");
        Path place = cache.resolveSibling("salvor.place");
        Path program = Path.of(arguments[0]).toAbsolutePath();
        Files.deleteIfExists(cache);
        Files.deleteIfExists(release);
        Files.deleteIfExists(place);
        Optional<Path> screen = find("xvfb-run");
        if (Runtime.version().feature() < SINCE || screen.isEmpty()) {
            return;
        }
        start(screen.get(), program, cache, Files.createDirectories(Path.of(arguments[2])), java);
        if (Files.exists(cache) && Files.exists(java.resolve("release"))) {
            // by which the program tells that it runs with the same Java, and where it did
            Files.copy(java.resolve("release"), release, StandardCopyOption.REPLACE_EXISTING);
            Files.writeString(place, program.toRealPath().getParent().getParent().toString());
        }
    }

    private static void start(Path screen, Path program, Path cache, Path work, Path java) throws IOException, InterruptedException {
        ProcessBuilder start = new ProcessBuilder(screen.toString(), "-a", program.toString());
        Map<String, String> environment = start.environment();
        environment.keySet().removeIf(name -> name.startsWith("XDG_"));
        environment.put("HOME", Files.createDirectories(work.resolve("home")).toAbsolutePath().toString());
        environment.put("JAVA_HOME", java.toString());
        environment.put("JAVA_TOOL_OPTIONS", "-Dsalvor.rehearsal=true -XX:AOTCacheOutput=" + cache);
        start.redirectErrorStream(true).redirectOutput(work.resolve("rehearsal.log").toFile());
        Process running = start.start();
        if (!running.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            running.descendants().forEach(ProcessHandle::destroyForcibly);
            running.destroyForcibly().waitFor();
            Files.deleteIfExists(cache);
            System.out.println("The rehearsal of the start did not end; see " + work.resolve("rehearsal.log"));
        }
    }

    private static Optional<Path> find(String tool) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, tool))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
