package org.salvor.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.salvor.recovery.Progress;

/**
 * How long a job will still take, as a range, from how its rate varied lately. Nothing is told while too little is known, while the
 * rate varies by more than half, or once the source has read errors: then nobody can know. Confined to one thread.
 */
public final class RemainingTime {
    private static final double SECONDS_BETWEEN_SAMPLES = 0.5;
    private static final int MIN_SAMPLES = 5;
    private static final int MAX_SAMPLES = 40;
    private static final double MAX_VARIATION = 0.5;

    /** From {@code low} to {@code high} seconds. */
    public record Range(long low, long high) {}

    private final Deque<Double> rates = new ArrayDeque<>();
    private String phase = "";
    private double lastSeconds;
    private long lastDone;
    private long left = -1;
    private boolean readErrors;
    private double bytesPerSecond;

    /** Takes the progress as it is now; call it as often as you like. @param seconds worked so far, pauses left out */
    public void update(Progress progress, double seconds) {
        boolean bytes = progress.bytesTotal() > 0;
        long done = bytes ? progress.bytesDone() : progress.itemsDone();
        long total = bytes ? progress.bytesTotal() : progress.itemsTotal();
        if (!progress.phase().equals(phase) || done < lastDone) {
            phase = progress.phase();
            rates.clear();
            lastSeconds = seconds;
            lastDone = done;
            bytesPerSecond = 0;
        }
        left = total > 0 ? Math.max(0, total - done) : -1;
        double passed = seconds - lastSeconds;
        if (passed < SECONDS_BETWEEN_SAMPLES) {
            return;
        }
        double rate = (done - lastDone) / passed;
        bytesPerSecond = bytes ? rate : 0;
        rates.addLast(rate);
        if (rates.size() > MAX_SAMPLES) {
            rates.removeFirst();
        }
        lastSeconds = seconds;
        lastDone = done;
    }

    /** The source has read errors: from now on nothing is told. */
    public void readError() {
        readErrors = true;
    }

    /** Of the last half second; 0 where the phase does not count bytes. */
    public double bytesPerSecond() {
        return bytesPerSecond;
    }

    public Optional<Range> range() {
        if (readErrors || left < 0 || rates.size() < MIN_SAMPLES) {
            return Optional.empty();
        }
        double mean = rates.stream().mapToDouble(Double::doubleValue).average().orElse(0);
        double square = rates.stream()
                .mapToDouble(rate -> (rate - mean) * (rate - mean))
                .average()
                .orElse(0);
        double deviation = Math.sqrt(square);
        if (mean <= 0 || deviation > MAX_VARIATION * mean) {
            return Optional.empty();
        }
        return Optional.of(new Range((long) (left / (mean + deviation)), (long) Math.ceil(left / (mean - deviation))));
    }
}
