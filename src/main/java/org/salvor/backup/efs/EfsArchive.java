package org.salvor.backup.efs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.substream.StreamFileNames;
import org.salvor.text.Messages;

/** A file that is one raw export: a backup with one entry, named as the file is without the endings that say what it is. */
public final class EfsArchive implements BackupArchive {
    private static final String FORMAT = "EFS export";
    /** Of the names of exports, with the mark of a loss behind it or without. */
    public static final String ENDING = ".efsraw";

    private static final List<String> ENDINGS = List.of(".partial", ENDING);
    private static final int ENCRYPTED = 0x4000;
    private static final int SPARSE = 0x200;
    private static final int DIRECTORY = 0x10;

    private final BlockDevice device;
    private final String name;
    private final RawExport export;

    private EfsArchive(BlockDevice device, String name, RawExport export) {
        this.device = device;
        this.name = name;
        this.export = export;
    }

    /** The export that a file is; empty if it is none. */
    public static Optional<BackupArchive> open(Path file) throws RecoveryException {
        Path last = file.getFileName();
        if (last == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return open(RawImage.open(file), last.toString());
    }

    /** @param device is closed with the archive, or at once if it holds none */
    static Optional<BackupArchive> open(BlockDevice device, String fileName) throws RecoveryException {
        try {
            if (!recognise(device)) {
                device.close();
                return Optional.empty();
            }
            return Optional.of(of(device, fileName));
        } catch (RecoveryException e) {
            device.close();
            throw e;
        }
    }

    /** @param device is closed with the archive */
    static EfsArchive of(BlockDevice device, String fileName) throws RecoveryException {
        try {
            return new EfsArchive(device, entryName(fileName), RawExport.read(new DeviceSource(device)));
        } catch (FormatException e) {
            long position = e.position() < 0 ? 0 : e.position();
            throw new RecoveryException(Messages.get("efs.export-no-key", fileName, position), e);
        }
    }

    /** Whether a file is one export. */
    public static boolean is(Path file) throws RecoveryException {
        try (BlockDevice device = RawImage.open(file)) {
            return recognise(device);
        }
    }

    /**
     * What a file tells that is one export of a file; empty if it is none, or that of a folder.
     *
     * @param name under which it is listed
     */
    public static Optional<BackupEntry> entry(Path file, String name) throws RecoveryException {
        try (BlockDevice device = RawImage.open(file)) {
            if (!recognise(device)) {
                return Optional.empty();
            }
            RawExport export = of(device, String.valueOf(file.getFileName())).export;
            return export.folder() ? Optional.empty() : Optional.of(new EfsArchive(device, name, export).entry(false));
        }
    }

    /** The content of a file that is one export. */
    public static BackupContent content(Path file) throws RecoveryException {
        BlockDevice device = RawImage.open(file);
        return new WholeExport(new DeviceSource(device), device::close);
    }

    /** The name of the file that an export is of; where its own does not have the known ending, that. */
    public static String stem(String fileName) {
        return known(fileName) ? entryName(fileName) : fileName;
    }

    /** Whether a file is named as exports are, with or without the mark of a loss. */
    public static boolean known(String fileName) {
        return fileName.endsWith(ENDING) || fileName.endsWith(ENDING + StreamFileNames.PARTIAL);
    }

    private static boolean recognise(BlockDevice device) throws RecoveryException {
        byte[] head = new byte[RawExport.HEAD];
        if (device.size() < head.length) {
            return false;
        }
        try {
            device.read(0, ByteBuffer.wrap(head));
        } catch (SourceReadException e) {
            return false; // whoever knows another format by more than its beginning may read on
        }
        return RawExport.recognise(head);
    }

    static String entryName(String fileName) {
        String name = fileName;
        for (String ending : ENDINGS) {
            if (name.length() > ending.length() && name.endsWith(ending)) {
                name = name.substring(0, name.length() - ending.length());
            }
        }
        return name;
    }

    /** The same file exported twice is the same backup. */
    private String serial() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(export.metadata());
            for (StoredStream stream : export.streams()) {
                digest.update((stream.name() + "\0" + stream.size()).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public ArchiveInfo info() {
        return new ArchiveInfo(FORMAT, name, serial(), "", device.size(), notes());
    }

    private List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (!export.damage().isEmpty()) {
            notes.add(export.damage());
        }
        if (!export.keys().decryptable()) {
            notes.add(Messages.get("efs.windows-only"));
        }
        return notes;
    }

    @Override
    public String idWord() {
        return "efs";
    }

    @Override
    public List<BackupSet> sets() {
        return List.of(BackupSet.ONLY);
    }

    @Override
    public void list(int set, EntrySink sink) throws RecoveryException {
        FormatException broken = export.broken();
        if (broken != null) {
            sink.skipped(broken);
        }
        if (export.folder()) {
            var unused = sink.folder(List.of(name), entry(true));
        } else {
            sink.file(-1, entry(false));
        }
        sink.progress(device.size(), device.size());
    }

    private BackupEntry entry(boolean folder) {
        StoredStream main = export.streams().stream()
                .filter(stream -> stream.name().isEmpty())
                .findFirst()
                .orElse(null);
        List<BackupEntry.NamedStream> named = export.streams().stream()
                .filter(stream -> !stream.name().isEmpty())
                .map(stream -> new BackupEntry.NamedStream(stream.name(), stream.size()))
                .toList();
        return new BackupEntry(
                0,
                0,
                name,
                folder,
                main == null ? 0 : main.size(),
                device.size(),
                BackupEntry.Times.NONE,
                ENCRYPTED | (main != null && main.sparse() ? SPARSE : 0) | (folder ? DIRECTORY : 0),
                named,
                new BackupEntry.State.Encrypted(
                        export.keys().certificates(), !export.keys().decryptable(), damage()));
    }

    private BackupEntry.State.@Nullable Damaged damage() {
        return export.damage().isEmpty() ? null : new BackupEntry.State.Damaged(export.lost(), export.damage());
    }

    @Override
    public BackupContent open(int set, long key, long locator) {
        return new WholeExport(new DeviceSource(device), () -> {});
    }

    @Override
    public void close() {
        device.close();
    }
}
