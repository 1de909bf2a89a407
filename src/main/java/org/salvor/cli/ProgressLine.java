package org.salvor.cli;

import org.salvor.recovery.Progress;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/**
 * One line of progress: phase, bar, rate, and the remaining time as a range. The range spans from the speed of the last seconds to
 * that of the whole run; it is left out while there is not enough to judge by.
 */
final class ProgressLine {
    private static final int BAR = 20;
    private static final double TOO_EARLY = 3;
    private static final double RECENT = 5;

    private String phase = "";
    private double phaseStart;
    private double markTime;
    private long markDone;
    private double recentRate = -1;

    /** @param seconds worked so far, pauses left out */
    String text(Progress now, double seconds) {
        boolean bytes = now.bytesTotal() > 0 || now.itemsTotal() <= 0 && now.bytesDone() > 0;
        long done = bytes ? now.bytesDone() : now.itemsDone();
        long total = bytes ? now.bytesTotal() : now.itemsTotal();
        if (!phase.equals(now.phase())) {
            phase = now.phase();
            phaseStart = seconds;
            markTime = seconds;
            markDone = done;
            recentRate = -1;
        }
        if (seconds - markTime >= RECENT) {
            recentRate = (done - markDone) / (seconds - markTime);
            markTime = seconds;
            markDone = done;
        }
        double worked = seconds - phaseStart;
        double rate = worked > 0 ? done / worked : 0;
        StringBuilder line = new StringBuilder(Messages.get("phase." + now.phase()));
        if (total > 0) {
            int percent = (int) Math.min(100, 100.0 * done / total);
            int filled = percent * BAR / 100;
            line.append("  [")
                    .append("#".repeat(filled))
                    .append("-".repeat(BAR - filled))
                    .append("] ");
            line.append(Messages.get("cli.progress.percent", percent));
        }
        if (done > 0 && worked >= 1) {
            line.append("  ")
                    .append(
                            bytes
                                    ? Messages.get("cli.progress.bytes", Units.bytes((long) rate))
                                    : Messages.get("cli.progress.items", Units.count((long) rate)));
        }
        if (total > done && worked >= TOO_EARLY && rate > 0 && recentRate > 0) {
            line.append("  ")
                    .append(remaining(
                            (total - done) / Math.max(rate, recentRate), (total - done) / Math.min(rate, recentRate)));
        }
        return line.toString();
    }

    private static String remaining(double least, double most) {
        String from = Units.duration(least);
        String to = Units.duration(most);
        return from.equals(to)
                ? Messages.get("cli.progress.left", to)
                : Messages.get("cli.progress.leftRange", from, to);
    }
}
