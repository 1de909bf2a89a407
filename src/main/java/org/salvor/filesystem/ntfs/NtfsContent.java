package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.StreamDecoder;
import org.salvor.substream.BytesSource;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * The substreams of one file: security, extended attributes, data, named streams, reparse point, object id. Encrypted data are
 * decoded when they are first asked for.
 */
final class NtfsContent implements FileContent {
    private static final int MAX_VALUE = 1 << 20;
    private static final int OBJECT_ID_SIZE = 64;
    private static final String EFS = "$EFS";

    private final Volume volume;
    private final StreamDecoder decoder;
    private final Queue<Substream> before = new ArrayDeque<>();
    private final Queue<Substream> data = new ArrayDeque<>();
    private final Queue<Substream> behind = new ArrayDeque<>();
    private final List<StreamDecoder.Stored> encrypted = new ArrayList<>();
    private final byte @Nullable [] keyRecord;
    private final boolean reparsed;
    private final long mainSize;
    private @Nullable ChunkSource main;
    private boolean decoded;

    NtfsContent(NtfsFile file, Volume volume, SecurityStore security, StreamDecoder decoder) throws RecoveryException {
        this.volume = volume;
        this.decoder = decoder;
        byte[] descriptor = descriptor(file, volume, security);
        if (descriptor != null) {
            add(before, StreamType.SECURITY_DATA, new BytesSource(descriptor));
        }
        byte[] attributes = value(file, Attribute.EA, "", volume);
        if (attributes != null && attributes.length > 0) {
            add(before, StreamType.EA_DATA, new BytesSource(ExtendedAttributes.terminated(attributes)));
        }
        List<StreamLayout> streams = StreamLayout.of(file.attributes(), Attribute.DATA, volume);
        Reparse.Kind kind = Reparse.kindOf(file);
        StreamLayout overlay = kind == Reparse.Kind.OVERLAY ? Reparse.overlay(streams) : null;
        reparsed = file.find(Attribute.REPARSE_POINT) != null;
        if (streams.stream().anyMatch(stream -> stream.first.encrypted())) {
            keyRecord = value(file, Attribute.LOGGED_UTILITY_STREAM, EFS, volume);
            mainSize = stored(streams, file.base().folder());
        } else {
            // that of a folder tells only for whom files that are made in it are encrypted
            keyRecord = file.base().folder() ? value(file, Attribute.LOGGED_UTILITY_STREAM, EFS, volume) : null;
            mainSize = plain(file, streams, overlay);
            decoded = keyRecord == null;
        }
        byte[] reparse = overlay != null ? null : value(file, Attribute.REPARSE_POINT, "", volume);
        if (reparse != null) {
            add(behind, StreamType.REPARSE_DATA, new BytesSource(reparse));
        }
        byte[] id = value(file, Attribute.OBJECT_ID, "", volume);
        if (id != null && id.length >= 16) {
            add(behind, StreamType.OBJECT_ID, new BytesSource(Arrays.copyOf(id, OBJECT_ID_SIZE)));
        }
    }

    /** Returns the size of the main stream. */
    private long plain(NtfsFile file, List<StreamLayout> streams, @Nullable StreamLayout overlay) {
        long size = 0;
        if (!file.base().folder()) {
            StreamLayout stream = main(streams);
            Attribute point = file.find(Attribute.REPARSE_POINT);
            ChunkSource source = new BytesSource(new byte[0]);
            if (stream != null && overlay != null && point != null) {
                source = new WofSource(overlay.source(volume), stream.size, Reparse.wofAlgorithm(point));
            } else if (stream != null) {
                source = stream.source(volume);
            }
            main = source;
            size = source.size();
            boolean sparse = stream != null && overlay == null && stream.sparse();
            data.add(main(source, sparse, point != null));
        }
        for (StreamLayout stream : streams) {
            if (!stream.name().isEmpty() && stream != overlay) {
                data.add(new SourceSubstream(
                        StreamType.ALTERNATE_DATA, stream.name(), stream.source(volume), stream.sparse()));
            }
        }
        decoded = true;
        return size;
    }

    /** Under a reparse point, holes of a sparse form may be read as content that lies in a store: only a stream that is sparse may have them. */
    private static Substream main(ChunkSource source, boolean sparse, boolean reparsed) {
        return new SourceSubstream(StreamType.DATA, "", source, sparse, sparse || !reparsed && source.holes());
    }

    private long stored(List<StreamLayout> streams, boolean folder) {
        StreamLayout first = folder ? null : main(streams);
        if (first != null) {
            encrypted.add(first.stored(volume));
        }
        for (StreamLayout stream : streams) {
            if (!stream.name().isEmpty()) {
                encrypted.add(stream.stored(volume));
            }
        }
        return first == null ? 0 : first.size;
    }

    private static @Nullable StreamLayout main(List<StreamLayout> streams) {
        return streams.stream()
                .filter(layout -> layout.name().isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static void add(Queue<Substream> to, StreamType type, ChunkSource source) {
        to.add(new SourceSubstream(type, "", source, false));
    }

    private static byte @Nullable [] descriptor(NtfsFile file, Volume volume, SecurityStore security)
            throws RecoveryException {
        byte[] inline = value(file, Attribute.SECURITY_DESCRIPTOR, "", volume);
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
    private static byte @Nullable [] value(NtfsFile file, int type, String name, Volume volume)
            throws RecoveryException {
        for (StreamLayout layout : StreamLayout.of(file.attributes(), type, volume)) {
            if (!layout.name().equals(name)) {
                continue;
            }
            if (layout.size > MAX_VALUE) {
                return null;
            }
            byte[] bytes =
                    new byte[Limits.allocation("attribute", layout.first.record.position, layout.size, MAX_VALUE)];
            return layout.source(volume).fill(0, ByteBuffer.wrap(bytes)) ? bytes : null;
        }
        return null;
    }

    private void decode() throws RecoveryException {
        if (decoded) {
            return;
        }
        decoded = true;
        for (StreamDecoder.Decoded stream : decodedStreams()) {
            if (stream.type() == StreamType.DATA) {
                main = stream.source();
                data.add(main(stream.source(), stream.sparse(), reparsed));
            } else {
                data.add(new SourceSubstream(stream.type(), stream.name(), stream.source(), stream.sparse()));
            }
        }
    }

    private List<StreamDecoder.Decoded> decodedStreams() throws RecoveryException {
        try {
            return decoder.decode(keyRecord, encrypted, volume.clusterSize());
        } catch (RecoveryException e) {
            if (encrypted.isEmpty()) {
                return List.of(); // a folder whose key record is damaged: no content depends on it
            }
            throw e;
        }
    }

    @Override
    public boolean encrypted() {
        return !encrypted.isEmpty();
    }

    @Override
    public byte @Nullable [] keyRecord() {
        return keyRecord;
    }

    @Override
    public @Nullable Substream next() throws RecoveryException {
        Substream first = before.poll();
        if (first != null) {
            return first;
        }
        decode();
        Substream next = data.poll();
        return next != null ? next : behind.poll();
    }

    @Override
    public int readMain(long position, ByteBuffer target) throws RecoveryException {
        if (position < 0 || position >= mainSize) {
            return -1;
        }
        decode();
        ChunkSource source = main;
        if (source == null) {
            throw new KeyRequiredException(Messages.get("ntfs.encrypted"));
        }
        int start = target.position();
        source.fill(position, target);
        return target.position() - start;
    }

    @Override
    public long mainSize() {
        return mainSize;
    }

    @Override
    public void close() {
        before.clear();
        data.clear();
        behind.clear();
    }
}
