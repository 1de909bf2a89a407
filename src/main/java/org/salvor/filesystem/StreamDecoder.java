package org.salvor.filesystem;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.StreamType;
import org.salvor.text.Messages;

/**
 * Makes content of what a file system only stores: encrypted streams. The file system knows where their bytes lie; formats of keys,
 * and the keys themselves, are known elsewhere. Asked anew each time a file is opened, because keys may come later.
 */
@FunctionalInterface
public interface StreamDecoder {
    /** Knows no keys: encrypted files cannot be read. */
    StreamDecoder NONE = (record, streams, clusterSize) -> {
        throw new KeyRequiredException(Messages.get("ntfs.encrypted"));
    };

    /**
     * A data stream as it is stored.
     *
     * @param name empty for the main stream
     * @param encrypted false for one that is stored in the clear beside encrypted ones
     * @param bytes of an encrypted stream up to a multiple of 512 past its size
     * @param size of the stream in bytes
     * @param valid from here on it reads as zeros
     */
    record Stored(String name, boolean encrypted, ChunkSource bytes, long size, long valid, boolean sparse) {}

    /** What stands in the place of stored streams. */
    record Decoded(StreamType type, String name, ChunkSource source, boolean sparse) {}

    /**
     * The streams as content, or, where no key fits, all of them together as one of type {@link StreamType#ENCRYPTED_RAW}.
     *
     * @param keyRecord the file's attribute $EFS; null where it is gone
     * @param streams the main one first if there is one
     * @param clusterSize of the volume, in bytes
     * @throws RecoveryException neither can be had
     */
    List<Decoded> decode(byte @Nullable [] keyRecord, List<Stored> streams, int clusterSize) throws RecoveryException;
}
