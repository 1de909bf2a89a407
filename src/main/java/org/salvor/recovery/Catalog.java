package org.salvor.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All restorable files of one scan, in columns: about 100 bytes a row plus its name. Grows while a scan runs; any thread may
 * read the rows below {@link #size()}. Rows never move or vanish. Parents and ratings may be set later, each set raises
 * {@link #revision()}.
 */
public final class Catalog {
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

    private static final Provenance[] PROVENANCES = Provenance.values();

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
    private final RatingColumns ratings = new RatingColumns();
    private final SparseColumn slackOffsets = new SparseColumn();
    private final SparseColumn locators = new SparseColumn();
    private final StreamColumn streams = new StreamColumn(pool);
    private final Losses losses = new Losses();
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
        return ratings.ratingClass(row);
    }

    public int intactPercent(int row) {
        return ratings.intactPercent(row);
    }

    public Rating rating(int row) {
        return ratings.rating(row, encryption(row));
    }

    /** The rating that the file would have if it were not locked; the same as {@link #rating} for most. */
    public Rating evidence(int row) {
        return ratings.evidence(row);
    }

    /** How the file is encrypted; null if it is not, or if that is not known yet. */
    public @Nullable Encryption encryption(int row) {
        Encryption own = ratings.encryption(row);
        int first = links.get(row);
        return own == null && first != NONE ? ratings.encryption(first) : own;
    }

    /** Whether any file is known to be encrypted; quick. */
    public boolean anyEncrypted() {
        return ratings.anyEncrypted();
    }

    /** Path of the file that now owns or also claims clusters of this one; empty if none is known. It need not be a row. */
    public String otherPath(int row) {
        return pathOfOther(ratings.other(row));
    }

    /** Path of the file that a rating names. @param other {@link Rating#otherRow} of a rating of this catalog */
    public String pathOfOther(int other) {
        if (other >= NONE) {
            return other == NONE ? "" : path(other);
        }
        return ratings.pathOfOther(other);
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
        ratings.add(at);
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
        return ratings.otherPath(path);
    }

    void rating(int row, Rating rating, int other) {
        ratings.rating(row, rating, other);
        revision.incrementAndGet();
    }

    /** Rows come in rising order; a row that has one keeps it. */
    void encryption(int row, Encryption encryption) {
        if (ratings.encryption(row, encryption)) {
            revision.incrementAndGet();
        }
    }

    /** Whether a certificate that was given fits the file, and does not open it. */
    public boolean keyDamaged(int row) {
        return ratings.keyDamaged(row);
    }

    void keyDamaged(int row, boolean damaged) {
        ratings.keyDamaged(row, damaged);
        revision.incrementAndGet();
    }

    void locked(int row, boolean locked) {
        ratings.locked(row, locked);
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
            ratings.otherPaths().size(),
            ratings.encrypted(),
            streams.count()
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
        ratings.writeEncryptions((int) counts[6], buffer, out);
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
        streams.read((int) counts[3], counts[7] == counts[3], buffer, in);
        ratings.readEncryptions((int) counts[6], buffer, in);
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
                && ratings.validEncryptions(rows);
    }

    private boolean valid(int row, int rows) {
        int parent = parents.get(row);
        int link = links.get(row);
        return parent >= NONE
                && parent < rows
                && parent != row
                && link >= NONE
                && link < row
                && (flags.get(row) >>> PROVENANCE_SHIFT & 7) < PROVENANCES.length
                && ratings.valid(row, rows)
                && sizes.get(row) >= 0
                && pool.holds(names.get(row));
    }

    private List<Columns.Longs> longs() {
        return List.of(names, keys, sizes, allocated, created, modified, changed, accessed, firstClusters);
    }

    private List<Columns.Ints> ints() {
        return Stream.concat(Stream.of(parents, links, attributes, fragments), ratings.ints().stream())
                .toList();
    }

    private List<Columns.Bytes> bytes() {
        return Stream.concat(Stream.of(flags), ratings.bytes().stream()).toList();
    }

    EncryptionPool encryptions() {
        return ratings.pool();
    }

    /** Sentences: what the scan knows that the source held, and that is no row because it is lost. Empty for most. */
    public List<String> losses() {
        return losses.all();
    }

    /** On the thread that fills the catalog. */
    void lost(String sentence) {
        losses.add(sentence);
    }

    /** A copy. */
    List<String> otherPaths() {
        return ratings.otherPaths();
    }
}
