package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupEntry.Times;
import org.salvor.backup.EntrySink;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;

/** Lists one set from its first block to its last. Which folder a file lies in is told by order alone. */
final class SetListing implements WalkListener {
    /** Entries that no block describes: volumes, and folders whose blocks are lost. */
    static final long NO_BLOCK = -1;

    private static final int WINDOWS_FOLDER = 0x10;
    private static final int MAX_DEPTH = 2048;
    private static final long PROGRESS = 64 << 10;
    private static final long NONE = -1;

    private final Media media;
    private final TapeText text;
    private final SetRecord set;
    private final EntrySink sink;
    private final Walker walker;
    private final Entries entries;
    private final long first;
    private final long total;
    private long told;

    /** Empty until one was told. */
    private String volume = "";

    /** A volume of which nothing was told yet. */
    private boolean volumeWaits;

    private int folder = -1;
    private long folderId = NONE;

    /** The last folder that has a block. */
    private int lastListed = -1;

    private long lastListedId = NONE;
    private long lastFolder;
    private long lastFile;

    private boolean files;

    /** Other folders than roots of volumes were listed, or such. */
    private boolean folders;

    private boolean roots;
    private boolean damaged;

    /** Blocks may have been lost since the last folder. */
    private boolean gap;

    SetListing(Media media, TapeText text, SetRecord set, EntrySink sink) {
        this.media = media;
        this.text = text;
        this.set = set;
        this.sink = sink;
        Frame frame = new Frame(media.get(set.start().medium()).tape().logicalBlock());
        walker = new Walker(media, set.start(), frame, this);
        entries = new Entries(media, text, walker, set.zone());
        first = media.passed(set.start());
        total = media.passed(set.end()) - first;
        told = first;
    }

    void run() throws RecoveryException {
        if (!set.files()) {
            sink.lost(new RecoveryException(
                    Messages.get("mtf.set.database"))); // there, and nothing that can be restored here
        }
        set.harmless().forEach(sink::note);
        set.losses().forEach(loss -> sink.lost(new RecoveryException(loss)));
        boolean started = false;
        for (Block block = walker.next(); block != null; block = walker.next()) {
            BlockType type = block.header().type();
            boolean other = walker.frame().strayed() || type == BlockType.SET && !goesOn(block);
            if (type == BlockType.SET_END || started && other) {
                break;
            }
            gap |= !started && type != BlockType.SET;
            started = true;
            try {
                one(block);
            } catch (FormatException e) {
                walker.lost(block.place(), block.header().type(), e);
            }
        }
        volumeTold();
        if (set.files() && !damaged && set.losses().isEmpty() && !files && !folders) {
            sink.note(Messages.get(roots ? "mtf.set.only-roots" : "mtf.set.empty"));
        }
        sink.progress(total, total);
    }

    private boolean goesOn(Block block) {
        try {
            return block.header().continuation() && SetBlock.number(block) == set.tapeNumber();
        } catch (FormatException e) {
            return false;
        }
    }

    private void one(Block block) throws RecoveryException {
        switch (block.header().type()) {
            case VOLUME -> volume(block);
            case FOLDER -> folder(block);
            case FILE -> file(block);
            case TAPE, SET, CORRUPT, SET_PAD, SET_END, TAPE_END, FILEMARK, DATABASE, OTHER -> {}
        }
    }

    private void volume(Block block) throws RecoveryException {
        String name = VolumeBlock.parse(block, text).name();
        if (block.header().continuation() && name.equals(volume)) {
            return;
        }
        volumeTold();
        volume = name.isEmpty() ? Messages.get("mtf.nameless-volume") : name;
        volumeWaits = true;
        folder = -1;
        folderId = NONE;
        lastListedId = NONE;
    }

    /** The volume; of one that no block told, whether its name is lost or there never was one. */
    private String named() {
        if (volume.isEmpty()) {
            volume = Messages.get(gap ? "mtf.unknown-volume" : "mtf.nameless-volume");
        }
        return volume;
    }

