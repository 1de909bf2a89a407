package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.salvor.device.BadRanges;
import org.salvor.device.BlockDevice;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.SourceReadException;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundStream;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.FileId;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.ScanPlan;

/** Each rating of the contract, section 3, and in their order. */
class RatingTest {
    private final ScriptedVolume volume = new ScriptedVolume();

    @Test
    void a_file_with_free_clusters_that_nobody_else_claims_is_intact() throws Exception {
        Catalog catalog = volume.deleted(30, "a.dat", text(5000), 100, 101).scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30)).isEqualTo(Rating.of(RatingClass.INTACT, 100, ReasonKind.CLUSTERS_FREE));
    }

    @Test
    void clusters_of_another_file_make_it_partial_and_name_that_file() throws Exception {
        Catalog catalog = volume.folder(40, ScriptedVolume.ROOT, "Windows", false)
                .add(41, ScriptedVolume.key(40), "x.log", false, text(4096), 4096, 101)
                .used(101)
                .deleted(30, "a.dat", text(12_000), 100, 101, 102)
                .scan(ScanPlan.QUICK);
        int row = row(catalog, 30);
        assertThat(catalog.ratingClass(row)).isEqualTo(RatingClass.PARTIAL);
        assertThat(catalog.intactPercent(row)).isEqualTo(66);
        assertThat(catalog.otherPath(row)).isEqualTo("Windows/x.log");
        assertThat(Reasons.sentences(catalog, row)).anyMatch(text -> text.contains("Windows/x.log"));
        assertThat(catalog.size()).as("live files are no rows").isEqualTo(1);
    }

    @Test
    void no_cluster_left_is_overwritten_and_clusters_behind_the_end_do_not_count() throws Exception {
        Catalog catalog = volume.deleted(30, "gone.dat", text(5000), 100, 101)
                .deleted(31, "short.dat", text(5000), 200, 201, 202)
                .used(100)
                .used(101)
                .used(202)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.OVERWRITTEN);
        assertThat(rating(catalog, 30).intactPercent()).isZero();
        assertThat(rating(catalog, 31).ratingClass()).isEqualTo(RatingClass.INTACT);
    }

    @Test
    void a_cluster_that_a_live_file_claims_is_lost_though_the_map_calls_it_free() throws Exception {
        Catalog catalog = volume.add(41, ScriptedVolume.ROOT, "x.log", false, text(4096), 4096, 100)
                .deleted(30, "a.dat", text(4096), 100)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.OVERWRITTEN);
    }

    @Test
    void holes_are_no_clusters() throws Exception {
        FoundStream sparse = new FoundStream(
                "",
                10L << 20,
                8192,
                FoundStream.Form.SPARSE,
                new ClusterRuns(new long[] {100, -1, 101}, new long[] {1, 2558, 1}),
                true);
        Catalog catalog = volume.add(ScriptedVolume.found(
                        30,
                        ScriptedVolume.ROOT,
                        "sparse.dat",
                        false,
                        true,
                        List.of(sparse),
                        10L << 20,
                        FoundFile.Provenance.TABLE))
                .used(101)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).intactPercent()).isEqualTo(50);
    }

    @Test
    void two_deleted_files_with_the_same_clusters_are_probable_and_name_each_other() throws Exception {
        Catalog catalog = volume.deleted(30, "one.dat", text(5000), 100, 101)
                .deleted(31, "two.dat", text(9000), 101, 102, 103)
                .deleted(32, "three.dat", text(4000), 104)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.PROBABLE);
        assertThat(catalog.otherPath(row(catalog, 30))).isEqualTo("two.dat");
        assertThat(catalog.otherPath(row(catalog, 31))).isEqualTo("one.dat");
        assertThat(rating(catalog, 32).ratingClass()).isEqualTo(RatingClass.INTACT);
    }

    @Test
    void a_contested_file_whose_whole_content_proves_itself_is_intact() throws Exception {
        byte[] zip = zip();
        byte[] broken = zip.clone();
        broken[zip.length / 2] ^= 1;
        Catalog catalog = volume.deleted(30, "a.docx", zip, clusters(100, zip))
                .deleted(31, "b.docx", broken, clusters(100, zip))
                .deleted(32, "c.png", png(), 200)
                .deleted(33, "c.gz", gzip(), 200)
                .deleted(34, "d.txt", text(10), 200)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).reasons()).containsExactly(ReasonKind.CONTENT_VALIDATED);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 31).ratingClass()).isEqualTo(RatingClass.PROBABLE);
        assertThat(rating(catalog, 32).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 33).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 34).ratingClass()).isEqualTo(RatingClass.PROBABLE);
    }

    @Test
    void a_wrong_start_lowers_to_partial_and_zeros_to_blank() throws Exception {
        Catalog catalog = volume.deleted(30, "photo.jpg", text(9000), 100, 101, 102)
                .deleted(31, "blank.txt", new byte[9000], 200, 201, 202)
                .deleted(32, "zeros.img", new byte[4096], 300)
                .deleted(33, "right.png", png(), 400)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.PARTIAL);
        assertThat(rating(catalog, 30).reasons()).contains(ReasonKind.BAD_START);
        assertThat(rating(catalog, 31)).isEqualTo(Rating.of(RatingClass.BLANK, 0, ReasonKind.ALL_ZERO));
        assertThat(rating(catalog, 32).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 33).ratingClass()).isEqualTo(RatingClass.INTACT);
    }

    @Test
    void a_thorough_scan_knows_every_cluster_that_cannot_be_read_also_of_types_without_a_check() throws Exception {
        Catalog catalog = volume.deleted(30, "a.dat", text(16_000), 100, 101, 102, 103)
                .deleted(31, "b.dat", text(8000), 200, 201)
                .deleted(32, "all.dat", text(8000), 300, 301)
                .live(33, "there.dat", text(16_000), 400, 401, 402, 403)
                .bad(101)
                .bad(300)
                .bad(301)
                .bad(402)
                .scan(new ScanPlan(true, true, true));
        assertThat(rating(catalog, 30)).isEqualTo(Rating.of(RatingClass.PARTIAL, 75, ReasonKind.UNREADABLE));
        assertThat(rating(catalog, 31).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 32)).isEqualTo(Rating.of(RatingClass.OVERWRITTEN, 0, ReasonKind.UNREADABLE));
        assertThat(rating(catalog, 33)).isEqualTo(Rating.of(RatingClass.PARTIAL, 75, ReasonKind.UNREADABLE));
        assertThat(Reasons.sentences(catalog, row(catalog, 30)))
                .containsExactly("A part of it cannot be read from the source.");
    }

    @Test
    void clusters_that_are_set_aside_behind_the_end_of_a_file_may_be_unreadable() throws Exception {
        Catalog catalog = volume.deleted(30, "a.dat", text(5000), 100, 101, 102)
                .live(31, "there.dat", text(5000), 200, 201, 202)
                .bad(102)
                .bad(202)
                .scan(new ScanPlan(true, true, true));
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.INTACT);
        assertThat(rating(catalog, 31).ratingClass()).isEqualTo(RatingClass.INTACT);
    }

    @Test
    void a_quick_scan_looks_around_the_places_that_it_could_not_read_and_nowhere_else() throws Exception {
        Catalog catalog = volume.bad(100)
                .met(100)
                .deleted(30, "near.dat", text(12_000), 150, 151, 152)
                .bad(151)
                .deleted(31, "farther.dat", text(8000), 700, 701)
                .bad(400)
                .deleted(32, "between.dat", text(4000), 400)
                .bad(701)
                .deleted(33, "away.dat", text(8000), 20_000, 20_001)
                .bad(20_001)
                .scan(new ScanPlan(false, true, true));
        assertThat(rating(catalog, 30)).isEqualTo(Rating.of(RatingClass.PARTIAL, 66, ReasonKind.UNREADABLE));
        assertThat(rating(catalog, 32).ratingClass()).as("in the window beside").isEqualTo(RatingClass.OVERWRITTEN);
        assertThat(rating(catalog, 31).intactPercent())
                .as("found from the one that was found")
                .isEqualTo(50);
        assertThat(rating(catalog, 33).ratingClass())
                .as("nothing is known of it")
                .isEqualTo(RatingClass.INTACT);
        assertThat(volume.disk().failedAt()).noneMatch(at -> at >= 20_000L * ScriptedVolume.CLUSTER);
    }

    @Test
    void where_too_many_places_are_bad_to_remember_them_all_a_file_is_asked_once_more() throws Exception {
        ResilientDevice volume = new ResilientDevice(new WornDisk());
        ByteBuffer sector = ByteBuffer.allocate(512);
        for (long at = 0; at <= BadRanges.MAX_RANGES; at++) {
            volume.readAround(at * 1024, sector.clear(), (position, length, cause) -> {});
        }
        Unreadable unreadable = new Unreadable(volume, 4096);
        unreadable.look();
        long forgotten = BadRanges.MAX_RANGES * 1024L / 4096;
        assertThat(unreadable.in(forgotten, 1)).containsExactly(new Unreadable.Clusters(forgotten, 1));
        assertThat(unreadable.count((1L << 29) / 4096 - 2, 10))
                .as("its neighbourhood is another")
                .isZero();
        assertThat(unreadable.count(1, 3)).isEqualTo(3);
    }

    /** Its first half cannot be read. */
    private static final class WornDisk implements BlockDevice {
        @Override
        public long size() {
            return 1L << 30;
        }

        @Override
        public int sectorSize() {
            return 512;
        }

        @Override
        public String describe() {
            return "worn";
        }

        @Override
        public void read(long position, ByteBuffer target) throws SourceReadException {
            if (position < size() / 2) {
                throw new SourceReadException(position, target.remaining(), "input/output error", null);
            }
            target.position(target.limit());
        }

        @Override
        public void close() {}
    }

    @Test
    void clusters_of_others_that_cannot_be_read_count_once() throws Exception {
        Catalog catalog = volume.deleted(30, "a.dat", text(16_000), 100, 101, 102, 103)
                .used(100)
                .bad(100)
                .bad(102)
                .scan(new ScanPlan(true, true, false));
        assertThat(rating(catalog, 30).intactPercent()).isEqualTo(50);
        assertThat(rating(catalog, 30).reasons())
                .containsExactlyInAnyOrder(ReasonKind.CLUSTERS_REUSED, ReasonKind.UNREADABLE);
    }

    @Test
    void a_lost_named_stream_makes_a_whole_file_partial() throws Exception {
        ClusterRuns main = new ClusterRuns(new long[] {100}, new long[] {1});
        ClusterRuns named = new ClusterRuns(new long[] {101}, new long[] {1});
        Catalog catalog = volume.add(ScriptedVolume.found(
                        30,
                        ScriptedVolume.ROOT,
                        "a.dat",
                        false,
                        true,
                        List.of(
                                new FoundStream("", 4096, 4096, FoundStream.Form.PLAIN, main, true),
                                new FoundStream("x", 4096, 4096, FoundStream.Form.PLAIN, named, true)),
                        4096,
                        FoundFile.Provenance.TABLE))
                .used(101)
                .scan(ScanPlan.QUICK);
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.PARTIAL);
        assertThat(rating(catalog, 30).intactPercent()).isEqualTo(100);
        assertThat(rating(catalog, 30).reasons()).containsExactly(ReasonKind.STREAM_LOST);
    }

    @Test
    void records_outside_the_table_are_probable_and_names_without_record_are_overwritten() throws Exception {
        FoundStream main = new FoundStream(
                "", 4096, 4096, FoundStream.Form.PLAIN, new ClusterRuns(new long[] {100}, new long[] {1}), true);
        Catalog catalog = volume.deleted(31, "known.dat", text(10))
                .add(ScriptedVolume.found(
                        30,
                        ScriptedVolume.ROOT,
                        "old.dat",
                        false,
                        true,
                        List.of(main),
                        4096,
                        FoundFile.Provenance.OUTSIDE_TABLE))
                .add(ScriptedVolume.found(
                        31,
                        ScriptedVolume.ROOT,
                        "copy.dat",
                        false,
                        true,
                        List.of(),
                        0,
                        FoundFile.Provenance.OUTSIDE_TABLE))
                .add(ScriptedVolume.found(
                        32,
                        ScriptedVolume.ROOT,
                        "name.dat",
                        false,
                        true,
                        List.of(),
                        99,
                        FoundFile.Provenance.INDEX_ONLY))
                .scan(new ScanPlan(true, true, false));
        assertThat(rating(catalog, 30).ratingClass()).isEqualTo(RatingClass.PROBABLE);
        assertThat(rating(catalog, 31)).isEqualTo(Rating.of(RatingClass.INTACT, 100, ReasonKind.RESIDENT));
        int name = catalog.find(new FileId("ntfs:1:32-1~512"));
        assertThat(catalog.rating(name)).isEqualTo(Rating.of(RatingClass.OVERWRITTEN, 0, ReasonKind.NAME_ONLY));
        assertThat(catalog.size()).isEqualTo(3);
    }

    static int row(Catalog catalog, long record) {
        return catalog.find(new FileId("ntfs:1:" + record + "-1"));
    }

    private static Rating rating(Catalog catalog, long record) {
        return catalog.rating(row(catalog, record));
    }

    private static long[] clusters(long first, byte[] content) {
        long[] clusters = new long[(content.length + ScriptedVolume.CLUSTER - 1) / ScriptedVolume.CLUSTER];
        for (int i = 0; i < clusters.length; i++) {
            clusters[i] = first + i;
        }
        return clusters;
    }

    private static byte[] text(int length) {
        byte[] text = new byte[length];
        java.util.Arrays.fill(text, (byte) 'x');
        return text;
    }

    private static byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < 5; i++) {
                zip.putNextEntry(new ZipEntry("part" + i + ".xml"));
                byte[] part = new byte[3000];
                new java.util.Random(i).nextBytes(part);
                zip.write(part);
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] gzip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text(3000));
        }
        return out.toByteArray();
    }

    private static byte[] png() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
        for (String type : List.of("IHDR", "IDAT", "IEND")) {
            byte[] body = new byte[type.equals("IEND") ? 0 : 13];
            CRC32 crc = new CRC32();
            crc.update(type.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            crc.update(body);
            DataOutputStream data = new DataOutputStream(out);
            data.writeInt(body.length);
            data.writeBytes(type);
            data.write(body);
            data.writeInt((int) crc.getValue());
        }
        return out.toByteArray();
    }
}
