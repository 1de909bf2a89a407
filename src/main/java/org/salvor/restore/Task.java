package org.salvor.restore;

import java.util.ArrayList;
import java.util.List;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/**
 * One line of a job: a planned file with all that is needed to write it without the catalog, as the journal keeps it.
 *
 * @param index place in the plan and in the report
 * @param target relative to the target folder; the name may change once the content is known
 * @param size on the source
 * @param order where its content begins on the source: files are read in this order
 * @param linkOf index of the file that this is a further name of; -1 if none
 * @param attributes of Windows
 * @param reasons sentences for the report
 */
record Task(
        int index,
        String id,
        String path,
        String target,
        boolean folder,
        long size,
        PlannedFile.Action action,
        RatingClass rating,
        int percent,
        long order,
        int linkOf,
        int attributes,
        FileTimes times,
        List<String> reasons) {

    /** The folder it goes to, relative to the target folder; "" for that itself. */
    String parent() {
        int slash = target.lastIndexOf('/');
        return slash < 0 ? "" : target.substring(0, slash);
    }

    String name() {
        return target.substring(target.lastIndexOf('/') + 1);
    }

    /** The name on the source. */
    String sourceName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Its result if nothing was written. */
    RestoredFile result(Outcome outcome, String... why) {
        return result(outcome, "", "", size, List.of(), why);
    }

    RestoredFile result(
            Outcome outcome,
            String written,
            String sha256,
            long length,
            List<RestoredFile.RestoredStream> streams,
            String... why) {
        List<String> all = new ArrayList<>(reasons);
        if (outcome == Outcome.PARTIAL || outcome == Outcome.FAILED) {
            all.remove(Messages.get("reason.IN_BACKUP")); // it was what the listing told; reading it told better
        }
        for (String one : why) {
            // where it is told with the name of a stream before it, the same was told of the file
            String told = one.substring(one.indexOf(": ") < 0 ? 0 : one.indexOf(": ") + 2);
            if (told.isEmpty() || all.stream().noneMatch(reason -> reason.contains(told))) {
                all.add(one);
            }
        }
        return new RestoredFile(
                id,
                path,
                written,
                folder,
                length,
                outcome,
                rating,
                percent,
                sha256,
                streams,
                all.stream().distinct().toList());
    }

    /** The same with the rating that reading it gave: a part was lost on the way. */
    Task lessened(WrittenStreams written) {
        long whole = Math.max(1, written.size());
        return rated(RatingClass.PARTIAL, (int) Math.clamp((whole - written.lost()) * 100 / whole, 0, 99));
    }

    /** The same where the key that it was planned with is not there any more, or does not open it: no certificate did. */
    Task locked() {
        if (rating == RatingClass.LOCKED) {
            return this;
        }
        return without(Messages.get("reason.DECRYPTED")).rated(RatingClass.LOCKED, percent);
    }

    /** The same where its key has come since it was planned: that it is kept encrypted is no longer true. */
    Task unlocked() {
        if (rating != RatingClass.LOCKED) {
            return this;
        }
        return without(Messages.get("restore.kept-encrypted")).without(Messages.get("restore.kept-encrypted.cut"));
    }

    private Task without(String sentence) {
        return with(
                rating,
                percent,
                reasons.stream().filter(reason -> !reason.equals(sentence)).toList());
    }

    /** The same with another rating. */
    Task rated(RatingClass other, int otherPercent) {
        return with(other, otherPercent, reasons);
    }

    private Task with(RatingClass other, int otherPercent, List<String> otherReasons) {
        return new Task(
                index,
                id,
                path,
                target,
                folder,
                size,
                action,
                other,
                otherPercent,
                order,
                linkOf,
                attributes,
                times,
                otherReasons);
    }
}
