package org.salvor.windows;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A driver double (packaging/wine/driver) as {@code packaging/wine/doubles.sh} has built it. Wine loads it; a real Windows never does. */
public final class WineDriver implements AutoCloseable {
    /** What a driver reads of its service's key when it starts. @param type as the registry calls it: REG_SZ */
    public record Value(String name, String type, String data) {}

    private static final String KEY = "HKLM\\System\\CurrentControlSet\\Services\\";

    private final String service;

    private WineDriver(String service) {
        this.service = service;
    }

    /** Starts it anew, or leaves it where it runs and cannot be stopped; the test is skipped where it cannot run. */
    public static WineDriver start(String name, Value... values) throws IOException {
        assumeTrue(Wine.isHere(), "A driver double is for Wine only");
        Path file = Path.of("target", "native", name + ".sys").toAbsolutePath();
        assumeTrue(Files.exists(file), "packaging/wine/doubles.sh has not built " + file);
        WineDriver driver = new WineDriver("salvor_" + name);
        driver.close();
        if (driver.runs()) {
            return driver;
        }
        // each word by itself: the value of "binPath= x" would begin with a blank
        run("sc", "create", driver.service, "type=", "kernel", "start=", "demand", "binPath=", file.toString());
        for (Value value : values) {
            run("reg", "add", KEY + driver.service, "/v", value.name(), "/t", value.type(), "/d", value.data(), "/f");
        }
        String said = run("sc", "start", driver.service);
        if (!driver.runs()) {
            throw new IOException("the driver double " + name + " does not start: " + said);
        }
        return driver;
    }

    private boolean runs() throws IOException {
        return run("sc", "query", service).contains("RUNNING");
    }

    @Override
    public void close() throws IOException {
        run("sc", "stop", service);
        if (!runs()) {
            run("sc", "delete", service);
        }
    }

    /** What a program of Wine says; whether it has done its work is seen by what follows. */
    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IOException(String.join(" ", command) + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return said;
    }
}
