package org.salvor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;

/** An image in memory. Blocks of zeros take no space; a copy shares its blocks until one is changed. */
public final class EditableImage implements BlockDevice {
    private static final int BLOCK = 4096;
    private static final byte[] ZEROS = new byte[BLOCK];

    private final String name;
    private final long size;
    private final int sectorSize;
    private final byte @Nullable [][] blocks;
    private final boolean[] own;

    private EditableImage(String name, long size, int sectorSize, byte @Nullable [][] blocks) {
        this.name = name;
        this.size = size;
        this.sectorSize = sectorSize;
        this.blocks = blocks;
        this.own = new boolean[blocks.length];
    }

    public static EditableImage load(String name, InputStream in, int sectorSize) throws IOException {
        List<byte[]> blocks = new ArrayList<>();
        long size = 0;
        while (true) {
            byte[] block = in.readNBytes(BLOCK);
            if (block.length == 0) {
                break;
            }
            size += block.length;
            blocks.add(zero(block) ? null : block.length == BLOCK ? block : java.util.Arrays.copyOf(block, BLOCK));
            if (block.length < BLOCK) {
                break;
            }
        }
        return new EditableImage(name, size, sectorSize, blocks.toArray(byte[][]::new));
    }

    /** The same bytes; changes to it are its own. */
    public EditableImage copy() {
        return new EditableImage(name, size, sectorSize, blocks.clone());
    }

    /** The first bytes of it. */
    public EditableImage truncated(long length) {
        int count = Math.toIntExact((length + BLOCK - 1) / BLOCK);
        return new EditableImage(name, length, sectorSize, java.util.Arrays.copyOf(blocks, count));
    }

    public int get(long position) {
        byte[] block = blocks[(int) (position / BLOCK)];
        return block == null ? 0 : block[(int) (position % BLOCK)] & 0xff;
    }

    public void set(long position, int value) {
        int at = (int) (position / BLOCK);
        byte[] block = blocks[at];
        if (block == null) {
            block = new byte[BLOCK];
        } else if (!own[at]) {
            block = block.clone();
        }
        own[at] = true;
        blocks[at] = block;
        block[(int) (position % BLOCK)] = (byte) value;
    }

    public void set(long position, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            set(position + i, values[i]);
        }
    }

    public void zero(long position, long length) {
        for (long at = position; at < position + length; at++) {
            set(at, 0);
        }
    }

    /** The blocks of 4 KiB that were written to since this image was loaded or copied. */
    public BitSet changed() {
        BitSet changed = new BitSet(own.length);
        for (int at = 0; at < own.length; at++) {
            changed.set(at, own[at]);
        }
        return changed;
    }

    /** Whether the 4 KiB that hold this position are all zero. */
    public boolean blank(long position) {
        return blocks[(int) (position / BLOCK)] == null;
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
        if (position < 0 || position > size - target.remaining()) {
            throw new SourceReadException(position, target.remaining(), "past the end of " + name, null);
        }
        while (target.hasRemaining()) {
            int within = (int) (position % BLOCK);
            int length = Math.min(BLOCK - within, target.remaining());
            byte[] block = blocks[(int) (position / BLOCK)];
            if (block != null) {
                target.put(block, within, length);
            } else {
                target.put(ZEROS, 0, length);
            }
            position += length;
        }
    }

    /** Bytes {@code from} to {@code to}. */
    public void writeTo(OutputStream out, long from, long to) throws IOException {
        for (long at = from; at < to; ) {
            int within = (int) (at % BLOCK);
            int length = (int) Math.min(BLOCK - within, to - at);
            byte[] block = blocks[(int) (at / BLOCK)];
            out.write(block == null ? ZEROS : block, within, length);
            at += length;
        }
    }

    @Override
    public void close() {}

    private static boolean zero(byte[] block) {
        for (byte b : block) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
