package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;

/** A deleted file that was written only up to its valid data length; what lies behind that are zeros. */
@Tag("core")
class CoreValidLengthTest {
    private static final String NAME = "f2.bin";
    private static final int CLUSTER = 4096;
    /** Where mkntfs puts the table of volumes with 4 KiB clusters. */
    private static final int MFT = 4 * CLUSTER;

    private static final int RECORD = 1024;
    private static final int BITMAP = 6;
    private static final int SIZE = 20002;
    /** Three of the five clusters of the file. */
    private static final int VALID = 9000;

    private final EditableImage image = TestImages.open("stranger");
    private final int data = data(record(NAME));
    private final int start = firstCluster(data);

    CoreValidLengthTest() throws Exception {
        assertThat(bytes(data + 0x30, 8).getLong()).isEqualTo(SIZE);
    }

    @Test
    void bytesBehindTheValidLengthAreZeros() throws Exception {
        byte[] expected = Arrays.copyOf(bytes(start * CLUSTER, VALID).array(), SIZE);
        image.set(data + 0x38, number(VALID));
        Harvest.Item file = file();
        assertThat(Objects.requireNonNull(file.main()).sha256()).isEqualTo(sha256(expected));
        assertThat(file.intact()).isTrue();
    }

    @Test
    void clustersBehindTheValidLengthHoldNothingOfTheFile() throws Exception {
        image.set(data + 0x38, number(VALID));
        use(start + 3);
        use(start + 4);
        assertThat(file().intact()).isTrue();
        use(start + 2);
        assertThat(file().rating().ratingClass()).isEqualTo(RatingClass.PARTIAL);
    }

    @Test
    void whereTheImageIsCutShortOnlyClustersUpToTheValidLengthAreMissed() throws Exception {
        image.set(record(NAME) + 0x16, 1); // a file that is there
        EditableImage cut = image.truncated((start + 3L) * CLUSTER);
        Rating rating = file(cut).rating();
        assertThat(rating.ratingClass()).isEqualTo(RatingClass.PARTIAL);
        assertThat(rating.intactPercent()).isEqualTo(60);
        image.set(data + 0x38, number(VALID));
        assertThat(file(image.truncated((start + 3L) * CLUSTER)).intact()).isTrue();
    }

    private Harvest.Item file() throws Exception {
        return file(image);
    }

    private static Harvest.Item file(EditableImage image) throws Exception {
        return Road.harvest(image.copy(), Road.EVERYTHING).items().stream()
                .filter(item -> item.name().equals(NAME))
                .findFirst()
                .orElseThrow();
    }

    /** Marks a cluster as one that some file has. */
    private void use(int cluster) throws Exception {
        int at = firstCluster(data(MFT + BITMAP * RECORD)) * CLUSTER + cluster / 8;
        image.set(at, image.get(at) | 1 << cluster % 8);
    }

    private int record(String name) throws RecoveryException {
        String wanted = new String(name.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        for (int at = MFT; at < MFT + 100 * RECORD; at += RECORD) {
            String text = new String(bytes(at, RECORD).array(), StandardCharsets.ISO_8859_1);
            if (text.startsWith("FILE") && text.contains(wanted)) {
                return at;
            }
        }
        throw new AssertionError("no record of " + name);
    }

    /** Where the $DATA of a record lies that has all of it in clusters. */
    private int data(int record) throws RecoveryException {
        int at = record + bytes(record + 20, 2).getShort();
        while (bytes(at, 4).getInt() != 0x80) {
            at += bytes(at + 4, 4).getInt();
        }
        assertThat(image.get(at + 8)).isEqualTo(1);
        assertThat(at + 0x48).as("before the first fixup").isLessThan(record + 510);
        return at;
    }

    private int firstCluster(int attribute) throws RecoveryException {
        int run = attribute + bytes(attribute + 0x20, 2).getShort();
        int header = image.get(run);
        int cluster = 0;
        for (int i = header >> 4; i > 0; i--) {
            cluster = cluster << 8 | image.get(run + (header & 15) + i);
        }
        return cluster;
    }

    private ByteBuffer bytes(int position, int length) throws RecoveryException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        image.read(position, bytes);
        return bytes.flip();
    }

    private static byte[] number(long value) {
        return ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
