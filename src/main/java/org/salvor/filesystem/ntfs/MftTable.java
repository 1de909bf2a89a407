package org.salvor.filesystem.ntfs;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** The current file table: $MFT as a stream of records. */
final class MftTable {
    private static final int SMALL_WINDOW = 8 << 10;
    private static final int LARGE_WINDOW = 256 << 10;
    /** How many records tell which of two copies leads to the table. */
    private static final int SAMPLES = 64;

    private final Volume volume;
    private final Runlist runs;
    private final RunSource source;
    private final int recordSize;
    private byte[] window = new byte[0];
    private long windowStart = -1;
    private int windowUsed;
    /** The run that {@link #holds} found last: a sweep asks for neighbours. */
    private int heldRun;

    private @Nullable RecoveryException doubt;

    private MftTable(Volume volume, Runlist runs, long size) {
        this.volume = volume;
        this.runs = runs;
        this.recordSize = volume.boot().recordSize();
        this.source = new RunSource(volume, runs, size, size);
    }

    /**
     * Finds the table by its own first record, or by the copy of it in $MFTMirr; a copy without a torn write goes before one
     * that has one. Where both can be read and differ, the one that leads to more records is used: see {@link #doubt()}.
     */
    static MftTable open(Volume volume) throws RecoveryException {
        RecoveryException problem = null;
        for (boolean intact : new boolean[] {true, false}) {
            List<MftTable> copies = new ArrayList<>(2);
            for (long cluster :
                    new long[] {volume.boot().mftCluster(), volume.boot().mirrorCluster()}) {
                if (cluster < 0) {
                    continue;
                }
                try {
                    copies.add(openAt(volume, cluster, intact));
                } catch (RecoveryException e) {
                    problem = problem == null ? e : problem;
                }
            }
            if (!copies.isEmpty()) {
                return better(copies.getFirst(), copies.getLast());
            }
        }
        throw problem != null ? problem : new FormatException("$MFT", -1, "a first record", "none");
    }

    /** The same numbers are asked of both, some of them of those that only the larger one has. */
    private static MftTable better(MftTable own, MftTable mirror) {
        if (own == mirror || own.source.size() == mirror.source.size() && own.runs.same(mirror.runs)) {
            return own;
        }
        long less = Math.min(own.recordCount(), mirror.recordCount());
        long more = Math.max(own.recordCount(), mirror.recordCount());
        LongStream numbers = LongStream.concat(evenly(0, more, SAMPLES), evenly(less, more, SAMPLES / 4));
        long lead = numbers.map(number -> (mirror.leadsTo(number) ? 1 : 0) - (own.leadsTo(number) ? 1 : 0))
                .sum();
        if (lead > 0) {
            mirror.doubt = new RecoveryException(Messages.get(
                    "ntfs.table.copies", Units.count(own.recordCount()), Units.count(mirror.recordCount())));
        }
        return lead > 0 ? mirror : own;
    }

    private static LongStream evenly(long from, long to, int wanted) {
        int count = (int) Math.min(wanted, to - from);
        return LongStream.range(0, count).map(i -> from + (to - from) / count * i);
    }

    /** Whether there is a record of that number where the runs say, and it does not say that it is another. */
    private boolean leadsTo(long number) {
        try {
            long own = read(number).ownNumber();
            return own < 0 || own == number;
        } catch (RecoveryException e) {
            return false;
        }
    }

    private static MftTable openAt(Volume volume, long cluster, boolean intact) throws RecoveryException {
        int recordSize = volume.boot().recordSize();
        byte[] bytes = new byte[recordSize];
        long position = cluster * volume.clusterSize();
        volume.device().read(position, ByteBuffer.wrap(bytes));
        MftRecord record = MftRecord.parse(bytes, 0, recordSize, 0, position);
        if (intact && !record.intact()) {
            throw new FormatException("$MFT", position, "a first record without a torn write", "a torn one");
        }
        List<Attribute> attributes = record.attributes();
        StreamLayout data = StreamLayout.of(attributes, Attribute.DATA, volume).stream()
                .filter(stream -> stream.name().isEmpty() && stream.first.nonResident)
                .findFirst()
                .orElseThrow(() -> new FormatException("$MFT", position, "a non-resident $DATA", "none"));
        if (data.first.lowestVcn() != 0 || data.size < recordSize || data.runs.allocated() == 0) {
            throw new FormatException("$MFT", position, "the first runs of the table", "none");
        }
        if (data.runs.allocated() > volume.clusterCount()) {
            throw new FormatException("$MFT", position, "runs inside the volume", data.runs.allocated() + " clusters");
        }
        Runlist runs = new Runlist();
        runs.append(data.first);
        MftTable table = new MftTable(volume, runs, data.size);
        table.extend(attributes);
        return table;
    }

    /**
     * The rest of the runs, from the extension records that the attribute list of $MFT names. Each of them lies in a part of
     * the table that is known by then.
     */
    private void extend(List<Attribute> attributes) throws RecoveryException {
        for (Attribute attribute : attributes) {
            if (attribute.type == Attribute.ATTRIBUTE_LIST) {
                for (AttributeList.Entry entry : AttributeList.read(attribute, volume)) {
                    if (entry.type() == Attribute.DATA && entry.lowestVcn() > 0) {
                        append(entry);
                    }
                }
            }
        }
    }

