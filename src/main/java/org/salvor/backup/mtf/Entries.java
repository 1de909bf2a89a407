package org.salvor.backup.mtf;

import org.salvor.fault.RecoveryException;

/** Reads entries where a walker stands: the block, its streams, and what behind it tells of their damage. */
final class Entries {
    private final Media media;
    private final TapeText text;
    private final Walker walker;
    private final TapeZone zone;

    Entries(Media media, TapeText text, Walker walker, TapeZone zone) {
        this.media = media;
        this.text = text;
        this.walker = walker;
        this.zone = zone;
    }

    /** @param block a DIRB or FILE that the walker gave last */
    Entry read(Block block) throws RecoveryException {
        EntryBlock fields = EntryBlock.parse(block, zone);
        Layout layout = walker.streams();
        for (Block next = walker.nextIf(BlockType.CORRUPT); next != null; next = walker.nextIf(BlockType.CORRUPT)) {
            layout.corrupt(CorruptBlock.parse(next));
        }
        return new Entry(block, fields, layout, media, text, walker.readers());
    }
}
