package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RecoverySession;

/** A file table in several pieces, and one whose two first records do not agree. */
@Tag("core")
class CoreFileTableTest {
    private static final int CLUSTER = 4096;
    private static final int RECORD = 1024;
    private static final int STANDARD_INFORMATION = 0x10;
    private static final int ATTRIBUTE_LIST = 0x20;
    private static final int DATA = 0x80;
    /** A record that volumes leave free, in the first clusters of the table. */
    private static final int EXTENSION = 15;
    /** Clusters of the piece that record 0 tells of: records 0 to 15. */
    private static final int FIRST = EXTENSION * RECORD / CLUSTER + 1;

    private final EditableImage image = TestImages.open("objects");
    private final FileRecords records = new FileRecords(image);
    private final long table = number(0x30, 8) * CLUSTER;
    private final long mirror = number(0x38, 8) * CLUSTER;
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> before = rows();

    CoreFileTableTest() throws Exception {
        assertThat(before).hasSizeGreaterThan(30);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest(name = "which tells of {0} records")
    @ValueSource(ints = {1, 16, 40})
    @DisplayName("A first record that tells of too small a table hides no file where its copy tells of all of it")
    void tooSmall(int count) throws Exception {
        shrink(table, count);
        same();
        assertThat(problems)
                .singleElement()
                .satisfies(problem -> assertThat(problem.text())
                        .contains("$MFTMirr", "has " + count + " records by one", "The copy was followed"));
    }

    @Test
    @DisplayName("A copy that is older than the first record, and tells of a smaller table, is passed over")
    void olderCopy() throws Exception {
        shrink(mirror, 16);
        same();
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName("A copy that tells of more records where there are none is passed over")
    void lyingCopy() throws Exception {
        ByteBuffer record = records.read(mirror);
        int data = FileRecords.attribute(record, DATA);
        for (int size : new int[] {0x30, 0x38}) {
            record.putLong(data + size, record.getLong(data + size) * 4);
        }
        record.putLong(data + 0x18, record.getLong(data + 0x18) * 4);
        record.put(record.getShort(data + 0x20) + data + 1, (byte) 120);
        records.write(mirror, record);
        same();
        assertThat(problems).isEmpty();
    }

    @Test
    @DisplayName(
            "A table in three pieces, two of them told by the attribute list of $MFT and one of these before the other")
    void pieces() throws Exception {
        split();
        same();
        assertThat(problems).as("its copy leads to where the table was").isEmpty();
    }

    @Test
    @DisplayName("The same where only the copy in $MFTMirr tells of the pieces")
    void piecesByTheCopy() throws Exception {
        ByteBuffer old = records.read(table);
        split();
        records.write(mirror, records.read(table));
        records.write(table, old);
        same();
        assertThat(problems).hasSize(1);
    }

    @Test
    @DisplayName(
            "Where the record that tells of the other pieces is damaged, the files of the first come and the loss is told")
    void damagedExtension() throws Exception {
        long all = recordCount(table);
        split();
        image.zero(table + EXTENSION * RECORD, RECORD);
        assertThat(rows()).isEmpty();
        assertThat(problems.stream().map(Problem::text))
                .anyMatch(text -> text.contains("up to " + (all - FIRST * CLUSTER / RECORD) + " files"));
    }

    /** The same files as before, of which a few are named where they differ. */
    private void same() throws RecoveryException {
        List<String> now = rows();
        assertThat(before.stream().filter(row -> !now.contains(row)).limit(3)).isEmpty();
        assertThat(now).hasSameSizeAs(before);
    }

    /** All files that are not the file system's own, with their bytes and ratings. */
    private List<String> rows() throws RecoveryException {
        problems.clear();
        JobMonitor monitor = new JobMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }

            @Override
            public void checkpoint() throws CancelledException {}
        };
        try (RecoverySession session = Road.open(image, "")) {
            return Harvest.of(session, Road.EVERYTHING, monitor).items().stream()
                    .filter(item -> !item.path().startsWith("$"))
                    .map(Harvest.Item::toString)
                    .toList();
        }
    }

    /** Makes a first record tell of the first records alone. */
    private void shrink(long position, int count) throws RecoveryException {
        ByteBuffer record = records.read(position);
        int data = FileRecords.attribute(record, DATA);
        int clusters = (count * RECORD + CLUSTER - 1) / CLUSTER;
        record.putLong(data + 0x18, clusters - 1);
        record.putLong(data + 0x28, (long) clusters * CLUSTER);
        record.putLong(data + 0x30, (long) count * RECORD);
        record.putLong(data + 0x38, (long) count * RECORD);
        record.put(record.getShort(data + 0x20) + data + 1, (byte) clusters);
        records.write(position, record);
    }

    private long recordCount(long position) throws RecoveryException {
        ByteBuffer record = records.read(position);
        return record.getLong(FileRecords.attribute(record, DATA) + 0x30) / RECORD;
    }

