package org.salvor.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a {@link Catalog} that say what can come back of a file and why: its rating by the evidence, whether it is
 * locked, and how it is encrypted. A lock lies over the evidence and is taken off when a fitting key comes.
 */
final class RatingColumns {
    /** In the column of ratings, beside the class that the evidence gives. */
    private static final int LOCKED = 0x40;

    private static final int NONE = Catalog.NONE;
    private static final RatingClass[] CLASSES = RatingClass.values();
    private static final ReasonKind[] REASONS = ReasonKind.values();
    private static final int KEY_DAMAGED = 1 << ReasonKind.KEY_DAMAGED.ordinal();

    private final Columns.Bytes ratings = new Columns.Bytes();
    private final Columns.Bytes percents = new Columns.Bytes();
    private final Columns.Ints reasons = new Columns.Ints();
    private final Columns.Ints others = new Columns.Ints();
    private final SparseColumn encryptions = new SparseColumn();
    private final EncryptionPool encryptionPool = new EncryptionPool();
    private final List<String> otherPaths = new ArrayList<>();

    RatingClass ratingClass(int row) {
        int rating = ratings.get(row);
        return rating >= LOCKED ? RatingClass.LOCKED : CLASSES[rating];
    }

    int intactPercent(int row) {
        return ratings.get(row) >= LOCKED ? 0 : percents.get(row);
    }

    Rating rating(int row, @Nullable Encryption encryption) {
        Rating rating = evidence(row);
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

    /** The rating that the file would have if it were not locked. */
    Rating evidence(int row) {
        Set<ReasonKind> why = EnumSet.noneOf(ReasonKind.class);
        int bits = reasons.get(row);
        for (ReasonKind kind : REASONS) {
            if ((bits & 1 << kind.ordinal()) != 0) {
                why.add(kind);
            }
        }
        return new Rating(CLASSES[ratings.get(row) & ~LOCKED], percents.get(row), why, others.get(row));
    }

    /** Null if the file is not encrypted, or if that is not known yet. */
    @Nullable
    Encryption encryption(int row) {
        long index = encryptions.get(row, NONE);
        return index == NONE ? null : encryptionPool.get((int) index);
    }

    boolean anyEncrypted() {
        return encryptions.count() > 0;
    }

    /** The other file that the rating of a row names: a row, {@link Catalog#NONE}, or what {@link #pathOfOther} takes. */
    int other(int row) {
        return others.get(row);
    }

    /** @param other below {@link Catalog#NONE} */
    String pathOfOther(int other) {
        synchronized (otherPaths) {
            return otherPaths.get(-2 - other);
        }
    }

    /** The row begins: nothing is known of it. */
    void add(int row) {
        ratings.set(row, RatingClass.PENDING.ordinal());
        percents.set(row, 0);
        reasons.set(row, 0);
        others.set(row, NONE);
    }

    /** A path that a rating can name without a row. */
    int otherPath(String path) {
        synchronized (otherPaths) {
            otherPaths.add(path);
            return -1 - otherPaths.size();
        }
    }

    List<String> otherPaths() {
        synchronized (otherPaths) {
            return List.copyOf(otherPaths);
        }
    }

    /** The lock of the row, and what was found out about its key, stay. */
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
    }

    /** Rows come in rising order; a row that has one keeps it. @return whether it is new */
    boolean encryption(int row, Encryption encryption) {
        if (encryptions.get(row, NONE) != NONE) {
            return false;
        }
        encryptions.add(row, encryptionPool.add(encryption));
        return true;
    }

    boolean keyDamaged(int row) {
        return (reasons.get(row) & KEY_DAMAGED) != 0;
    }

    void keyDamaged(int row, boolean damaged) {
        int rest = reasons.get(row) & ~KEY_DAMAGED;
        reasons.set(row, damaged ? rest | KEY_DAMAGED : rest);
    }

    void locked(int row, boolean locked) {
        int rating = ratings.get(row) & ~LOCKED;
        ratings.set(row, locked ? rating | LOCKED : rating);
    }

    EncryptionPool pool() {
        return encryptionPool;
    }

    /** Of a saved scan: whether the row makes sense among that many. */
    boolean valid(int row, int rows) {
        int other = others.get(row);
        int percent = percents.get(row);
        return other < rows
                && other >= NONE - otherPaths.size()
                && percent >= 0
                && percent <= 100
                && ratings.get(row) >= 0
                && (ratings.get(row) & ~LOCKED) < CLASSES.length;
    }

    List<Columns.Ints> ints() {
        return List.of(reasons, others);
    }

    List<Columns.Bytes> bytes() {
        return List.of(ratings, percents);
    }

    int encrypted() {
        return encryptions.count();
    }

    void writeEncryptions(int count, byte[] buffer, Columns.Transfer out) throws IOException {
        encryptions.write(count, buffer, out);
    }

    void readEncryptions(int count, byte[] buffer, Columns.Transfer in) throws IOException {
        encryptions.read(count, buffer, in);
    }

    boolean validEncryptions(int rows) {
        return encryptions.valid(rows) && encryptions.below(encryptionPool.size());
    }
}
