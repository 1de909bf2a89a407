package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.device.BlockDevice;
import org.salvor.device.FaultyDevice;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.NeededCertificate;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SavedScan;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.ExitCode;
import org.salvor.restore.Outcome;
import org.salvor.restore.ReportForm;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.RestoredFile;
import org.salvor.service.Workbench;
import org.salvor.substream.StreamType;

@Tag("core")
@DisplayName("Encrypted files of a volume, live and deleted, with a certificate and without")
class CoreEncryptedTest {
    private static final Manifest MANIFEST = TestImages.manifest("efs");

    /** Its key record needs a second file record, and when it was deleted ntfs-3g took its name away with that. */
    private static final String NAMELESS = "gone/shared.txt";

    @TempDir
    Path folder;

    private static RecoverySession open(BlockDevice device, Keyring keys) throws Exception {
        SourceNode node = Road.readable(Road.recognise(device));
        return Road.engine(device).open(node, keys);
    }

    private static String found(String path, Stream<String> all) {
        return path.equals(NAMELESS)
                ? all.filter(each -> each.startsWith("Lost folders/"))
                        .findFirst()
                        .orElseThrow()
                : path;
    }

    private static Harvest.Item item(Harvest harvest, Manifest.Entry entry) {
        return harvest.one(found(entry.path(), harvest.files().stream().map(Harvest.Item::path)));
    }

    private static boolean encrypted(Manifest.Entry entry) {
        return !entry.kind().equals("plain");
    }

    private static boolean users(Manifest.Entry entry, String name) {
        return ((List<?>) entry.fields().getOrDefault("users", List.of())).contains(name);
    }

    @Test
    void withoutACertificateTheyAreLockedAndSayWhoseIsNeeded() throws Exception {
        try (Keyring none = new Keyring();
                RecoverySession session = open(TestImages.open("efs"), none)) {
            Harvest harvest = Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
            Catalog catalog = harvest.catalog();
            for (Manifest.Entry entry : MANIFEST.entries()) {
                Harvest.Item item = item(harvest, entry);
                if (!encrypted(entry)) {
                    assertThat(item.rating().ratingClass()).as(entry.path()).isEqualTo(RatingClass.INTACT);
                    assertThat(item.equalsIn(entry)).as(entry.path()).isTrue();
                    continue;
                }
                assertThat(item.rating().ratingClass()).as(entry.path()).isEqualTo(RatingClass.LOCKED);
                assertThat(item.main()).as(entry.path()).isNull();
                assertThat(item.others()).as(entry.path()).containsKey(StreamType.ENCRYPTED_RAW);
                Encryption encryption = catalog.encryption(item.row());
                assertThat(encryption).as(entry.path()).isNotNull();
                boolean newer = entry.name().equals("newer.txt");
                assertThat(item.rating().reasons())
                        .as(entry.path())
                        .contains(newer ? ReasonKind.WINDOWS_ONLY : ReasonKind.NO_KEY)
                        .doesNotContain(ReasonKind.LIVE);
                if (!newer) {
                    List<String> names = encryption.certificates().stream()
                            .map(NeededCertificate::name)
                            .toList();
                    String all = String.join("\n", Reasons.sentences(catalog, item.row()));
                    for (String user : List.of("ann", "bob")) {
                        assertThat(names.contains(user + "(" + user + "@EXAMPLE)"))
                                .as(entry.path())
                                .isEqualTo(users(entry, user));
                    }
                    for (NeededCertificate each : encryption.certificates()) {
                        assertThat(all).contains(each.name(), each.thumbprint());
                    }
                }
            }
            List<KeyNeed> needs = KeyNeed.of(catalog);
            assertThat(needs).extracting(KeyNeed::locked).containsExactly(16, 2, 2, 2);
            assertThat(needs).extracting(KeyNeed::open).containsOnly(0);
            assertThat(needs.getFirst().encryption().text()).startsWith("ann(ann@EXAMPLE) (");
        }
    }

