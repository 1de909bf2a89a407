package org.salvor.engine.backup;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupSet;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceNode.Kind;
import org.salvor.recovery.SourceNode.State;
import org.salvor.text.Messages;

/**
 * The places of a backup: its sets, the newest first, and behind several of them one more for all at once; a format without sets is
 * one place itself.
 */
final class BackupPlaces {
    private static final String SET = "set-";
    private static final String ALL = "sets";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
    private static final long UNITS_A_SECOND = 10_000_000;

    private BackupPlaces() {}

    static SourceNode tree(Source source, BackupArchive archive) {
        ArchiveInfo info = archive.info();
        List<BackupSet> sets = archive.sets();
        boolean single = sets.equals(List.of(BackupSet.ONLY)); // the format has no sets
        List<SourceNode> children = new ArrayList<>();
        if (!single) {
            newestFirst(sets).forEach(set -> children.add(node(source, info, set)));
        }
        if (sets.size() > 1) {
            children.add(all(source, info, sets.size()));
        }
        List<String> detail = new ArrayList<>(info.notes());
        if (!info.software().isEmpty()) {
            detail.addFirst(info.software() + ".");
        }
        if (sets.isEmpty() && info.notes().isEmpty()) {
            detail.add(Messages.get("source.backup-unreadable"));
        }
        State state = sets.isEmpty() ? State.UNKNOWN : State.CONTAINER;
        return new SourceNode(
                source,
                "",
                Kind.MEDIUM,
                Messages.get("source.backup"),
                0,
                info.size(),
                info.format(),
                info.title(),
                single ? State.READABLE : state,
                String.join(" ", detail),
                List.copyOf(children));
    }

    private static List<BackupSet> newestFirst(List<BackupSet> sets) {
        return sets.stream()
                .sorted(Comparator.comparingLong(
                                (BackupSet set) -> set.written().orElse(Long.MIN_VALUE))
                        .thenComparingInt(BackupSet::number)
                        .reversed())
                .toList();
    }

    private static SourceNode all(Source source, ArchiveInfo info, int count) {
        return new SourceNode(
                source,
                ALL,
                Kind.BACKUP_SETS,
                Messages.get("source.backup-sets"),
                -1,
                -1,
                info.format(),
                "",
                State.READABLE,
                Messages.get("source.backup-sets.detail", count),
                List.of());
    }

    /** A set for a person: its number, and when it was written if that is known. */
    static String title(BackupSet set) {
        return set.written().isPresent()
                ? Messages.get(
                        "source.backup-set-of", set.number(), date(set.written().getAsLong()))
                : Messages.get("source.backup-set", set.number());
    }

    /** What the folder of a set among others is called. The time comes first, for little room; no name of a file may hold a colon on Windows. */
    static String folder(BackupSet set) {
        return set.written().isPresent()
                ? Messages.get(
                        "backup.set.folder", date(set.written().getAsLong()).replace(':', '.'), set.number())
                : title(set);
    }

    private static SourceNode node(Source source, ArchiveInfo info, BackupSet set) {
        String title = title(set);
        List<String> detail = new ArrayList<>();
        if (!set.machine().isEmpty()) {
            detail.add(Messages.get("backup.set.machine", set.machine()));
        }
        if (!set.volumes().isEmpty()) {
            detail.add(String.join(", ", set.volumes()));
        }
        if (set.method() != BackupSet.Method.UNKNOWN) {
            detail.add(Messages.get("backup.method." + set.method()));
        }
        if (!set.user().isEmpty()) {
            detail.add(Messages.get("backup.set.user", set.user()));
        }
        if (!set.description().isEmpty() && !set.description().equals(set.name())) {
            detail.add(set.description());
        }
        List<String> all = new ArrayList<>(detail.isEmpty() ? List.of() : List.of(String.join(", ", detail) + "."));
        all.addAll(set.notes()); // also what a password of its format means
        return new SourceNode(
                source,
                SET + set.number(),
                Kind.BACKUP_SET,
                title,
                -1,
                -1,
                info.format(),
                set.name(),
                State.READABLE,
                String.join(" ", all),
                List.of());
    }

    /** In the time zone of this computer. */
    static String date(long written) {
        return DATE.withZone(ZoneId.systemDefault())
                .format(Instant.ofEpochSecond(Math.floorDiv(written, UNITS_A_SECOND)));
    }

    /** The sets that a place stands for, one or more. */
    static List<BackupSet> sets(SourceNode node, BackupArchive archive) throws RecoveryException {
        if (node.id().equals(ALL) && archive.sets().size() > 1) {
            return newestFirst(archive.sets());
        }
        for (BackupSet set : archive.sets()) {
            if (node.id().equals(SET + set.number()) || node.id().isEmpty()) {
                return List.of(set);
            }
        }
        throw new RecoveryException(Messages.get("source.unknown", node.source().text()));
    }
}
