package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.made.MadeRecord.reference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.RecoveryException;
import org.salvor.made.MadeRecord;
import org.salvor.made.MadeVolume;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.Outcome;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;

/**
 * Volumes that lie: a small real one into which records are put that no real tool would write. What is broken is skipped and counted,
 * everything else is found as before, and nothing is written outside the target.
 */
@Timeout(60)
class CoreBadInputTest {
    private static final String HOST = "ads";
    private static final long ROOT = reference(MadeRecord.ROOT, MadeRecord.ROOT);
    private static final int DATA = 0x80;

    /** Unused by the host, as all later ones and all records from 40 to 63 are. */
    private static final int FREE_CLUSTER = 1600;

    @TempDir
    Path folder;

    private final EditableImage volume = TestImages.open(HOST);
    private final List<String> skipped = new ArrayList<>();

    private void put(long number, MadeRecord record) {
        volume.set(MadeVolume.TABLE + number * MadeRecord.SIZE, record.bytes());
    }

    private static byte[] cluster(int seed) {
        byte[] bytes = new byte[MadeVolume.CLUSTER];
        new java.util.Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String hash(byte[]... parts) {
        var digest = Harvest.sha256();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return java.util.HexFormat.of().formatHex(digest.digest());
    }

    private Harvest harvest(ScanPlan plan) throws RecoveryException {
        try (RecoverySession session = Road.open(volume, "")) {
            return Harvest.of(session, plan, new JobMonitor() {
                @Override
                public void progress(Progress progress) {}

                @Override
                public void problem(Problem problem) {
                    skipped.add(problem.place() + ": " + problem.text());
                }

                @Override
                public void checkpoint() {}
            });
        }
    }

    private Harvest harvest() throws RecoveryException {
        return harvest(Road.EVERYTHING);
    }

    private static void everythingElseIsFound(Harvest harvest) {
        for (Manifest.Entry entry : TestImages.manifest(HOST).entries()) {
            assertThat(harvest.at(entry.path()))
                    .as(entry.path())
                    .anyMatch(item -> item.equalsIn(entry) && item.deleted() == entry.deleted());
        }
    }

    private RestoreReport restoreAll() throws Exception {
        Path image = TestImages.file(volume, folder.resolve("host.img"));
        return Road.restore(image, Road.EVERYTHING, folder.resolve("outer/target"), catalog -> row -> true);
    }

    private static RestoredFile line(RestoreReport report, String path) {
        return report.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new AssertionError(path + " is not among "
                        + report.files().stream().map(RestoredFile::path).toList()));
    }

