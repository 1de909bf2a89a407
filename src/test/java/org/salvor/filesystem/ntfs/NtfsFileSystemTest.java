package org.salvor.filesystem.ntfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.EditableImage;
import org.salvor.FileRecords;
import org.salvor.TestImages;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundFile.Provenance;
import org.salvor.filesystem.ScanSink;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

class NtfsFileSystemTest {
    /** Where mkntfs puts the table of volumes with 4 KiB clusters. */
    private static final long MFT = 4 * 4096;

    private static final class Sink implements ScanSink {
        final List<FoundFile> files = new ArrayList<>();
        final List<RecoveryException> skipped = new ArrayList<>();

        @Override
        public void found(FoundFile file) {
            files.add(file);
        }

        @Override
        public void skipped(RecoveryException problem) {
            skipped.add(problem);
        }

        @Override
        public void progress(long bytesRead, long total) {}
    }

    private static Sink scan(EditableImage image, boolean thorough) throws RecoveryException {
        Sink sink = new Sink();
        try (NtfsFileSystem volume = NtfsFileSystem.open(image)) {
            volume.scan(thorough, sink);
        }
        return sink;
    }

    private static FoundFile named(Sink sink, String name) {
        return sink.files.stream()
                .filter(file -> file.deleted()
                        && file.names().stream().anyMatch(n -> n.name().equals(name)))
                .findFirst()
                .orElseThrow();
    }

    private static long recordPosition(long number) {
        return number * 1024 + MFT;
    }

    @Test
    @DisplayName("Without its first sector the volume opens by the backup in the last one")
    void backupBootSector() throws Exception {
        EditableImage image = TestImages.open("ads");
        int files = scan(image, false).files.size();
        image.zero(0, 512);
        assertThat(NtfsFileSystem.recognise(image)).isTrue();
        assertThat(scan(image, false).files).hasSize(files);
        image.zero(image.size() - 512, 512);
        assertThat(NtfsFileSystem.recognise(image)).isFalse();
        assertThatThrownBy(() -> NtfsFileSystem.open(image)).isInstanceOf(FormatException.class);
    }

    @Test
    @DisplayName("A boot sector that points nowhere is set right by its backup")
    void lyingBootSector() throws Exception {
        EditableImage image = TestImages.open("ads");
        int files = scan(image, false).files.size();
        image.set(0x31, 3);
        image.set(0x39, 3);
        assertThat(scan(image, false).files).hasSize(files);
    }

    @Test
    @DisplayName("When the first record of the table is damaged, its copy in $MFTMirr leads to the table")
    void mirror() throws Exception {
        EditableImage image = TestImages.open("ads");
        int files = scan(image, false).files.size();
        image.zero(recordPosition(0), 1024);
        int found = scan(image, false).files.size();
        assertThat(found).as("all but $MFT itself").isEqualTo(files - 1);
    }

    @Test
    @DisplayName(
            "A deleted file with an attribute list has its name and its content again, without a scan before it too")
    void deletedAttributeList() throws Exception {
        EditableImage image = TestImages.open("attrlist");
        FoundFile found = named(scan(image, false), "pieces.bin");
        assertThat(found.provenance()).isEqualTo(Provenance.SLACK_NAME);
        assertThat(found.streams().getFirst().complete()).isTrue();
        try (NtfsFileSystem fresh = NtfsFileSystem.open(image);
                FileContent content = fresh.open(found.key(), found.locator())) {
            assertThat(content.mainSize()).isEqualTo(found.size());
            assertThat(lost(content)).isZero();
        }
    }

    @Test
    @DisplayName("A name that stands only in folder slack, its reference overwritten, is found by the time of creation")
    void nameByCreation() throws Exception {
        Sink sink = scan(TestImages.open("attrlist"), false);
        assertThat(named(sink, "streams.txt").provenance()).isEqualTo(Provenance.SLACK_NAME);
        FoundFile folder = sink.files.stream()
                .filter(file -> file.folder()
                        && file.deleted()
                        && file.names().getFirst().name().equals("gone"))
                .findFirst()
                .orElseThrow();
        assertThat(Arrays.stream(folder.folderKeys()).boxed())
                .contains(named(sink, "streams.txt").names().getFirst().parentKey());
    }

    @Test
    @DisplayName("A deleted folder answers to its sequence number of now and to the one before deletion")
    void folderKeys() throws Exception {
        Sink sink = scan(TestImages.open("links"), false);
        FoundFile folder = named(sink, "gone");
        assertThat(folder.folderKeys()).containsExactly(folder.key(), folder.key() - 1);
        assertThat(named(sink, "two.bin").names().getFirst().parentKey()).isEqualTo(folder.key() - 1);
    }

    @Test
    @DisplayName(
            "Under a reparse point a stream that is not sparse is not said to have holes: they might be read as content in a store")
    void noHolesUnderAReparsePoint() throws Exception {
        EditableImage image = TestImages.open("lznt1");
        FoundFile file = scan(image, false).files.stream()
                .filter(found ->
                        !found.deleted() && found.names().getFirst().name().equals("gap.bin"))
                .findFirst()
                .orElseThrow();
        assertThat(main(image, file).holes()).isTrue();
        FileRecords records = new FileRecords(image);
        long position = recordPosition(file.key() >>> 16);
        ByteBuffer record = records.read(position);
        byte[] point = {0x34, 0x12, 0, (byte) 0xa0, 8, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8};
        FileRecords.insert(record, FileRecords.attribute(record, Attribute.END), Attribute.REPARSE_POINT, point);
        records.write(position, record);
        assertThat(main(image, file).holes()).isFalse();
    }

