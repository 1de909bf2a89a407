package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.EditableImage;
import org.salvor.TestImages;
import org.salvor.codec.ByteView;

@DisplayName("The file table")
class MftTableTest {
    @ParameterizedTest(name = "every record of {0}")
    @ValueSource(strings = {"objects", "sector4k", "attrlist"})
    void aWalkGivesTheSameRecordsInWhateverStepsItGoes(String image) throws Exception {
        MftTable table = open(image);
        for (long step : new long[] {1, 2, 9, 40, 300}) {
            long[] numbers = LongStream.iterate(0, n -> n < table.recordCount(), n -> n + step)
                    .toArray();
            for (long number : numbers) {
                same(table, number);
            }
        }
        // back, far ahead, and the last one
        for (long number : new long[] {table.recordCount() - 1, 0, 30, 5, table.recordCount() - 1}) {
            same(table, number);
        }
    }

    private static void same(MftTable table, long number) throws Exception {
        byte[] raw = new byte[table.recordSize()];
        table.readBytes(number * table.recordSize(), ByteBuffer.wrap(raw));
        if (MftRecord.isRecord(raw, 0)) {
            MftRecord walked = table.readNext(number);
            MftRecord alone = table.read(number);
            assertThat(Arrays.equals(walked.data, walked.start, walked.start + walked.size, alone.data, 0, alone.size))
                    .as("record %d", number)
                    .isTrue();
            assertThat(walked.number).isEqualTo(number);
        }
    }

    @Test
    @DisplayName("Of names in folder slack only those are kept that a nameless record may have had")
    void nameless() throws Exception {
        Nameless nameless = new Nameless();
        assertThat(nameless.mayBeCreatedAt(0)).isFalse();
        MftTable table = open("objects");
        Attribute standard = Objects.requireNonNull(NtfsFile.of(table.read(5)).find(Attribute.STANDARD_INFORMATION));
        nameless.add(standard);
        long created = Le.i64(standard.record.data, standard.valueStart);
        assertThat(nameless.mayBeCreatedAt(created)).isTrue();
        assertThat(nameless.mayBeCreatedAt(created + 1)).isFalse();

        nameless.add(null);
        assertThat(nameless.mayBeCreatedAt(created + 1))
                .as("of one it is not known when it was created")
                .isTrue();
    }

    private static MftTable open(String name) throws Exception {
        EditableImage image = TestImages.open(name);
        ByteBuffer sector = ByteBuffer.allocate(BootSector.SIZE);
        image.read(0, sector);
        return MftTable.open(new Volume(image, BootSector.parse(ByteView.of(sector.flip(), "boot sector", 0))));
    }
}
