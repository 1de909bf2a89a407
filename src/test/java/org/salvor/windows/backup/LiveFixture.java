package org.salvor.windows.backup;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.Chunk;
import org.salvor.substream.Substream;

/** A file with all that can belong to one, as the double of BackupRead finds it, and what comes of reading it. */
final class LiveFixture {
    /** Much longer than a piece that is read at once, so that data are passed over. */
    static final int SIZE = 3 << 20;

    /** What a stream was read as. Lost bytes are zeros. */
    record Read(String what, long size, boolean sparse, byte[] bytes, long lost) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Read(String name, long length, boolean holes, byte[] content, long missing)
                    && name.equals(what)
                    && length == size
                    && holes == sparse
                    && missing == lost
                    && Arrays.equals(content, bytes);
        }

        @Override
        public int hashCode() {
            return what.hashCode();
        }
    }

    final Path path;

    LiveFixture(Path folder) throws IOException {
        path = Files.createDirectories(folder).resolve("Quelle.txt");
        Files.write(path, BackupWriteTargetTest.random(SIZE));
        beside(".ads.Zone.Identifier", BackupWriteTargetTest.random(30));
        beside(".ads.zweiter Strom", BackupWriteTargetTest.random(200_000));
        beside(".sd", BackupWriteTargetTest.descriptor(true));
        beside(".ea", BackupWriteTargetTest.random(48));
        beside(".oid", BackupWriteTargetTest.random(64));
    }

    /** A file that is there already. */
    LiveFixture(TargetFixture written) {
        path = written.path;
    }

    void beside(String ending, byte[] content) throws IOException {
        Files.write(path.resolveSibling(path.getFileName() + ending), content);
    }

    /** Data only at the beginning, in the middle, and before a last hole. */
    byte[] sparse(String ending, int size) throws IOException {
        Path file = path.resolveSibling(path.getFileName() + ending);
        byte[] part = BackupWriteTargetTest.random(8192);
        byte[] all = new byte[size];
        Files.deleteIfExists(file);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (int at : new int[] {0, size / 2 & ~4095, size - 65_536 & ~4095}) {
                out.seek(at);
                out.write(part);
                System.arraycopy(part, 0, all, at, part.length);
            }
            out.setLength(size);
        }
        beside(ending + ".is-sparse", new byte[0]);
        return all;
    }

    List<Read> read(Kernel kernel, Token token) throws RecoveryException {
        List<Read> all = new ArrayList<>();
        try (Content.Substreams content = LiveFiles.of(kernel, token).open(path, JobMonitor.SILENT)) {
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                all.add(read(stream));
            }
        }
        return all;
    }

    static Read read(Substream stream) throws RecoveryException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(stream.size()));
        long lost = 0;
        for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            bytes.position(Math.toIntExact(chunk.offset()));
            if (chunk instanceof Chunk.Bytes data) {
                bytes.put(data.data().duplicate());
            }
            lost += chunk instanceof Chunk.Lost loss ? loss.length() : 0;
        }
        String what = stream.name().isEmpty() ? stream.type().name() : ":" + stream.name();
        return new Read(what, stream.size(), stream.sparse(), bytes.array(), lost);
    }
}
