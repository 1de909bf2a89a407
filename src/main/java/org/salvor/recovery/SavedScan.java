package org.salvor.recovery;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.text.IoReasons;
import org.salvor.text.Json;
import org.salvor.text.JsonWriter;
import org.salvor.text.Messages;

/**
 * A catalog as a file (docs/formats/salvorscan.md): what was scanned and how, then the columns, compressed, and a checksum. It
 * appears under its name only when it is complete.
 */
public final class SavedScan {
    private static final String STRUCTURE = "saved scan";
    private static final long MAGIC = 0x53414c564f525343L;
    /** Version 1 knew nothing of encryption, version 2 nothing of what named streams take. */
    private static final int VERSION = 3;

    private static final int COUNTS = 8;
    private static final int COUNTS_OF_VERSION_1 = 6;
    private static final int MAX_HEADER = 32 << 20;

    /** No catalog packs better than this: a number of rows beyond it is a lie. */
    private static final long MAX_RATIO = 500;

    private static final long BYTES_A_ROW = 99;

    private SavedScan() {}

    /**
     * What a saved scan says of itself.
     *
     * @param problems how many things the scan had to skip
     * @param rated false if it was stopped before its ratings were done
     */
    public record Header(SourceIdentity source, ScanPlan plan, int rows, long problems, boolean rated) {}

    /** A saved scan that was read. */
    public record Loaded(Header header, Catalog catalog) {}

