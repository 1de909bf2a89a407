package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** The streams of one file or folder. What of them cannot be given is thrown once, behind those that can. */
final class MtfContent implements BackupContent {
    private final Queue<ContentStream> streams = new ArrayDeque<>();
    private final @Nullable ContentStream main;
    private final @Nullable ChunkSource source;
    private final boolean folder;
    private @Nullable RecoveryException problem;

    MtfContent(Entry entry) {
        folder = entry.fields().folder();
        main = folder ? null : entry.main();
        source = main == null || main.packed() || main.encrypted() ? null : main.source();
        for (ContentStream stream : entry.streams()) {
            if (!folder || stream.type() != StreamType.DATA) {
                streams.add(stream);
            }
        }
        problem = folder ? null : problem(entry);
    }

    private static @Nullable RecoveryException problem(Entry entry) {
        if (!entry.problems().isEmpty()) {
            RecoveryException first = entry.problems().getFirst();
            return new RecoveryException(Messages.get("mtf.broken.streams"), first);
        }
        ContentStream content = entry.main();
        String broken = entry.layout().broken();
        boolean told = content != null && content.stored().bytes.missing() > 0;
        return broken == null || told ? null : new RecoveryException(broken);
    }

    @Override
    public @Nullable Substream next() throws RecoveryException {
        ContentStream stream = streams.poll();
        if (stream == null) {
            RecoveryException told = problem;
            problem = null;
            if (told != null) {
                throw told;
            }
            return null;
        }
        if (stream.encrypted()) {
            throw new KeyRequiredException(Messages.get("mtf.encrypted"));
        }
        return stream.packed() ? stream.unpacked() : new PlainSubstream(stream);
    }

    @Override
    public boolean randomAccess() {
        return source != null;
    }

    @Override
    public long mainSize() {
        return main == null ? 0 : main.size();
    }

    @Override
    public int readMain(long position, ByteBuffer target) throws RecoveryException {
        ChunkSource bytes = source;
        if (bytes == null) {
            throw new IllegalStateException("this content is read from front to back only");
        }
        if (position < 0 || position >= bytes.size()) {
            return -1;
        }
        int start = target.position();
        bytes.fill(position, target);
        return target.position() - start;
    }

    @Override
    public void close() {
        streams.clear();
    }
}
