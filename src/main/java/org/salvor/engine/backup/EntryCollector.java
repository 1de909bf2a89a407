package org.salvor.engine.backup;

import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupSet;
import org.salvor.backup.EntrySink;
import org.salvor.engine.keys.Certificates;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.LongIntMap;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.StreamInfo;
import org.salvor.text.Messages;

/** Makes rows of what the listing of a backup set finds. All of it is there: nothing in a backup is deleted. */
final class EntryCollector implements EntrySink {
    /** Sentences of a backup that are kept for its files; damage beyond them is told in general words. */
    private static final int MAX_TOLD = 10_000;

    /** Longer paths are cut in sentences. */
    private static final int MAX_PATH = 300;

    private static final Logger LOG = System.getLogger("org.salvor.engine");

    private static final long KEYS = 1L << 40;
    private static final long NANOS_BETWEEN_PROGRESS = 50_000_000L;

    private final int set;
    /** Row of the folder of the set, {@link Catalog#NONE} where it has none. */
    private final int top;
    /** What sentences call the set by; empty where there is no other. */
    private final String heading;

    private final CatalogBuilder builder;
    private final Catalog catalog;
    private final JobMonitor monitor;
    private final LongIntMap folders = new LongIntMap();
    private final ExportNotes notes;
    private final OtherNames names;
    private final Map<String, Integer> told = new HashMap<>();
    private long madeUp;
    private long nextProgress = System.nanoTime();

    /** For the only set of a listing. @param volumes the topmost folders are volumes */
    static EntryCollector of(
            BackupSet set, CatalogBuilder builder, boolean volumes, ExportNotes notes, JobMonitor monitor) {
        return new EntryCollector(set, "", "", builder, volumes, notes, monitor);
    }

    /** For one set of several, in a folder of its own. */
    static EntryCollector inFolder(BackupSet set, CatalogBuilder builder, JobMonitor monitor) {
        return new EntryCollector(
                set, BackupPlaces.folder(set), BackupPlaces.title(set), builder, true, ExportNotes.NONE, monitor);
    }

    private EntryCollector(
            BackupSet set,
            String folder,
            String heading,
            CatalogBuilder builder,
            boolean volumes,
            ExportNotes notes,
            JobMonitor monitor) {
        this.set = set.number();
        this.heading = heading;
        this.notes = notes;
        this.builder = builder;
        this.monitor = monitor;
        catalog = builder.catalog();
        top = folder.isEmpty()
                ? Catalog.NONE
                : add(place(Catalog.NONE, folder), madeUp(Catalog.NONE, folder), whole(true));
        names = new OtherNames(catalog, top, volumes);
    }

    @Override
    public int folder(List<String> path, BackupEntry told) {
        BackupEntry entry = notes.none() ? told : notes.noted(String.join("/", path), told);
        int parent = top;
        for (String step : path.subList(0, Math.max(0, path.size() - 1))) {
            String name = shown(parent, step);
            long place = place(parent, name);
            int known = folders.get(place);
            parent = known == LongIntMap.ABSENT ? add(place, madeUp(parent, name), whole(true)) : known;
        }
        if (path.isEmpty()) {
            return top;
        }
        String name = shown(parent, path.getLast());
        long place = place(parent, name);
        int known = folders.get(place);
        return known == LongIntMap.ABSENT ? add(place, row(parent, name, entry), rating(entry)) : known;
    }

    /** A volume goes by its letter: no path has a drive in it (contract, section 4), and few targets take a colon. */
    static String volume(String name) {
        boolean drive = name.length() == 2 && name.charAt(1) == ':';
        return drive ? name.substring(0, 1) : name;
    }

    private String shown(int parent, String name) {
        return parent == top ? volume(name) : name;
    }

    private int add(long place, FileRow row, Rating rating) {
        int at = builder.add(row);
        builder.rating(at, rating, rating.otherRow());
        folders.put(place, at);
        return at;
    }

