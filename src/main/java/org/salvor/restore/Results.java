package org.salvor.restore;

import java.util.ArrayList;
import java.util.List;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/** Makes lines of the report. */
final class Results {
    private Results() {}

    /** Whether a file of this rating is never taken for whole. */
    static boolean incomplete(RatingClass rating) {
        return switch (rating) {
            case PARTIAL, OVERWRITTEN, BLANK -> true;
            case PENDING, INTACT, PROBABLE, LOCKED, STUB -> false;
        };
    }

    /** The same of a file as it was planned: of a locked one, whose rating hides what is below, the name tells it. */
    static boolean incomplete(Task task) {
        return incomplete(task.rating())
                || task.rating() == RatingClass.LOCKED && task.name().endsWith(TargetNames.PARTIAL);
    }

    static RestoredFile of(Task task, String name, WrittenStreams written, boolean whole) {
        Outcome outcome;
        if (written.encrypted()) {
            outcome = Outcome.KEPT_ENCRYPTED;
        } else {
            outcome = whole ? Outcome.RESTORED : Outcome.PARTIAL;
        }
        Task known = written.encrypted() ? task.locked() : task.unlocked();
        if (!written.encrypted()
                && (task.rating() == RatingClass.LOCKED || written.lost() > 0 && !incomplete(task.rating()))) {
            known = task.rating() == RatingClass.LOCKED && written.lost() == 0 && !name.endsWith(TargetNames.PARTIAL)
                    ? known.rated(RatingClass.PROBABLE, 100)
                    : known.lessened(written);
        }
        return known.result(
                outcome,
                in(task.parent(), name),
                written.sha256(),
                written.size(),
                written.streams().stream()
                        .map(stream -> new RestoredFile.RestoredStream(stream.name(), stream.size(), stream.sha256()))
                        .toList(),
                written.notes().toArray(String[]::new));
    }

    static RestoredFile leftOut(Task task, WrittenStreams written) {
        RestoredFile result = task.result(Outcome.SKIPPED, written.notes().toArray(String[]::new));
        return with(result, Outcome.SKIPPED, Messages.get("restore.partial-left-out"));
    }

    static String in(String parent, String name) {
        return parent.isEmpty() ? name : parent + "/" + name;
    }

    /** The same line with another outcome, and why; nothing counts as written. */
    static RestoredFile with(RestoredFile file, Outcome outcome, String why) {
        return as(because(file, more(file.reasons(), why)), outcome);
    }

    /** The same line with other reasons. */
    static RestoredFile because(RestoredFile file, List<String> reasons) {
        return line(file, file.target(), reasons);
    }

    private static RestoredFile line(RestoredFile file, String target, List<String> reasons) {
        return new RestoredFile(
                file.id(),
                file.path(),
                target,
                file.folder(),
                file.size(),
                file.outcome(),
                file.rating(),
                file.intactPercent(),
                file.sha256(),
                file.streams(),
                List.copyOf(reasons));
    }

    /** The same line with another outcome; nothing counts as written. */
    static RestoredFile as(RestoredFile file, Outcome outcome) {
        return new RestoredFile(
                file.id(),
                file.path(),
                "",
                file.folder(),
                file.size(),
                outcome,
                file.rating(),
                file.intactPercent(),
                "",
                List.of(),
                file.reasons());
    }

    /** The same line under another name. */
    static RestoredFile renamed(RestoredFile file, String target, String why) {
        return line(file, target, why.isEmpty() ? file.reasons() : more(file.reasons(), why));
    }

    private static List<String> more(List<String> reasons, String why) {
        List<String> all = new ArrayList<>(reasons);
        all.add(why);
        return List.copyOf(all);
    }
}
