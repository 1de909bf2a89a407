package org.salvor.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.salvor.text.Messages;

/**
 * All restorable files of one scan, in columns: about 100 bytes a row plus its name. Grows while a scan runs; any thread may
 * read the rows below {@link #size()}. Rows never move or vanish. Parents and ratings may be set later, each set raises
 * {@link #revision()}.
 */
public final class Catalog {
    /** Losses that are told in words; of more only that there are. */
    private static final int MAX_LOSSES = 100;

    /** No row. */
    public static final int NONE = -1;

    /** No time. Times are in units of 100 ns since 1970-01-01 UTC. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** The key alone leads to the content. */
    public static final long NO_LOCATOR = -1;

    /** A folder deeper than this is cut: only a damaged source has one. */
    private static final int MAX_DEPTH = 1024;

    private static final int FOLDER = 1;
    private static final int DELETED = 2;
    private static final int PROVENANCE_SHIFT = 2;

    /** In the column of ratings, beside the class that the evidence gives. */
    private static final int LOCKED = 0x40;

    private static final Provenance[] PROVENANCES = Provenance.values();
    private static final RatingClass[] CLASSES = RatingClass.values();
    private static final ReasonKind[] REASONS = ReasonKind.values();
    private static final int KEY_DAMAGED = 1 << ReasonKind.KEY_DAMAGED.ordinal();

    private final IdScheme ids;
    private final NamePool pool = new NamePool();
    private final Columns.Ints parents = new Columns.Ints();
    private final Columns.Longs names = new Columns.Longs();
    private final Columns.Bytes flags = new Columns.Bytes();
    private final Columns.Longs keys = new Columns.Longs();
    private final Columns.Ints links = new Columns.Ints();
    private final Columns.Longs sizes = new Columns.Longs();
    private final Columns.Longs allocated = new Columns.Longs();
    private final Columns.Longs created = new Columns.Longs();
    private final Columns.Longs modified = new Columns.Longs();
    private final Columns.Longs changed = new Columns.Longs();
    private final Columns.Longs accessed = new Columns.Longs();
    private final Columns.Ints attributes = new Columns.Ints();
    private final Columns.Ints fragments = new Columns.Ints();
    private final Columns.Longs firstClusters = new Columns.Longs();
    private final Columns.Bytes ratings = new Columns.Bytes();
    private final Columns.Bytes percents = new Columns.Bytes();
    private final Columns.Ints reasons = new Columns.Ints();
    private final Columns.Ints others = new Columns.Ints();
    private final SparseColumn slackOffsets = new SparseColumn();
    private final SparseColumn locators = new SparseColumn();
    private final StreamColumn streams = new StreamColumn(pool);
    private final SparseColumn encryptions = new SparseColumn();
    private final EncryptionPool encryptionPool = new EncryptionPool();
    private final List<String> otherPaths = new ArrayList<>();
    private final List<String> losses = new CopyOnWriteArrayList<>();
    private final RowFinder finder = new RowFinder(this);
    private final AtomicLong revision = new AtomicLong();
    private volatile int size;
    private volatile int files;
    private volatile boolean rated;

    Catalog(IdScheme ids) {
        this.ids = ids;
    }

    public IdScheme ids() {
        return ids;
    }

    /** Rows that can be read now. */
    public int size() {
        return size;
    }

    /** How many of the rows are no folders. */
    public int files() {
        return files;
    }

    /** Rises with every row and every later change. */
    public long revision() {
        return revision.get();
    }

    /** Whether the scan is over and no rating is pending any more. */
    public boolean rated() {
        return rated;
    }

    public FileId id(int row) {
        return ids.form() == IdScheme.Form.PATH ? ids.id(path(row)) : ids.id(keys.get(row), slackOffset(row));
    }

    public long key(int row) {
        return keys.get(row);
    }

    /** -1 if the name does not come from slack. */
    public long slackOffset(int row) {
        return slackOffsets.get(row, -1);
    }

    /** What the session needs beside the key to find the content again; {@link #NO_LOCATOR} for most. */
    public long locator(int row) {
        return locators.get(row, NO_LOCATOR);
    }

    /** Row of the folder, {@link #NONE} at the top. */
    public int parent(int row) {
        return parents.get(row);
    }

    public String name(int row) {
        return pool.get(names.get(row));
    }

