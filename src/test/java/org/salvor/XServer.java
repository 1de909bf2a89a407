package org.salvor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A screen in memory for programs that open windows; Xvfb picks a number that is free. */
public final class XServer implements AutoCloseable {
    private final Process process;
    private final String display;

    private XServer(Process process, String display) {
        this.process = process;
        this.display = display;
    }

    /** Waits until it answers. */
    public static XServer start() throws IOException {
        Process process = new ProcessBuilder(
                        TestTools.require("Xvfb").toString(),
                        "-displayfd",
                        "1",
                        "-screen",
                        "0",
                        "1280x900x24",
                        "-nolisten",
                        "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String number = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))
                .readLine();
        if (number == null) {
            process.destroyForcibly();
            throw new IOException("Xvfb did not start");
        }
        return new XServer(process, ":" + number.strip());
    }

    public String display() {
        return display;
    }

    @Override
    public void close() {
        process.destroy();
    }
}
