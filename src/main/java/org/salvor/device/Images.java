package org.salvor.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * Opens image files: raw, raw in numbered parts, and VHD of fixed size (a raw disk with 512 bytes behind it). Containers that
 * Salvor cannot open are known by their first bytes and named, so that nobody searches a packed file for a disk.
 */
public final class Images {
    private static final int VHD_FOOTER = 512;
    private static final byte[] VHD = ascii("conectix");

    /** First bytes of what is no raw disk. */
    private record Magic(int at, byte[] bytes, String name, boolean packed) {
        boolean matches(byte[] head) {
            return head.length >= at + bytes.length
                    && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
        }
    }

    private static final List<Magic> FOREIGN = List.of(
            new Magic(0, VHD, "VHD", false),
            new Magic(0, ascii("vhdxfile"), "VHDX", false),
            new Magic(0, hex("455646090d0aff00"), "E01 (EnCase)", false),
            new Magic(0, hex("455646320d0a8100"), "Ex01 (EnCase)", false),
            new Magic(0, hex("4c5646090d0aff00"), "L01 (EnCase)", false),
            new Magic(0, ascii("KDMV"), "VMDK", false),
            new Magic(0, ascii("COWD"), "VMDK", false),
            new Magic(0, hex("bebafeca"), "VMDK", false),
            new Magic(0, ascii("# Disk DescriptorFile"), "VMDK", false),
            new Magic(0, hex("514649fb"), "qcow2", false),
            new Magic(64, hex("7f10dabe"), "VDI", false),
            new Magic(0, ascii("MSWIM\0\0\0"), "WIM", false),
            new Magic(0, ascii("AFF10"), "AFF", false),
            new Magic(0, hex("1f8b08"), "gzip", true),
            new Magic(0, hex("fd377a585a00"), "xz", true),
            new Magic(0, hex("28b52ffd"), "zstd", true),
            new Magic(0, ascii("BZh"), "bzip2", true),
            new Magic(0, hex("504b0304"), "ZIP", true),
            new Magic(0, hex("377abcaf271c"), "7z", true));

    private Images() {}

    /** Opens a file for reading. What is no image that can be opened is refused in words. */
    public static BlockDevice open(Path file) throws RecoveryException {
        if (!Files.exists(file)) {
            throw new RecoveryException(Messages.get("device.image.missing", file));
        }
        if (Files.isDirectory(file)) {
            throw new RecoveryException(Messages.get("device.image.folder", file));
        }
        if (!Files.isRegularFile(file)) {
            throw new RecoveryException(Messages.get("device.image.special", file));
        }
        BlockDevice device = SplitImage.isPart(file) ? SplitImage.open(file) : RawImage.open(file);
        try {
            return recognise(device, file);
        } catch (RecoveryException e) {
            device.close();
            throw e;
        }
    }

    /** @param file for what is said of it */
    static BlockDevice recognise(BlockDevice device, Path file) throws RecoveryException {
        if (device.size() == 0) {
            throw new RecoveryException(Messages.get("device.image.empty", file));
        }
        byte[] head = bytes(device, 0, (int) Math.min(512, device.size()));
        for (Magic magic : FOREIGN) {
            if (magic.matches(head)) {
                throw new RecoveryException(
                        magic.packed
                                ? Messages.get("device.image.packed", file, magic.name)
                                : Messages.get("device.image.foreign", file, magic.name));
            }
        }
        long raw = device.size() - VHD_FOOTER;
        if (raw > 0 && isFixedVhd(bytes(device, raw, VHD_FOOTER), raw)) {
            return new OwningSlice(device, raw);
        }
        return device;
    }

    /** Footer of a VHD: cookie at 0, current size at 48, type at 60 (2 is fixed), big-endian. */
    private static boolean isFixedVhd(byte[] footer, long raw) {
        ByteBuffer fields = ByteBuffer.wrap(footer);
        return Arrays.equals(footer, 0, VHD.length, VHD, 0, VHD.length)
                && fields.getInt(60) == 2
                && fields.getLong(48) == raw;
    }

    /** Zeros where they cannot be read: what is told by them is then not told, and the rest of the image is read on. */
    private static byte[] bytes(BlockDevice device, long position, int length) {
        byte[] bytes = new byte[length];
        device.readAround(position, ByteBuffer.wrap(bytes), (at, lost, cause) -> {});
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** The disk before a footer; closing it closes the file. */
    private static final class OwningSlice implements BlockDevice {
        private final BlockDevice file;
        private final SliceDevice disk;

        OwningSlice(BlockDevice file, long length) {
            this.file = file;
            this.disk = new SliceDevice(file, 0, length, file.sectorSize(), file.describe());
        }

        @Override
        public long size() {
            return disk.size();
        }

        @Override
        public int sectorSize() {
            return disk.sectorSize();
        }

        @Override
        public String describe() {
            return disk.describe();
        }

        @Override
        public void read(long position, ByteBuffer target) throws SourceReadException {
            disk.read(position, target);
        }

        @Override
        public void readAround(long position, ByteBuffer target, BadRangeListener bad) {
            disk.readAround(position, target, bad);
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
