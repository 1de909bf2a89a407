package org.salvor.backup.streams;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.backup.NoContent;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamFileNames;
import org.salvor.substream.WireIndex;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * A folder of files that each hold a sequence of backup streams, or the EFS export of a file that stayed encrypted; the folders in it are those of the backup. An entry has the path
 * of its file, without the ending if it has the known one and nothing else has that name.
 */
final class StreamFolder implements BackupArchive {
    static final String ID_WORD = "stream";

    static final List<BackupSet> ONE_SET = List.of(BackupSet.ONLY);

    private static final List<String> STREAM_ENDINGS =
            List.of("", StreamFileNames.ENDING, StreamFileNames.ENDING + StreamFileNames.PARTIAL);

    /** Behind the path of an entry, in the order in which files are looked for. */
    private static final List<String> ENDINGS = Stream.concat(
                    STREAM_ENDINGS.stream(), Stream.of(EfsArchive.ENDING, EfsArchive.ENDING + StreamFileNames.PARTIAL))
            .toList();

    private final Path root;
    private final ArchiveInfo info;

    private StreamFolder(Path root, ArchiveInfo info) {
        this.root = root;
        this.info = info;
    }

    /** Empty if the first files in it are not mostly backup streams. */
    static Optional<BackupArchive> open(Path root) throws RecoveryException {
        Sample sample = Sample.of(root);
        if (!sample.worthIt()) {
            return Optional.empty();
        }
        Inventory inventory = new Inventory(root);
        new FolderWalk(inventory).all(root);
        Path name = root.toAbsolutePath().normalize().getFileName();
        ArchiveInfo info = new ArchiveInfo(
                Messages.get(sample.streams > 0 ? "backup.streams" : "backup.efs-exports"),
                name == null ? "" : name.toString(),
                inventory.serial.text(),
                "",
                inventory.bytes,
                List.of());
        return Optional.of(new StreamFolder(root, info));
    }

    /** Null if the file is no sequence of backup streams. */
    static @Nullable WireIndex index(Path file, String name, WireIndex.Pause pause) throws RecoveryException {
        try (BlockDevice device = new ResilientDevice(RawImage.open(file))) {
            WireIndex index = WireIndex.of(new DeviceInput(device), pause);
            // beside streams, an empty file is the sequence of an empty file
            boolean known = StreamFileNames.known(name) || device.size() == 0;
            return StreamSigns.of(index, device.size(), known) ? index : null;
        }
    }

    /** The name under which a file of the folder is listed; empty if it belongs to the folder itself. */
    private static String listedName(Path folder, String name) {
        if (!StreamFileNames.known(name)) {
            return name;
        }
        String stem = StreamFileNames.stem(name);
        boolean taken = !stem.isEmpty() && Files.exists(folder.resolve(stem), LinkOption.NOFOLLOW_LINKS)
                || StreamFileNames.partial(name)
                        && Files.exists(folder.resolve(stem + StreamFileNames.ENDING), LinkOption.NOFOLLOW_LINKS);
        return taken ? name : stem;
    }

    /** The same of an EFS export; every other file that would be listed so goes before it. */
    private static String exportName(Path folder, String name) {
        String stem = EfsArchive.stem(name);
        boolean taken = STREAM_ENDINGS.stream()
                        .anyMatch(ending -> Files.exists(folder.resolve(stem + ending), LinkOption.NOFOLLOW_LINKS))
                || !name.equals(stem + EfsArchive.ENDING)
                        && Files.exists(folder.resolve(stem + EfsArchive.ENDING), LinkOption.NOFOLLOW_LINKS);
        return taken ? name : stem;
    }

    @Override
    public ArchiveInfo info() {
        return info;
    }

    @Override
    public String idWord() {
        return ID_WORD;
    }

    @Override
    public boolean byPath() {
        return true;
    }

    @Override
    public List<BackupSet> sets() {
        return ONE_SET;
    }

    @Override
    public void list(int set, EntrySink sink) throws RecoveryException {
        Lister lister = new Lister(sink);
        new FolderWalk(lister).all(root);
        if (lister.others > 0) {
            sink.skipped(new RecoveryException(Messages.get("backup.other-files", lister.others)));
        }
        sink.progress(info.size(), info.size());
    }

    @Override
    public BackupContent open(int set, long key, long locator) {
        throw new IllegalStateException("the entries of this archive have paths");
    }

