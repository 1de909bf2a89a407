package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** The substreams of one file: security, extended attributes, data, named streams, reparse point, object id. */
final class NtfsContent implements FileContent {
    private static final int MAX_VALUE = 1 << 20;
    private static final int OBJECT_ID_SIZE = 64;

    private final Queue<Substream> substreams = new ArrayDeque<>();
    private ChunkSource main = new ResidentSource(new byte[0]);

    /** @throws KeyRequiredException where a data stream is encrypted */
    NtfsContent(NtfsFile file, Volume volume, SecurityStore security) throws RecoveryException {
        byte[] descriptor = descriptor(file, volume, security);
        if (descriptor != null) {
            add(StreamType.SECURITY_DATA, "", new ResidentSource(descriptor), false);
        }
        byte[] attributes = value(file, Attribute.EA, volume);
        if (attributes != null && attributes.length > 0) {
            add(StreamType.EA_DATA, "", new ResidentSource(ExtendedAttributes.terminated(attributes)), false);
        }
        List<StreamLayout> streams = StreamLayout.of(file.attributes(), Attribute.DATA, volume);
        Reparse.Kind kind = Reparse.kindOf(file);
        StreamLayout overlay = kind == Reparse.Kind.OVERLAY ? Reparse.overlay(streams) : null;
        data(file, volume, streams, overlay);
        for (StreamLayout stream : streams) {
            if (!stream.name().isEmpty() && stream != overlay) {
                ChunkSource source = source(stream, volume);
                add(StreamType.ALTERNATE_DATA, stream.name(), source, stream.sparse());
            }
        }
        byte[] reparse = overlay != null ? null : value(file, Attribute.REPARSE_POINT, volume);
        if (reparse != null) {
            add(StreamType.REPARSE_DATA, "", new ResidentSource(reparse), false);
        }
        byte[] id = value(file, Attribute.OBJECT_ID, volume);
        if (id != null && id.length >= 16) {
            byte[] whole = java.util.Arrays.copyOf(id, OBJECT_ID_SIZE);
            add(StreamType.OBJECT_ID, "", new ResidentSource(whole), false);
        }
    }

    private void data(NtfsFile file, Volume volume, List<StreamLayout> streams, @Nullable StreamLayout overlay)
            throws RecoveryException {
        if (file.base().folder()) {
            return;
        }
        StreamLayout stream = streams.stream()
                .filter(layout -> layout.name().isEmpty())
                .findFirst()
                .orElse(null);
        boolean sparse = false;
        Attribute point = file.find(Attribute.REPARSE_POINT);
        if (stream != null && overlay != null && point != null) {
            main = new WofSource(source(overlay, volume), stream.size, Reparse.wofAlgorithm(point));
        } else if (stream != null) {
            main = source(stream, volume);
            sparse = stream.sparse();
        }
        add(StreamType.DATA, "", main, sparse);
    }

    private static ChunkSource source(StreamLayout stream, Volume volume) throws KeyRequiredException {
        if (stream.first.encrypted()) {
            throw new KeyRequiredException(Messages.get("ntfs.encrypted"));
        }
        return stream.source(volume);
    }

    private void add(StreamType type, String name, ChunkSource source, boolean sparse) {
        substreams.add(new SourceSubstream(type, name, source, sparse));
    }

    private static byte @Nullable [] descriptor(NtfsFile file, Volume volume, SecurityStore security)
            throws RecoveryException {
        byte[] inline = value(file, Attribute.SECURITY_DESCRIPTOR, volume);
        if (inline != null && inline.length > 0) {
            return inline;
        }
        Attribute standard = file.find(Attribute.STANDARD_INFORMATION);
        if (standard == null || standard.nonResident || standard.valueLength < 0x48) {
            return null;
        }
        int id = Le.i32(standard.record.data, standard.valueStart + 0x34);
        return id == 0 ? null : security.descriptor(id);
    }

    /** The value of a small attribute, wherever it lies; null where there is none or it cannot be read. */
    private static byte @Nullable [] value(NtfsFile file, int type, Volume volume) throws RecoveryException {
        List<StreamLayout> layouts = StreamLayout.of(file.attributes(), type, volume);
        if (layouts.isEmpty()) {
            return null;
        }
        StreamLayout layout = layouts.getFirst();
        if (layout.size > MAX_VALUE) {
            return null;
        }
        byte[] bytes = new byte[Limits.allocation("attribute", layout.first.record.position, layout.size, MAX_VALUE)];
        return layout.source(volume).fill(0, ByteBuffer.wrap(bytes)) ? bytes : null;
    }

    @Override
    public @Nullable Substream next() {
        return substreams.poll();
    }

    @Override
    public int readMain(long position, ByteBuffer target) throws RecoveryException {
        if (position < 0 || position >= main.size()) {
            return -1;
        }
        int start = target.position();
        main.fill(position, target);
        return target.position() - start;
    }

    @Override
    public long mainSize() {
        return main.size();
    }

    @Override
    public void close() {
        substreams.clear();
    }
}
