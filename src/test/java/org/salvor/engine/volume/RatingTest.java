package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
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
