package org.salvor.backup.efs;

import org.salvor.substream.ChunkSource;

/**
 * A data stream of an encrypted file as it is stored.
 *
 * @param name without colons, empty for the main stream
 * @param encrypted false for a stream that is stored in the clear
 * @param bytes as stored; of an encrypted stream up to a multiple of 512 past its size
 * @param size of the stream in bytes
 * @param valid from here on it reads as zeros
 * @param sparse whether holes of it are kept as holes
 */
public record StoredStream(String name, boolean encrypted, ChunkSource bytes, long size, long valid, boolean sparse) {}
