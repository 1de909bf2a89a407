package org.salvor.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.engine.backup.ScriptedArchive.file;
import static org.salvor.engine.backup.ScriptedArchive.folder;
import static org.salvor.engine.backup.ScriptedArchive.set;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupSet;
import org.salvor.backup.CertificateNeeded;
import org.salvor.fault.CancelledException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.Content;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.FileId;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Problem;
import org.salvor.recovery.Progress;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SavedScan;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.substream.LinkPath;

@Tag("core")
@DisplayName("A backup behind the ports")
class BackupEngineTest {
    private static final long MAY = 15_568_416_000_000_000L;
    private static final State.Whole WHOLE = new State.Whole();

    @TempDir
    Path folder;

    private final Keyring keys = new Keyring();
    private Source source = new Source.Practice();

    @BeforeEach
    void write() throws Exception {
        source = new Source.ImageFile(Files.write(folder.resolve("a.bkf"), new byte[5000]));
    }

    private static BackupEngine engine(ScriptedArchive archive) {
        return new BackupEngine(List.of(path -> Optional.empty(), path -> Optional.of(archive)));
    }

    private SourceNode tree(BackupSet... sets) throws RecoveryException {
        return engine(new ScriptedArchive(List.of(sets), sink -> {}))
                .recognise(source, keys)
                .orElseThrow();
    }

    private Catalog scan(ScriptedArchive.Script script, List<Problem> problems) throws RecoveryException {
        ScriptedArchive archive = new ScriptedArchive(List.of(set(3, "Daily", MAY)), script);
        BackupEngine engine = engine(archive);
        SourceNode node = SourceTrees.find(engine.recognise(source, keys).orElseThrow(), "set-3")
                .orElseThrow();
        try (RecoverySession session = engine.open(node, keys)) {
            return scan(session, problems);
        }
    }