    /**
     * A test whether names hold {@code lower} (in lower case) in any case. For one thread; fastest for rows in rising order.
     */
    public RowTest nameHas(String lower) {
        return new NameSearch(pool, names, new Needle(lower));
    }

    /** A test whether names alone fit the pattern; as {@link #nameHas}. */
    public RowTest nameFits(GlobMatcher pattern) {
        return pattern.within()
                .<RowTest>map(needle -> new NameSearch(pool, names, needle))
                .orElse(RowTest.each(row -> pool.fits(names.get(row), pattern)));
    }

    /** A test for files, deleted or existing ones or both; no folder passes. */
    public RowTest files(boolean deletedOnes, boolean existingOnes) {
        boolean[] wanted = new boolean[FOLDER + DELETED + 1];
        wanted[0] = existingOnes;
        wanted[DELETED] = deletedOnes;
        return (first, rows) -> {
            long passed = 0;
            for (long left = rows; left != 0; left &= left - 1) {
                if (wanted[flags.get(first + Long.numberOfTrailingZeros(left)) & FOLDER + DELETED]) {
                    passed |= left & -left;
                }
            }
            return passed;
        };
    }

    /** The path with "/", relative to the volume, without a leading one. */
    public String path(int row) {
        List<String> parts = new ArrayList<>();
        for (int at = row; at != NONE && parts.size() < MAX_DEPTH; at = parents.get(at)) {
            parts.add(name(at));
        }
        return String.join("/", parts.reversed());
    }

    public boolean folder(int row) {
        return (flags.get(row) & FOLDER) != 0;
    }

    public boolean deleted(int row) {
        return (flags.get(row) & DELETED) != 0;
    }

    public Provenance provenance(int row) {
        return PROVENANCES[flags.get(row) >>> PROVENANCE_SHIFT & 7];
    }

    /** Row of the first name of the same file, {@link #NONE} if this is it. */
    public int linkOf(int row) {
        return links.get(row);
    }

    public long size(int row) {
        return sizes.get(row);
    }

    public long allocated(int row) {
        return allocated.get(row);
    }

    public long created(int row) {
        return created.get(row);
    }

    public long modified(int row) {
        return modified.get(row);
    }

    public long changed(int row) {
        return changed.get(row);
    }

    public long accessed(int row) {
        return accessed.get(row);
    }

    public int attributes(int row) {
        return attributes.get(row);
    }

    public int fragments(int row) {
        return fragments.get(row);
    }

    public long firstCluster(int row) {
        return firstClusters.get(row);
    }

    /** Named data streams. */
    public List<StreamInfo> streams(int row) {
        return streams.get(row);
    }

    public RatingClass ratingClass(int row) {
        int rating = ratings.get(row);
        return rating >= LOCKED ? RatingClass.LOCKED : CLASSES[rating];
    }

    public int intactPercent(int row) {
        return ratings.get(row) >= LOCKED ? 0 : percents.get(row);
    }

    public Rating rating(int row) {
        Rating rating = evidence(row);
        Encryption encryption = encryption(row);
        boolean locked = ratings.get(row) >= LOCKED;
        if (encryption == null && !locked) {
            return rating;
        }
        Encryption.Kind kind = encryption == null ? Encryption.Kind.CERTIFICATE : encryption.kind();
        ReasonKind why = switch (kind) {
            case CERTIFICATE -> locked ? ReasonKind.NO_KEY : ReasonKind.DECRYPTED;
            case WINDOWS_ONLY -> ReasonKind.WINDOWS_ONLY;
            case KEY_LOST -> ReasonKind.KEY_LOST;
        };
        if (rating.reasons().contains(ReasonKind.KEY_DAMAGED)) {
            rating.reasons().remove(ReasonKind.IN_BACKUP); // all but the key
        } else {
            rating.reasons().add(why);
        }
        if (!locked) {
            return rating;
        }
        rating.reasons().remove(ReasonKind.LIVE); // it says that the file can be read
        return new Rating(RatingClass.LOCKED, 0, rating.reasons(), rating.otherRow());
    }