    private void append(AttributeList.Entry entry) throws RecoveryException {
        long number = Reference.number(entry.reference());
        if (number == 0 || !described(number)) {
            return;
        }
        MftRecord extension;
        try {
            extension = read(number);
        } catch (RecoveryException e) {
            return; // what it told of is missing: see undescribed() and lostFrom()
        }
        for (Attribute attribute : extension.attributes()) {
            if (attribute.is(Attribute.DATA, "")
                    && attribute.nonResident
                    && attribute.lowestVcn() == entry.lowestVcn()
                    && Reference.number(extension.baseReference()) == 0) {
                if (runs.allocated() + attribute.highestVcn() - attribute.lowestVcn() >= volume.clusterCount()) {
                    throw new FormatException("$MFT", extension.position, "runs inside the volume", "more clusters");
                }
                runs.append(attribute);
            }
        }
    }

    private boolean described(long number) {
        return number < (1L << 40) && runs.find(((number + 1) * recordSize - 1) / volume.clusterSize()) >= 0;
    }

    int recordSize() {
        return recordSize;
    }

    /** Bytes of the table that its runs describe. */
    long size() {
        return Math.min(source.size(), runs.end() * volume.clusterSize());
    }

    /** Bytes that the table is said to have and that no runs describe; no more than the volume has. */
    long undescribed() {
        return Math.clamp(source.size() - size(), 0, volume.boot().volumeSize());
    }

    /** Why another copy of the first record than the table's own was used; null where there was nothing to choose. */
    @Nullable
    RecoveryException doubt() {
        return doubt;
    }

    long recordCount() {
        return size() / recordSize;
    }

    Runlist runs() {
        return runs;
    }

    /** Volume position of a record; -1 where its run is lost or it is cut in two by the end of one. */
    long positionOf(long number) {
        int cluster = volume.clusterSize();
        long offset = number * recordSize;
        int run = runs.find(offset / cluster);
        return run < 0 || runs.lcn(run) < 0 ? -1 : (runs.lcn(run) - runs.vcn(run)) * cluster + offset;
    }

    /** A record of its own array. Throws where the table has none of that number, or it is damaged. */
    MftRecord read(long number) throws RecoveryException {
        require(number);
        byte[] bytes = new byte[recordSize];
        source.fill(number * recordSize, ByteBuffer.wrap(bytes));
        return MftRecord.parse(bytes, 0, recordSize, number, positionOf(number));
    }

    /** As {@link #read}, for walks in ascending order: the closer together the records, the more of them are read at once. */
    MftRecord readNext(long number) throws RecoveryException {
        require(number);
        long offset = number * recordSize;
        if (windowStart < 0 || offset < windowStart || offset + recordSize > windowStart + windowUsed) {
            moveWindow(offset);
        }
        int from = (int) (offset - windowStart);
        byte[] bytes = java.util.Arrays.copyOfRange(window, from, from + recordSize);
        return MftRecord.parse(bytes, 0, recordSize, number, positionOf(number));
    }

    private void moveWindow(long offset) throws RecoveryException {
        boolean near = windowStart >= 0 && offset >= windowStart && offset - windowStart <= 2L * windowUsed;
        int wanted = Math.clamp(near ? 2 * windowUsed : windowUsed / 2, SMALL_WINDOW, LARGE_WINDOW);
        int length = (int) Math.min(Math.max(wanted, recordSize), size() - offset);
        if (window.length < length) {
            window = new byte[length];
        }
        windowStart = offset;
        windowUsed = length;
        source.fill(offset, ByteBuffer.wrap(window, 0, length));
    }

    /** Fills {@code target} with the bytes of the table from {@code offset} on; what is lost is zero. */
    void readBytes(long offset, ByteBuffer target) {
        source.fill(offset, target);
    }

    /**
     * As {@link #readBytes(long, ByteBuffer)}.
     *
     * @param listener told of each range of the volume that could not be read
     */
    void readBytes(long offset, ByteBuffer target, BlockDevice.BadRangeListener listener) {
        source.fill(offset, target, listener);
    }

    /** Whether a byte of the volume belongs to the table. */
    boolean holds(long position) {
        long wanted = position / volume.clusterSize();
        if (inRun(heldRun, wanted)) {
            return true;
        }
        for (int i = 0; i < runs.count(); i++) {
            if (inRun(i, wanted)) {
                heldRun = i;
                return true;
            }
        }
        return false;
    }

    private boolean inRun(int run, long lcn) {
        return runs.lcn(run) >= 0 && lcn >= runs.lcn(run) && lcn - runs.lcn(run) < runs.length(run);
    }

    /** How many bytes of the table from {@code offset} on lie nowhere that can be read; 0 if they can be. */
    long lostFrom(long offset) {
        int cluster = volume.clusterSize();
        int run = runs.find(offset / cluster);
        if (run < 0) {
            return size() - offset;
        }
        boolean readable = runs.lcn(run) >= 0 && place(run, offset) < volume.readableSize();
        return readable ? 0 : (runs.vcn(run) + runs.length(run)) * cluster - offset;
    }

    /** How many bytes of the table from {@code offset} on lie where they can be asked for, {@code most} at most. */
    long there(long offset, long most) {
        long at = offset;
        while (at < offset + most && lostFrom(at) == 0) {
            int run = runs.find(at / volume.clusterSize());
            long end = (runs.vcn(run) + runs.length(run)) * volume.clusterSize();
            at = Math.min(end, at + volume.readableSize() - place(run, at));
        }
        return Math.min(most, at - offset);
    }

    private long place(int run, long offset) {
        return (runs.lcn(run) - runs.vcn(run)) * volume.clusterSize() + offset;
    }

    private void require(long number) throws FormatException {
        if (number < 0 || number >= recordCount()) {
            throw new FormatException("FILE record", -1, "a number below " + recordCount(), Long.toString(number));
        }
    }
}
