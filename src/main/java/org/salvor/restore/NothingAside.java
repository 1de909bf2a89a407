package org.salvor.restore;

import org.salvor.recovery.PreparedFile;
import org.salvor.substream.StreamType;

/** For files whose sidecars are there already: what is not taken stays in them. */
final class NothingAside implements Aside {
    @Override
    public Sidecar of(PreparedFile file) {
        return new NotedParts(file.sidecar());
    }

    @Override
    public String security(byte[] descriptor) {
        return Descriptors.NONE;
    }

    @Override
    public void aside(PreparedFile file, StreamType type, String name, byte[] content) {}

    @Override
    public void finish(PreparedFile file, long size, String sha256) {}
}
