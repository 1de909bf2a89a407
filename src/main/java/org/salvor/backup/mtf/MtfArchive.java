package org.salvor.backup.mtf;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.backup.NoContent;
import org.salvor.fault.RecoveryException;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;

/** The media of a family, open. */
final class MtfArchive implements BackupArchive {
    private final Media media;
    private final TapeText text;
    private final List<SetRecord> sets;
    private final ArchiveInfo info;
    private final @Nullable ByteNames names;

    /** @param names that are not Unicode; null where none shows a difference */
    MtfArchive(Media media, TapeText text, List<SetRecord> sets, ArchiveInfo info, @Nullable ByteNames names) {
        this.media = media;
        this.text = text;
        this.sets = sets;
        this.info = info;
        this.names = names;
    }

    @Override
    public Optional<ByteNames> byteNames() {
        return Optional.ofNullable(names);
    }

    @Override
    public ArchiveInfo info() {
        return info;
    }

    @Override
    public String idWord() {
        return "mtf";
    }

    @Override
    public List<BackupSet> sets() {
        return sets.stream().map(SetRecord::set).toList();
    }

    @Override
    public void list(int set, EntrySink sink) throws RecoveryException {
        new SetListing(media, text, record(set), sink).run();
    }

    private SetRecord record(int number) throws RecoveryException {
        for (SetRecord record : sets) {
            if (record.set().number() == number) {
                return record;
            }
        }
        throw new RecoveryException(Messages.get("mtf.no-set", number));
    }

    @Override
    public BackupContent open(int set, long key, long locator) throws RecoveryException {
        SetRecord record = record(set);
        if (locator == SetListing.NO_BLOCK) {
            return new NoContent();
        }
        Place place = Locators.place(media, locator);
        Medium medium = media.get(place.medium());
        Frame frame = new Frame(medium.tape().logicalBlock());
        frame.resume(place.medium() == record.start().medium() ? record.base() : medium.base());
        frame.follow(place, record.addressed() ? new Readers(media).blockHeader(place) : null);
        Walker walker = new Walker(media, place, frame, WalkListener.SILENT);
        Block block = walker.nextIf(BlockType.FILE);
        if (block == null) {
            block = walker.nextIf(BlockType.FOLDER);
        }
        Entry entry = block == null ? null : new Entries(media, text, walker, record.zone()).read(block);
        if (entry == null || !entry.has(key, locator)) {
            throw new RecoveryException(Messages.get("mtf.changed"));
        }
        return new MtfContent(entry);
    }

    @Override
    public void close() {
        media.close();
    }
}
