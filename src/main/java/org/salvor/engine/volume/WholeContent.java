package org.salvor.engine.volume;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.GZIPInputStream;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.recovery.JobMonitor;

/**
 * Proves a whole file by the checksums it carries: PNG (a CRC for each chunk), gzip (CRC and length), ZIP and what is made of it.
 * Only a proof counts; any doubt is a no.
 */
final class WholeContent {
    private static final int BUFFER = 64 << 10;

    private WholeContent() {}

    /** Whether files of that name can be proved. */
    static boolean knows(String name) {
        return kind(name) != Kind.NONE;
    }

    private enum Kind {
        NONE,
        PNG,
        GZIP,
        ZIP
    }

    private static Kind kind(String name) {
        return switch (FileTypes.ending(name)) {
            case "png" -> Kind.PNG;
            case "gz", "tgz" -> Kind.GZIP;
            case "zip", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm", "odt", "ods", "odp", "epub", "jar", "vsdx" ->
                Kind.ZIP;
            default -> Kind.NONE;
        };
    }

    /** Whether every byte of the content is covered by checksums that fit. Reads all of it. */
    static boolean proves(String name, FileContent content, JobMonitor monitor) throws RecoveryException {
        try {
            return switch (kind(name)) {
                case NONE -> false;
                case PNG -> png(content, monitor);
                case GZIP -> gzip(content, monitor);
                case ZIP -> ZipProof.holds(content, monitor);
            };
        } catch (WrappedException e) {
            throw e.cause;
        } catch (IOException e) {
            return false; // broken, or it ends too early
        }
    }

    private static boolean png(FileContent content, JobMonitor monitor) throws IOException {
        try (DataInputStream in = new DataInputStream(open(content, 8, content.mainSize(), monitor))) {
            byte[] buffer = new byte[BUFFER];
            long left = content.mainSize() - 8;
            while (left >= 12) {
                long length = in.readInt() & 0xffff_ffffL;
                if (length > left - 12) {
                    return false;
                }
                CRC32 crc = new CRC32();
                in.readFully(buffer, 0, 4);
                crc.update(buffer, 0, 4);
                boolean end = buffer[0] == 'I' && buffer[1] == 'E' && buffer[2] == 'N' && buffer[3] == 'D';
                for (long rest = length; rest > 0; ) {
                    int part = (int) Math.min(rest, buffer.length);
                    in.readFully(buffer, 0, part);
                    crc.update(buffer, 0, part);
                    rest -= part;
                }
                if (in.readInt() != (int) crc.getValue()) {
                    return false;
                }
                left -= length + 12;
                if (end) {
                    return left == 0;
                }
            }
            return false;
        }
    }

    /** One or more members up to the last byte; the stream of Java checks CRC and length of each. */
    private static boolean gzip(FileContent content, JobMonitor monitor) throws IOException {
        InputStream raw = open(content, 0, content.mainSize(), monitor);
        CheckedInputStream counted = new CheckedInputStream(raw, new CRC32());
        try (GZIPInputStream in = new GZIPInputStream(counted, 4096)) {
            byte[] buffer = new byte[BUFFER];
            while (in.read(buffer) >= 0) {
                // reading is the check
            }
            return raw.read() < 0;
        }
    }

    /** The bytes of the main stream from {@code from} to {@code to}. */
    static InputStream open(FileContent content, long from, long to, JobMonitor monitor) {
        return new BufferedInputStream(new Main(content, from, to, monitor), BUFFER);
    }

    /** A main stream as Java's own decoders want it. */
    private static final class Main extends InputStream {
        private final FileContent content;
        private final JobMonitor monitor;
        private final long end;
        private long at;

        Main(FileContent content, long from, long to, JobMonitor monitor) {
            this.content = content;
            this.monitor = monitor;
            this.at = from;
            this.end = Math.min(to, content.mainSize());
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            try {
                monitor.checkpoint();
                int wanted = (int) Math.min(length, end - at);
                int got = content.readMain(at, ByteBuffer.wrap(target, offset, wanted));
                if (got <= 0) {
                    throw new EOFException();
                }
                at += got;
                return got;
            } catch (RecoveryException e) {
                throw new WrappedException(e);
            }
        }
    }

    /** Carries our exception through Java's decoders. */
    private static final class WrappedException extends IOException {
        private static final long serialVersionUID = 1L;

        private final RecoveryException cause;

        WrappedException(RecoveryException cause) {
            super(cause);
            this.cause = cause;
        }
    }
}
