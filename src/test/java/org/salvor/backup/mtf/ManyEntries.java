package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.salvor.backup.mtf.TapeWriter.Stream;
import org.salvor.device.BlockDevice;
import org.salvor.fault.SourceReadException;

/**
 * A medium with one set of many files of the same size, which is made as it is read: blocks and streams come from {@link TapeWriter}, what
 * tells them apart is put into them. Without filemarks and catalogue, so that a reader has to go over all of it.
 */
final class ManyEntries implements BlockDevice {
    static final String FOLDER = "roll %05d";

    private static final int BLOCK = 512;
    private static final int ADDRESS = 20;
    private static final int CONTROL = 36;
    private static final int FOLDER_ID = 76;
    private static final int FILE_ID = 80;

    private final int files;
    private final int inFolder;
    private final int folders;
    private final byte[] head;
    private final int base;
    private final byte[] folder;
    private final byte[] file;
    private final byte[] end;
    private final int folderName;
    private final int fileName;
    private final int data;
    private final long group;

    /** @param files a multiple of {@code inFolder}; @param size of each in bytes, at least 8 */
    ManyEntries(int files, int inFolder, int size) {
        this.files = files;
        this.inFolder = inFolder;
        folders = files / inFolder;
        SetWriter set = new SetWriter(new TapeWriter(BLOCK, true));
        set.tape(0, 1, "Photographs");
        base = set.tape.position();
        set.set(0, 1, "A million", "", 0, 0);
        set.volume(0, "C:", "");
        int first = set.tape.position();
        set.folder(0, FOLDER.formatted(0), SetWriter.security());
        int second = set.tape.position();
        set.file(name(0), size, SetWriter.security(), Stream.of("STAN", SetWriter.noise(size, 1)));
        int third = set.tape.position();
        set.end(1, 0, 0);
        byte[] all = set.tape.bytes();
        head = Arrays.copyOf(all, first);
        folder = Arrays.copyOfRange(all, first, second);
        file = Arrays.copyOfRange(all, second, third);
        end = Arrays.copyOfRange(all, third, all.length);
        folderName = SmallMedia.indexOf(folder, "r\0o\0", 0);
        fileName = SmallMedia.indexOf(file, "I\0M\0", 0);
        data = SmallMedia.indexOf(file, "STAN", 0) + 22;
        group = folder.length + (long) inFolder * file.length;
    }

    @Override
    public long size() {
        return endAt() + end.length;
    }

    private long endAt() {
        return head.length + folders * group;
    }

    /** The first bytes of a file's content, which differ from those of all others. */
    static long content(int number) {
        return number * 0x9e3779b97f4a7c15L + 1;
    }

    private byte[] folder(int number, long at) {
        byte[] block = folder.clone();
        put(block, folderName, FOLDER.formatted(number));
        fields(block).putInt(FOLDER_ID, number + 1);
        return numbered(block, 0, at, 2 + (long) number * (inFolder + 1));
    }

    private byte[] file(int number, long at) {
        byte[] block = file.clone();
        put(block, fileName, name(number));
        int folderNumber = number / inFolder;
        fields(block)
                .putInt(FOLDER_ID, folderNumber + 1)
                .putInt(FILE_ID, number + 1)
                .putLong(data, content(number));
        return numbered(block, 0, at, 3 + folderNumber + (long) number);
    }

    /** Without the cost of a format. */
    static String name(int number) {
        String told = Integer.toString(number);
        return "IMG_" + "0".repeat(7 - told.length()) + told + ".dat";
    }

    private byte[] end(long at) {
        byte[] blocks = end.clone();
        long control = 2 + (long) folders * (inFolder + 1);
        numbered(blocks, 0, at, control);
        return numbered(blocks, SmallMedia.indexOf(blocks, "ESET", 0), at, control + 1);
    }

    private byte[] numbered(byte[] blocks, int from, long at, long control) {
        fields(blocks).putLong(from + ADDRESS, (at + from - base) / BLOCK).putInt(from + CONTROL, (int) control);
        byte[] one = Arrays.copyOfRange(blocks, from, blocks.length);
        TapeWriter.checksum(one);
        System.arraycopy(one, 0, blocks, from, one.length);
        return blocks;
    }

    private static ByteBuffer fields(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(byte[] block, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            block[at + 2 * i] = (byte) name.charAt(i);
        }
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        if (position < 0 || position + target.remaining() > size()) {
            throw new SourceReadException(position, target.remaining(), "past the end", null);
        }
        long at = position;
        while (target.hasRemaining()) {
            at += piece(at, target);
        }
    }

    /** As much as lies in one block with its streams. */
    private int piece(long at, ByteBuffer target) {
        if (at < head.length) {
            return copy(head, at, target);
        }
        if (at >= endAt()) {
            return copy(end(endAt()), at - endAt(), target);
        }
        int number = (int) ((at - head.length) / group);
        long start = head.length + number * group;
        long inside = at - start - folder.length;
        if (inside < 0) {
            return copy(folder(number, start), at - start, target);
        }
        int which = (int) (inside / file.length);
        long fileStart = start + folder.length + (long) which * file.length;
        return copy(file(number * inFolder + which, fileStart), at - fileStart, target);
    }

    private static int copy(byte[] from, long offset, ByteBuffer target) {
        int length = Math.min(target.remaining(), from.length - (int) offset);
        target.put(from, (int) offset, length);
        return length;
    }

    @Override
    public int sectorSize() {
        return BLOCK;
    }

    @Override
    public String describe() {
        return "a medium of " + files + " files";
    }

    @Override
    public void close() {}
}
