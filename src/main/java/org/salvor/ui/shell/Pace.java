package org.salvor.ui.shell;

import java.util.ArrayDeque;
import java.util.Deque;
import org.salvor.recovery.Progress;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/**
 * How fast a job goes, and how long it may still take: a range between the fastest and the slowest stretch of the last while.
 * Nothing is said where nothing can be known: at the start, without a total, while the pace varies by more than half, and after
 * read errors.
 */
public final class Pace {
    private static final double WINDOW_SECONDS = 20;
    private static final double MIN_SECONDS = 3;
    private static final int MIN_SAMPLES = 5;

    private record Sample(double seconds, long bytes, long items) {}

    private final Deque<Sample> samples = new ArrayDeque<>();
    private String phase = "";
    private long bytesTotal = -1;
    private boolean errors;

    /** @param seconds worked so far, without pauses @param readErrors whether parts of the source could not be read */
    public void add(double seconds, Progress progress, boolean readErrors) {
        if (!progress.phase().equals(phase)) {
            samples.clear();
            phase = progress.phase();
        }
        bytesTotal = progress.bytesTotal();
        errors = readErrors;
        Sample last = samples.peekLast();
        if (last != null && seconds - last.seconds < 0.2) {
            return;
        }
        samples.addLast(new Sample(seconds, progress.bytesDone(), progress.itemsDone()));
        while (samples.size() > 2 && seconds - samples.getFirst().seconds > WINDOW_SECONDS) {
            samples.removeFirst();
        }
    }

    /** Over the last while; 0 if not known. */
    public double bytesPerSecond() {
        return span() < 0.5 ? 0 : (samples.getLast().bytes - samples.getFirst().bytes) / span();
    }

    /** Over the last while; 0 if not known. */
    public double itemsPerSecond() {
        return span() < 0.5 ? 0 : (samples.getLast().items - samples.getFirst().items) / span();
    }

    private double span() {
        return samples.size() < 2 ? 0 : samples.getLast().seconds - samples.getFirst().seconds;
    }

    /** "12,000 files/s, 184 MB/s"; empty where nothing is known. */
    public String rateText() {
        String items = itemsPerSecond() < 1 ? "" : Messages.get("pace.items", Units.count((long) itemsPerSecond()));
        String bytes = bytesPerSecond() < 1 ? "" : Messages.get("pace.bytes", Units.bytes((long) bytesPerSecond()));
        return items.isEmpty() || bytes.isEmpty() ? items + bytes : items + " \u00b7 " + bytes;
    }

    /** "about 20 to 35 min left", or empty. */
    public String remainingText() {
        if (errors) {
            return Messages.get("pace.errors");
        }
        if (samples.size() < MIN_SAMPLES || bytesTotal <= 0 || samples.getLast().seconds < MIN_SECONDS) {
            return "";
        }
        long left = bytesTotal - samples.getLast().bytes;
        double slowest = Double.MAX_VALUE;
        double fastest = 0;
        Sample from = null;
        int stretch = Math.max(1, samples.size() / 4);
        int at = 0;
        for (Sample sample : samples) {
            if (from == null) {
                from = sample;
            } else if (at % stretch == 0) {
                double rate = (sample.bytes - from.bytes) / Math.max(0.001, sample.seconds - from.seconds);
                slowest = Math.min(slowest, rate);
                fastest = Math.max(fastest, rate);
                from = sample;
            }
            at++;
        }
        if (left <= 0 || slowest <= 0 || fastest <= 0 || (fastest - slowest) / fastest > 0.5) {
            return "";
        }
        String low = Units.duration(left / fastest);
        String high = Units.duration(left / slowest);
        return low.equals(high) ? Messages.get("pace.left", low) : Messages.get("pace.range", low, high);
    }
}
