import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Makes a Linux application image that brings its own Java, from the folder that {@code mvn package} leaves. Run by
 * {@code mvn -Ppackage verify} with the JDK of the tool chain:
 *
 * <pre>java packaging/Package.java target/salvor target/dist 1.0.0</pre>
 *
 * JavaFX is first turned into jmods, so that its native libraries lie in the image; from jars they would be unpacked into the
 * user's home at every first start.
 */
public final class Package {
    private static final List<String> FX = List.of("base", "graphics", "controls");
    private static final String MODULES = "java.base,java.desktop,java.logging,java.management,java.naming,jdk.unsupported,"
            + "jdk.crypto.ec,jdk.localedata,jdk.zipfs,javafx.controls";

    private final Path lib;
    private final Path work;
    private final String version;

    private Package(Path lib, Path work, String version) {
        this.lib = lib;
        this.work = work;
        this.version = version;
    }

    public static void main(String[] arguments) throws IOException {
        Package job = new Package(Path.of(arguments[0], "lib"), Path.of(arguments[1]), arguments[2]);
        delete(job.work);
        Files.createDirectories(job.work.resolve("jmods"));
        for (String module : FX) {
            job.jmod(module);
        }
        job.link();
        job.image();
    }

    private void jmod(String module) throws IOException {
        Path classes = work.resolve("fx").resolve(module).resolve("classes");
        Path natives = work.resolve("fx").resolve(module).resolve("natives");
        Files.createDirectories(natives);
        try (ZipFile jar = new ZipFile(only(lib.resolve("javafx-linux"), "javafx-" + module + "-").toFile())) {
            for (ZipEntry entry : jar.stream().filter(e -> !e.isDirectory()).toList()) {
                String name = entry.getName();
                if (name.equals("META-INF/MANIFEST.MF")) {
                    continue;
                }
                Path to = name.endsWith(".so") ? natives.resolve(Path.of(name).getFileName()) : classes.resolve(name);
                Files.createDirectories(to.getParent());
                try (InputStream in = jar.getInputStream(entry)) {
                    Files.copy(in, to, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        List<String> options = new ArrayList<>(List.of("create", "--class-path", classes.toString(), "--target-platform", "linux-amd64"));
        try (Stream<Path> found = Files.list(natives)) {
            if (found.findAny().isPresent()) {
                options.addAll(List.of("--libs", natives.toString()));
            }
        }
        options.add(work.resolve("jmods/javafx." + module + ".jmod").toString());
        run("jmod", options);
    }

    private void link() {
        // a JDK with jmods needs them on the path, one without (JEP 493) links from itself
        Path own = Path.of(System.getProperty("java.home"), "jmods");
        String path = (Files.isDirectory(own) ? own + ":" : "") + work.resolve("jmods");
        run("jlink", List.of("--module-path", path, "--add-modules", MODULES,
                "--include-locales=en,de,fr,es,pt,ja,zh", "--strip-debug", "--no-header-files", "--no-man-pages",
                "--generate-cds-archive", "--compress", "zip-0",
                "--output", work.resolve("runtime").toString()));
    }

    private void image() throws IOException {
        Path input = Files.createDirectories(work.resolve("input"));
        String mainJar = "";
        try (Stream<Path> jars = Files.list(lib)) {
            for (Path jar : jars.filter(p -> p.toString().endsWith(".jar")).toList()) {
                Files.copy(jar, input.resolve(jar.getFileName()));
                mainJar = jar.getFileName().toString().startsWith("salvor-") ? jar.getFileName().toString() : mainJar;
            }
        }
        Files.copy(lib.resolve("native/com/sun/jna/linux-x86-64/libjnidispatch.so"), input.resolve("libjnidispatch.so"));
        List<String> options = new ArrayList<>(List.of("--type", "app-image", "--name", "Salvor", "--app-version", version,
                "--vendor", "Salvor", "--runtime-image", work.resolve("runtime").toString(), "--input", input.toString(),
                "--main-jar", mainJar, "--main-class", "org.salvor.app.Launcher", "--dest", work.resolve("image").toString()));
        for (String option : List.of("--add-modules=javafx.controls",
                "--add-exports=javafx.base/com.sun.javafx.event=ALL-UNNAMED",
                "--add-opens=javafx.graphics/javafx.scene=ALL-UNNAMED",
                "--add-opens=javafx.controls/javafx.scene.control.skin=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED,javafx.graphics",
                "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow",
                "-Dsun.jnu.encoding=UTF-8", "-Djna.boot.library.path=$APPDIR", "-Xmx2g", "-XX:MaxGCPauseMillis=25", "-XX:-UsePerfData")) {
            options.addAll(List.of("--java-options", option));
        }
        run("jpackage", options);
        rehearse(work.resolve("image/Salvor"));
        System.out.println(work.resolve("image/Salvor/bin/Salvor"));
    }

    /** Without the cache that it leaves, the image is whole, but takes twice as long to start. */
    private void rehearse(Path image) throws IOException {
        Path cache = image.resolve("lib/app/salvor.aot");
        try {
            new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin/java").toString(), "packaging/Rehearsal.java",
                    image.resolve("bin/Salvor").toString(), cache.toString(), work.resolve("rehearsal").toString())
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (Files.exists(cache)) {
            // no line of the Java machine may come between those of a command, whatever it thinks of the cache
            Files.writeString(image.resolve("lib/app/Salvor.cfg"),
                    "java-options=-XX:AOTCache=$APPDIR/salvor.aot\njava-options=-Xlog:disable\n", StandardOpenOption.APPEND);
        }
    }

    private static void run(String tool, List<String> options) {
        ToolProvider found = ToolProvider.findFirst(tool)
                .orElseThrow(() -> new IllegalStateException("This JDK has no " + tool));
        int code = found.run(System.out, System.err, options.toArray(String[]::new));
        if (code != 0) {
            throw new IllegalStateException(tool + " ended with " + code);
        }
    }

    private static Path only(Path folder, String start) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(p -> p.getFileName().toString().startsWith(start) && p.toString().endsWith("-linux.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("No " + start + "*-linux.jar in " + folder));
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
