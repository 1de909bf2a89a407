package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.salvor.recovery.PreparedFile;
import org.salvor.substream.StreamType;

/** The sidecars and descriptors of a restore. */
final class KeptAside implements Aside {
    private final Descriptors descriptors;

    /** By their folders, from the first part to the end of the file. */
    private final Map<Path, Sidecar> open = new ConcurrentHashMap<>();

    KeptAside(Descriptors descriptors) {
        this.descriptors = descriptors;
    }

    @Override
    public String security(byte[] descriptor) throws IOException {
        return descriptors.keep(descriptor);
    }

    @Override
    public Sidecar of(PreparedFile file) {
        return new Sidecar(file.sidecar());
    }

    @Override
    public void aside(PreparedFile file, StreamType type, String name, byte[] content) throws IOException {
        Sidecar sidecar = open.computeIfAbsent(file.sidecar(), Sidecar::new);
        String part = sidecar.fileFor(type);
        try (SeekableByteChannel out = sidecar.open(part)) {
            for (ByteBuffer left = ByteBuffer.wrap(content); left.hasRemaining(); ) {
                out.write(left);
            }
        }
        sidecar.part(type, name, part, content.length, Hashes.hex(Hashes.sha256(content)));
    }

    @Override
    public void finish(PreparedFile file, long size, String sha256) throws IOException {
        Sidecar sidecar = open.remove(file.sidecar());
        if (sidecar != null) {
            sidecar.finish(file, size, sha256);
        }
    }
}
