package org.salvor.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Where results go; remembers when they did not get there, which a writer over it keeps to itself. */
final class Outlet extends OutputStream {
    /** A reader that has seen enough, as "head" does, is no loss. In the words of Linux, macOS and Windows. */
    private static final String[] READER_LEFT = {"Broken pipe", "The pipe is being closed", "The pipe has been ended"};

    private final OutputStream to;
    private volatile @Nullable String lost;

    Outlet(OutputStream to) {
        this.to = new BufferedOutputStream(to);
    }

    /** Why something did not get there; null if all did, or nobody reads any more. */
    @Nullable
    String lost() {
        return lost;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            to.write(bytes, offset, length);
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            to.flush();
        } catch (IOException e) {
            throw remembered(e);
        }
    }

    private IOException remembered(IOException e) {
        String why = String.valueOf(e.getMessage());
        for (String left : READER_LEFT) {
            if (why.contains(left)) {
                return e;
            }
        }
        lost = why;
        return e;
    }
}