    /** Moves all of the table but its first clusters to two places of their own, and lets an extension record tell of them. */
    private void split() throws RecoveryException {
        int[] places = places();
        int clusters = places.length;
        int half = (clusters - FIRST) / 2;
        int rest = clusters - FIRST - half;
        int far = blank(half, (int) (image.size() / CLUSTER) - 1);
        int near = blank(rest, far);
        for (int i = FIRST; i < clusters; i++) {
            move(places[i], i < FIRST + half ? far + i - FIRST : near + i - FIRST - half);
        }
        ByteBuffer record = records.read(table);
        long self = 1L << 48;
        int data = FileRecords.attribute(record, DATA);
        record.putLong(data + 0x18, FIRST - 1);
        putRuns(record, data, new int[][] {{FIRST, (int) (table / CLUSTER)}});
        long extension = (long) EXTENSION << 48 | EXTENSION;
        List<byte[]> entries = new ArrayList<>();
        for (int at = record.getShort(0x14); record.getInt(at) != -1; at += record.getInt(at + 4)) {
            entries.add(entry(record.getInt(at), 0, self));
            if (record.getInt(at) == DATA) {
                entries.add(entry(DATA, FIRST, extension));
            }
        }
        insertList(record, entries);
        records.write(table, record);
        records.write(table + EXTENSION * RECORD, extension(clusters, new int[][] {{half, far}, {rest, near}}));
    }

    private static byte[] entry(int type, long lowestVcn, long reference) {
        return ByteBuffer.allocate(0x20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putShort((short) 0x20)
                .put((byte) 0)
                .put((byte) 0x1a)
                .putLong(lowestVcn)
                .putLong(reference)
                .array();
    }

    private static void insertList(ByteBuffer record, List<byte[]> entries) {
        ByteBuffer list = ByteBuffer.allocate(0x20 * entries.size());
        entries.forEach(list::put);
        int standard = FileRecords.attribute(record, STANDARD_INFORMATION);
        FileRecords.insert(record, standard + record.getInt(standard + 4), ATTRIBUTE_LIST, list.array());
    }

    private static ByteBuffer extension(int clusters, int[][] runs) {
        ByteBuffer record = ByteBuffer.allocate(RECORD).order(ByteOrder.LITTLE_ENDIAN);
        int data = 0x38;
        record.putInt(0, 0x454c4946).putShort(4, (short) 0x30).putShort(6, (short) 3);
        record.putShort(0x10, (short) EXTENSION).putShort(0x14, (short) data).putShort(0x16, (short) 1);
        record.putInt(0x18, data + 0x60).putInt(0x1c, RECORD);
        record.putLong(0x20, 1L << 48).putInt(0x2c, EXTENSION);
        record.putInt(data, DATA).putInt(data + 4, 0x58).put(data + 8, (byte) 1);
        record.putLong(data + 0x10, FIRST).putLong(data + 0x18, clusters - 1);
        record.putShort(data + 0x20, (short) 0x40);
        putRuns(record, data, runs);
        record.putInt(data + 0x58, -1);
        return record;
    }

    /** @param runs number of clusters and first cluster of each */
    private static void putRuns(ByteBuffer record, int attribute, int[][] runs) {
        int at = attribute + record.getShort(attribute + 0x20);
        int before = 0;
        for (int[] run : runs) {
            record.put(at, (byte) 0x42).putShort(at + 1, (short) run[0]).putInt(at + 3, run[1] - before);
            before = run[1];
            at += 7;
        }
        record.put(at, (byte) 0);
        assertThat(at).isLessThan(attribute + record.getInt(attribute + 4));
    }

    /** The clusters of the table, in its order. */
    private int[] places() throws RecoveryException {
        ByteBuffer record = records.read(table);
        int data = FileRecords.attribute(record, DATA);
        int[] places = new int[(int) record.getLong(data + 0x18) + 1];
        int at = data + record.getShort(data + 0x20);
        int cluster = 0;
        for (int known = 0; known < places.length; ) {
            int header = record.get(at);
            int length = (int) signed(record, at + 1, header & 15);
            cluster += (int) signed(record, at + 1 + (header & 15), header >> 4);
            for (int i = 0; i < length; i++) {
                places[known++] = cluster + i;
            }
            at += 1 + (header & 15) + (header >> 4);
        }
        return places;
    }

    private static long signed(ByteBuffer record, int at, int bytes) {
        long value = record.get(at + bytes - 1);
        for (int i = bytes - 2; i >= 0; i--) {
            value = value << 8 | record.get(at + i) & 0xff;
        }
        return value;
    }

    private void move(int from, int to) throws RecoveryException {
        ByteBuffer cluster = ByteBuffer.allocate(CLUSTER);
        image.read((long) from * CLUSTER, cluster);
        image.set((long) to * CLUSTER, cluster.array());
        image.zero((long) from * CLUSTER, CLUSTER);
    }

    /** The first of so many clusters that were never written, before a place. */
    private int blank(int count, int before) {
        int free = 0;
        for (int at = before - 1; at > 0; at--) {
            free = image.blank((long) at * CLUSTER) ? free + 1 : 0;
            if (free == count) {
                return at;
            }
        }
        throw new AssertionError("no room for " + count + " clusters");
    }

    private long number(long position, int bytes) {
        long number = 0;
        for (int i = bytes - 1; i >= 0; i--) {
            number = number << 8 | image.get(position + i);
        }
        return number;
    }
}
