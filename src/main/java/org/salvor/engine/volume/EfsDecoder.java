package org.salvor.engine.volume;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.efs.EfsMetadata;
import org.salvor.backup.efs.FileKey;
import org.salvor.backup.efs.RawExportSource;
import org.salvor.backup.efs.StoredStream;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.StreamDecoder;
import org.salvor.recovery.Keyring;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.text.Messages;

/** Joins volumes with the keys of a person: encrypted streams are decrypted, or become an export that Windows can import. */
record EfsDecoder(Keyring keys) implements StreamDecoder {
    @Override
    public List<Decoded> decode(byte @Nullable [] keyRecord, List<Stored> streams, int clusterSize)
            throws RecoveryException {
        if (keyRecord == null) {
            throw new RecoveryException(Messages.get("efs.no-key-record"));
        }
        try (FileKey key = open(keyRecord)) {
            return key == null ? exported(keyRecord, streams, clusterSize) : decrypted(key, streams);
        }
    }

    /** Null where no key opens it; also where one fits and the record is damaged: then Windows may still know another way. */
    private @Nullable FileKey open(byte[] keyRecord) throws RecoveryException {
        EfsMetadata metadata;
        try {
            metadata = EfsMetadata.parse(keyRecord);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("efs.no-key-record"), e);
        }
        try {
            return FileKey.open(metadata, keys::privateKey);
        } catch (RecoveryException e) {
            return null;
        }
    }

    private static List<Decoded> decrypted(FileKey key, List<Stored> streams) throws RecoveryException {
        List<Decoded> decoded = new ArrayList<>(streams.size());
        for (Stored stream : streams) {
            ChunkSource content =
                    stream.encrypted() ? key.decrypt(stream.bytes(), stream.size(), stream.valid()) : stream.bytes();
            StreamType type = stream.name().isEmpty() ? StreamType.DATA : StreamType.ALTERNATE_DATA;
            decoded.add(new Decoded(type, stream.name(), content, stream.sparse()));
        }
        return decoded;
    }

    private static List<Decoded> exported(byte[] keyRecord, List<Stored> streams, int clusterSize)
            throws RecoveryException {
        List<StoredStream> stored = streams.stream()
                .map(stream -> new StoredStream(
                        stream.name(),
                        stream.encrypted(),
                        stream.bytes(),
                        stream.size(),
                        stream.valid(),
                        stream.sparse()))
                .toList();
        RawExportSource export = new RawExportSource(keyRecord, stored, clusterSize);
        return List.of(new Decoded(StreamType.ENCRYPTED_RAW, "", export, false));
    }
}