    @Test
    void withTheCertificateTheyComeBackAsAnyOtherFile() throws Exception {
        try (Keyring keys = TestKeys.keyring(folder, "ann");
                RecoverySession session = open(TestImages.open("efs"), keys)) {
            Harvest harvest = Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
            for (Manifest.Entry entry : MANIFEST.entries()) {
                Harvest.Item item = item(harvest, entry);
                if (encrypted(entry) && !users(entry, "ann")) {
                    assertThat(item.rating().ratingClass()).as(entry.path()).isEqualTo(RatingClass.LOCKED);
                    continue;
                }
                assertThat(item.equalsIn(entry)).as(item + " is " + entry).isTrue();
                if (entry.path().equals("gone/wrong.png")) {
                    assertThat(item.rating().ratingClass()).isEqualTo(RatingClass.PARTIAL);
                    assertThat(item.rating().reasons())
                            .as("the check reads what was decrypted")
                            .contains(ReasonKind.BAD_START, ReasonKind.DECRYPTED);
                } else {
                    assertThat(item.rating().ratingClass()).as(entry.path()).isEqualTo(RatingClass.INTACT);
                }
            }
            Harvest.Item sparse = harvest.one("gone/sparse.bin");
            assertThat(sparse.main()).isNotNull();
            assertThat(sparse.main().holes()).isGreaterThan(800_000);
        }
    }

    @Test
    void anyOfSeveralUsersOpensAFile() throws Exception {
        try (Keyring keys = TestKeys.keyring(folder, "bob", "other");
                RecoverySession session = open(TestImages.open("efs"), keys)) {
            Harvest harvest = Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
            for (Manifest.Entry entry : MANIFEST.entries()) {
                boolean open = !encrypted(entry) || users(entry, "bob");
                assertThat(item(harvest, entry).equalsIn(entry) || entry.size() == 0)
                        .as(entry.path())
                        .isEqualTo(open || entry.size() == 0);
            }
            for (String path : List.of("kept/shared.txt", NAMELESS, "gone/bob.txt")) {
                assertThat(item(harvest, MANIFEST.at(path)).intact()).as(path).isTrue();
            }
        }
    }

    /** The order of scan and certificate makes no difference. */
    @Test
    void aCertificateThatComesAfterTheScanGivesTheSameRatings() throws Exception {
        EditableImage image = TestImages.open("efs");
        try (Keyring first = TestKeys.keyring(folder, "ann");
                Keyring late = new Keyring();
                RecoverySession before = open(image, first);
                RecoverySession after = open(image, late)) {
            Catalog expected = Road.scan(before, Road.EVERYTHING, JobMonitor.SILENT);
            Catalog catalog = Road.scan(after, Road.EVERYTHING, JobMonitor.SILENT);
            long revision = catalog.revision();
            var unused = late.addPfx(TestKeys.file("other", folder), TestKeys.PASSWORD.toCharArray());
            after.keysChanged(catalog, JobMonitor.SILENT);
            assertThat(catalog.revision())
                    .as("a foreign certificate changes nothing")
                    .isEqualTo(revision);
            unused = late.addPfx(TestKeys.file("ann", folder), TestKeys.PASSWORD.toCharArray());
            after.keysChanged(catalog, JobMonitor.SILENT);
            assertThat(catalog.revision()).isGreaterThan(revision);
            for (int row = 0; row < catalog.size(); row++) {
                assertThat(catalog.path(row)).isEqualTo(expected.path(row));
                assertThat(catalog.rating(row)).as(catalog.path(row)).isEqualTo(expected.rating(row));
            }
            int wrong = row(catalog, "gone/wrong.png");
            assertThat(catalog.ratingClass(wrong)).isEqualTo(RatingClass.PARTIAL);
        }
    }

    @Test
    void aSavedScanIsLockedOrOpenByTheKeysOfTheDayItIsOpened() throws Exception {
        EditableImage image = TestImages.open("efs");
        Path locked = folder.resolve("locked.salvorscan");
        Path open = folder.resolve("open.salvorscan");
        try (Keyring none = new Keyring();
                Keyring keys = TestKeys.keyring(folder, "ann");
                RecoverySession without = open(image, none);
                RecoverySession with = open(image, keys)) {
            Catalog first = Road.scan(without, Road.EVERYTHING, JobMonitor.SILENT);
            SavedScan.save(locked, without.identity(), Road.EVERYTHING, 0, first, JobMonitor.SILENT);
            Catalog second = Road.scan(with, Road.EVERYTHING, JobMonitor.SILENT);
            SavedScan.save(open, with.identity(), Road.EVERYTHING, 0, second, JobMonitor.SILENT);

            Catalog later = SavedScan.load(locked, JobMonitor.SILENT).catalog();
            int row = row(later, "gone/aes.txt");
            assertThat(later.ratingClass(row)).isEqualTo(RatingClass.LOCKED);
            assertThat(later.encryption(row)).isEqualTo(first.encryption(row));
            with.adopt(later);
            assertThat(later.rating(row)).isEqualTo(second.rating(row));

            Catalog again = SavedScan.load(open, JobMonitor.SILENT).catalog();
            assertThat(again.ratingClass(row)).isEqualTo(RatingClass.INTACT);
            without.adopt(again);
            assertThat(again.rating(row)).isEqualTo(first.rating(row));
        }
    }

