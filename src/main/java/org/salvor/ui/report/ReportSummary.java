package org.salvor.ui.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.text.Messages;

/** A report, sorted into what a person asks: is all there, what is not, and why. */
record ReportSummary(RestoreReport report, Map<Outcome, Long> counts, List<Cause> causes) {
    /** Files that ended the same way for the same reason. */
    record Cause(Outcome outcome, String reason, List<RestoredFile> files) {}

    /** How it ended, in one word. */
    enum Verdict {
        ALL,
        /** All files that were found are back; the source had more, which are lost. */
        ALL_FOUND,
        ALL_BUT,
        NONE,
        STOPPED
    }

    /** Goes through all files: not on the UI thread. */
    static ReportSummary of(RestoreReport report) {
        Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
        Map<String, Cause> causes = new LinkedHashMap<>();
        for (RestoredFile file : report.files()) {
            if (file.folder()) {
                continue;
            }
            counts.merge(file.outcome(), 1L, Long::sum);
            if (!file.there()) {
                String reason = reason(file);
                causes.computeIfAbsent(
                                file.outcome() + reason, key -> new Cause(file.outcome(), reason, new ArrayList<>()))
                        .files()
                        .add(file);
            }
        }
        List<Cause> sorted = causes.values().stream()
                .sorted(Comparator.comparing((Cause cause) -> cause.files().size())
                        .reversed())
                .toList();
        return new ReportSummary(report, counts, sorted);
    }

    /** The first reason; of a file that stays encrypted all of them, for they tell whose certificate is needed. */
    private static String reason(RestoredFile file) {
        if (file.reasons().isEmpty()) {
            return Messages.get("reportpage.cause.unknown");
        }
        return file.outcome() == Outcome.KEPT_ENCRYPTED
                ? String.join(" ", file.reasons())
                : file.reasons().getFirst();
    }

    long count(Outcome outcome) {
        return counts.getOrDefault(outcome, 0L);
    }

    long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Files that are not whole on the target. */
    long missing() {
        return total() - report.thereCount();
    }

    /** Files of which something is on the target. */
    long written() {
        return report.thereCount() + count(Outcome.PARTIAL) + count(Outcome.KEPT_ENCRYPTED);
    }

    Verdict verdict() {
        if (report.stopped()) {
            return Verdict.STOPPED;
        }
        if (missing() == 0) {
            return report.problems().isEmpty() ? Verdict.ALL : Verdict.ALL_FOUND;
        }
        return written() == 0 ? Verdict.NONE : Verdict.ALL_BUT;
    }
}
