package org.salvor.device;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * Gets out of a failing disk what it still gives. A read that fails is tried again in pieces of 64 KiB, and a failing piece by
 * sectors; a sector that fails is bad from then on and is never asked for again. Inside a large dead zone the steps grow (a dead
 * sector may cost seconds), and the last step is read backwards from its end, so that the zone's end is exact. When very many
 * sectors in a row fail and the start of the disk fails too, the disk is gone: it is then asked once a second at most.
 */
public final class ResilientDevice implements BlockDevice {
    private static final int PIECE = 64 << 10;

    /** So many bad sectors in a row, and the steps begin to grow. */
    private static final int PATIENCE = 16;

    /** So many failed reads in a row, and the start of the disk is asked whether it is still there. */
    private static final int DOUBT = 64;

    private static final long NANOS_BETWEEN_KNOCKS = 1_000_000_000L;

    private final BlockDevice device;
    private final int sector;
    private final BadRanges bad = new BadRanges();
    private final BadRanges unanswered = new BadRanges();
    private final AtomicLong failedReads = new AtomicLong();
    private final AtomicInteger failedInRow = new AtomicInteger();
    private final AtomicReference<@Nullable Gone> gone = new AtomicReference<>();

    private volatile long lastGood = -1;

    private record Gone(long sinceNanos, SourceReadException cause) {}

    public ResilientDevice(BlockDevice device) {
        this.device = device;
        this.sector = device.sectorSize();
    }

    /** The bad sectors found until now. */
    public BadRanges badRanges() {
        return bad;
    }

    /** All that could not be read until now: bad sectors, and what was asked while the device did not answer. */
    public List<BadRanges.Range> unreadable() {
        if (unanswered.isEmpty()) {
            return bad.list();
        }
        BadRanges all = new BadRanges();
        bad.list().forEach(range -> all.add(range.position(), range.length()));
        unanswered.list().forEach(range -> all.add(range.position(), range.length()));
        return all.list();
    }

    /** How many bytes could not be read. */
    public long unreadableBytes() {
        return bad.bytes() + unanswered.bytes();
    }

    /** Whether so much could not be read that places near [from, to) are not remembered: read it again to know. */
    public boolean mustAskAgain(long from, long to) {
        return bad.forgotten(from, to) || unanswered.forgotten(from, to);
    }

    /** How many reads failed, repeated ones included. */
    public long failedReads() {
        return failedReads.get();
    }

    /** Whether the device has stopped to answer at all. It may come back. */
    public boolean isGone() {
        return gone.get() != null;
    }

    @Override
    public long size() {
        return device.size();
    }

    @Override
    public int sectorSize() {
        return device.sectorSize();
    }

    @Override
    public String describe() {
        return device.describe();
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        Bounds.check(position, target.remaining(), size());
        SourceReadException[] first = new SourceReadException[1];
        rescue(position, target, (at, length, cause) -> {
            if (first[0] == null) {
                first[0] = new SourceReadException(at, length, Messages.get("device.bad-sector"), cause);
            }
        });
        if (first[0] != null) {
            throw first[0];
        }
    }

    @Override
    public void readAround(long position, ByteBuffer target, BadRangeListener listener) {
        int wanted = target.remaining();
        int inside = (int) Math.clamp(size() - position, 0, wanted);
        target.limit(target.position() + inside);
        rescue(position, target, listener);
        target.limit(target.position() + wanted - inside);
        if (inside < wanted) {
            Zeros.fill(target);
            long at = position + inside;
            listener.unreadable(at, wanted - inside, Bounds.pastEnd(at, wanted - inside, size()));
        }
    }

    /** Fills {@code target} from inside the device; tells each bad range once, in order. */
    private void rescue(long position, ByteBuffer target, BadRangeListener listener) {
        int base = target.position();
        long end = position + target.remaining();
        for (long at = position; at < end; ) {
            BadRanges.Range known = bad.firstIn(at, end);
            long readable = known == null ? end : known.position();
            if (readable > at) {
                patiently(at, target.slice(base + (int) (at - position), (int) (readable - at)), listener);
            }
            at = readable;
            if (known != null) {
                Zeros.fill(target.slice(base + (int) (at - position), (int) known.length()));
                SourceReadException cause =
                        new SourceReadException(at, known.length(), Messages.get("device.bad-sector"), null);
                listener.unreadable(at, known.length(), cause);
                at = known.end();
            }
        }
        target.position(target.limit());
    }