    /** Where the folder of that name is entered, or can be. */
    private long place(int parent, String name) {
        long place = spread(parent, name);
        for (int row = folders.get(place); row != LongIntMap.ABSENT; row = folders.get(++place)) {
            if (catalog.parent(row) == parent && catalog.name(row).equals(name)) {
                break;
            }
        }
        return place;
    }

    static long spread(int parent, String name) {
        long place = parent;
        for (int i = 0; i < name.length(); i++) {
            place = (place ^ name.charAt(i)) * 0x9E3779B97F4A7C15L;
            place ^= place >>> 29;
        }
        return place;
    }

    @Override
    public void file(int in, BackupEntry told) {
        int folder = in == Catalog.NONE ? top : in;
        BackupEntry entry = notes.none() ? told : notes.noted(path(folder, told.name()), told);
        if (entry.state() instanceof State.OtherName name) {
            names.add(folder, entry, name.of());
            return;
        }
        int row = builder.add(row(folder, entry.name(), entry));
        Rating rating = rating(entry);
        builder.rating(row, rating, rating.otherRow());
        if (entry.state() instanceof State.Encrypted encrypted) {
            builder.locked(row, true);
            if (!encrypted.certificates().isEmpty() || encrypted.windowsOnly()) {
                builder.encryption(row, Certificates.of(encrypted.certificates(), !encrypted.windowsOnly()));
            }
        }
    }

    /** To be called once, after the listing: rows for the further names of files. */
    void finish() {
        names.tell((name, first) -> {
            BackupEntry entry = name.entry();
            boolean here = first != Catalog.NONE;
            int row = builder.add(row(name.folder(), entry.name(), entry, first));
            Rating rating = here ? catalog.evidence(first) : rating(entry);
            builder.rating(row, rating, rating.otherRow());
            if (here && catalog.ratingClass(first) == RatingClass.LOCKED) {
                builder.locked(row, true);
            }
        });
    }

    private String path(int folder, String name) {
        return folder == Catalog.NONE ? name : catalog.path(folder) + "/" + name;
    }

    private long key(long number) {
        return (long) set << 40 | number & (KEYS - 1);
    }

    private FileRow row(int parent, String name, BackupEntry entry) {
        return row(parent, name, entry, Catalog.NONE);
    }

    /** @param first row of the first name of the file, {@link Catalog#NONE} if this is it */
    private FileRow row(int parent, String name, BackupEntry entry, int first) {
        long size = first == Catalog.NONE ? size(entry) : catalog.size(first);
        BackupEntry.Times times = entry.times();
        List<StreamInfo> streams = new ArrayList<>(entry.streams().size());
        if (first == Catalog.NONE) {
            for (BackupEntry.NamedStream stream : entry.streams()) {
                streams.add(new StreamInfo(stream.name(), Math.max(0, stream.size())));
            }
        } else {
            streams.addAll(catalog.streams(first));
        }
        return new FileRow(
                parent,
                name.isEmpty() ? Messages.get("backup.no-name") : name,
                entry.folder(),
                false,
                Provenance.TABLE,
                key(entry.key()),
                -1,
                entry.locator(),
                first,
                size,
                stored(entry),
                times.created(),
                times.modified(),
                times.changed(),
                times.accessed(),
                entry.attributes(),
                size > 0 ? 1 : 0,
                -1,
                streams);
    }

    /** Without what is known to be lost: a size that is a lie takes no more than what is there. */
    private static long stored(BackupEntry entry) {
        long stored = Math.max(0, entry.stored());
        return entry.state() instanceof State.Damaged damaged
                ? Math.clamp(entry.size() - damaged.lost(), 0, stored)
                : stored;
    }

    private static long size(BackupEntry entry) {
        return entry.state() instanceof State.OtherName ? 0 : Math.max(0, entry.size());
    }

    private FileRow madeUp(int parent, String name) {
        return new FileRow(
                parent,
                name,
                true,
                false,
                Provenance.MADE_UP,
                key(KEYS - 1 - madeUp++),
                -1,
                Catalog.NO_LOCATOR,
                Catalog.NONE,
                0,
                0,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                0x10,
                0,
                -1,
                List.of());
    }

