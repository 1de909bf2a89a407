package org.salvor.backup.mtf;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupSet;
import org.salvor.backup.BackupSet.Method;
import org.salvor.text.Messages;

/** A set while its blocks are gone over. */
final class SetDraft {
    /** What Exchange calls its databases where NTBackup and Backup Exec name a drive; inferred, not seen on a real medium. */
    private static final List<String> EXCHANGE =
            List.of("microsoft information store", "microsoft exchange", "exchange mailboxes");

    private final Place start;
    private final long base;
    private final @Nullable SetBlock block;
    private final boolean goesOn;

    /** More than the start of the set is gone: its volume would follow right behind it. */
    private final boolean startLost;

    private final TapeZone zone;
    private final List<String> volumes = new ArrayList<>();
    private String machine = "";
    private boolean database;
    private boolean exchange;
    private boolean empty = true;
    private boolean addressed = true;
    private boolean endDamaged;
    private BlockType last = BlockType.OTHER;
    private @Nullable SetEndBlock ended;

    /** @param block null where the start of the set is damaged */
    SetDraft(Block first, @Nullable SetBlock block, long base, ZoneId otherwise) {
        start = first.place();
        this.block = block;
        this.base = base;
        startLost = block == null && first.header().type() != BlockType.VOLUME;
        goesOn = block != null && first.header().continuation();
        zone = block == null ? new TapeZone(otherwise, false) : block.zone();
    }

    /** As the medium tells it; 0 if it does not. */
    int number() {
        return block == null ? 0 : block.number();
    }

    void volume(VolumeBlock volume) {
        if (!volume.name().isEmpty() && !volumes.contains(volume.name())) {
            volumes.add(volume.name());
        }
        if (machine.isEmpty()) {
            machine = volume.machine();
        }
        String device = volume.device().toLowerCase(Locale.ROOT);
        exchange |= EXCHANGE.stream().anyMatch(device::contains);
    }

    /** How many are known. */
    int volumes() {
        return volumes.size();
    }

    void database() {
        database = true;
    }

    /** It holds a file or a folder. */
    void filled() {
        empty = false;
    }

    /** A block was seen. @param fits where its address says */
    void saw(boolean fits, BlockType type) {
        addressed &= fits;
        last = type;
    }

    /** The set goes on behind its last block, which damage hides. */
    void endDamaged() {
        endDamaged = true;
    }

    boolean exchange() {
        return exchange;
    }

    void ended(SetEndBlock end) {
        ended = end;
    }

    /**
     * @param number that no other set has
     * @param end behind its last file
     * @param firstHere the number of the first medium that is here
     */
    SetRecord finish(int number, Place end, int firstHere) {
        BackupSet set = new BackupSet(
                number,
                block == null ? "" : block.name(),
                block == null ? "" : block.description(),
                block == null ? "" : block.user(),
                machine,
                List.copyOf(volumes),
                block == null ? OptionalLong.empty() : block.written(),
                block == null ? Method.UNKNOWN : block.method(),
                block != null && block.password(),
                notes(firstHere));
        return new SetRecord(
                set, number(), start, end, base, zone, !database, addressed, harmless(), losses(firstHere));
    }

    private List<String> notes(int firstHere) {
        List<String> notes = new ArrayList<>();
        if (database) {
            notes.add(Messages.get("mtf.set.database"));
        } else if (exchange) {
            notes.add(Messages.get("mtf.set.exchange"));
        }
        if (block != null) {
            told(block, notes);
        }
        if (empty && !database) {
            notes.add(Messages.get("mtf.set.empty"));
        }
        notes.addAll(harmless());
        notes.addAll(missing(firstHere));
        return List.copyOf(notes);
    }

    /** Those of the notes that tell of damage which costs no file. */
    private List<String> harmless() {
        List<String> harmless = new ArrayList<>();
        if (block == null) {
            harmless.add(Messages.get("mtf.set.start-damaged"));
        }
        if (markDamaged()) {
            harmless.add(Messages.get("mtf.set.mark-damaged"));
        }
        return List.copyOf(harmless);
    }

    /** Those of the notes that mean files or folders, or parts of them, which are not there. */
    private List<String> losses(int firstHere) {
        List<String> losses = new ArrayList<>(missing(firstHere));
        if (startLost) {
            losses.addFirst(Messages.get("mtf.set.start-lost"));
        }
        return List.copyOf(losses);
    }

    /** All of the set was there, and damage lies where its end is marked. */
    private boolean markDamaged() {
        return ended == null && endDamaged && last == BlockType.SET_PAD;
    }

    private List<String> missing(int firstHere) {
        List<String> missing = new ArrayList<>();
        if (goesOn) {
            missing.add(Messages.get("mtf.set.began-before", firstHere - 1));
        }
        if (ended == null && !markDamaged()) {
            missing.add(Messages.get(endDamaged ? "mtf.set.end-damaged" : "mtf.set.no-end"));
        } else if (ended != null && ended.aborted()) {
            missing.add(Messages.get("mtf.set.aborted"));
        }
        if (ended != null && ended.corruptFiles() > 0) {
            missing.add(Messages.get("mtf.set.corrupt", ended.corruptFiles()));
        }
        return missing;
    }

    private static void told(SetBlock block, List<String> notes) {
        if (block.name().isEmpty()) {
            notes.add(Messages.get("mtf.set.no-name"));
        }
        if (block.password()) {
            notes.add(Messages.get("mtf.set.password"));
        }
        if (block.encrypted()) {
            notes.add(Messages.get("mtf.set.encrypted"));
        }
        if (!block.zone().told()) {
            notes.add(Messages.get("mtf.set.zone"));
        }
    }
}
