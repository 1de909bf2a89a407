package org.salvor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The small images of src/test/resources/images; src/test/scripts/make-images.py makes them. */
public final class TestImages {
    /** Those that are a volume from their first byte on. */
    public static final List<String> VOLUMES = List.of(
            "objects", "reused", "wof", "sector4k", "cluster2m", "attrlist", "lznt1", "ads", "links", "metadata");

    /** Those that are a disk with a partition table. */
    public static final List<String> DISKS = List.of("disk-mbr", "disk-gpt");

    /** A volume with encrypted files; {@link TestKeys} has the certificates. */
    public static final String ENCRYPTED = "efs";

    /** Those for tests of their own: encrypted files, partition tables of other makers, a volume for the tests of devices. */
    public static final List<String> OTHERS = List.of(
            ENCRYPTED,
            "efsfolder",
            "stranger",
            "parts-mbr",
            "parts-gpt512",
            "parts-gpt4096",
            "parts-gptbackup",
            "parts-lost",
            "volume-ntfs");

    /** The disk that comes with the program. */
    public static final String PRACTICE = "practice";

    /** Every image that lies in this project. */
    public static final List<String> ALL = Stream.of(VOLUMES, DISKS, OTHERS, List.of(PRACTICE))
            .flatMap(List::stream)
            .toList();

    private static final Map<String, EditableImage> LOADED = new ConcurrentHashMap<>();

    private TestImages() {}

    /** The image in memory; a copy of its own, so that it may be changed. */
    public static EditableImage open(String name) {
        return LOADED.computeIfAbsent(name, TestImages::load).copy();
    }

    public static Manifest manifest(String name) {
        try (InputStream in = resource(name + ".jsonl")) {
            return Manifest.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the image as a sparse file into a folder and returns its path. */
    public static Path file(String name, Path folder) throws IOException {
        return file(open(name), folder.resolve(name + ".img"));
    }

    /** Writes a device as a sparse file. */
    public static Path file(EditableImage device, Path path) throws IOException {
        try (FileChannel out = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            ByteBuffer buffer = ByteBuffer.allocate(4096);
            for (long at = 0; at < device.size(); at += 4096) {
                if (device.blank(at)) {
                    continue;
                }
                buffer.clear().limit((int) Math.min(4096, device.size() - at));
                device.read(at, buffer);
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.write(buffer, at + buffer.position());
                }
            }
            if (out.size() < device.size()) {
                out.write(ByteBuffer.allocate(1), device.size() - 1);
            }
        } catch (org.salvor.fault.RecoveryException e) {
            throw new IOException(e);
        }
        return path;
    }

    /** Writes the image in parts NAME.001, NAME.002... and returns the path of the first. */
    public static Path split(String name, Path folder, int parts) throws IOException {
        EditableImage device = open(name);
        long length = device.size() / parts / 512 * 512 + 512;
        for (int part = 0; part < parts; part++) {
            Path path = folder.resolve("%s.%03d".formatted(name, part + 1));
            try (OutputStream out = Files.newOutputStream(path)) {
                device.writeTo(out, part * length, Math.min(device.size(), (part + 1) * length));
            }
        }
        return folder.resolve(name + ".001");
    }

    private static EditableImage load(String name) {
        try (InputStream in = new GZIPInputStream(resource(name + ".img.gz"), 1 << 16)) {
            return EditableImage.load(name, in, name.equals("sector4k") ? 4096 : 512);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        String folder = name.startsWith(PRACTICE + ".") ? "/org/salvor/practice/" : "/images/";
        InputStream in = TestImages.class.getResourceAsStream(folder + name);
        if (in == null) {
            throw new IllegalArgumentException("no test image " + name);
        }
        return in;
    }
}