    /** The rating that the file would have if it were not locked; the same as {@link #rating} for most. */
    public Rating evidence(int row) {
        Set<ReasonKind> why = EnumSet.noneOf(ReasonKind.class);
        int bits = reasons.get(row);
        for (ReasonKind kind : REASONS) {
            if ((bits & 1 << kind.ordinal()) != 0) {
                why.add(kind);
            }
        }
        return new Rating(CLASSES[ratings.get(row) & ~LOCKED], percents.get(row), why, others.get(row));
    }

    /** How the file is encrypted; null if it is not, or if that is not known yet. */
    public @Nullable Encryption encryption(int row) {
        long index = encryptions.get(row, NONE);
        return index == NONE ? null : encryptionPool.get((int) index);
    }

    /** Whether any file is known to be encrypted; quick. */
    public boolean anyEncrypted() {
        return encryptions.count() > 0;
    }

    /** Path of the file that now owns or also claims clusters of this one; empty if none is known. It need not be a row. */
    public String otherPath(int row) {
        return pathOfOther(others.get(row));
    }

    /** Path of the file that a rating names. @param other {@link Rating#otherRow} of a rating of this catalog */
    public String pathOfOther(int other) {
        if (other >= NONE) {
            return other == NONE ? "" : path(other);
        }
        synchronized (otherPaths) {
            return otherPaths.get(-2 - other);
        }
    }

    /** The first row with that id, {@link #NONE} if there is none. Further names of the same file follow it directly. */
    public int find(FileId id) {
        return finder.find(id);
    }

    int add(FileRow row) {
        int at = size;
        parents.set(at, row.parent());
        names.set(at, pool.add(row.name()));
        flags.set(
                at,
                (row.folder() ? FOLDER : 0)
                        | (row.deleted() ? DELETED : 0)
                        | row.provenance().ordinal() << PROVENANCE_SHIFT);
        keys.set(at, row.key());
        links.set(at, row.linkOf());
        sizes.set(at, row.size());
        allocated.set(at, row.allocated());
        created.set(at, row.created());
        modified.set(at, row.modified());
        changed.set(at, row.changed());
        accessed.set(at, row.accessed());
        attributes.set(at, row.attributes());
        fragments.set(at, row.fragments());
        firstClusters.set(at, row.firstCluster());
        ratings.set(at, RatingClass.PENDING.ordinal());
        percents.set(at, 0);
        reasons.set(at, 0);
        others.set(at, NONE);
        if (row.slackOffset() >= 0) {
            slackOffsets.add(at, row.slackOffset());
        }
        if (row.locator() != NO_LOCATOR) {
            locators.add(at, row.locator());
        }
        if (!row.streams().isEmpty()) {
            streams.add(at, row.streams());
        }
        size = at + 1;
        files = row.folder() ? files : files + 1;
        revision.incrementAndGet();
        return at;
    }

    void parent(int row, int parent) {
        parents.set(row, parent);
        revision.incrementAndGet();
    }

    /** A path that {@link #rating(int, Rating, int)} can name. */
    int otherPath(String path) {
        synchronized (otherPaths) {
            otherPaths.add(path);
            return -1 - otherPaths.size();
        }
    }

    void rating(int row, Rating rating, int other) {
        int bits = reasons.get(row) & KEY_DAMAGED;
        for (ReasonKind kind : rating.reasons()) {
            boolean ofTheLock = kind == ReasonKind.DECRYPTED || kind == ReasonKind.KEY_DAMAGED;
            bits |= ofTheLock ? 0 : 1 << kind.ordinal();
        }
        reasons.set(row, bits);
        others.set(row, other);
        percents.set(row, rating.intactPercent());
        ratings.set(row, rating.ratingClass().ordinal() | ratings.get(row) & LOCKED);
        revision.incrementAndGet();
    }

    /** Rows come in rising order; a row that has one keeps it. */
    void encryption(int row, Encryption encryption) {
        if (encryptions.get(row, NONE) == NONE) {
            encryptions.add(row, encryptionPool.add(encryption));
            revision.incrementAndGet();
        }
    }

    /** Whether a certificate that was given fits the file, and does not open it. */
    public boolean keyDamaged(int row) {
        return (reasons.get(row) & KEY_DAMAGED) != 0;
    }

    void keyDamaged(int row, boolean damaged) {
        int others = reasons.get(row) & ~KEY_DAMAGED;
        reasons.set(row, damaged ? others | KEY_DAMAGED : others);
        revision.incrementAndGet();
    }