    /** A volume without folders is told too. */
    private void volumeTold() throws RecoveryException {
        if (volumeWaits) {
            volumeWaits = false;
            folder = sink.folder(List.of(volume), madeUp(volume, new State.Whole()));
        }
    }

    private static BackupEntry madeUp(String name, State state) {
        long key = Entry.keyOf(name);
        return new BackupEntry(key, NO_BLOCK, name, true, 0, 0, Times.NONE, WINDOWS_FOLDER, List.of(), state);
    }

    private void folder(Block block) throws RecoveryException {
        Entry entry = entries.read(block);
        long id = entry.fields().folderId();
        if (block.header().continuation() && id == folderId) {
            return;
        }
        List<String> path = new ArrayList<>();
        path.add(named());
        try {
            List<String> names = FolderPath.names(entry.name());
            if (names.size() > MAX_DEPTH) {
                throw new FormatException(
                        "path", block.place().position(), "at most " + MAX_DEPTH + " names", "" + names.size());
            }
            if (names.isEmpty() && gap && folderId != NONE) {
                // the root of another volume, whose own block is lost
                path.set(0, Messages.get("mtf.unknown-volume"));
                volume = path.getFirst();
            }
            path.addAll(names);
            roots |= names.isEmpty();
            folders |= !names.isEmpty();
        } catch (FormatException e) {
            sink.skipped(e);
            path.addAll(lost(id));
        }
        tell(entry, block, path, id);
    }

    private void tell(Entry entry, Block block, List<String> path, long id) throws RecoveryException {
        volumeWaits = false;
        gap = false;
        folderId = id;
        folder = sink.folder(List.copyOf(path), listed(entry, block, path.getLast(), id > lastFolder));
        lastFolder = Math.max(lastFolder, id);
        lastListed = folder;
        lastListedId = id;
        entry.problems().forEach(sink::skipped);
    }

    private static List<String> lost(long id) {
        return List.of(Messages.get("lost.root"), Messages.get("lost.folder", Long.toString(id)));
    }

    private void file(Block block) throws RecoveryException {
        Entry entry = entries.read(block);
        long id = entry.fields().fileId();
        if (block.header().continuation() && id == lastFile && id != 0) {
            return; // all of it was on the medium before
        }
        files = true;
        place(entry.fields().folderId());
        String name = name(entry, id);
        sink.file(folder, listed(entry, block, name, id > lastFile));
        lastFile = Math.max(lastFile, id);
        entry.problems().forEach(sink::skipped);
    }

    private String name(Entry entry, long id) throws RecoveryException {
        String name = "";
        try {
            name = TapeText.withoutEnd(entry.name());
        } catch (FormatException e) {
            sink.skipped(e);
        }
        return name.isEmpty() ? Messages.get("lost.file", Long.toString(id)) : name;
    }

    /** Puts a file whose folder's block is lost into a folder that is made up. */
    private void place(long id) throws RecoveryException {
        volumeTold();
        if (id != folderId && id == lastListedId) {
            // the number in between was that of a damaged block
            folder = lastListed;
            folderId = id;
        }
        if (gap && id != folderId) {
            List<String> path = new ArrayList<>(List.of(named()));
            path.addAll(lost(id));
            State state = new State.Damaged(0, Messages.get("mtf.broken.folder"));
            folder = sink.folder(List.copyOf(path), madeUp(path.getLast(), state));
            folderId = id;
            gap = false;
        }
    }

    private BackupEntry listed(Entry entry, Block block, String name, boolean usable) throws RecoveryException {
        long locator = Locators.of(media, block.place());
        long stored = media.passed(walker.place()) - media.passed(block.place());
        return entry.listed(entry.key(usable, locator), locator, name, stored);
    }

    @Override
    public void skipped(RecoveryException problem) {
        gap = true;
        damaged = true;
        sink.skipped(problem);
    }

    @Override
    public void lost(RecoveryException loss) {
        gap = true;
        damaged = true;
        sink.lost(loss);
    }

    @Override
    public void passed(Place place) throws CancelledException {
        long now = media.passed(place);
        if (now - told >= PROGRESS || now < told) {
            told = now;
            sink.progress(Math.clamp(now - first, 0, total), total);
        }
    }
}
