package org.salvor.windows.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** A file as a restore prepares it, streams to write into it, and what the target kept aside. */
final class TargetFixture implements Keeping {
    static final TargetCapabilities NTFS = new TargetCapabilities(
            "NTFS", TargetCapabilities.NamedStreams.COLON, true, true, true, true, 255, Long.MAX_VALUE);

    final Map<String, byte[]> aside = new TreeMap<>();
    final List<byte[]> descriptors = new java.util.ArrayList<>();
    final Path path;
    int finished;
    boolean permissions = true;
    boolean folder;
    boolean link;
    long size;
    int attributes = 0x21;

    TargetFixture(Path folder) throws IOException {
        path = folder.resolve("Grüße.salvor-tmp");
        Files.createFile(path);
    }

    @Override
    public String security(byte[] descriptor) {
        descriptors.add(descriptor);
        return "sd-" + descriptors.size();
    }

    @Override
    public void aside(PreparedFile file, StreamType type, String name, byte[] content) {
        aside.put(type + name, content);
    }

    @Override
    public void finish(PreparedFile file, long content, String sha256) {
        finished++;
    }

    WrittenStreams write(Kernel kernel, Token token, Substream... streams) throws IOException, RecoveryException {
        try (BackupWriteTarget target = BackupWriteTarget.of(kernel, token, NTFS, this)) {
            return write(target, streams);
        }
    }

    WrittenStreams write(BackupWriteTarget target, Substream... streams) throws IOException, RecoveryException {
        return write(target, new Given(new ArrayDeque<>(List.of(streams))));
    }

    WrittenStreams write(BackupWriteTarget target, Content.Substreams content) throws IOException, RecoveryException {
        Path open = Files.isDirectory(path) ? Files.createTempFile(path.resolveSibling(""), "none", "") : path;
        try (FileChannel channel = FileChannel.open(open, StandardOpenOption.WRITE)) {
            PreparedFile file = new PreparedFile(
                    path,
                    channel,
                    path.resolveSibling("Grüße.sidecar"),
                    "Grüße",
                    folder,
                    size,
                    new PreparedFile.FileTimes(10, 20, 30, 40),
                    attributes,
                    permissions,
                    link);
            return target.write(file, content, JobMonitor.SILENT);
        }
    }

    /** What the double wrote beside the file. */
    byte[] beside(String ending) throws IOException {
        return Files.readAllBytes(path.resolveSibling(path.getFileName() + ending));
    }

    boolean has(String ending) {
        return Files.exists(path.resolveSibling(path.getFileName() + ending));
    }

    private record Given(Deque<Substream> streams) implements Content.Substreams {
        @Override
        public @Nullable Substream next() {
            return streams.poll();
        }

        @Override
        public @Nullable RandomAccess main() {
            return null;
        }

        @Override
        public void close() {}
    }
}