    private Rating rating(BackupEntry entry) {
        return switch (entry.state()) {
            case State.Whole whole -> whole(entry.folder());
            case State.Damaged damaged -> damaged(entry, damaged);
            case State.OtherName name -> otherName(name.of().text());
            case State.Elsewhere elsewhere -> told(RatingClass.STUB, 0, elsewhere.why(), ReasonKind.TOLD_BY_BACKUP);
            case State.Encrypted encrypted -> encrypted(entry, encrypted.damage());
        };
    }

    /** What can be had once a key is there; it is locked until then. */
    private Rating encrypted(BackupEntry entry, State.@Nullable Damaged damage) {
        return damage == null ? whole(entry.folder()) : damaged(entry, damage);
    }

    private Rating damaged(BackupEntry entry, State.Damaged damaged) {
        return entry.folder()
                ? told(RatingClass.INTACT, 100, damaged.why(), ReasonKind.TOLD_BY_BACKUP)
                : told(
                        RatingClass.PARTIAL,
                        left(entry.size(), damaged.lost()),
                        damaged.why(),
                        ReasonKind.TOLD_BY_BACKUP);
    }

    private Rating otherName(String path) {
        String shown = path.length() <= MAX_PATH ? path : path.substring(0, MAX_PATH) + "...";
        String why = told.size() < MAX_TOLD
                ? Messages.get("backup.other-name", shown)
                : Messages.get("backup.other-name-of-file");
        return told(RatingClass.STUB, 0, why, ReasonKind.TOLD_BY_BACKUP);
    }

    private static Rating whole(boolean folder) {
        return Rating.of(RatingClass.INTACT, 100, folder ? ReasonKind.FOLDER : ReasonKind.IN_BACKUP);
    }

    /** Damage whose size nobody knows still leaves less than all. */
    private static int left(long size, long lost) {
        return size <= 0 ? 0 : (int) Math.clamp((long) (100.0 * (size - lost) / size), 0, 99);
    }

    private Rating told(RatingClass ratingClass, int percent, String why, ReasonKind first, ReasonKind... more) {
        Integer known = told.get(why);
        if (known == null) {
            boolean general = ratingClass == RatingClass.STUB; // few sentences, or one already
            String text = told.size() < MAX_TOLD || general ? why : Messages.get("backup.damaged");
            known = told.computeIfAbsent(text, builder::otherPath);
        }
        return new Rating(ratingClass, percent, EnumSet.of(first, more), known);
    }

    @Override
    public void skipped(RecoveryException problem) {
        long position = switch (problem) {
            case FormatException format -> format.position();
            case SourceReadException read -> read.position();
            default -> -1;
        };
        String text = told(
                problem instanceof FormatException
                        ? Messages.get("backup.passed-over")
                        : String.valueOf(problem.getMessage()));
        LOG.log(Logger.Level.DEBUG, () -> "passed over in the backup: " + detail(problem));
        monitor.problem(
                new Problem(Problem.Severity.WARNING, position < 0 ? "" : Messages.get("scan.place", position), text));
    }

    private static String detail(RecoveryException problem) {
        Throwable cause = problem.getCause();
        return String.valueOf(cause == null ? problem.getMessage() : cause.getMessage());
    }

    @Override
    public void lost(RecoveryException loss) {
        skipped(loss);
        builder.lost(told(String.valueOf(loss.getMessage())));
    }

    @Override
    public void note(String sentence) {
        monitor.problem(new Problem(Problem.Severity.NOTE, "", told(sentence)));
    }

    /** A sentence that speaks of "this set" says which it is where there are others. */
    private String told(String sentence) {
        return heading.isEmpty() ? sentence : Messages.get("backup.of-set", heading, sentence);
    }

    @Override
    public void progress(long bytes, long total) throws CancelledException {
        monitor.checkpoint();
        long now = System.nanoTime();
        if (now - nextProgress >= 0 || bytes == total) {
            nextProgress = now + NANOS_BETWEEN_PROGRESS;
            monitor.progress(new Progress("backup", bytes, total, catalog.size(), -1));
        }
    }
}
