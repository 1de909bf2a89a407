package org.salvor.engine.volume;

import java.util.HashSet;
import java.util.Set;
import org.salvor.fault.CancelledException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Columns;
import org.salvor.recovery.FileId;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.LongIntMap;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.text.Messages;

/**
 * Puts rows into their folders. A name quotes its folder by a key; the folder may be found later, or never: then the row goes
 * below "Lost folders", and never under the name of a stranger that has the record now. One thread.
 */
final class FolderPlaces {
    /** Deeper nesting exists on damaged sources only. */
    private static final int MAX_DEPTH = 1000;

    private final CatalogBuilder builder;
    private final Catalog catalog;
    private final Unlisted unlisted;
    private final long rootKey;
    private final LongIntMap folders = new LongIntMap();
    private final LongIntMap lostNames = new LongIntMap();
    private final Columns.Ints waitingRows = new Columns.Ints();
    private final Columns.Longs waitingKeys = new Columns.Longs();
    private final LongIntMap lostFolders = new LongIntMap();
    private final Set<String> usedNames = new HashSet<>();
    private int waiting;
    private int lostRoot = Catalog.NONE;
    private final Unlisted slackFolders;

    FolderPlaces(CatalogBuilder builder, Unlisted unlisted, long rootKey) {
        this.builder = builder;
        this.catalog = builder.catalog();
        this.unlisted = unlisted;
        this.rootKey = rootKey;
        this.slackFolders = new Unlisted(catalog.ids());
    }

    /** A folder that is a row. */
    void listed(long[] keys, int row) {
        for (long key : keys) {
            int known = folders.get(key);
            if (known == LongIntMap.ABSENT || known < 0) {
                folders.put(key, row);
            }
        }
    }

    /** A folder that becomes a row when something listed lies in it. */
    void unlisted(long[] keys, int at) {
        for (long key : keys) {
            folders.putIfAbsent(key, ~at);
        }
    }

    /** Where only slack knows the name of a folder. @param at its place in {@link #slackFolders()} */
    void slackName(long[] keys, int at) {
        for (long key : keys) {
            lostNames.putIfAbsent(key, at);
        }
    }

    Unlisted slackFolders() {
        return slackFolders;
    }

    /** The row of the folder for a new row, {@link Catalog#NONE} at the top, {@link LongIntMap#ABSENT} while it is not known. */
    int parentOfNew(long parentKey) {
        if (parentKey == rootKey) {
            return Catalog.NONE;
        }
        int known = folders.get(parentKey);
        return known == LongIntMap.ABSENT || known >= 0 ? known : promote(~known);
    }

    /** The row gets its folder later. */
    void await(int row, long parentKey) {
        waitingRows.set(waiting, row);
        waitingKeys.set(waiting, parentKey);
        waiting++;
    }

    /** Makes rows of a folder that was kept aside and of those it lies in. */
    private int promote(int aside) {
        int first = Catalog.NONE;
        int below = Catalog.NONE;
        for (int at = aside; ; ) {
            int row = builder.add(Rows.of(unlisted.catalog(), at));
            builder.rating(row, Rating.of(RatingClass.INTACT, 100, ReasonKind.LIVE));
            folders.put(unlisted.key(at), row);
            first = first == Catalog.NONE ? row : first;
            if (below != Catalog.NONE) {
                builder.parent(below, row);
            }
            long parentKey = unlisted.parentKey(at);
            int parent = parentKey == rootKey ? Catalog.NONE : folders.get(parentKey);
            if (parentKey == rootKey) {
                return first;
            }
            if (parent == LongIntMap.ABSENT || parent >= 0) {
                await(row, parentKey);
                return first;
            }
            at = ~parent;
            below = row;
        }
    }

    /** Gives folders to the rows that wait, as far as they are known by now. */
    void settle(JobMonitor monitor) throws CancelledException {
        int kept = 0;
        // promoting may append to the list while it is walked
        for (int i = 0; i < waiting; i++) {
            if ((i & 0xffff) == 0) {
                monitor.checkpoint();
            }
            int row = waitingRows.get(i);
            long key = waitingKeys.get(i);
            int parent = parentOfNew(key);
            if (parent == LongIntMap.ABSENT || !place(row, parent)) {
                waitingRows.set(kept, row);
                waitingKeys.set(kept, key);
                kept++;
            }
        }
        waiting = kept;
    }

    /** Whether the row could be put there: not below itself, and not too deep. */
    private boolean place(int row, int parent) {
        if (catalog.folder(row)) {
            int depth = 0;
            for (int at = parent; at != Catalog.NONE; at = catalog.parent(at)) {
                if (at == row || ++depth > MAX_DEPTH) {
                    return false;
                }
            }
        }
        builder.parent(row, parent);
        return true;
    }

    /** What is still without a folder goes below "Lost folders". */
    void buryLost(JobMonitor monitor) throws CancelledException {
        settle(monitor);
        for (int i = 0; i < waiting; i++) {
            if ((i & 0xfff) == 0) {
                monitor.checkpoint();
            }
            int row = waitingRows.get(i);
            lose(row, lostFolder(waitingKeys.get(i)));
        }
        waiting = 0;
    }

    /** A file without any name, or one that has lost its folder altogether. */
    void lose(int row, int folder) {
        builder.parent(row, folder);
        Rating rating = catalog.rating(row);
        if (rating.ratingClass() != RatingClass.PENDING) {
            rating.reasons().add(ReasonKind.LOST_FOLDER);
            builder.rating(row, rating);
        }
    }

    /** The folder that stands for the lost one with that key. */
    private int lostFolder(long key) {
        int known = lostFolders.get(key);
        if (known != LongIntMap.ABSENT) {
            return known;
        }
        String number = number(key);
        int slack = lostNames.get(key);
        String name = slack == LongIntMap.ABSENT ? Messages.get("lost.folder", number) : slackFolders.name(slack);
        if (!usedNames.add(name)) {
            name = name + " (" + number + ")";
        }
        int row = madeUp(name, key, lostRoot());
        lostFolders.put(key, row);
        return row;
    }

    /** The row of "Lost folders"; made when it is first needed. */
    int lostRoot() {
        if (lostRoot == Catalog.NONE) {
            lostRoot = madeUp(Messages.get("lost.root"), 0, Catalog.NONE);
        }
        return lostRoot;
    }

    private int madeUp(String name, long key, int parent) {
        int row = builder.add(Rows.madeUp(name, key, parent));
        builder.rating(row, Rating.of(RatingClass.INTACT, 100, ReasonKind.LOST_FOLDER));
        return row;
    }

    /** The key as ids show it, "64-1". */
    String number(long key) {
        FileId id = catalog.ids().id(key, -1);
        return id.text().substring(catalog.ids().prefix().length() + 1);
    }

    /** Whether the row lies directly in a folder that was made up. */
    boolean lost(int row) {
        int parent = catalog.parent(row);
        return parent != Catalog.NONE && catalog.provenance(parent) == Provenance.MADE_UP;
    }

    /** Where a file that is no row lies, as far as its folders are known. */
    String pathOfUnlisted(int aside) {
        StringBuilder path = new StringBuilder(unlisted.name(aside));
        long parentKey = unlisted.parentKey(aside);
        for (int depth = 0; depth < MAX_DEPTH && parentKey != rootKey; depth++) {
            int known = folders.get(parentKey);
            if (known == LongIntMap.ABSENT) {
                break;
            }
            if (known >= 0) {
                return catalog.path(known) + "/" + path;
            }
            path.insert(0, unlisted.name(~known) + "/");
            parentKey = unlisted.parentKey(~known);
        }
        return path.toString();
    }
}
