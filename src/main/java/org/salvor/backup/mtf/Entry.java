package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.NamedStream;
import org.salvor.backup.BackupEntry.State;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.Limits;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.LinkPath;
import org.salvor.substream.StreamType;
import org.salvor.text.Messages;

/** A file or folder as its block, what follows it, and its streams tell it. */
final class Entry {
    /** Keys of folders lie above all numbers of files. */
    private static final long FOLDERS = 1L << 32;

    /** Keys of entries whose number is no use lie above those: made of their place. */
    private static final long PLACES = 1L << 39;

    /** A path of Windows has at most 32,767 characters. */
    private static final int MAX_NAME = 1 << 16;

    private static final int WINDOWS_SPARSE = 0x200;
    private static final int DEDUPLICATED = 0x8000_0013;
    private static final int REMOTE_STORAGE = 0xc000_0004;
    private static final int REMOTE_STORAGE_2 = 0x8000_0006;

    private final Block block;
    private final EntryBlock fields;
    private final Layout layout;
    private final TapeText text;
    private final Readers readers;
    private final Optional<NtData> windows;
    private final List<ContentStream> streams = new ArrayList<>(4);
    private final List<RecoveryException> problems = new ArrayList<>(0);
    private @Nullable ContentStream main;

    Entry(Block block, EntryBlock fields, Layout layout, Media media, TapeText text, Readers readers) {
        this.block = block;
        this.fields = fields;
        this.layout = layout;
        this.text = text;
        this.readers = readers;
        windows = windows();
        StoredStream stored = layout.main();
        for (StoredStream stream : layout.streams()) {
            boolean content = stream == stored;
            if (content || !isContent(stream)) {
                add(media, stream, content);
            }
        }
    }

    private static boolean isContent(StoredStream stream) {
        return switch (stream.kind()) {
            case DATA, ENCRYPTED, SPARSE -> true;
            default -> false;
        };
    }

    private void add(Media media, StoredStream stream, boolean content) {
        try {
            ContentStream added = new ContentStream(media, stream, content ? displayed() : 0);
            streams.add(added);
            main = content ? added : main;
        } catch (RecoveryException e) {
            problems.add(e);
        }
    }

    private long displayed() {
        return Math.clamp(block.header().displayableSize(), 0, Extents.MAX_SIZE);
    }

    private Optional<NtData> windows() {
        try {
            return NtData.of(block, text);
        } catch (FormatException e) {
            problems.add(e);
            return Optional.empty();
        }
    }

    /** In the order of the backup; of several contents the one that counts. */
    List<ContentStream> streams() {
        return streams;
    }

    /** The content of a file; null if there is none. */
    @Nullable
    ContentStream main() {
        return main;
    }

    /** What could not be taken from it. */
    List<RecoveryException> problems() {
        return problems;
    }

    Layout layout() {
        return layout;
    }

    EntryBlock fields() {
        return fields;
    }

    /** The name of a file, or the path of a folder, as it stands in the backup. */
    String name() throws RecoveryException {
        Extents inStream = layout.name();
        if (fields.nameInStream() && inStream != null) {
            int length = Limits.allocation("name", block.place().position(), inStream.size(), MAX_NAME);
            ByteView bytes = readers.bytes(inStream, 0, length, "name");
            return text.decode(block.header().strings(), bytes);
        }
        return text.of(block, fields.nameField());
    }

    /** @param usable whether the number of the file was not given to one before it */
    long key(boolean usable, long locator) {
        if (fields.folder()) {
            return usable ? FOLDERS | fields.folderId() : PLACES | Locators.small(locator);
        }
        return usable ? fields.fileId() : PLACES | Locators.small(locator);
    }

    /** The key of a folder that no block describes. */
    static long keyOf(String name) {
        return PLACES | 1L << 38 | Integer.toUnsignedLong(name.hashCode());
    }

    /** Whether a key that was given to an entry at a place can be of this one. */
    boolean has(long key, long locator) {
        return key == key(true, locator) || key == key(false, locator);
    }