    private static Catalog scan(RecoverySession session, List<Problem> problems) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        session.scan(ScanPlan.QUICK, builder, new JobMonitor() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public void problem(Problem problem) {
                problems.add(problem);
            }

            @Override
            public void checkpoint() {}
        });
        return builder.catalog();
    }

    private Catalog scan(ScriptedArchive.Script script) throws RecoveryException {
        return scan(script, new ArrayList<>());
    }

    private static int row(Catalog catalog, String path) {
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.path(row).equals(path)) {
                return row;
            }
        }
        throw new AssertionError(path);
    }

    @Test
    void showsItsSetsTheNewestFirst() throws Exception {
        SourceNode tree = tree(set(1, "Old", MAY), set(2, "New", MAY + 10_000_000), set(3, "Older", MAY - 10_000_000));
        assertThat(tree.kind()).isEqualTo(SourceNode.Kind.MEDIUM);
        assertThat(tree.state()).isEqualTo(SourceNode.State.CONTAINER);
        assertThat(tree.label()).isEqualTo("Media 7");
        assertThat(tree.detail()).contains("NTBackup").contains("One of two media.");
        assertThat(tree.children()).extracting(SourceNode::id).containsExactly("set-2", "set-1", "set-3", "sets");
        SourceNode newest = tree.children().getFirst();
        assertThat(newest.title()).startsWith("Set 2 of 2019-05-");
        assertThat(newest.label()).isEqualTo("New");
        assertThat(newest.state()).isEqualTo(SourceNode.State.READABLE);
        assertThat(newest.detail())
                .contains("OFFICE")
                .contains("C:")
                .contains("full backup")
                .contains("ann");
    }

    /** A file of one set that is named like one of another, and a further name of it. */
    private static ScriptedArchive.Script inEachSet(int broken) {
        int[] turn = {0};
        return sink -> {
            int number = ++turn[0];
            int volume = sink.folder(List.of("C:"), folder(1, "C:"));
            sink.file(volume, file(2, "a.txt", 10L * number, new State.Whole()));
            LinkPath of = Objects.requireNonNull(LinkPath.of(LinkPath.bytes("C:\\a.txt")));
            sink.file(volume, file(3, "b.txt", 0, new State.OtherName(of)));
            sink.note("This set is one of several.");
            sink.progress(1000, 1000);
            if (number == broken) {
                throw new RecoveryException("The medium cannot be read from here on.");
            }
        };
    }

    @Test
    void listsAllOfItsSetsTogetherEachInAFolderOfItsOwn() throws Exception {
        ScriptedArchive archive =
                new ScriptedArchive(List.of(set(1, "Old", MAY), set(2, "New", MAY + 10_000_000)), inEachSet(2));
        BackupEngine engine = engine(archive);
        SourceNode all = SourceTrees.find(engine.recognise(source, keys).orElseThrow(), "sets")
                .orElseThrow();
        assertThat(all.kind().backup()).isTrue();
        List<Problem> problems = new ArrayList<>();
        try (RecoverySession session = engine.open(all, keys)) {
            Catalog catalog = scan(session, problems);
            List<String> tops = IntStream.range(0, catalog.size())
                    .filter(row -> catalog.parent(row) == Catalog.NONE)
                    .mapToObj(catalog::name)
                    .toList();
            assertThat(tops).hasSize(2);
            assertThat(tops.getFirst())
                    .as("the newest first")
                    .startsWith("2019-05-")
                    .endsWith(" (set 2)")
                    .doesNotContain(":");
            assertThat(catalog.size(row(catalog, tops.getFirst() + "/C/a.txt"))).isEqualTo(10);
            int old = row(catalog, tops.get(1) + "/C/a.txt");
            assertThat(catalog.size(old)).isEqualTo(20);
            assertThat(catalog.linkOf(row(catalog, tops.get(1) + "/C/b.txt")))
                    .as("a further name is one in its own set")
                    .isEqualTo(old);
            assertThat(catalog.id(old).text()).isEqualTo("mtf:8c0d1e2f:1:2");
            session.content(catalog.id(old)).close();
            assertThat(archive.opened).isEqualTo("1 2 2000");
            try (Content top = session.content(catalog.id(row(catalog, tops.getFirst())))) {
                assertThat(top).isNotNull();
            }
            assertThat(catalog.losses())
                    .as("a set that breaks off is told, and the next is listed")
                    .singleElement()
                    .asString()
                    .startsWith("Set 1 of 2019-05-")
                    .endsWith(": The medium cannot be read from here on.");
            assertThat(problems)
                    .extracting(Problem::text)
                    .anyMatch(text ->
                            text.startsWith("Set 2 of 2019-05-") && text.endsWith(": This set is one of several."));
        }
    }

    @Test
    void theProgressOfAllSetsNeverGoesBackAndEndsAtTheSizeOfTheBackup() throws Exception {
        ScriptedArchive archive =
                new ScriptedArchive(List.of(set(1, "Old", MAY), set(2, "New", MAY + 10_000_000)), inEachSet(0));
        BackupEngine engine = engine(archive);
        SourceNode all = SourceTrees.find(engine.recognise(source, keys).orElseThrow(), "sets")
                .orElseThrow();
        List<Progress> told = new ArrayList<>();
        try (RecoverySession session = engine.open(all, keys)) {
            session.scan(ScanPlan.QUICK, new CatalogBuilder(session.ids()), new JobMonitor() {
                @Override
                public void progress(Progress progress) {
                    told.add(progress);
                }

                @Override
                public void problem(Problem problem) {}

                @Override
                public void checkpoint() {}
            });
        }
        List<Progress> listing =
                told.stream().filter(at -> at.phase().equals("backup")).toList();
        assertThat(listing).extracting(Progress::bytesDone).isSorted().contains(1000L, 2000L);
        assertThat(listing).extracting(Progress::bytesTotal).containsOnly(5000L);
    }

    @Test
    void isOnePlaceWhereTheFormatHasNoSets() throws Exception {
        SourceNode tree = tree(BackupSet.ONLY);
        assertThat(tree.children()).isEmpty();
        assertThat(tree.state()).isEqualTo(SourceNode.State.READABLE);
        assertThat(tree.length()).isEqualTo(5000);
        assertThat(tree.id()).isEmpty();
        assertThat(tree.kind().backup()).isTrue();
    }

    @Test
    void isASetOfItsOwnWhereItTellsNothingOfItself() throws Exception {
        BackupSet nameless = new BackupSet(
                1,
                "",
                "",
                "",
                "",
                List.of(),
                java.util.OptionalLong.empty(),
                BackupSet.Method.UNKNOWN,
                true,
                List.of("This set has no name.", "This set carries a password."));
        SourceNode tree = tree(nameless);
        assertThat(tree.children()).singleElement().satisfies(set -> {
            assertThat(set.id()).isEqualTo("set-1");
            assertThat(set.detail()).contains("no name", "carries a password");
        });
    }

    @Test
    void withoutASetCannotBeOpenedAndSaysSo() throws Exception {
        SourceNode tree = tree();
        assertThat(tree.state()).isEqualTo(SourceNode.State.UNKNOWN);
        assertThatThrownBy(
                        () -> engine(new ScriptedArchive(List.of(), sink -> {})).open(tree, keys))
                .isInstanceOf(RecoveryException.class);
    }

    @Test
    void isNotLookedForOnDisksOrThePracticeDisk() throws Exception {
        BackupEngine engine = new BackupEngine(List.of(path -> {
            throw new AssertionError("asked for " + path);
        }));
        assertThat(engine.recognise(new Source.Practice(), keys)).isEmpty();
        assertThat(engine.recognise(new Source.Device(Path.of("/dev/sda"), DiskDetails.UNKNOWN), keys))
                .isEmpty();
        assertThat(engine.discover()).isEmpty();
    }

    @Test
    void listsFilesInTheirFoldersAndMakesUpThoseThatAreMissing() throws Exception {
        Catalog catalog = scan(sink -> {
            int docs = sink.folder(List.of("C:", "docs"), folder(7, "docs"));
            sink.file(docs, file(8, "a.txt", 5, WHOLE));
            sink.file(-1, file(9, "top.txt", 5, WHOLE));
            assertThat(sink.folder(List.of("C:", "docs"), folder(7, "docs"))).isEqualTo(docs);
            sink.folder(List.of("C:", "Docs"), folder(10, "Docs"));
            assertThat(sink.folder(List.of(), folder(11, ""))).isEqualTo(-1);
            sink.file(docs, file(12, "", 1, WHOLE));
        });
        assertThat(catalog.size()).isEqualTo(6);
        int docs = row(catalog, "C/docs");
        int made = row(catalog, "C");
        assertThat(catalog.provenance(made)).isEqualTo(Provenance.MADE_UP);
        assertThat(catalog.provenance(docs)).isEqualTo(Provenance.TABLE);
        assertThat(catalog.modified(docs)).isEqualTo(2);
        assertThat(catalog.modified(row(catalog, "C/docs/a.txt"))).isEqualTo(Catalog.NO_TIME);
        assertThat(catalog.path(5)).isEqualTo("C/docs/(no name)");
        assertThat(catalog.deleted(docs)).isFalse();
        assertThat(catalog.rated()).isTrue();
        assertThat(catalog.id(row(catalog, "C/docs/a.txt"))).isEqualTo(new FileId("mtf:8c0d1e2f:3:8"));
        assertThat(catalog.find(new FileId("mtf:8c0d1e2f:3:9"))).isEqualTo(row(catalog, "top.txt"));
        assertThat(catalog.find(catalog.id(made))).isEqualTo(made);
    }

    @Test
    void ratesWhatTheBackupSaysOfEachFile() throws Exception {
        CertificateNeeded ann = new CertificateNeeded("0123", "ann(ann@OFFICE)", false);
        Catalog catalog = scan(sink -> {
            sink.file(-1, file(1, "whole", 100, WHOLE));
            sink.file(-1, file(2, "half", 100, new State.Damaged(50, "Half of it was unreadable.")));
            sink.file(-1, file(3, "some", 100, new State.Damaged(0, "A part of it was unreadable.")));
            sink.file(-1, file(4, "none", 100, new State.Damaged(100, "All of it was unreadable.")));
            sink.file(-1, file(5, "locked", 100, new State.Encrypted(List.of(ann))));
            sink.file(-1, file(6, "stub", 100, new State.Elsewhere("It lies in a store.")));
            sink.file(-1, file(7, "absurd", -5, new State.Damaged(Long.MAX_VALUE, "Nothing fits.")));
            sink.folder(List.of("f"), folder(8, "f"));
        });
        assertThat(rating(catalog, "whole")).isEqualTo("INTACT 100 [All of it is in the backup.]");
        assertThat(rating(catalog, "half")).isEqualTo("PARTIAL 50 [Half of it was unreadable.]");
        assertThat(rating(catalog, "some")).isEqualTo("PARTIAL 99 [A part of it was unreadable.]");
        assertThat(rating(catalog, "none")).isEqualTo("PARTIAL 0 [All of it was unreadable.]");
        assertThat(rating(catalog, "locked"))
                .startsWith("LOCKED 0 [It is encrypted and could not be opened., ")
                .contains("certificate of ann(ann@OFFICE) (0123)");
        assertThat(rating(catalog, "stub")).isEqualTo("STUB 0 [It lies in a store.]");
        assertThat(rating(catalog, "absurd")).startsWith("PARTIAL 0 ");
        assertThat(catalog.size(row(catalog, "absurd"))).isZero();
        assertThat(catalog.ratingClass(row(catalog, "f"))).isEqualTo(RatingClass.INTACT);
    }

    private static String rating(Catalog catalog, String path) {
        int row = row(catalog, path);
        return catalog.ratingClass(row) + " " + catalog.intactPercent(row) + " " + Reasons.sentences(catalog, row);
    }

    private static State name(String path) {
        LinkPath of = LinkPath.of(path.getBytes(StandardCharsets.UTF_16LE));
        return new State.OtherName(Objects.requireNonNull(of));
    }

    @Test
    void furtherNamesHaveTheRatingAndTheSizeOfTheFirst() throws Exception {
        CertificateNeeded ann = new CertificateNeeded("0123", "ann(ann@OFFICE)", false);
        Catalog catalog = scan(sink -> {
            int docs = sink.folder(List.of("C:", "docs"), folder(1, "docs"));
            sink.file(docs, file(2, "early", 0, name("\\docs\\half")));
            sink.file(docs, file(3, "half", 100, new State.Damaged(50, "Half of it was unreadable.")));
            sink.file(docs, file(4, "locked", 100, new State.Encrypted(List.of(ann))));
            sink.file(docs, file(5, "alike", 1, WHOLE));
            sink.file(docs, file(6, "Alike", 2, WHOLE));
            sink.file(docs, file(7, "again", 0, name("C:\\DOCS\\locked")));
            sink.file(docs, file(8, "exact", 0, name("\\docs\\Alike")));
            sink.file(docs, file(9, "other drive", 0, name("D:\\docs\\half")));
            sink.file(docs, file(10, "of a folder", 0, name("\\docs")));
            sink.file(docs, file(11, "lone", 77, name("\\docs\\gone")));
        });
        assertThat(rating(catalog, "C/docs/early")).isEqualTo("PARTIAL 50 [Half of it was unreadable.]");
        assertThat(catalog.size(row(catalog, "C/docs/early"))).isEqualTo(100);
        assertThat(rating(catalog, "C/docs/again"))
                .isEqualTo(rating(catalog, "C/docs/locked"))
                .startsWith("LOCKED");
        assertThat(catalog.linkOf(row(catalog, "C/docs/again"))).isEqualTo(row(catalog, "C/docs/locked"));
        assertThat(catalog.linkOf(row(catalog, "C/docs/exact"))).isEqualTo(row(catalog, "C/docs/Alike"));
        for (String other : List.of("other drive", "of a folder", "lone")) {
            int row = row(catalog, "C/docs/" + other);
            assertThat(catalog.linkOf(row)).isEqualTo(Catalog.NONE);
            assertThat(catalog.size(row)).isZero();
            assertThat(rating(catalog, "C/docs/" + other)).startsWith("STUB 0 [It is another name of ");
        }
        assertThat(rating(catalog, "C/docs/lone")).contains("\\docs\\gone, which is not in this backup");
        CatalogBuilder later = new CatalogBuilder(catalog);
        later.locked(row(catalog, "C/docs/locked"), false);
        assertThat(catalog.ratingClass(row(catalog, "C/docs/again"))).isEqualTo(RatingClass.INTACT);
    }

    @Test
    void tellsWhatWasSkippedWithItsPlace() throws Exception {
        List<Problem> problems = new ArrayList<>();
        scan(sink -> sink.skipped(new FormatException("FILE block", 4096, "a checksum", "another")), problems);
        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.place()).contains("4096");
            assertThat(problem.text()).contains("damaged").doesNotContain("expected");
        });
    }

    @Test
    void keepsWhatAStoppedListingHasFound() throws Exception {
        ScriptedArchive archive = new ScriptedArchive(List.of(set(1, "s", MAY)), sink -> {
            sink.file(-1, file(1, "first", 100, WHOLE));
            sink.progress(1, 2);
        });
        BackupEngine engine = engine(archive);
        SourceNode node =
                engine.recognise(source, keys).orElseThrow().children().getFirst();
        try (RecoverySession session = engine.open(node, keys)) {
            CatalogBuilder builder = new CatalogBuilder(session.ids());
            assertThatThrownBy(() -> session.scan(ScanPlan.QUICK, builder, new JobMonitor() {
                        @Override
                        public void progress(Progress progress) {}

                        @Override
                        public void problem(Problem problem) {}

                        @Override
                        public void checkpoint() throws CancelledException {
                            throw new CancelledException();
                        }
                    }))
                    .isInstanceOf(CancelledException.class);
            assertThat(builder.catalog().size()).isEqualTo(1);
            assertThat(builder.catalog().rated()).isTrue();
            try (Content content = session.content(builder.catalog().id(0))) {
                assertThat(content).isInstanceOf(Content.Substreams.class);
            }
            assertThat(archive.opened).isEqualTo("1 1 1000");
        }
        assertThat(archive.closed).isTrue();
    }

    @Test
    void isKnownAgainFromASavedScan() throws Exception {
        ScriptedArchive archive = new ScriptedArchive(List.of(set(3, "Daily", MAY)), sink -> {
            int docs = sink.folder(List.of("C:", "docs"), folder(7, "docs"));
            sink.file(docs, file(8, "a.txt", 5, WHOLE));
            sink.file(docs, file(9, "b.txt", 5, new State.Damaged(3, "It was in use.")));
        });
        BackupEngine engine = engine(archive);
        SourceNode node =
                engine.recognise(source, keys).orElseThrow().children().getFirst();
        Path saved = folder.resolve("a.salvorscan");
        try (RecoverySession session = engine.open(node, keys)) {
            Catalog catalog = scan(session, new ArrayList<>());
            SavedScan.save(saved, session.identity(), ScanPlan.QUICK, 0, catalog, JobMonitor.SILENT);
        }
        SavedScan.Loaded loaded = SavedScan.load(saved, JobMonitor.SILENT);
        try (RecoverySession session = engine.open(node, keys)) {
            assertThat(session.identity().sameAs(loaded.header().source())).isTrue();
            session.adopt(loaded.catalog());
            try (Content content = session.content(new FileId("mtf:8c0d1e2f:3:9"))) {
                assertThat(content).isNotNull();
            }
            assertThat(archive.opened).isEqualTo("3 9 9000");
            assertThat(rating(loaded.catalog(), "C/docs/b.txt")).isEqualTo("PARTIAL 40 [It was in use.]");
            try (Content made = session.content(loaded.catalog().id(row(loaded.catalog(), "C")))) {
                assertThat(((Content.Substreams) made).next()).isNull();
            }
            assertThatThrownBy(() -> session.content(new FileId("mtf:8c0d1e2f:3:10")))
                    .isInstanceOf(RecoveryException.class);
        }
        Files.write(folder.resolve("a.bkf"), new byte[5001]);
        try (RecoverySession session = engine.open(node, keys)) {
            assertThat(session.identity().sameAs(loaded.header().source())).isFalse();
        }
    }
}
