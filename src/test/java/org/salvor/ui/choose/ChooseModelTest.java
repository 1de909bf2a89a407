package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.ui.table.NaturalOrder;
import org.salvor.ui.table.TriState;

/** The model without a toolkit: this thread stands in for the UI thread. */
class ChooseModelTest {
    private final BlockingQueue<Runnable> results = new LinkedBlockingQueue<>();
    private final Selection selection = new Selection();
    private ChooseModel model = new ChooseModel(new SampleCatalog().catalog, ScanPlan.QUICK, selection, results::add);

    private void show(SampleCatalog sample) throws InterruptedException {
        show(sample, ScanPlan.QUICK);
    }

    private void show(SampleCatalog sample, ScanPlan plan) throws InterruptedException {
        model.close();
        results.clear();
        model = new ChooseModel(sample.catalog, plan, selection, results::add);
        settle();
    }

    @AfterEach
    void close() {
        model.close();
    }

    /** Until everything is found and the ticks are counted. */
    private void settle() throws InterruptedException {
        until(() -> !model.searching().get() && model.tally().get() != null);
    }

    private void until(BooleanSupplier done) throws InterruptedException {
        while (!done.getAsBoolean()) {
            Runnable next = results.poll(20, TimeUnit.SECONDS);
            assertThat(next).as("an answer within 20 s").isNotNull();
            next.run();
        }
    }

    private void search(Runnable change) throws InterruptedException {
        change.run();
        until(() -> !model.searching().get());
    }

    private List<String> names() {
        return model.rows().stream().map(row -> model.catalog().name(row)).toList();
    }

    private Tally tally() {
        return Objects.requireNonNull(model.tally().get());
    }

    private void counted(Runnable change) throws InterruptedException {
        Tally before = model.tally().get();
        change.run();
        until(() -> model.tally().get() != before);
    }