    void locked(int row, boolean locked) {
        int rating = ratings.get(row) & ~LOCKED;
        ratings.set(row, locked ? rating | LOCKED : rating);
        revision.incrementAndGet();
    }

    void finished() {
        rated = true;
        revision.incrementAndGet();
    }

    /** The counts that a saved scan needs before the columns; all but the first are those of the side tables and of the name pool. */
    long[] counts() {
        return new long[] {
            size,
            slackOffsets.count(),
            locators.count(),
            streams.count(),
            pool.length(),
            otherPaths.size(),
            encryptions.count()
        };
    }

    /** The columns, one after the other. */
    void write(long[] counts, Columns.Transfer out) throws IOException {
        byte[] buffer = new byte[Columns.TRANSFER];
        int rows = (int) counts[0];
        for (Columns.Longs column : longs()) {
            column.write(rows, buffer, out);
        }
        for (Columns.Ints column : ints()) {
            column.write(rows, buffer, out);
        }
        for (Columns.Bytes column : bytes()) {
            column.write(rows, buffer, out);
        }
        slackOffsets.write((int) counts[1], buffer, out);
        locators.write((int) counts[2], buffer, out);
        streams.write((int) counts[3], buffer, out);
        encryptions.write((int) counts[6], buffer, out);
        pool.write(counts[4], out);
    }

    /** What {@link #write} wrote; false where it makes no sense. Paths of others were added before. */
    boolean read(long[] counts, Columns.Transfer in) throws IOException {
        byte[] buffer = new byte[Columns.TRANSFER];
        int rows = (int) counts[0];
        for (Columns.Longs column : longs()) {
            column.read(rows, buffer, in);
        }
        for (Columns.Ints column : ints()) {
            column.read(rows, buffer, in);
        }
        for (Columns.Bytes column : bytes()) {
            column.read(rows, buffer, in);
        }
        slackOffsets.read((int) counts[1], buffer, in);
        locators.read((int) counts[2], buffer, in);
        streams.read((int) counts[3], buffer, in);
        encryptions.read((int) counts[6], buffer, in);
        pool.read(counts[4], in);
        int found = 0;
        for (int row = 0; row < rows; row++) {
            if (!valid(row, rows)) {
                return false;
            }
            found += folder(row) ? 0 : 1;
        }
        files = found;
        size = rows;
        revision.incrementAndGet();
        return slackOffsets.valid(rows)
                && locators.valid(rows)
                && streams.valid(rows)
                && encryptions.valid(rows)
                && encryptions.below(encryptionPool.size());
    }

    private boolean valid(int row, int rows) {
        int parent = parents.get(row);
        int link = links.get(row);
        int other = others.get(row);
        int percent = percents.get(row);
        return parent >= NONE
                && parent < rows
                && parent != row
                && link >= NONE
                && link < row
                && other < rows
                && other >= NONE - otherPaths.size()
                && percent >= 0
                && percent <= 100
                && (flags.get(row) >>> PROVENANCE_SHIFT & 7) < PROVENANCES.length
                && ratings.get(row) >= 0
                && (ratings.get(row) & ~LOCKED) < CLASSES.length
                && sizes.get(row) >= 0
                && pool.holds(names.get(row));
    }

    private List<Columns.Longs> longs() {
        return List.of(names, keys, sizes, allocated, created, modified, changed, accessed, firstClusters);
    }

    private List<Columns.Ints> ints() {
        return List.of(parents, links, attributes, fragments, reasons, others);
    }

    private List<Columns.Bytes> bytes() {
        return List.of(flags, ratings, percents);
    }

    EncryptionPool encryptions() {
        return encryptionPool;
    }

    /** A copy. */
    /** Sentences: what the scan knows that the source held, and that is no row because it is lost. Empty for most. */
    public List<String> losses() {
        return List.copyOf(losses);
    }

    /** On the thread that fills the catalog. */
    void lost(String sentence) {
        if (losses.size() == MAX_LOSSES) {
            losses.add(Messages.get("catalog.more-losses"));
        } else if (losses.size() < MAX_LOSSES && !losses.contains(sentence)) {
            losses.add(sentence);
        }
    }

    List<String> otherPaths() {
        synchronized (otherPaths) {
            return List.copyOf(otherPaths);
        }
    }
}