    /** @param stored bytes it takes on the media */
    BackupEntry listed(long key, long locator, String name, long stored) throws RecoveryException {
        List<NamedStream> named = new ArrayList<>(0);
        for (ContentStream stream : streams) {
            if (stream.type() == StreamType.ALTERNATE_DATA) {
                named.add(new NamedStream(stream.name(), stream.size()));
            }
        }
        ContentStream content = main;
        long size = fields.folder() ? 0 : content != null ? size(content) : lostSize();
        return new BackupEntry(
                key,
                locator,
                name,
                fields.folder(),
                size,
                stored,
                fields.times(),
                windows.map(NtData::attributes).orElse(fields.windowsAttributes()),
                List.copyOf(named),
                state());
    }

    /** Of an export it is what the block says, where that can be: an export has headers of its own, and leaves holes out. */
    private long size(ContentStream content) {
        boolean export = content.type() == StreamType.ENCRYPTED_RAW && displayed() > 0;
        boolean holes = (windows.map(NtData::attributes).orElse(0) & WINDOWS_SPARSE) != 0;
        return export && (holes || displayed() <= content.size()) ? displayed() : content.size();
    }

    /** The size of a file whose content is not here. */
    private long lostSize() {
        return noContentNeeded() ? 0 : displayed();
    }

    private boolean noContentNeeded() {
        return displayed() == 0
                || streams.stream().anyMatch(stream -> stream.type() == StreamType.REPARSE_DATA) && !elsewhere();
    }

    private State state() {
        Damage damage = new Damage();
        damage.layout(layout.broken());
        for (ContentStream stream : streams) {
            damage.stream(stream, stream == main);
        }
        if (!problems.isEmpty()) {
            damage.add(0, Messages.get("mtf.broken.streams"));
        }
        LinkPath first = damage.none() && !fields.folder() && (main == null || main.size() == 0) ? otherName() : null;
        if (first != null) {
            return new State.OtherName(first);
        }
        if (main == null && !fields.folder() && !noContentNeeded()) {
            if (damage.none() && elsewhere()) {
                return new State.Elsewhere(Messages.get("mtf.elsewhere"));
            }
            boolean linked = windows.map(NtData::hardLink).orElse(false);
            damage.add(displayed(), Messages.get(linked ? "mtf.broken.link" : "mtf.broken.no-content"));
        } else if (fields.corrupt() && damage.none()) {
            damage.add(main == null ? 0 : 1, Messages.get("mtf.doubt.marked"));
        }
        boolean export = main != null && !fields.folder() && main.type() == StreamType.ENCRYPTED_RAW;
        if (!damage.none()) {
            return export ? new State.Encrypted(List.of(), false, damage.state()) : damage.state();
        }
        boolean locked = export || main != null && !fields.folder() && main.encrypted();
        return locked ? new State.Encrypted(List.of()) : new State.Whole();
    }

    /** The path of the file that this is another name of; null if no stream tells one. */
    private @Nullable LinkPath otherName() {
        for (ContentStream stream : streams) {
            if (stream.type() == StreamType.LINK && stream.size() <= LinkPath.MAX_SIZE) {
                try {
                    return LinkPath.of(stream.bytes(LinkPath.MAX_SIZE));
                } catch (RecoveryException e) {
                    return null;
                }
            }
        }
        return null;
    }

    /** Whether its reparse point says that the content lies in a store. */
    private boolean elsewhere() {
        for (ContentStream stream : streams) {
            if (stream.type() == StreamType.REPARSE_DATA && stream.size() >= 4 && !stream.packed()) {
                int tag = tag(stream);
                if (tag == DEDUPLICATED || tag == REMOTE_STORAGE || tag == REMOTE_STORAGE_2) {
                    return true;
                }
            }
        }
        return false;
    }

    private int tag(ContentStream stream) {
        try {
            return readers.bytes(stream.stored().bytes, 0, 4, "reparse point").i32(0);
        } catch (RecoveryException e) {
            return 0;
        }
    }
}
