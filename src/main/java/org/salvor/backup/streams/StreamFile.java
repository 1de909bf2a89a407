package org.salvor.backup.streams;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamFileNames;
import org.salvor.substream.WireIndex;
import org.salvor.text.Messages;

/** A file that holds one sequence of backup streams: a backup of one file. */
final class StreamFile implements BackupArchive {
    private static final String TOP = "";

    private final Path path;
    private final String fileName;
    private final WireIndex index;
    private final ArchiveInfo info;

    private StreamFile(Path path, String fileName, WireIndex index, ArchiveInfo info) {
        this.path = path;
        this.fileName = fileName;
        this.index = index;
        this.info = info;
    }

    /** Empty if the file is something else. */
    static Optional<BackupArchive> open(Path path) throws RecoveryException {
        String fileName = String.valueOf(path.getFileName());
        try (BlockDevice device = new ResilientDevice(RawImage.open(path))) {
            WireIndex index = WireIndex.of(new DeviceInput(device), () -> {});
            if (!StreamSigns.of(index, device.size(), StreamFileNames.known(fileName))) {
                return Optional.empty();
            }
            ArchiveInfo info = new ArchiveInfo(
                    Messages.get("backup.streams"), "", Serial.of(device), "", device.size(), notes(index));
            return Optional.of(new StreamFile(path, fileName, index, info));
        }
    }

    private static List<String> notes(WireIndex index) {
        List<String> notes = new ArrayList<>();
        RecoveryException damage = index.damage();
        if (damage != null) {
            notes.add(StreamEntries.damaged(damage));
        }
        if (index.unknown() > 0) {
            notes.add(Messages.get("backup.unknown-streams", index.unknown()));
        }
        return List.copyOf(notes);
    }

    @Override
    public ArchiveInfo info() {
        return info;
    }

    @Override
    public String idWord() {
        return StreamFolder.ID_WORD;
    }

    @Override
    public boolean byPath() {
        return true;
    }

    @Override
    public List<BackupSet> sets() {
        return StreamFolder.ONE_SET;
    }

    @Override
    public void list(int set, EntrySink sink) throws RecoveryException {
        sink.progress(0, info.size());
        sink.file(-1, StreamEntries.file(name(), index, info.size(), StreamFileNames.partial(fileName)));
        sink.progress(info.size(), info.size());
    }

    private String name() {
        String stem = StreamFileNames.stem(fileName);
        return stem.isEmpty() ? fileName : stem;
    }

    @Override
    public BackupContent open(int set, long key, long locator) throws RecoveryException {
        return StreamContent.open(path);
    }

    @Override
    public BackupContent open(int set, String entry) throws RecoveryException {
        if (!entry.equals(name())) {
            throw new RecoveryException(Messages.get("backup.no-entry", entry));
        }
        return StreamContent.open(path);
    }

    @Override
    public void close() {}
}
