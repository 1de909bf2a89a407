package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.app.Wiring;
import org.salvor.device.BlockDevice;
import org.salvor.device.FaultyDevice;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SavedScan;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Workbench;

/** Disks with partition tables, split images, bad sectors, damaged starts, and saved scans. */
@Tag("core")
class CoreSourcesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"disk-mbr", "disk-gpt"})
    void everyVolumeOfADiskGivesItsFiles(String image) throws Exception {
        assertThat(differences(TestImages.open(image), image)).isEmpty();
    }

    @Test
    void theCopyOfAGptServesWhereTheFirstIsDestroyed() throws Exception {
        EditableImage disk = TestImages.open("disk-gpt");
        disk.zero(0, 34 * 512);
        assertThat(differences(disk, "disk-gpt")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aVolumeOnADiskWithLargeSectorsGivesItsFiles(boolean primary) throws Exception {
        EditableImage volume = TestImages.open("sector4k");
        byte[] bytes = new byte[(int) volume.size()];
        volume.read(0, ByteBuffer.wrap(bytes));
        BlockDevice disk = LargeSectorDisk.of(bytes, primary);

        SourceNode node = Road.readable(Road.recognise(disk));

        assertThat(node.offset()).isEqualTo(1 << 20);
        try (RecoverySession session = Road.open(disk, node.id())) {
            Harvest harvest = Harvest.of(session, ScanPlan.QUICK, JobMonitor.SILENT);
            List<Manifest.Entry> deleted = TestImages.manifest("sector4k").deleted();
            assertThat(deleted)
                    .isNotEmpty()
                    .allSatisfy(entry -> assertThat(harvest.one(entry.path()).equalsIn(entry))
                            .as(entry.path())
                            .isTrue());
        }
    }

    private static List<String> differences(BlockDevice disk, String image) throws Exception {
        List<String> missing = new ArrayList<>();
        SourceNode tree = Road.recognise(disk);
        for (Manifest.Entry entry : TestImages.manifest(image).entries()) {
            long sector = Long.parseLong(entry.text("sector"));
            SourceNode node = Road.nodes(tree)
                    .filter(n -> n.offset() == sector * 512 && n.state() == SourceNode.State.READABLE)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("nothing readable at sector " + sector + " in " + tree));
            try (RecoverySession session = Road.open(disk, node.id())) {
                Harvest harvest = Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
                if (harvest.at(entry.path()).stream()
                        .noneMatch(i -> i.intact() && i.equalsIn(entry) && i.deleted() == entry.deleted())) {
                    missing.add(node.id() + ": " + entry);
                }
            }
        }
        return missing;
    }

    @Test
    void partitionsAreNumberedAsTheirTableNumbersThem() throws Exception {
        for (String image : TestImages.DISKS) {
            SourceNode tree = Road.recognise(TestImages.open(image));
            for (Manifest.Entry entry : TestImages.manifest(image).entries()) {
                assertThat(Road.find(tree, entry.text("at")).offset())
                        .isEqualTo(Long.parseLong(entry.text("sector")) * 512);
            }
        }
    }

    @Test
    void aSplitImageIsOneVolume() throws Exception {
        Path first = TestImages.split("objects", folder, 5);
        Workbench workbench = Wiring.assemble();
        SourceNode node = Road.readable(workbench.recognise(new Source.ImageFile(first), new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            Harvest harvest = Harvest.of(session, ScanPlan.QUICK, JobMonitor.SILENT);
            for (Manifest.Entry entry : TestImages.manifest("objects").deleted()) {
                if (entry.text("link").isEmpty()) {
                    assertThat(harvest.one(entry.path()).equalsIn(entry))
                            .as(entry.path())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void theBackupBootSectorAndTheCopyOfTheFirstRecordServeWhereTheOthersAreDamaged() throws Exception {
        EditableImage volume = TestImages.open("objects");
        long table = 4096L * u64(volume, 0x30);
        volume.zero(0, 512);
        volume.set(table, new byte[] {0, 0, 0, 0});
        Harvest harvest = Road.harvest(volume, ScanPlan.QUICK);
        for (Manifest.Entry entry : TestImages.manifest("objects").deleted()) {
            if (entry.text("link").isEmpty()) {
                assertThat(harvest.one(entry.path()).equalsIn(entry))
                        .as(entry.path())
                        .isTrue();
            }
        }
    }

    @Test
    void badSectorsInAFileMakeItPartialAndLeaveTheOthersAlone() throws Exception {
        EditableImage volume = TestImages.open("objects");
        long cluster = firstCluster(volume, "docs/plain1m.bin");
        FaultyDevice disk = new FaultyDevice(volume).failing(cluster * 4096 + 100 * 4096, 8192);
        Harvest harvest = Road.harvest(disk, new ScanPlan(true, true, false));
        Harvest.Item hit = harvest.one("docs/plain1m.bin");
        assertThat(hit.main()).isNotNull();
        assertThat(hit.main().lost()).isEqualTo(8192);
        assertThat(hit.rating()).isEqualTo(Rating.of(RatingClass.PARTIAL, 99, ReasonKind.UNREADABLE));
        for (Manifest.Entry entry : TestImages.manifest("objects").deleted()) {
            if (entry.text("link").isEmpty() && !entry.path().equals("docs/plain1m.bin")) {
                assertThat(harvest.one(entry.path()).equalsIn(entry))
                        .as(entry.path())
                        .isTrue();
                assertThat(harvest.one(entry.path()).intact()).as(entry.path()).isTrue();
            }
        }
    }

    @Test
    void aStartThatCannotBeReadIsNoWrongStart() throws Exception {
        EditableImage volume;
        try (InputStream in = new GZIPInputStream(
                Objects.requireNonNull(Wiring.class.getResourceAsStream("/org/salvor/practice/practice.img.gz")))) {
            volume = EditableImage.load("practice", in, 512);
        }
        long cluster = firstCluster(volume, "Pictures/Summer 2023/Sunset.png");
        FaultyDevice disk = new FaultyDevice(volume).failing(cluster * 4096, 512);
        Harvest.Item hit = Road.harvest(disk, ScanPlan.QUICK).one("Pictures/Summer 2023/Sunset.png");
        assertThat(hit.rating().ratingClass()).isEqualTo(RatingClass.PARTIAL);
        assertThat(hit.rating().reasons()).containsExactly(ReasonKind.UNREADABLE);
        assertThat(hit.rating().intactPercent()).isBetween(80, 99);
    }

    @Test
    void badSectorsOfALiveFileMakeItPartialOnceTheyAreKnown() throws Exception {
        EditableImage volume = TestImages.open("objects");
        Harvest before = Road.harvest(volume, Road.EVERYTHING);
        Harvest.Item live = before.items().stream()
                .filter(item -> !item.deleted()
                        && !item.folder()
                        && before.catalog().firstCluster(item.row()) > 0
                        && before.catalog().size(item.row()) > 8192)
                .findFirst()
                .orElseThrow();
        long cluster = before.catalog().firstCluster(live.row());
        FaultyDevice disk = new FaultyDevice(volume).failing(cluster * 4096 + 4096, 512);
        Harvest.Item hit = Road.harvest(disk, new ScanPlan(true, true, true)).one(live.path());
        assertThat(hit.rating().ratingClass()).as(live.path()).isEqualTo(RatingClass.PARTIAL);
        assertThat(hit.rating().reasons()).containsExactly(ReasonKind.UNREADABLE);
    }

    @Test
    void badSectorsInTheFileTableAreCountedAndTheRestIsFound() throws Exception {
        EditableImage volume = TestImages.open("objects");
        long table = 4096L * u64(volume, 0x30);
        Harvest before = Road.harvest(volume, ScanPlan.QUICK);
        int record = (int) (before.catalog().key(before.one("docs/odd_size.bin").row()) >>> 16);
        FaultyDevice disk = new FaultyDevice(volume).failing(table + record * 1024L, 512);
        List<Problem> problems = new ArrayList<>();
        JobMonitor monitor = new JobMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }

            @Override
            public void checkpoint() {}
        };
        try (RecoverySession session = Road.open(disk, "")) {
            Harvest harvest = Harvest.of(session, ScanPlan.QUICK, monitor);
            assertThat(harvest.at("docs/odd_size.bin")).noneMatch(Harvest.Item::intact);
            assertThat(before.catalog().losses()).isEmpty();
            assertThat(harvest.catalog().losses())
                    .containsExactly("A part of the MFT cannot be read: one file that it lists may be missing.");
            Manifest.Entry other = TestImages.manifest("objects").at("comp/mixed.bin");
            assertThat(harvest.one("comp/mixed.bin").equalsIn(other)).isTrue();
        }
        assertThat(problems)
                .extracting(Problem::text)
                .contains("512 bytes at " + (table + record * 1024L) + " could not be read: a part of $MFT");
    }

    @Test
    void aSavedScanOpensWithTheSameRowsAndGivesTheSameFiles() throws Exception {
        Path saved = folder.resolve("scan.salvorscan");
        EditableImage volume = TestImages.open("reused");
        Catalog before;
        try (RecoverySession session = Road.open(volume, "")) {
            before = Road.scan(session, Road.EVERYTHING, JobMonitor.SILENT);
            SavedScan.save(saved, session.identity(), Road.EVERYTHING, 3, before, JobMonitor.SILENT);
        }
        SavedScan.Loaded loaded = SavedScan.load(saved, JobMonitor.SILENT);
        assertThat(loaded.header().problems()).isEqualTo(3);
        assertThat(loaded.header().plan()).isEqualTo(Road.EVERYTHING);
        assertThat(rows(loaded.catalog())).isEqualTo(rows(before));
        try (RecoverySession session = Road.open(volume, "")) {
            assertThat(loaded.header().source().sameAs(session.identity())).isTrue();
            session.adopt(loaded.catalog());
            Harvest harvest = Harvest.of(session, loaded.catalog(), row -> true);
            Manifest.Entry entry = TestImages.manifest("reused").at("comp/mixed.bin");
            assertThat(harvest.one("comp/mixed.bin").equalsIn(entry)).isTrue();
        }
    }

    private static List<String> rows(Catalog catalog) {
        List<String> all = new ArrayList<>();
        for (int row = 0; row < catalog.size(); row++) {
            all.add(String.join(
                    " ",
                    catalog.id(row).text(),
                    catalog.path(row),
                    catalog.rating(row).toString(),
                    catalog.otherPath(row),
                    String.valueOf(catalog.size(row)),
                    String.valueOf(catalog.modified(row)),
                    String.valueOf(catalog.created(row)),
                    String.valueOf(catalog.locator(row)),
                    String.valueOf(catalog.linkOf(row)),
                    String.valueOf(catalog.fragments(row)),
                    catalog.provenance(row).toString(),
                    catalog.streams(row).toString()));
        }
        return all;
    }

    private static int row(Catalog catalog, String path) {
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.path(row).equals(path)) {
                return row;
            }
        }
        throw new AssertionError("no row " + path);
    }

    private static long firstCluster(BlockDevice volume, String path) throws Exception {
        Catalog catalog = Road.harvest(volume, ScanPlan.QUICK).catalog();
        return catalog.firstCluster(row(catalog, path));
    }

    private static long u64(EditableImage image, long at) {
        long value = 0;
        for (int i = 7; i >= 0; i--) {
            value = value << 8 | image.get(at + i);
        }
        return value;
    }

    @Test
    void aFileOnBadSectorsIsRestoredAsPartialAndTheReportNamesTheGap() throws Exception {
        EditableImage volume = TestImages.open("objects");
        long cluster = firstCluster(volume, "docs/odd_size.bin");
        FaultyDevice disk = new FaultyDevice(volume).failing(cluster * 4096 + 8192, 4096);
        RestoreReport report = Road.restore(
                disk,
                folder,
                folder.resolve("target"),
                catalog -> row -> catalog.path(row).startsWith("docs/"));
        assertThat(report.files())
                .filteredOn(f -> f.path().equals("docs/odd_size.bin"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.outcome()).isEqualTo(Outcome.PARTIAL);
                    assertThat(f.target()).isEqualTo("docs/odd_size.bin.partial");
                    assertThat(f.rating()).isNotEqualTo(RatingClass.INTACT);
                    assertThat(f.reasons()).isNotEmpty();
                });
        assertThat(folder.resolve("target/docs/odd_size.bin.partial")).hasSize(123457);
        assertThat(Road.hash(folder.resolve("target/docs/plain1m.bin")))
                .isEqualTo(TestImages.manifest("objects").at("docs/plain1m.bin").sha256());
    }
}
