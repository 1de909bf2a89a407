package org.salvor.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/** A small disk in memory. Blocks of zeros are not kept. */
public final class MemoryDevice implements BlockDevice {
    /** What an unpacked image may hold besides zeros: 256 MiB. */
    public static final long MAX_KEPT = 256L << 20;

    /** How large an unpacked image may be, zeros included: 16 GiB. */
    public static final long MAX_SIZE = 16L << 30;

    private static final int BLOCK = 4096;

    private final List<byte @Nullable []> blocks;
    private final long size;
    private final int sectorSize;
    private final String name;

    private MemoryDevice(List<byte @Nullable []> blocks, long size, int sectorSize, String name) {
        this.blocks = blocks;
        this.size = size;
        this.sectorSize = sectorSize;
        this.name = name;
    }

    /** A copy of {@code bytes} with sectors of 512 bytes. */
    public static MemoryDevice of(byte[] bytes, String name) {
        return of(bytes, 512, name);
    }

    public static MemoryDevice of(byte[] bytes, int sectorSize, String name) {
        List<byte @Nullable []> blocks = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += BLOCK) {
            blocks.add(kept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + BLOCK))));
        }
        return new MemoryDevice(blocks, bytes.length, sectorSize, name);
    }

    /** A piece of a sparse device. */
    public record Piece(long position, byte[] bytes) {}

    /** Zeros with {@code pieces} in them; they must lie inside {@code size}, and later ones win. */
    public static MemoryDevice sparse(long size, int sectorSize, String name, List<Piece> pieces) {
        int count = Math.toIntExact(Math.ceilDiv(size, BLOCK));
        List<byte @Nullable []> blocks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            blocks.add(null);
        }
        for (Piece piece : pieces) {
            for (int from = 0; from < piece.bytes.length; ) {
                long at = piece.position + from;
                int index = (int) (at / BLOCK);
                int inBlock = (int) (at % BLOCK);
                int length = Math.min(BLOCK - inBlock, piece.bytes.length - from);
                byte[] block = blocks.get(index);
                if (block == null) {
                    block = new byte[(int) Math.min(BLOCK, size - (long) index * BLOCK)];
                    blocks.set(index, block);
                }
                System.arraycopy(piece.bytes, from, block, inBlock, length);
                from += length;
            }
        }
        return new MemoryDevice(blocks, size, sectorSize, name);
    }

    /**
     * Unpacks an image that is packed with gzip. Bounded by {@link #MAX_KEPT} and {@link #MAX_SIZE}.
     *
     * @param packed is read to its end and left open
     */
    public static MemoryDevice gunzip(InputStream packed, int sectorSize, String name) throws RecoveryException {
        List<byte @Nullable []> blocks = new ArrayList<>();
        long size = 0;
        long keptBytes = 0;
        try {
            GZIPInputStream in = new GZIPInputStream(packed, 1 << 16);
            for (byte[] next = in.readNBytes(BLOCK); next.length > 0; next = in.readNBytes(BLOCK)) {
                byte[] block = kept(next);
                blocks.add(block);
                size += next.length;
                keptBytes += block == null ? 0 : block.length;
                if (keptBytes > MAX_KEPT || size > MAX_SIZE) {
                    throw new FormatException(
                            name, -1, "at most " + MAX_KEPT + " bytes besides zeros, " + MAX_SIZE + " in all", "more");
                }
            }
        } catch (ZipException e) {
            throw new RecoveryException(Messages.get("device.not-gzip", name), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("device.unreadable", name, Reasons.of(e)), e);
        }
        return new MemoryDevice(blocks, size, sectorSize, name);
    }

    private static byte @Nullable [] kept(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return block;
            }
        }
        return null;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int sectorSize() {
        return sectorSize;
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        Bounds.check(position, target.remaining(), size);
        for (long at = position; target.hasRemaining(); ) {
            byte[] block = blocks.get((int) (at / BLOCK));
            int inBlock = (int) (at % BLOCK);
            int length = Math.min(BLOCK - inBlock, target.remaining());
            if (block == null) {
                ByteBuffer part = target.slice(target.position(), length);
                Zeros.fill(part);
                target.position(target.position() + length);
            } else {
                target.put(block, inBlock, length);
            }
            at += length;
        }
    }

    @Override
    public void close() {}
}