    @ParameterizedTest(name = "{0}: offset {1} is {2}")
    @CsvSource({"a type that there is not, 0, 0x85", "the end of all attributes, 0, 0xffffffff", "no length, 4, 0"})
    @DisplayName("A file whose $DATA is damaged is not taken for an empty one")
    void hollow(String damage, int field, String value) throws Exception {
        for (boolean there : new boolean[] {false, true}) {
            EditableImage image = TestImages.open("stranger");
            FoundFile whole = named(scan(image, false), "f2.bin");
            assertThat(whole.contentKnown()).isTrue();
            FileRecords records = new FileRecords(image);
            long position = recordPosition(whole.key() >>> 16);
            ByteBuffer record = records.read(position);
            record.putInt(
                    FileRecords.attribute(record, Attribute.DATA) + field,
                    Long.decode(value).intValue());
            record.putShort(0x16, (short) (there ? 1 : 0));
            records.write(position, record);
            FoundFile file = scan(image, false).files.stream()
                    .filter(found ->
                            found.names().stream().anyMatch(n -> n.name().equals("f2.bin")))
                    .findFirst()
                    .orElseThrow();
            assertThat(file.contentKnown()).as(damage + ", there " + there).isFalse();
        }
    }

    private static Substream main(EditableImage image, FoundFile file) throws RecoveryException {
        try (NtfsFileSystem fresh = NtfsFileSystem.open(image);
                FileContent content = fresh.open(file.key(), file.locator())) {
            Substream next = content.next();
            while (next != null && next.type() != StreamType.DATA) {
                next = content.next();
            }
            return Objects.requireNonNull(next);
        }
    }

    @Test
    @DisplayName("What lies behind the end of a truncated image is lost, and the scan goes on")
    void truncated() throws Exception {
        EditableImage whole = TestImages.open("ads");
        Sink sink = scan(whole, false);
        EditableImage image = whole.truncated(whole.size() / 2);
        try (NtfsFileSystem volume = NtfsFileSystem.open(image)) {
            Sink cut = new Sink();
            volume.scan(true, cut);
            assertThat(cut.files).hasSize(sink.files.size());
            for (FoundFile file : cut.files) {
                try (FileContent content = volume.open(file.key(), file.locator())) {
                    lost(content);
                }
            }
        }
    }

    @Test
    @DisplayName("A record of an older table is found by the thorough sweep and can be read there")
    void outsideTheTable() throws Exception {
        EditableImage image = TestImages.open("ads");
        FoundFile model = scan(image, false).files.stream()
                .filter(file -> !file.folder() && !file.deleted() && file.key() >>> 16 > 24)
                .findFirst()
                .orElseThrow();
        long place = image.size() - 64 * 1024;
        long from = recordPosition(model.key() >>> 16);
        for (int i = 0; i < 1024; i++) {
            image.set(place + i, image.get(from + i));
        }
        image.set(place + 0x2d, 0x70); // a record number that the table does not have
        Sink sink = new Sink();
        try (NtfsFileSystem volume = NtfsFileSystem.open(image)) {
            volume.scan(true, sink);
            List<FoundFile> outside = sink.files.stream()
                    .filter(file -> file.provenance() == Provenance.OUTSIDE_TABLE)
                    .toList();
            assertThat(outside).hasSize(1);
            assertThat(outside.getFirst().locator()).isEqualTo(place);
            assertThat(outside.getFirst().names()).isEqualTo(model.names());
            try (FileContent content = volume.open(outside.getFirst().key(), place)) {
                assertThat(content.mainSize()).isEqualTo(model.size());
            }
            assertThatThrownBy(() -> volume.open(model.key(), place)).isInstanceOf(FormatException.class);
        }
    }

    @Test
    @DisplayName("Every cluster of a live file counts as in use, and none behind the volume as free")
    void allocation() throws Exception {
        EditableImage image = TestImages.open("objects");
        try (NtfsFileSystem volume = NtfsFileSystem.open(image)) {
            long clusters = volume.info().clusterCount();
            assertThat(volume.allocation().allocated(0, 1)).isEqualTo(1);
            assertThat(volume.allocation().allocated(clusters, 5)).isEqualTo(5);
            assertThat(volume.allocation().firstAllocated(clusters - 1, 3)).isBetween(clusters - 1, clusters);
            long used = 0;
            for (long cluster = 0; cluster < clusters; cluster++) {
                used += volume.allocation().allocated(cluster, 1);
            }
            assertThat(volume.allocation().allocated(0, clusters))
                    .isEqualTo(used)
                    .isBetween(1L, clusters - 1);
        }
    }

    private static long lost(FileContent content) throws RecoveryException {
        long lost = 0;
        Substream stream;
        while ((stream = content.next()) != null) {
            long position = 0;
            Chunk chunk;
            while ((chunk = stream.next()) != null) {
                assertThat(chunk.offset()).isEqualTo(position);
                position += chunk.length();
                lost += chunk instanceof Chunk.Lost ? chunk.length() : 0;
            }
            assertThat(position).isEqualTo(stream.size());
        }
        return lost;
    }
}
