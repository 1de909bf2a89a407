package org.salvor;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/** An empty NTFS volume in a file, and where ntfs-3g shows it. Tests that need one are skipped where it cannot be mounted. */
public final class NtfsMount implements AutoCloseable {
    private final Path image;
    private final Path point;
    private boolean mounted;

    private NtfsMount(Path image, Path point) {
        this.image = image;
        this.point = point;
    }

    /** @param folder gets {@code NAME.img} and the folder {@code NAME} */
    public static NtfsMount make(Path folder, String name, long size) throws IOException {
        TestTools.requireRoot();
        assumeTrue(Files.exists(Path.of("/dev/fuse")), "This test needs /dev/fuse");
        TestTools.require("ntfs-3g");
        String mkntfs = TestTools.require("mkntfs").toString();
        Path image = folder.resolve(name + ".img");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(size);
        }
        TestTools.run(mkntfs, "-q", "-F", image.toString());
        return new NtfsMount(image, Files.createDirectory(folder.resolve(name)));
    }

    /** Shows it with these options of ntfs-3g. */
    public Path mount(String options) throws IOException {
        TestTools.run("ntfs-3g", "-o", options, image.toString(), point.toString());
        mounted = true;
        return point;
    }

    public Path image() {
        return image;
    }

    public Path point() {
        return point;
    }

    public void unmount() throws IOException {
        if (mounted) {
            mounted = false;
            TestTools.run("umount", point.toString());
        }
    }

    @Override
    public void close() throws IOException {
        unmount();
    }
}