    /** A range without known bad sectors: at once, then by pieces, then by sectors. */
    private void patiently(long position, ByteBuffer part, BadRangeListener listener) {
        if (attempt(position, part.duplicate()) == null) {
            return;
        }
        Request request = new Request(position, part);
        long at = position;
        while (at < request.end && !silent()) {
            long pieceEnd = Math.min(request.end, (at / PIECE + 1) * PIECE);
            if (request.badInRow == 0 && attempt(at, request.bytes(at, pieceEnd)) == null) {
                at = pieceEnd;
                continue;
            }
            while (at < pieceEnd && !silent()) {
                at = request.step(at);
            }
        }
        request.trim();
        for (BadRanges.Range range : request.failed.list()) {
            long start = range.position() - range.position() % sector;
            bad.add(start, Math.min(size(), Math.ceilDiv(range.end(), (long) sector) * sector) - start);
            request.lose(range, "device.bad-sector", listener);
        }
        if (at < request.end) {
            unanswered.add(at, request.end - at);
            request.lose(new BadRanges.Range(at, request.end - at), "device.gone", listener);
        }
    }

    /** One range on its way down to the sectors. */
    private final class Request {
        private final long position;
        private final long end;
        private final ByteBuffer part;
        private final BadRanges failed = new BadRanges();
        private int badInRow;
        private int length = sector;
        private BadRanges.@Nullable Range coarse;
        private @Nullable SourceReadException cause;

        Request(long position, ByteBuffer part) {
            this.position = position;
            this.end = position + part.remaining();
            this.part = part;
        }

        ByteBuffer bytes(long from, long to) {
            return part.slice((int) (from - position), (int) (to - from));
        }

        /** One sector, or more of them in a dead zone; gives where to go on. */
        long step(long at) {
            long to = Math.min(end, at - at % sector + length);
            SourceReadException broken = attempt(at, bytes(at, to));
            if (broken == null) {
                trim();
                badInRow = 0;
                length = sector;
                return to;
            }
            cause = broken;
            if (gone.get() != null) {
                return at;
            }
            trimmed();
            if (length > sector) {
                coarse = new BadRanges.Range(at, to - at);
            } else {
                failed.add(at, to - at);
            }
            badInRow++;
            length = badInRow < PATIENCE ? sector : Math.min(PIECE, length * 2);
            return to;
        }

        /** The last growing step failed as a whole: what its end still gives is not lost. */
        void trim() {
            BadRanges.Range last = coarse;
            if (last != null) {
                long to = last.end();
                while (to > last.position() && !silent()) {
                    long from = Math.max(last.position(), (to - 1) / sector * sector);
                    if (attempt(from, bytes(from, to)) != null) {
                        break;
                    }
                    to = from;
                }
                coarse = to > last.position() ? new BadRanges.Range(last.position(), to - last.position()) : null;
            }
            trimmed();
        }

        private void trimmed() {
            if (coarse != null) {
                failed.add(coarse.position(), coarse.length());
                coarse = null;
            }
        }

        void lose(BadRanges.Range range, String key, BadRangeListener listener) {
            Zeros.fill(bytes(range.position(), range.end()));
            String why = "device.gone".equals(key) ? Messages.get("device.gone") : Messages.get("device.bad-sector");
            listener.unreadable(
                    range.position(),
                    range.length(),
                    new SourceReadException(range.position(), range.length(), why, cause));
        }
    }

    /** Null if it went well. */
    private @Nullable SourceReadException attempt(long position, ByteBuffer part) {
        Gone absent = gone.get();
        if (absent != null && System.nanoTime() - absent.sinceNanos < NANOS_BETWEEN_KNOCKS) {
            return absent.cause;
        }
        int length = part.remaining();
        SourceReadException failure = ask(position, part);
        if (failure == null) {
            failedInRow.set(0);
            lastGood = position;
            gone.set(null);
            if (!unanswered.isEmpty()) {
                unanswered.remove(position, length);
            }
        } else if (absent != null || failedInRow.incrementAndGet() % DOUBT == 0 && !knock()) {
            gone.set(new Gone(System.nanoTime(), failure));
        }
        return failure;
    }

    private @Nullable SourceReadException ask(long position, ByteBuffer part) {
        try {
            device.read(position, part);
            return null;
        } catch (SourceReadException e) {
            failedReads.incrementAndGet();
            return e;
        }
    }

    /** Whether the device answers anywhere: where it did last, else at its start, middle or end. */
    private boolean knock() {
        long last = lastGood;
        long[] doors = last >= 0 ? new long[] {last} : new long[] {0, size() / 2 / sector * sector, size() - sector};
        for (long door : doors) {
            if (door >= 0 && door + sector <= size() && ask(door, ByteBuffer.allocate(sector)) == null) {
                return true;
            }
        }
        return false;
    }

    /** Gone, and not yet time to ask again. */
    private boolean silent() {
        Gone absent = gone.get();
        return absent != null && System.nanoTime() - absent.sinceNanos < NANOS_BETWEEN_KNOCKS;
    }

    @Override
    public void close() {
        device.close();
    }
}
