package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;

/** What a thorough scan makes of a record that it finds outside the file table. */
@Tag("core")
class CoreOutsideRecordsTest {
    private static final int CLUSTER = 4096;
    /** Where mkntfs puts the table of volumes with 4 KiB clusters. */
    private static final int MFT = 4 * CLUSTER;

    private static final int DATA = 0x80;
    private static final String NAME = "many.bin";
    /** A number that no record of the table has. */
    private static final int NUMBER = 5000;

    private final EditableImage image = TestImages.open("ads");
    private final FileRecords records = new FileRecords(image);
    private ByteBuffer old = ByteBuffer.allocate(0);

    /** The record of the deleted file, as an older table would have it. */
    @BeforeEach
    void record() throws Exception {
        Harvest.Item gone = Road.harvest(image, Road.EVERYTHING).items().stream()
                .filter(item -> item.path().equals("gone/" + NAME))
                .findFirst()
                .orElseThrow();
        long number = Road.harvest(image, Road.EVERYTHING).catalog().key(gone.row()) >>> 16;
        old = records.read(MFT + number * FileRecords.SIZE);
        old.putInt(0x2c, NUMBER);
    }

    @Test
    @DisplayName("In free clusters it tells of a deleted file")
    void free() throws Exception {
        records.write(blank(), old);
        assertThat(found())
                .singleElement()
                .satisfies(item ->
                        assertThat(item.rating().ratingClass()).isIn(RatingClass.PROBABLE, RatingClass.PARTIAL));
    }

    @Test
    @DisplayName("In the content of a file that is there it belongs to that content, as in the image of a disk")
    void insideAFile() throws Exception {
        Harvest.Item kept = Road.harvest(image, Road.EVERYTHING).one("kept/" + NAME);
        Catalog catalog = Road.harvest(image, Road.EVERYTHING).catalog();
        assertThat(catalog.size(kept.row())).isGreaterThan(2 * CLUSTER);
        records.write(catalog.firstCluster(kept.row()) * CLUSTER, old);
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("Where its clusters were of another size, only the name is taken from it")
    void otherClusters() throws Exception {
        int data = FileRecords.attribute(old, DATA);
        assertThat(old.get(data + 8)).as("in clusters").isEqualTo((byte) 1);
        old.putLong(data + 0x28, old.getLong(data + 0x28) / 2);
        records.write(blank(), old);
        assertThat(found())
                .singleElement()
                .satisfies(item -> assertThat(item.rating().ratingClass()).isEqualTo(RatingClass.OVERWRITTEN));
    }

    private List<Harvest.Item> found() throws RecoveryException {
        Harvest harvest = Road.harvest(image, Road.THOROUGH);
        return harvest.items().stream()
                .filter(item -> harvest.catalog().key(item.row()) >>> 16 == NUMBER)
                .toList();
    }

    private long blank() {
        for (long at = image.size() / CLUSTER - 2; at > 0; at--) {
            if (image.blank(at * CLUSTER)) {
                return at * CLUSTER;
            }
        }
        throw new AssertionError("no cluster that was never written");
    }
}
