package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Harvest;
import org.salvor.TestImages;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;

/** The portable engine over the small images. */
class VolumeEngineTest {
    @TempDir
    Path folder;

    private final Keyring keys = new Keyring();

    @Test
    void a_volume_is_found_with_its_label_and_opened() throws Exception {
        SourceNode tree = recognise("objects");
        assertThat(tree.id()).isEmpty();
        assertThat(tree.kind()).isEqualTo(SourceNode.Kind.VOLUME);
        assertThat(tree.format()).isEqualTo("NTFS");
        assertThat(tree.label()).isEqualTo("objects");
        assertThat(SourceTrees.readable(tree)).containsExactly(tree);
        try (RecoverySession session = engine("objects").open(tree, keys)) {
            assertThat(session.identity().fingerprint()).hasSize(64);
            assertThat(session.identity()).isEqualTo(session.identity());
        }
    }

    @Test
    void a_disk_is_a_tree_of_its_partitions() throws Exception {
        SourceNode disk = recognise("disk-mbr");
        assertThat(disk.state()).isEqualTo(SourceNode.State.CONTAINER);
        assertThat(disk.children()).extracting(SourceNode::id).containsExactly("1", "5", "6");
        assertThat(SourceTrees.find(disk, "5").orElseThrow().label()).isEqualTo("logical1");
        assertThat(SourceTrees.find(disk, "9")).isEmpty();
        assertThat(SourceTrees.readable(disk)).hasSize(3);
    }

    @Test
    void lost_volumes_are_found_by_their_sector() throws Exception {
        SourceNode disk = recognise("parts-lost");
        assertThat(SourceTrees.all(disk))
                .filteredOn(node -> node.kind() == SourceNode.Kind.LOST_VOLUME)
                .isNotEmpty()
                .allMatch(node -> node.id().equals("lost-" + node.offset() / 512));
    }

    @Test
    void what_is_no_disk_is_refused_in_words() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty.img"));
        Path text = Files.writeString(folder.resolve("letter.txt"), "Dear Sir\n".repeat(1000));
        Path missing = folder.resolve("missing.img");
        for (Path file : List.of(empty, text, missing)) {
            assertThatThrownBy(() -> engine("objects").recognise(new Source.ImageFile(file), keys))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining(file.getFileName().toString());
        }
        assertThat(engine("objects").recognise(new Source.BackupFolder(folder), keys))
                .isEmpty();
    }

    @Test
    void a_truncated_image_says_so_and_gives_what_is_left() throws Exception {
        Path image = TestImages.file("objects", folder);
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
        VolumeEngine engine = engine("objects");
        SourceNode node = engine.recognise(new Source.ImageFile(image), keys).orElseThrow();
        assertThat(node.detail()).contains("ends before");
        try (RecoverySession session = engine.open(node, keys)) {
            Catalog catalog = scan(session, JobMonitor.SILENT);
            assertThat(catalog.size()).isPositive();
            for (int row = 0; row < catalog.size(); row++) {
                assertThat(catalog.ratingClass(row)).isNotEqualTo(RatingClass.PENDING);
            }
        }
    }

    @Test
    void children_of_a_reused_folder_are_lost_and_two_overwritten_files_are_marked() throws Exception {
        VolumeEngine engine = engine("reused");
        try (RecoverySession session = engine.open(recognise("reused"), keys)) {
            Harvest harvest = Harvest.of(session, ScanPlan.QUICK, JobMonitor.SILENT);
            Harvest.Item plain = only(harvest, "plain1m.bin");
            assertThat(plain.path()).startsWith("Lost folders/");
            assertThat(plain.rating().ratingClass()).isEqualTo(RatingClass.PARTIAL);
            assertThat(plain.rating().intactPercent()).isEqualTo(33);
            assertThat(harvest.catalog().otherPath(plain.row())).isEqualTo("new0.bin");
            Harvest.Item odd = only(harvest, "odd_size.bin");
            assertThat(odd.rating().ratingClass()).isEqualTo(RatingClass.OVERWRITTEN);
            assertThat(only(harvest, "sparse.bin").rating().intactPercent()).isEqualTo(100);
            assertThat(harvest.items()).noneMatch(item -> item.path().matches("(new|reuse).*/plain1m.bin"));
        }
    }

    @Test
    void rows_appear_before_the_first_checkpoint_of_the_ratings_and_pause_stops_reading() throws Exception {
        VolumeEngine engine = engine("attrlist");
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<String> phases = new ArrayList<>();
        try (RecoverySession session = engine.open(recognise("attrlist"), keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            JobMonitor monitor = new JobMonitor() {
                @Override
                public void progress(Progress progress) {
                    if (!phases.contains(progress.phase())) {
                        phases.add(progress.phase());
                    }
                }

                @Override
                public void problem(Problem problem) {}

                @Override
                public void checkpoint() {
                    reached.countDown();
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                }
            };
            Thread scan = Thread.ofPlatform().start(() -> {
                try {
                    session.scan(ScanPlan.QUICK, builder, monitor);
                } catch (RecoveryException e) {
                    throw new AssertionError(e);
                }
            });
            assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(builder.catalog().size()).isPositive();
            assertThat(builder.catalog().rated()).isFalse();
            int row = firstFile(builder.catalog());
            try (Content content = session.content(builder.catalog().id(row))) {
                assertThat(content).isInstanceOf(Content.Substreams.class);
            }
            go.countDown();
            scan.join(30_000);
            assertThat(builder.catalog().rated()).isTrue();
            assertThat(phases).contains("records", "rating", "content");
        }
    }

    @Test
    void a_stopped_scan_keeps_its_rows_and_calls_nothing_intact_that_depends_on_others() throws Exception {
        VolumeEngine engine = engine("objects");
        try (RecoverySession session = engine.open(recognise("objects"), keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            JobMonitor stop = new JobMonitor() {
                @Override
                public void progress(Progress progress) {}

                @Override
                public void problem(Problem problem) {}

                @Override
                public void checkpoint() throws CancelledException {
                    throw new CancelledException();
                }
            };
            assertThatThrownBy(() -> session.scan(ScanPlan.QUICK, builder, stop))
                    .isInstanceOf(CancelledException.class);
            Catalog catalog = builder.catalog();
            assertThat(catalog.size()).isPositive();
            for (int row = 0; row < catalog.size(); row++) {
                boolean clusters = catalog.firstCluster(row) >= 0 && catalog.deleted(row);
                assertThat(catalog.ratingClass(row)).isNotEqualTo(RatingClass.PENDING);
                assertThat(clusters && catalog.ratingClass(row) == RatingClass.INTACT)
                        .isFalse();
            }
        }
    }

    private static int firstFile(Catalog catalog) {
        for (int row = 0; row < catalog.size(); row++) {
            if (!catalog.folder(row)) {
                return row;
            }
        }
        throw new AssertionError("no file");
    }

    private static Harvest.Item only(Harvest harvest, String name) {
        List<Harvest.Item> found =
                harvest.files().stream().filter(i -> i.name().equals(name)).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static Catalog scan(RecoverySession session, JobMonitor monitor) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        session.scan(ScanPlan.QUICK, builder, monitor);
        return builder.catalog();
    }

    private SourceNode recognise(String image) throws RecoveryException {
        return engine(image).recognise(new Source.Practice(), keys).orElseThrow();
    }

    private static VolumeEngine engine(String image) {
        return new VolumeEngine(List.of(), () -> TestImages.open(image));
    }
}