    private static int row(Catalog catalog, String path) {
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.path(row).equals(path)) {
                return row;
            }
        }
        throw new AssertionError(path);
    }

    private RestoreReport restore(Keyring keys, Path target, boolean verify) throws Exception {
        Path image = folder.resolve("efs.img");
        if (!Files.exists(image)) {
            image = TestImages.file("efs", folder);
        }
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(image);
        SourceNode node = Road.readable(workbench.recognise(source, keys));
        RestoreOptions to = RestoreOptions.to(target);
        RestoreOptions options = new RestoreOptions(
                to.target(), to.layout(), to.onConflict(), to.partial(), to.permissions(), verify, to.confirmed());
        try (RecoverySession session = workbench.open(node, keys)) {
            Catalog catalog = Road.done(workbench.scan(session, Road.EVERYTHING).job());
            RestorePlan plan = Road.done(workbench.plan(
                    source,
                    session,
                    catalog,
                    Road.select(
                            catalog,
                            row -> !catalog.folder(row) && catalog.path(row).matches("(kept|gone|Lost folders)/.*")),
                    options));
            return Road.done(workbench.restore(source, session, catalog, plan));
        }
    }

    @Test
    void withoutACertificateTheyAreKeptAsExportsThatOpenLater() throws Exception {
        Path target = folder.resolve("target");
        RestoreReport report;
        try (Keyring none = new Keyring()) {
            report = restore(none, target, true);
        }
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.PROBLEMS);
        Workbench workbench = Wiring.assemble();
        try (Keyring ann = TestKeys.keyring(folder, "ann", "bob")) {
            for (Manifest.Entry entry : MANIFEST.entries()) {
                String path = found(entry.path(), report.files().stream().map(RestoredFile::path));
                RestoredFile file = report.files().stream()
                        .filter(each -> each.path().equals(path))
                        .findFirst()
                        .orElseThrow();
                if (!encrypted(entry)) {
                    assertThat(file.outcome()).isEqualTo(Outcome.RESTORED);
                    continue;
                }
                assertThat(file.outcome()).as(entry.path()).isEqualTo(Outcome.KEPT_ENCRYPTED);
                assertThat(file.rating()).isEqualTo(RatingClass.LOCKED);
                assertThat(file.target()).isEqualTo(path + ".efsraw");
                assertThat(file.there()).isFalse();
                Path there = target.resolve(file.target());
                assertThat(Road.hash(there)).isEqualTo(file.sha256());
                assertThat(Files.exists(target.resolve(path))).isFalse();
                if (!entry.name().equals("newer.txt")) {
                    assertThat(String.join(" ", file.reasons())).contains("@EXAMPLE");
                    assertThat(Exports.streams(there, ann)).as(entry.path()).isEqualTo(expected(entry));
                }
            }
        }
        RestoreReport verified = Road.done(workbench.verify(report));
        assertThat(verified.count(Outcome.FAILED)).isZero();

        Path json = Files.createDirectories(folder.resolve("reports")).resolve("r.json");
        workbench.writeReport(report, json, ReportForm.JSON);
        assertThat(workbench.readReport(json).files()).isEqualTo(report.files());
        Path csv = json.resolveSibling("r.csv");
        workbench.writeReport(report, csv, ReportForm.CSV);
        assertThat(Files.readString(csv)).contains("KEPT_ENCRYPTED").contains("gone/aes.txt.efsraw");
        Path html = json.resolveSibling("r.html");
        workbench.writeReport(report, html, ReportForm.HTML);
        assertThat(Files.readString(html)).contains("gone/aes.txt.efsraw");
    }

    private static Map<String, String> expected(Manifest.Entry entry) {
        Map<String, String> all = new TreeMap<>(Map.of("", entry.sha256()));
        entry.streams().forEach(stream -> all.put(stream.name(), stream.sha256()));
        return all;
    }

    @Test
    void theSameExportIsNotWrittenTwiceAndIsStillNoRestoredFile() throws Exception {
        Path target = folder.resolve("target");
        try (Keyring none = new Keyring()) {
            var unused = restore(none, target, false);
            Map<String, String> before = Road.hashes(target.resolve("gone"));
            RestoreReport second = restore(none, target, false);
            assertThat(Road.hashes(target.resolve("gone"))).isEqualTo(before);
            RestoredFile again = second.files().stream()
                    .filter(file -> file.path().equals("gone/aes.txt"))
                    .findFirst()
                    .orElseThrow();
            assertThat(again.outcome()).isEqualTo(Outcome.SKIPPED);
            assertThat(again.there()).isFalse();
            assertThat(again.keptEncrypted()).isTrue();
            assertThat(ExitCode.of(second)).isEqualTo(ExitCode.PROBLEMS);
        }
        try (Keyring keys = TestKeys.keyring(folder, "ann", "bob")) {
            RestoreReport third = restore(keys, target, false);
            assertThat(third.count(Outcome.KEPT_ENCRYPTED)).isZero();
            assertThat(Road.hash(target.resolve("gone/aes.txt")))
                    .isEqualTo(MANIFEST.at("gone/aes.txt").sha256());
        }
    }

    @Test
    void lostClustersMakeAnExportPartialAndTakeNoMoreThanTheirOwnBytes() throws Exception {
        EditableImage image = TestImages.open("efs");
        long cluster;
        try (Keyring none = new Keyring();
                RecoverySession session = open(image, none)) {
            Catalog catalog = Road.scan(session, ScanPlan.QUICK, JobMonitor.SILENT);
            cluster = catalog.firstCluster(row(catalog, "gone/aes.txt"));
        }
        FaultyDevice faulty = new FaultyDevice(image).failing(cluster * 4096 + 8192, 4096);
        try (Keyring none = new Keyring();
                RecoverySession session = open(faulty, none)) {
            Catalog catalog = Road.scan(session, Road.THOROUGH, JobMonitor.SILENT);
            int row = row(catalog, "gone/aes.txt");
            Rating evidence = catalog.evidence(row);
            assertThat(catalog.ratingClass(row)).isEqualTo(RatingClass.LOCKED);
            assertThat(evidence.ratingClass()).isEqualTo(RatingClass.PARTIAL);
            assertThat(evidence.intactPercent()).isBetween(90, 95);
            Harvest.Item item =
                    Harvest.of(session, catalog, each -> each == row).one("gone/aes.txt");
            assertThat(item.others()).containsKey(StreamType.ENCRYPTED_RAW);
        }
        try (Keyring keys = TestKeys.keyring(folder, "ann");
                RecoverySession session = open(faulty, keys)) {
            Catalog catalog = Road.scan(session, Road.THOROUGH, JobMonitor.SILENT);
            int row = row(catalog, "gone/aes.txt");
            assertThat(catalog.rating(row).ratingClass()).isEqualTo(RatingClass.PARTIAL);
            Harvest.Item item =
                    Harvest.of(session, catalog, each -> each == row).one("gone/aes.txt");
            assertThat(item.main()).isNotNull();
            assertThat(item.main().lost()).isEqualTo(4096);
        }
    }

    /** In a record of 1024 bytes a key list for three does not fit: it lies in clusters of its own. */
    @Test
    void aKeyRecordThatIsGoneIsSaidAndNothingIsPretended() throws Exception {
        EditableImage image = TestImages.open("efs");
        long at = find(image, "bob(bob@EXAMPLE)", "agent(agent@EXAMPLE)");
        image.zero(at / 4096 * 4096, 4096);
        try (Keyring keys = TestKeys.keyring(folder, "ann");
                RecoverySession session = open(image, keys)) {
            Harvest harvest = Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
            List<Harvest.Item> lost = harvest.files().stream()
                    .filter(item -> item.rating().reasons().contains(ReasonKind.KEY_LOST))
                    .toList();
            assertThat(lost).hasSize(1);
            assertThat(List.of(
                            "kept/shared.txt",
                            item(harvest, MANIFEST.at(NAMELESS)).path()))
                    .contains(lost.getFirst().path());
            assertThat(lost.getFirst().rating().ratingClass()).isEqualTo(RatingClass.LOCKED);
            assertThat(lost.getFirst().failure()).contains("gone or damaged");
        }
    }

    /** The first cluster that holds both texts in UTF-16. */
    private static long find(EditableImage image, String... texts) throws Exception {
        ByteBuffer cluster = ByteBuffer.allocate(4096);
        for (long at = 0; at + 4096 <= image.size(); at += 4096) {
            if (image.blank(at)) {
                continue;
            }
            cluster.clear();
            image.read(at, cluster);
            String content = new String(cluster.array(), StandardCharsets.ISO_8859_1);
            boolean all = true;
            for (String text : texts) {
                String wide = new String(text.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
                all &= content.contains(wide);
            }
            if (all) {
                return at;
            }
        }
        throw new AssertionError("not there");
    }
}