    @Test
    @DisplayName("A folder of which every file is ticked is ticked itself, so that it comes back as it was")
    void foldersFollowTheirFiles() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        int music = row("Music");
        int track = row("1 - Track 1.flac");
        search(() -> model.filterText().set("ext:flac"));
        counted(() -> model.tickShown(true));
        until(() -> model.state(music) == TriState.ALL);
        assertThat(selection.has(music)).isTrue();
        assertThat(selection.has(row("Pictures"))).as("live, not asked for").isFalse();
        counted(() -> model.tickFolder(music, false));
        assertThat(selection.count()).isZero();
        counted(() -> model.tick(track, true));
        assertThat(selection.count()).isEqualTo(1);
        assertThat(model.state(music)).isEqualTo(TriState.SOME);
    }

    @Test
    @DisplayName("Shows what the scan was asked for, by name, and no folders")
    void showsDeletedFiles() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        assertThat(names()).doesNotContain("setup-2026-11-19.log").isSortedAccordingTo(NaturalOrder.INSTANCE);
        assertThat(model.rows()).noneMatch(sample.catalog::folder);
        show(sample, new ScanPlan(false, false, true));
        assertThat(names()).containsExactly("setup-2026-11-19.log");
    }

    @Test
    @DisplayName("Filter text, ratings and a folder narrow the list together; clearing brings all back")
    void narrows() throws InterruptedException {
        show(SampleCatalog.household());
        int all = model.rows().size();
        search(() -> model.filterText().set("ext:pdf size>100k"));
        assertThat(names()).hasSize(13).allMatch(name -> name.endsWith(".pdf"));
        assertThat(Objects.requireNonNull(model.findings().get()).classes())
                .containsEntry(RatingClass.BLANK, 2)
                .containsEntry(RatingClass.INTACT, 11);
        search(() -> model.toggle(RatingClass.BLANK, true));
        assertThat(names()).containsExactly("Invoice 2025-5.pdf", "Invoice 2025-10.pdf");
        assertThat(model.filtered()).isTrue();
        search(model::clearFilter);
        assertThat(model.rows()).hasSize(all);
        search(() -> model.filterText().set("path:anna/music 10"));
        assertThat(names()).containsExactly("10 - Track 10.flac");
        search(() -> model.filterText().set("path:norway has:streams -IMG_200*"));
        assertThat(names()).hasSize(15);
    }

    @Test
    @DisplayName("A folder shows what lies in it, with or without its sub-folders")
    void scopes() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        int documents = row("Documents");
        search(() -> model.scope().set(new Scope.Folder(documents, true)));
        assertThat(names()).contains("Invoice 2025-1.pdf", "notes.txt");
        int below = model.rows().size();
        search(() -> model.scope().set(new Scope.Folder(documents, false)));
        assertThat(names()).contains("Invoices 2025", "notes.txt").doesNotContain("Invoice 2025-1.pdf");
        assertThat(model.rows().size()).isLessThan(below);
        assertThat(Objects.requireNonNull(model.findings().get()).files())
                .as("the sub-folders that are shown are no files")
                .isEqualTo((int) IntStream.of(
                                Objects.requireNonNull(model.findings().get()).rows())
                        .filter(row -> !sample.catalog.folder(row))
                        .count())
                .isLessThan(model.rows().size());
        search(() -> model.scope().set(new Scope.Type(FileGroup.AUDIO, "flac")));
        assertThat(names()).hasSize(10);
    }

    @Test
    @DisplayName("Sorts by size, time, folder and chance, both ways")
    void sorts() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        search(() -> model.sort(SortBy.SIZE, true));
        assertThat(names().getFirst()).isEqualTo("archive.pst");
        assertThat(model.rows().stream().map(sample.catalog::size).toList())
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
        search(() -> model.sort(SortBy.MODIFIED, false));
        assertThat(model.rows().stream().map(sample.catalog::modified).toList()).isSorted();
        search(() -> model.sort(SortBy.FOLDER, false));
        assertThat(names().getFirst()).isEqualTo("readme");
        assertThat(names().getLast()).isIn("video_2024.mp4", "thesis.tex");
        search(() -> model.sort(SortBy.CHANCE, false));
        assertThat(sample.catalog.ratingClass(model.rows().row(0))).isEqualTo(RatingClass.INTACT);
        assertThat(sample.catalog.ratingClass(model.rows().rows()[model.rows().size() - 1]))
                .isEqualTo(RatingClass.OVERWRITTEN);
    }

    @Test
    @DisplayName("A folder is partly ticked when some of what lies below is, and wholly when all is")
    void triState() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        int anna = row("Anna");
        int music = row("Music");
        counted(() -> model.tick(row("3 - Track 3.flac"), true));
        assertThat(model.state(music)).isEqualTo(TriState.SOME);
        assertThat(model.state(anna)).isEqualTo(TriState.SOME);
        assertThat(model.state(row("Windows"))).isEqualTo(TriState.NONE);
        counted(() -> model.tickFolder(music, true));
        assertThat(model.state(music)).isEqualTo(TriState.ALL);
        assertThat(tally().files()).isEqualTo(10);
        assertThat(tally().folders()).as("the deleted folder itself").isEqualTo(1);
        assertThat(tally().bytes()).isEqualTo(10 * 30_000_000L + 55 * 1_000_003L);
        counted(() -> model.tick(row("3 - Track 3.flac"), false));
        assertThat(model.state(music)).isEqualTo(TriState.SOME);
        counted(() -> model.tickFolder(Catalog.NONE, true));
        assertThat(model.state(anna)).isEqualTo(TriState.ALL);
        assertThat(tally().folder(Catalog.NONE)).isEqualTo(TriState.ALL);
        assertThat(selection.has(row("setup-2026-11-19.log")))
                .as("a file that is there")
                .isFalse();
    }

    @Test
    @DisplayName("Ticking all ticks the filtered rows only, and tells what will be incomplete")
    void ticksTheFiltered() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        search(() -> model.filterText().set("img_"));
        counted(() -> model.tickShown(true));
        assertThat(tally().files()).isEqualTo(24);
        assertThat(tally().shown()).isEqualTo(TriState.ALL);
        assertThat(tally().incomplete()).isEqualTo(1);
        assertThat(tally().lost()).isEqualTo(1);
        assertThat(tally().pending()).isEqualTo(1);
        search(model::clearFilter);
        until(() -> tally().shown() == TriState.SOME);
    }

    @Test
    @DisplayName("A catalog that grows is taken in, in order, and ticks stay where they were")
    void grows() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        int before = model.rows().size();
        counted(() -> model.tick(row("notes.txt"), true));
        int folder = sample.deletedFolder(row("Documents"), "Aardvark");
        int added = sample.file(folder, "a new file.txt", 5);
        sample.file(row("Documents"), "IMG_2001b.JPG", 5);
        long end = System.nanoTime() + 10_000_000_000L;
        while (model.rows().size() == before && System.nanoTime() < end) {
            model.poll();
            Runnable next = results.poll(50, TimeUnit.MILLISECONDS);
            if (next != null) {
                next.run();
            }
        }
        assertThat(model.rows()).hasSize(before + 2).contains(added);
        assertThat(names()).isSortedAccordingTo(NaturalOrder.INSTANCE);
        assertThat(model.ticks().has(row("notes.txt"))).isTrue();
        FolderTree tree =
                Objects.requireNonNull(model.findings().get()).snapshot().tree();
        assertThat(Arrays.stream(tree.subfolders(row("Documents"))).mapToObj(sample.catalog::name))
                .containsExactly("Aardvark", "Invoices 2025");
    }

    @Test
    @DisplayName(
            "What Salvor made up to hold lost folders stands last, and folders without anything to choose are left out")
    void folderTree() throws InterruptedException {
        SampleCatalog sample = SampleCatalog.household();
        show(sample);
        FolderTree tree =
                Objects.requireNonNull(model.findings().get()).snapshot().tree();
        assertThat(Arrays.stream(tree.subfolders(Catalog.NONE)).mapToObj(sample.catalog::name))
                .containsExactly("Users", "Lost folders");
        assertThat(tree.files(Catalog.NONE)).isEqualTo(model.rows().size());
        assertThat(tree.hasSubfolders(row("Music"))).isFalse();
    }

    @Test
    @DisplayName("Folders that seem to lie in each other while a scan moves them neither hang nor crash")
    void loops() throws InterruptedException {
        SampleCatalog sample = new SampleCatalog();
        int a = sample.folder(Catalog.NONE, "a");
        int b = sample.folder(a, "b");
        sample.file(b, "x.txt", 1);
        sample.builder.parent(a, b);
        show(sample);
        assertThat(names()).containsExactly("x.txt");
        assertThat(Objects.requireNonNull(model.findings().get())
                        .snapshot()
                        .tree()
                        .subfolders(Catalog.NONE))
                .isEmpty();
    }

    @Test
    @DisplayName("Types are counted by group and ending")
    void types() throws InterruptedException {
        show(SampleCatalog.household());
        Snapshot snapshot = Objects.requireNonNull(model.findings().get()).snapshot();
        assertThat(snapshot.files(FileGroup.PICTURES)).isEqualTo(24);
        assertThat(snapshot.shownEndings(FileGroup.DOCUMENTS).getFirst().ending())
                .isEqualTo("pdf");
        assertThat(snapshot.types()).doesNotContainKey(FileGroup.ARCHIVES);
        assertThat(FileGroup.ending("readme")).isEmpty();
        assertThat(FileGroup.ending("thesis.TEX")).isEqualTo("tex");
    }

    private int row(String name) {
        Catalog catalog = model.catalog();
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.name(row).equals(name)) {
                return row;
            }
        }
        throw new AssertionError(name);
    }
}
