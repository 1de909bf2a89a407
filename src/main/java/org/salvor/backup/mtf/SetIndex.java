package org.salvor.backup.mtf;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** Finds the sets of the media: goes over their blocks, and reads no data. */
final class SetIndex {
    private final Media media;
    private final TapeText text;
    private final ZoneId zone;
    private final List<SetRecord> sets = new ArrayList<>();
    private final Set<Integer> numbers = new HashSet<>();
    private @Nullable SetDraft draft;
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

    /** Whether a set seems to hold databases of Exchange. */
    boolean exchange() {
        return exchange;
    }

    List<SetRecord> find() throws RecoveryException {
        Frame frame = new Frame(media.get(0).tape().logicalBlock());
        Walker walker = new Walker(media, new Place(0, 0), frame, WalkListener.SILENT);
        for (Block block = walker.next(); block != null; block = walker.next()) {
            if (frame.strayed()) {
                finish(block.place());
            }
            try {
                saw(block, frame);
            } catch (FormatException e) {
                continue; // a block that lies about itself; the listing tells it
            }
        }
        finish(walker.place());
        return List.copyOf(sets);
    }

    private void saw(Block block, Frame frame) throws FormatException {
        switch (block.header().type()) {
            case SET -> set(block, frame);
            case SET_END -> {
                if (draft != null) {
                    draft.ended(SetEndBlock.parse(block));
                    finish(block.place());
                }
            }
            case VOLUME -> inside(block, frame).volume(VolumeBlock.parse(block, text));
            case DATABASE -> {
                database = true;
                inside(block, frame).database();
            }
            case FOLDER, FILE -> inside(block, frame);
            case TAPE, CORRUPT, SET_PAD, TAPE_END, FILEMARK, OTHER -> {}
        }
    }

    private void set(Block block, Frame frame) throws FormatException {
        SetBlock parsed = SetBlock.parse(block, text, zone);
        if (draft != null && block.header().continuation() && draft.number() == parsed.number()) {
            return;
        }
        finish(block.place());
        draft = new SetDraft(block, parsed, frame.base(), zone);
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