    @Override
    public BackupContent open(int set, String path) throws RecoveryException {
        try {
            Path entry = inside(path);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                Path own = own(entry);
                return own == null ? new NoContent() : StreamContent.open(own);
            }
            for (String ending : ENDINGS) {
                Path file = entry.resolveSibling(entry.getFileName() + ending);
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    return EfsArchive.is(file) ? EfsArchive.content(file) : StreamContent.open(file);
                }
            }
        } catch (InvalidPathException e) {
            // the path came from elsewhere: no such file is here
        }
        throw new RecoveryException(Messages.get("backup.no-entry", path));
    }

    /** The path in the folder; nothing outside it is read, whatever a saved scan says. */
    private Path inside(String path) throws RecoveryException {
        Path entry = root.resolve(path).normalize();
        try {
            Path parent = entry.getParent();
            if (!entry.equals(root.normalize())
                    && parent != null
                    && parent.toRealPath().startsWith(root.toRealPath())) {
                return entry;
            }
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("device.unreadable", entry, IoReasons.of(e)), e);
        }
        throw new RecoveryException(Messages.get("backup.no-entry", path));
    }

    /** The streams of a folder itself; null if it has none. */
    private static @Nullable Path own(Path folder) {
        for (String name : List.of(StreamFileNames.ENDING, StreamFileNames.ENDING + StreamFileNames.PARTIAL)) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return file;
            }
        }
        return null;
    }

    @Override
    public void close() {}

    /** Looks at the first files, to tell whether it is worth to look at all. */
    private static final class Sample implements FolderWalk.Visitor {
        private static final int ENOUGH = 200;

        private int streams;
        private int exports;
        private int others;

        static Sample of(Path root) throws RecoveryException {
            Sample sample = new Sample();
            new FolderWalk(sample).all(root);
            return sample;
        }

        boolean worthIt() {
            return streams + exports > 0 && streams + exports >= others;
        }

        @Override
        public boolean folder(List<String> path, Path folder) {
            return true;
        }

        @Override
        public boolean file(Path file, String name, long size) {
            try {
                if (size > 0 || StreamFileNames.known(name)) {
                    if (index(file, name, () -> {}) != null) {
                        streams++;
                    } else if (EfsArchive.is(file)) {
                        exports++;
                    } else {
                        others++;
                    }
                }
            } catch (RecoveryException e) {
                others++;
            }
            return streams + exports + others < ENOUGH;
        }

        @Override
        public void unreadable(RecoveryException problem) {
            others++;
        }
    }

    /** How much there is, and what tells this folder from others. */
    private static final class Inventory implements FolderWalk.Visitor {
        private final Path root;
        private final Serial serial = new Serial();
        private long bytes;

        Inventory(Path root) {
            this.root = root;
        }

        @Override
        public boolean folder(List<String> path, Path folder) {
            return true;
        }

        @Override
        public boolean file(Path file, String name, long size) {
            serial.add(root.relativize(file).toString(), size);
            bytes += size;
            return true;
        }

        @Override
        public void unreadable(RecoveryException problem) {
            // told when the folder is listed
        }
    }

    /** Tells every sequence to a sink. */
    private final class Lister implements FolderWalk.Visitor {
        private final EntrySink sink;
        private int folder = -1;
        private Path place = root;
        private long bytes;
        private long others;

        Lister(EntrySink sink) {
            this.sink = sink;
        }

        private void pause() throws CancelledException {
            sink.progress(bytes, info.size());
        }

        @Override
        public boolean folder(List<String> path, Path now) throws RecoveryException {
            pause();
            Path own = own(now);
            WireIndex index = null;
            try {
                index = own == null ? null : index(own, StreamFileNames.ENDING, this::pause);
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                sink.lost(e);
            }
            folder = sink.folder(path, StreamEntries.folder(path.getLast(), index));
            place = now;
            return true;
        }

        @Override
        public boolean file(Path file, String name, long size) throws RecoveryException {
            pause();
            String listed = listedName(place, name);
            try {
                boolean nothing = size == 0 && EfsArchive.known(name); // no export is empty
                WireIndex index = listed.isEmpty() || nothing ? null : index(file, name, this::pause);
                if (index != null) {
                    sink.file(folder, StreamEntries.file(listed, index, size, StreamFileNames.partial(name)));
                } else if (!listed.isEmpty()) {
                    other(file, name);
                }
            } catch (CancelledException e) {
                throw e;
            } catch (RecoveryException e) {
                sink.lost(e);
            }
            bytes += size;
            return true;
        }

        /** Beside streams lie the exports of files that stayed encrypted. */
        private void other(Path file, String name) throws RecoveryException {
            Optional<BackupEntry> export = EfsArchive.entry(file, exportName(place, name));
            if (export.isPresent()) {
                sink.file(folder, export.get());
            } else if (StreamFileNames.known(name) || EfsArchive.known(name)) {
                sink.lost(new RecoveryException(Messages.get("backup.start-damaged", root.relativize(file))));
            } else {
                others++;
            }
        }

        @Override
        public void unreadable(RecoveryException problem) {
            sink.lost(problem);
        }
    }
}
