package org.salvor.backup.efs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
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
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/**
 * An encrypted file of this computer, still encrypted: a backup with one entry, whose content is the raw export that the system gives. Its
 * size is known only when all of it was given, so listing it reads it once. Nothing holds the file open in between.
 */
final class LiveArchive implements BackupArchive {
    private static final String FORMAT = "EFS file";
    private static final long UNITS = 10_000_000;

    private final String name;
    private final int attributes;
    private final BasicFileAttributes told;
    private final byte[] keyRecord;
    private final @Nullable EfsMetadata keys;
    private final LiveExport export;

    private LiveArchive(String name, int attributes, BasicFileAttributes told, byte[] keyRecord, LiveExport export) {
        this.name = name;
        this.attributes = attributes;
        this.told = told;
        this.keyRecord = keyRecord;
        this.export = export;
        this.keys = keys(keyRecord);
    }

    /**
     * @param attributes of Windows
     * @throws RecoveryException the system does not give the file
     */
    static LiveArchive of(Path file, int attributes, LiveOpener.Saving system) throws RecoveryException {
        BasicFileAttributes told;
        try {
            told = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (IOException e) {
            throw new RecoveryException(String.valueOf(e.getMessage()), e);
        }
        try (LiveExport export = new LiveExport(system, file)) {
            return new LiveArchive(String.valueOf(file.getFileName()), attributes, told, keyRecord(export), export);
        }
    }

    /** Empty where it is not understood: such a file can be saved all the same. */
    private static byte[] keyRecord(LiveExport export) throws RecoveryException {
        try {
            return RawExport.keyRecord(export.beginning());
        } catch (FormatException e) {
            return new byte[0];
        }
    }

    private static @Nullable EfsMetadata keys(byte[] record) {
        try {
            return record.length == 0 ? null : EfsMetadata.parse(record);
        } catch (FormatException e) {
            return null;
        }
    }

    @Override
    public ArchiveInfo info() {
        List<String> notes = new ArrayList<>(List.of(Messages.get("efs.live")));
        if (windowsOnly()) {
            notes.add(Messages.get("efs.windows-only"));
        }
        return new ArchiveInfo(FORMAT, name, digest().substring(0, 16), "", told.size(), notes);
    }

    private boolean windowsOnly() {
        return keys == null || !keys.decryptable();
    }

    /** Of the key record, which no two files share, and of what changes when somebody writes to the file. */
    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(keyRecord);
            digest.update(
                    (name + "\0" + told.size() + "\0" + told.lastModifiedTime()).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Optional<String> fingerprint() {
        return Optional.of(digest());
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
        long size = export.measure(count -> sink.progress(count, Math.max(count, told.size())));
        sink.file(
                -1,
                new BackupEntry(
                        0,
                        size, // what the content is opened with
                        name,
                        false,
                        told.size(),
                        size,
                        new BackupEntry.Times(
                                units(told.creationTime()),
                                units(told.lastModifiedTime()),
                                BackupEntry.Times.UNKNOWN,
                                units(told.lastAccessTime())),
                        attributes,
                        List.of(),
                        new BackupEntry.State.Encrypted(
                                keys == null ? List.of() : keys.certificates(), windowsOnly())));
        sink.progress(size, size);
    }

    private static long units(FileTime time) {
        Instant instant = time.toInstant();
        return instant.getEpochSecond() * UNITS + instant.getNano() / 100;
    }

    @Override
    public BackupContent open(int set, long key, long locator) {
        return export.content(locator);
    }

    @Override
    public void close() {
        export.close();
    }
}
