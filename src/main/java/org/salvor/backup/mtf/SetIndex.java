package org.salvor.backup.mtf;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** Finds the sets of the media, and reads no data: by filemarks and catalogue where there are both, else by all blocks. */
final class SetIndex {
    private final Media media;
    private final TapeText text;
    private final ZoneId zone;
    private final List<SetRecord> sets = new ArrayList<>();
    private final Set<Integer> numbers = new HashSet<>();
    private @Nullable SetDraft draft;
    private boolean files;
    private boolean database;
    private boolean exchange;

    SetIndex(Media media, TapeText text, ZoneId zone) {
        this.media = media;
        this.text = text;
        this.zone = zone;
    }

    /** Whether a set holds databases of SQL Server. */
    boolean database() {
        return database;
    }

    /** Whether a folder or a file was seen. */
    boolean files() {
        return files;
    }

    /** Whether a set seems to hold databases of Exchange. */
    boolean exchange() {
        return exchange;
    }

    List<SetRecord> find() throws RecoveryException {
        if (!quickly()) {
            sets.clear();
            numbers.clear();
            draft = null;
            byAllBlocks();
        }
        return List.copyOf(sets);
    }

    /** @return whether that gave all sets; if not, nothing of it counts */
    private boolean quickly() {
        QuickIndex quick = new QuickIndex(media, text);
        try {
            for (Block block : quick.borders().orElse(List.of())) {
                if (block.header().type() == BlockType.SET) {
                    set(block, Frame.base(block, logicalBlock(block)));
                    if (draft == null || !volumes(draft, quick) || !first(draft, block, quick)) {
                        return false;
                    }
                } else if (block.header().type() == BlockType.SET_END) {
                    end(block);
                }
            }
        } catch (RecoveryException e) {
            return false;
        }
        return draft == null && !sets.isEmpty();
    }

    private int logicalBlock(Block block) {
        return media.get(block.place().medium()).tape().logicalBlock();
    }

    private static boolean volumes(SetDraft set, QuickIndex quick) {
        Optional<List<VolumeBlock>> volumes = quick.volumes(set.number());
        volumes.ifPresent(all -> all.forEach(set::volume));
        return volumes.isPresent();
    }

    /** What the blocks behind the start of a set tell of it. @return whether its volume is among those that the catalogue names */
    private boolean first(SetDraft set, Block start, QuickIndex quick) throws RecoveryException {
        int known = set.volumes();
        Optional<Block> next = quick.following(start);
        next.ifPresent(block -> set.saw(
                Frame.base(block, logicalBlock(start)) == Frame.base(start, logicalBlock(start)),
                block.header().type()));
        while (next.isPresent() && next.get().header().type() == BlockType.VOLUME) {
            set.volume(VolumeBlock.parse(next.get(), text));
            next = quick.following(next.get());
        }
        switch (next.map(block -> block.header().type()).orElse(BlockType.OTHER)) {
            case DATABASE -> {
                database = true;
                set.database();
            }
            case SET_PAD, SET_END -> {} // nothing is in it
            case FOLDER, FILE -> {
                set.filled();
                files = true;
            }
            default -> set.filled();
        }
        return set.volumes() == known;
    }

    private void byAllBlocks() throws RecoveryException {
        Frame frame = new Frame(media.get(0).tape().logicalBlock());
        Damages damages = new Damages();
        Walker walker = new Walker(media, new Place(0, 0), frame, damages);
        for (Block block = walker.next(); block != null; block = walker.next()) {
            damages.seen = false;
            if (frame.strayed()) {
                endDamaged();
                finish(block.place());
            }
            try {
                saw(block, frame);
            } catch (FormatException e) {
                continue; // a block that lies about itself; the listing tells it
            }
        }
        if (draft != null && damages.seen) {
            draft.endDamaged();
        }
        finish(walker.place());
    }

    /** Whether damage was passed over. */
    private static final class Damages implements WalkListener {
        private boolean seen;

        @Override
        public void skipped(RecoveryException problem) {
            seen = true;
        }

        @Override
        public void passed(Place place) {}
    }

    private void saw(Block block, Frame frame) throws FormatException {
        if (draft != null
                && block.header().type() != BlockType.SET
                && block.header().type() != BlockType.SET_END) {
            draft.saw(frame.holds(), block.header().type());
        }
        switch (block.header().type()) {
            case SET -> set(block, frame.base());
            case SET_END -> end(block);
            case VOLUME -> inside(block, frame).volume(VolumeBlock.parse(block, text));
            case DATABASE -> {
                database = true;
                inside(block, frame).database();
            }
            case FOLDER, FILE -> {
                inside(block, frame).filled();
                files = true;
            }
            case TAPE, CORRUPT, SET_PAD, TAPE_END, FILEMARK, OTHER -> {}
        }
    }

    private void set(Block block, long base) throws FormatException {
        SetBlock parsed = SetBlock.parse(block, text, zone);
        if (draft != null && block.header().continuation() && draft.number() == parsed.number()) {
            return;
        }
        endDamaged();
        finish(block.place());
        draft = new SetDraft(block, parsed, base, zone);
    }

    /** Another set follows, and this one did not end. */
    private void endDamaged() {
        if (draft != null) {
            draft.endDamaged();
        }
    }

    private void end(Block block) throws FormatException {
        if (draft != null) {
            draft.ended(SetEndBlock.parse(block));
            finish(block.place());
        }
    }

    private SetDraft inside(Block block, Frame frame) {
        if (draft == null) {
            draft = new SetDraft(block, null, frame.base(), zone);
        }
        return draft;
    }

    private void finish(Place end) {
        if (draft != null) {
            exchange |= draft.exchange();
            int number = draft.number();
            while (number == 0 || !numbers.add(number)) {
                number++;
            }
            sets.add(draft.finish(number, end, media.sequence(0)));
            draft = null;
        }
    }
}
