package org.salvor.ui.choose;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SessionCapabilities;
import org.salvor.recovery.SourceIdentity;
import org.salvor.substream.Substream;

/** Contents for the files of a {@link SampleCatalog}: a picture, a text or bytes, by the ending of the name. */
record SampleSession(Catalog catalog, boolean whileScanning) implements RecoverySession {
    @Override
    public SourceIdentity identity() {
        return new SourceIdentity("sample.img", "", "NTFS", "1c2a90b72a908e3c", 1 << 30, "00", Map.of());
    }

    @Override
    public SessionCapabilities capabilities() {
        return new SessionCapabilities(true, whileScanning, false, true);
    }

    @Override
    public IdScheme ids() {
        return catalog.ids();
    }

    @Override
    public void scan(ScanPlan plan, CatalogBuilder into, JobMonitor monitor) {}

    @Override
    public void adopt(Catalog saved) {}

    @Override
    public Content content(FileId file) throws RecoveryException {
        String name = catalog.name(catalog.find(file));
        if (name.endsWith(".pst")) {
            throw new RecoveryException("The sectors from 812,344 on give no answer.");
        }
        byte[] bytes = name.endsWith(".JPG") || name.endsWith(".png")
                ? Png.picture()
                : name.endsWith(".txt") || name.endsWith(".tex")
                        ? "Dear all,\n\nthe train leaves at 9:14. Gr\u00fc\u00dfe aus Bergen!\n"
                                .repeat(40)
                                .getBytes(StandardCharsets.UTF_8)
                        : noise();
        return new Bytes(bytes);
    }

    private static byte[] noise() {
        byte[] bytes = new byte[5000];
        new Random(5).nextBytes(bytes);
        System.arraycopy("%PDF-1.7\n%".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 10);
        return bytes;
    }

    @Override
    public Rating rateContent(Catalog all, int row) {
        return all.rating(row);
    }

    @Override
    public void close() {}

    private record Bytes(byte[] bytes) implements Content.Substreams {
        @Override
        public @Nullable Substream next() {
            return null;
        }

        @Override
        public RandomAccess main() {
            return new RandomAccess() {
                @Override
                public long size() {
                    return bytes.length;
                }

                @Override
                public int read(long position, ByteBuffer target) {
                    if (position >= bytes.length) {
                        return -1;
                    }
                    int length = Math.min(target.remaining(), bytes.length - (int) position);
                    target.put(bytes, (int) position, length);
                    return length;
                }
            };
        }

        @Override
        public void close() {}
    }
}