    /** Writes the rows that the catalog has now. */
    public static void save(
            Path file, SourceIdentity source, ScanPlan plan, long problems, Catalog catalog, JobMonitor monitor)
            throws RecoveryException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (OutputStream raw = Files.newOutputStream(part)) {
                write(raw, source, plan, problems, catalog, monitor);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            drop(part, e);
            throw new RecoveryException(Messages.get("savedscan.not-written", file, IoReasons.of(e)), e);
        } catch (Stopped e) {
            drop(part, e);
            throw e.cause;
        }
    }

    private static void drop(Path part, Exception reason) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    private static void write(
            OutputStream raw, SourceIdentity source, ScanPlan plan, long problems, Catalog catalog, JobMonitor monitor)
            throws IOException {
        long[] counts = catalog.counts();
        byte[] header = header(source, plan, problems, catalog, counts).getBytes(StandardCharsets.UTF_8);
        DataOutputStream plain = new DataOutputStream(raw);
        plain.writeLong(MAGIC);
        plain.writeInt(VERSION);
        plain.writeInt(header.length);
        plain.write(header);
        plain.flush();
        Deflater deflater = new Deflater(Deflater.BEST_SPEED);
        try {
            DeflaterOutputStream packed = new DeflaterOutputStream(raw, deflater, 1 << 16);
            CheckedOutputStream body = new CheckedOutputStream(packed, sum(header));
            catalog.write(counts, (buffer, count) -> {
                pause(monitor);
                body.write(buffer, 0, count);
            });
            new DataOutputStream(packed).writeLong(body.getChecksum().getValue());
            packed.finish();
        } finally {
            deflater.end();
        }
    }

    private static String header(SourceIdentity source, ScanPlan plan, long problems, Catalog catalog, long[] counts)
            throws IOException {
        StringBuilder text = new StringBuilder();
        JsonWriter json = new JsonWriter(text).object();
        SelectionFile.writeIdentity(json, "source", source);
        json.field("thorough", plan.thorough()).field("deleted", plan.deleted()).field("existing", plan.existing());
        json.field("problems", problems).field("rated", catalog.rated());
        json.field("idPrefix", catalog.ids().prefix())
                .field("idForm", catalog.ids().form().name());
        json.name("counts").array();
        for (long count : counts) {
            json.value(count);
        }
        json.end();
        json.field("others", catalog.otherPaths().subList(0, (int) counts[5]));
        json.field("losses", catalog.losses());
        catalog.encryptions().write(json);
        json.end();
        return text.toString();
    }

    /** What the file says of itself, without its rows. */
    public static Header header(Path file) throws RecoveryException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return header(parse(readHeader(file, in)));
        } catch (EOFException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw notRead(file, e);
        } catch (FormatException e) {
            throw damaged(file, e);
        }
    }

    /** All of it. A file that is damaged, of another kind, or of a newer version is refused. */
    public static Loaded load(Path file, JobMonitor monitor) throws RecoveryException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            byte[] bytes = readHeader(file, in);
            Json json = parse(bytes);
            Header header = header(json);
            Catalog catalog = new Catalog(new IdScheme(json.string("idPrefix"), form(json.string("idForm"))));
            for (String other : json.strings("others")) {
                catalog.otherPath(other);
            }
            if (json.has("losses")) {
                json.strings("losses").forEach(catalog::lost);
            }
            catalog.encryptions().read(json);
            long[] counts = counts(json, Files.size(file));
            read(in, sum(bytes), counts, catalog, monitor);
            if (header.rated) {
                catalog.finished();
            }
            return new Loaded(header, catalog);
        } catch (ZipException | EOFException e) {
            throw damaged(file, e);
        } catch (IOException e) {
            throw notRead(file, e);
        } catch (FormatException e) {
            throw damaged(file, e);
        } catch (Stopped e) {
            throw e.cause;
        }
    }

    private static void read(InputStream in, CRC32 crc, long[] counts, Catalog catalog, JobMonitor monitor)
            throws IOException, FormatException {
        Inflater inflater = new Inflater();
        try {
            InflaterInputStream packed = new InflaterInputStream(in, inflater, 1 << 16);
            CheckedInputStream body = new CheckedInputStream(packed, crc);
            boolean sane = catalog.read(counts, (buffer, count) -> {
                pause(monitor);
                if (body.readNBytes(buffer, 0, count) != count) {
                    throw new EOFException();
                }
            });
            long sum = body.getChecksum().getValue();
            if (!sane || new DataInputStream(packed).readLong() != sum || packed.read() >= 0) {
                throw new FormatException(STRUCTURE, -1, "rows with a fitting checksum", "others");
            }
        } finally {
            inflater.end();
        }
    }

    private static byte[] readHeader(Path file, DataInputStream in) throws IOException, RecoveryException {
        if (Files.size(file) < 16 || in.readLong() != MAGIC) {
            throw new FormatException(STRUCTURE, 0, "a saved scan", "another file");
        }
        int version = in.readInt();
        if (version > VERSION) {
            throw new RecoveryException(Messages.get("savedscan.newer", file));
        }
        int length = Limits.allocation(STRUCTURE, 12, in.readInt(), Math.min(MAX_HEADER, Files.size(file)));
        byte[] header = in.readNBytes(length);
        if (header.length < length) {
            throw new EOFException();
        }
        return header;
    }

    private static Json parse(byte[] header) throws FormatException {
        return Json.parse(new String(header, StandardCharsets.UTF_8));
    }

    /** The checksum covers the header and the columns. */
    private static CRC32 sum(byte[] header) {
        CRC32 crc = new CRC32();
        crc.update(header);
        return crc;
    }

    private static Header header(Json json) throws FormatException {
        List<Json> counts = json.list("counts");
        if (counts.size() < COUNTS_OF_VERSION_1 || counts.size() > COUNTS) {
            throw new FormatException(STRUCTURE, -1, COUNTS + " counts", Integer.toString(counts.size()));
        }
        ScanPlan plan =
                new ScanPlan(json.flag("thorough", false), json.flag("deleted", true), json.flag("existing", false));
        return new Header(
                SelectionFile.readIdentity(json.get("source")),
                plan,
                (int) Math.clamp(counts.getFirst().number(), 0, Integer.MAX_VALUE),
                json.number("problems", 0),
                json.flag("rated", false));
    }

    private static long[] counts(Json json, long fileSize) throws FormatException {
        long[] counts = new long[COUNTS];
        List<Json> all = json.list("counts");
        long bytes = 0;
        for (int i = 0; i < all.size(); i++) {
            counts[i] = all.get(i).number();
            if (counts[i] < 0 || i != 4 && counts[i] > Integer.MAX_VALUE - 8 || counts[i] > 1L << 40) {
                throw new FormatException(STRUCTURE, -1, "a count", Long.toString(counts[i]));
            }
            bytes += counts[i] * (i == 0 ? BYTES_A_ROW : 1);
        }
        if (all.size() == COUNTS && counts[7] != counts[3]) {
            throw new FormatException(STRUCTURE, -1, counts[3] + " named streams", Long.toString(counts[7]));
        }
        if (bytes / MAX_RATIO > fileSize) {
            throw new FormatException(STRUCTURE, -1, "rows for " + fileSize + " bytes", counts[0] + " rows");
        }
        return counts;
    }

    private static IdScheme.Form form(String name) throws FormatException {
        for (IdScheme.Form form : IdScheme.Form.values()) {
            if (form.name().equals(name)) {
                return form;
            }
        }
        throw new FormatException(STRUCTURE, -1, "a form of ids", name);
    }

    private static void pause(JobMonitor monitor) {
        try {
            monitor.checkpoint();
        } catch (CancelledException e) {
            throw new Stopped(e);
        }
    }

    private static RecoveryException damaged(Path file, Exception cause) {
        return new RecoveryException(Messages.get("savedscan.damaged", file), cause);
    }

    private static RecoveryException notRead(Path file, IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return new RecoveryException(Messages.get("savedscan.absent", file), cause);
        }
        return new RecoveryException(Messages.get("savedscan.not-read", file, IoReasons.of(cause)), cause);
    }

    /** Carries a cancel through the streams. */
    private static final class Stopped extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        private final transient CancelledException cause;

        Stopped(CancelledException cause) {
            super(new IOException(cause));
            this.cause = cause;
        }
    }
}
