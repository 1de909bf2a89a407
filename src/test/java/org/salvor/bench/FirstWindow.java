package org.salvor.bench;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.salvor.TestTools;

/** Times a start of the program on a screen of its own, from the process to the picture of the first page. Needs Xvfb. */
final class FirstWindow {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final int PIXEL = 4;
    /** An empty window has one colour or two; a page drawn with its texts has many. */
    private static final int COLOURS = 12;

    private static final int DISPLAY = 187;
    private static final int LONGEST_SECONDS = 60;

    private FirstWindow() {}

    /** Seconds; empty if no page came. */
    static OptionalDouble seconds(Path program) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("salvor-screen");
        Process screen = quiet(new ProcessBuilder(
                "Xvfb",
                ":" + DISPLAY,
                "-screen",
                "0",
                WIDTH + "x" + HEIGHT + "x24",
                "-nolisten",
                "tcp",
                "-fbdir",
                folder.toString()));
        try {
            Path picture = folder.resolve("Xvfb_screen0");
            while (screen.isAlive() && (!Files.exists(picture) || Files.size(picture) < WIDTH * HEIGHT * PIXEL)) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            TimeUnit.MILLISECONDS.sleep(300);
            ProcessBuilder start = new ProcessBuilder(program.toString());
            start.environment().put("DISPLAY", ":" + DISPLAY);
            start.environment().put("HOME", folder.toString());
            start.environment().put("JAVA_HOME", System.getProperty("java.home"));
            long from = System.nanoTime();
            Process running = quiet(start);
            try (RandomAccessFile pixels = new RandomAccessFile(picture.toFile(), "r")) {
                while (running.isAlive() && System.nanoTime() - from < LONGEST_SECONDS * 1_000_000_000L) {
                    if (colours(pixels) > COLOURS) {
                        return OptionalDouble.of((System.nanoTime() - from) / 1e9);
                    }
                    TimeUnit.MILLISECONDS.sleep(20);
                }
                return OptionalDouble.empty();
            } finally {
                running.destroy();
                running.waitFor();
            }
        } finally {
            screen.destroy();
            screen.waitFor();
            TestTools.run("rm", "-rf", folder.toString());
        }
    }

    private static Process quiet(ProcessBuilder command) throws IOException {
        return command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static int colours(RandomAccessFile pixels) throws IOException {
        Set<Integer> found = new HashSet<>();
        byte[] line = new byte[WIDTH * PIXEL];
        long first = pixels.length() - (long) WIDTH * HEIGHT * PIXEL;
        for (int y = 120; y < 780; y += 40) {
            pixels.seek(first + (long) y * line.length);
            pixels.readFully(line);
            for (int x = 60 * PIXEL; x < 1220 * PIXEL; x += 5 * PIXEL) {
                found.add(line[x] & 0xff | (line[x + 1] & 0xff) << 8 | (line[x + 2] & 0xff) << 16);
            }
        }
        return found.size();
    }
}