    /** In the folder of the test there are the image and the target's parent, and in that only the target. */
    private void nothingLiesOutsideTheTarget() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            assertThat(all.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("host.img", "outer");
        }
        try (Stream<Path> all = Files.list(folder.resolve("outer"))) {
            assertThat(all.map(path -> path.getFileName().toString())).containsExactly("target");
        }
    }

    private static MadeRecord.Entry entry(long vcn, long number) {
        return new MadeRecord.Entry(DATA, vcn, reference(number, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attributeListsThatLeadBackToEachOtherEndAndGiveEachPieceOnce(boolean deleted) throws Exception {
        volume.set((long) FREE_CLUSTER * MadeVolume.CLUSTER, cluster(1));
        volume.set((FREE_CLUSTER + 1L) * MadeVolume.CLUSTER, cluster(2));
        MadeRecord base = deleted ? MadeRecord.deleted(40, 1) : MadeRecord.file(40, 1);
        put(
                40,
                base.standard()
                        .list(entry(0, 41), entry(0, 40), entry(1, 42), entry(1, 41))
                        .name(ROOT, "loop.bin"));
        put(
                41,
                MadeRecord.file(41, 1)
                        .of(reference(40, 1))
                        .list(entry(0, 40), entry(0, 41), entry(0, 42))
                        .data("", 0, 8192, MadeVolume.run(1, FREE_CLUSTER)));
        put(
                42,
                MadeRecord.file(42, 1)
                        .of(reference(40, 1))
                        .list(entry(0, 41), entry(0, 40))
                        .data("", 1, 4096, MadeVolume.run(1, FREE_CLUSTER + 1)));
        Harvest harvest = harvest();
        Harvest.Item loop = harvest.one("loop.bin");
        assertThat(loop.main()).isNotNull();
        assertThat(loop.main().sha256()).isEqualTo(hash(cluster(1), cluster(2)));
        everythingElseIsFound(harvest);
    }

    @Test
    void anAttributeListThatNamesOnlyItselfOrLiesInItsOwnClustersIsNoTrap() throws Exception {
        byte[] list = MadeRecord.listed(entry(0, 43), entry(0, 44), entry(0, 45), entry(0, 1L << 40));
        volume.set((long) FREE_CLUSTER * MadeVolume.CLUSTER, list);
        put(
                40,
                MadeRecord.file(40, 1)
                        .standard()
                        .list(entry(0, 40))
                        .name(ROOT, "self.txt")
                        .data(new byte[] {1, 2}));
        put(41, MadeRecord.file(41, 1).of(reference(42, 1)).list(entry(0, 42)).data(new byte[] {3}));
        put(42, MadeRecord.file(42, 1).of(reference(41, 1)).list(entry(0, 41)).data(new byte[] {4}));
        put(
                43,
                MadeRecord.file(43, 1)
                        .standard()
                        .nonResident(0x20, "", 0, list.length, MadeVolume.run(1, FREE_CLUSTER))
                        .name(ROOT, "far.txt"));
        put(
                44,
                MadeRecord.file(44, 1)
                        .of(reference(43, 1))
                        .nonResident(0x20, "", 0, list.length, MadeVolume.run(1, FREE_CLUSTER)));
        put(45, MadeRecord.file(45, 1).of(reference(43, 1)).data(new byte[] {5, 6, 7}));
        Harvest harvest = harvest(Road.THOROUGH);
        assertThat(harvest.one("self.txt").main().size()).isEqualTo(2);
        assertThat(harvest.one("far.txt").main().sha256()).isEqualTo(hash(new byte[] {5, 6, 7}));
        assertThat(skipped)
                .as("the record that the table does not have")
                .anyMatch(text -> text.contains("FILE record"));
        everythingElseIsFound(harvest);
    }

    /** The list of $MFT is read before anything else can be. */
    @Test
    void theFileTableMayNotBeLedRoundByItsOwnAttributeList() throws Exception {
        put(
                0,
                MadeRecord.file(0, 1)
                        .standard()
                        .list(entry(0, 0), entry(19, 0), entry(19, 40), entry(19, 41), entry(19, 1L << 40))
                        .name(ROOT, "$MFT")
                        .data(19 * 4096, MadeVolume.run(19, 4)));
        put(40, MadeRecord.file(40, 1).of(reference(0, 1)).list(entry(19, 41)).data("", 19, 4096, "1113 04"));
        put(41, MadeRecord.file(41, 1).of(reference(0, 1)).list(entry(19, 40)).data("", 19, 4096, "1113 04"));
        everythingElseIsFound(harvest(Road.THOROUGH));
    }

    @ParameterizedTest
    @CsvSource({"live, false", "deleted, true"})
    void aRunlistThatLeavesTheVolumeIsALossOfThatPartAndNeverCalledIntact(String name, boolean deleted)
            throws Exception {
        long clusters = volume.size() / MadeVolume.CLUSTER - 1;
        volume.set((long) FREE_CLUSTER * MadeVolume.CLUSTER, cluster(1));
        String[] runs = {
            MadeVolume.run(1, FREE_CLUSTER) + MadeVolume.run(3, 1L << 40), // far behind the end
            MadeVolume.run(1, FREE_CLUSTER) + MadeVolume.run(3, clusters - FREE_CLUSTER + 10), // behind it
            MadeVolume.run(1, FREE_CLUSTER) + MadeVolume.run(3, -FREE_CLUSTER - 1), // before the start
            MadeVolume.run(1, FREE_CLUSTER) + MadeVolume.run(Long.MAX_VALUE, 1), // longer than anything
            MadeVolume.run(1, FREE_CLUSTER) + "19 01" // cut off
        };
        for (int i = 0; i < runs.length; i++) {
            MadeRecord record = deleted ? MadeRecord.deleted(40 + i, 1) : MadeRecord.file(40 + i, 1);
            put(40 + i, record.standard().name(ROOT, name + i).data(4 * 4096, runs[i]));
        }
        Harvest harvest = harvest();
        for (int i = 0; i < runs.length; i++) {
            Harvest.Item item = harvest.one(name + i);
            assertThat(item.main()).as(item.toString()).isNotNull();
            assertThat(item.main().size()).as(item.toString()).isEqualTo(4 * 4096);
            assertThat(item.main().bytes()).as(item.toString()).isEqualTo(4096);
            assertThat(item.main().lost()).as(item.toString()).isEqualTo(3 * 4096);
            assertThat(item.rating().ratingClass())
                    .as(item.toString())
                    .isIn(RatingClass.PARTIAL, RatingClass.OVERWRITTEN);
        }
        everythingElseIsFound(harvest);

        RestoreReport report = restoreAll();
        for (int i = 0; i < runs.length; i++) {
            RestoredFile file = line(report, name + i);
            assertThat(file.outcome()).as(file.toString()).isEqualTo(Outcome.PARTIAL);
            Path back = folder.resolve("outer/target").resolve(file.target());
            assertThat(back.toString()).endsWith(".partial");
            assertThat(back).hasSize(4 * 4096);
            assertThat(Arrays.copyOf(Files.readAllBytes(back), 4096)).isEqualTo(cluster(1));
        }
        nothingLiesOutsideTheTarget();
    }

    @Test
    void sizesThatNoDiskHasCostNeitherMemoryNorSpace() throws Exception {
        for (int i = 0; i < 4; i++) {
            long size = new long[] {1L << 40, 1L << 52, Long.MAX_VALUE, Long.MAX_VALUE - 4095}[i];
            put(
                    40 + i,
                    MadeRecord.deleted(40 + i, 1)
                            .standard()
                            .name(ROOT, "huge" + i + ".zip")
                            .data(size, MadeVolume.run(1L << 40, FREE_CLUSTER)));
        }
        try (RecoverySession session = Road.open(volume, "")) {
            var catalog = Road.scan(session, Road.THOROUGH, JobMonitor.SILENT);
            for (int row = 0; row < catalog.size(); row++) {
                if (catalog.name(row).startsWith("huge")) {
                    assertThat(catalog.ratingClass(row)).isIn(RatingClass.PARTIAL, RatingClass.OVERWRITTEN);
                }
            }
        }
        RestoreReport report = restoreAll();
        for (int i = 0; i < 4; i++) {
            assertThat(line(report, "huge" + i + ".zip").outcome()).isNotEqualTo(Outcome.RESTORED);
        }
        Path target = folder.resolve("outer/target");
        if (OS.LINUX.isCurrentOs() && !Road.hashes(target).isEmpty()) { // du tells what files take
            String told = new String(TestTools.run("du", "-sk", target.toString()), StandardCharsets.US_ASCII);
            assertThat(Long.parseLong(told.split("\t")[0]))
                    .as("KiB on the target")
                    .isLessThan(64 << 10);
        }
        nothingLiesOutsideTheTarget();
    }

    /** Both copies tell the same lie, so neither can set the other right. */
    @ParameterizedTest
    @CsvSource({
        "0x28, 8, 0x7fffffffffffffff", // sectors
        "0x28, 8, 0x0004000000000000",
        "0x28, 8, 17",
        "0x28, 8, 0",
        "0x28, 8, -1",
        "0x0b, 2, 0",
        "0x0b, 2, 0xffff", // bytes a sector
        "0x0b, 2, 4096",
        "0x0d, 1, 0",
        "0x0d, 1, 0x80", // sectors a cluster
        "0x0d, 1, 0xf4",
        "0x0d, 1, 1",
        "0x30, 8, 0x7fffffffffffffff", // the table
        "0x30, 8, 3",
        "0x40, 1, 0x7f", // bytes a record
        "0x40, 1, 0xf0",
        "0x40, 1, 0xe1",
        "0x40, 1, 0",
        "0x44, 1, 0x80", // bytes an index block
        "0x44, 1, 0x7f"
    })
    void aBootSectorThatLiesAboutSizesIsRefusedInWordsOrReadAsFarAsItGoes(String at, int width, String value)
            throws Exception {
        long number = Long.decode(value);
        for (long sector : new long[] {0, volume.size() - 512}) {
            for (int i = 0; i < width; i++) {
                volume.set(sector + Integer.decode(at) + i, (int) (number >>> 8 * i));
            }
        }
        SourceNode tree;
        try {
            tree = Road.recognise(volume);
        } catch (RecoveryException e) {
            assertThat(e).hasMessageMatching("(?s).{10,}");
            return;
        }
        for (SourceNode place : Road.nodes(tree).toList()) {
            if (place.state() != SourceNode.State.READABLE) {
                assertThat(place.detail()).as(place.toString()).isNotEmpty();
                continue;
            }
            try (RecoverySession session = Road.open(volume, place.id())) {
                Harvest harvest = Harvest.of(session, Road.THOROUGH, JobMonitor.SILENT);
                for (Harvest.Item item : harvest.files()) {
                    boolean ours = TestImages.manifest(HOST).entries().stream()
                            .anyMatch(entry -> entry.path().equals(item.path()) && item.mainEquals(entry));
                    boolean system = item.path().startsWith("$");
                    assertThat(ours
                                    || system
                                    || !item.intact()
                                    || item.main() == null
                                    || item.main().size() == 0)
                            .as(item.toString())
                            .isTrue();
                }
            }
        }
    }

    @Test
    void moreSectorsThanTheImageHasIsToldAndEveryFileIsFound() throws Exception {
        for (long sector : new long[] {0, volume.size() - 512}) {
            volume.set(
                    sector + 0x28,
                    ByteBuffer.allocate(8)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putLong(0, 1L << 40)
                            .array());
        }
        assertThat(Road.readable(Road.recognise(volume)).detail()).contains("ends before");
        everythingElseIsFound(harvest());
    }

    @Test
    void namesThatLeadUpOrAsideAreSkippedAndCounted() throws Exception {
        String[] names = {"..", ".", "a/b", "../../outside.txt", "/etc/outside.txt", "nul\0name"};
        for (int i = 0; i < names.length; i++) {
            put(
                    40 + i,
                    MadeRecord.file(40 + i, 1).standard().name(ROOT, names[i]).data(new byte[] {1}));
        }
        Harvest harvest = harvest();
        assertThat(skipped).hasSize(names.length).allMatch(text -> text.contains("a name for a file"));
        everythingElseIsFound(harvest);
        restoreAll();
        nothingLiesOutsideTheTarget();
    }

    /** A backslash is a letter here, and a separator elsewhere. */
    @Test
    void namesThatOtherSystemsTakeForPathsStayNames() throws Exception {
        String[] names = {"..\\..\\outside.txt", "C:\\outside.txt", "a\nb", "\u202egnp.exe", "...", "x\\..\\..\\y"};
        for (int i = 0; i < names.length; i++) {
            put(
                    40 + i,
                    MadeRecord.file(40 + i, 1).standard().name(ROOT, names[i]).data(new byte[] {(byte) i}));
        }
        put(50, MadeRecord.folder(50, 1).standard().name(ROOT, "..\\..\\up"));
        put(
                51,
                MadeRecord.file(51, 1)
                        .standard()
                        .name(reference(50, 1), "in it.txt")
                        .data(new byte[] {7}));
        RestoreReport report = restoreAll();
        Path target = folder.resolve("outer/target");
        for (int i = 0; i < names.length; i++) {
            RestoredFile file = line(report, names[i]);
            assertThat(file.outcome()).as(names[i]).isEqualTo(Outcome.RESTORED);
            assertThat(target.resolve(file.target()).getParent()).isEqualTo(target);
            assertThat(target.resolve(file.target())).hasBinaryContent(new byte[] {(byte) i});
        }
        assertThat(target.resolve(line(report, "..\\..\\up/in it.txt").target()))
                .hasBinaryContent(new byte[] {7});
        nothingLiesOutsideTheTarget();
    }

    /** The link is a folder on the volume, and has a file: whatever comes first, nothing may be written where it leads. */
    @Test
    void aFileIsNeverWrittenThroughALinkThatWasRestoredFirst() throws Exception {
        Path outside =
                Files.createDirectories(folder.resolve("outer/target/inside")).resolveSibling("outside");
        put(40, MadeRecord.folder(40, 1).standard().name(ROOT, "up").reparse(link("..\\..\\outside")));
        put(
                41,
                MadeRecord.file(41, 1)
                        .standard()
                        .name(reference(40, 1), "through.txt")
                        .data(new byte[] {1}));
        put(42, MadeRecord.folder(42, 1).standard().name(ROOT, "aside").reparse(link("inside")));
        put(
                43,
                MadeRecord.file(43, 1)
                        .standard()
                        .name(reference(42, 1), "through.txt")
                        .data(new byte[] {2}));
        put(44, MadeRecord.folder(44, 1).standard().name(reference(42, 1), "deeper"));
        put(
                45,
                MadeRecord.file(45, 1)
                        .standard()
                        .name(reference(44, 1), "through.txt")
                        .data(new byte[] {3}));
        put(46, MadeRecord.file(46, 1).standard().name(ROOT, "link").reparse(link("inside\\new.txt")));
        put(47, MadeRecord.folder(47, 1).standard().name(ROOT, "LINK"));
        put(
                48,
                MadeRecord.file(48, 1)
                        .standard()
                        .name(reference(47, 1), "through.txt")
                        .data(new byte[] {4}));
        RestoreReport report = restoreAll();
        Path target = folder.resolve("outer/target");
        for (String path :
                List.of("up/through.txt", "aside/through.txt", "aside/deeper/through.txt", "LINK/through.txt")) {
            RestoredFile file = line(report, path);
            assertThat(file.outcome()).as(path).isEqualTo(Outcome.RESTORED);
            for (Path at = target.resolve(file.target()); !at.equals(target); at = at.getParent()) {
                assertThat(Files.isSymbolicLink(at)).as(at.toString()).isFalse();
            }
        }
        assertThat(target.resolve("inside")).isEmptyDirectory();
        assertThat(outside).doesNotExist();
        assertThat(Files.exists(folder.resolve("outer/outside"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        nothingLiesOutsideTheTarget();
    }

    /** A symbolic link as Windows keeps it: relative, the substitute name and the one to show. */
    private static byte[] link(String target) {
        byte[] name = target.getBytes(StandardCharsets.UTF_16LE);
        ByteBuffer data = ByteBuffer.allocate(20 + 2 * name.length).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0xA000000C).putShort((short) (data.capacity() - 8)).putShort((short) 0);
        data.putShort((short) 0).putShort((short) name.length);
        data.putShort((short) name.length).putShort((short) name.length);
        return data.putInt(1).put(name).put(name).array();
    }
}
