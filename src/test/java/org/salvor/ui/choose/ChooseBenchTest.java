package org.salvor.ui.choose;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.salvor.recovery.Catalog;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/** How long the page keeps the UI thread at one piece of work, and how long searches take beside it. Prints; the budgets are in docs/architecture.md. */
@Tag("bench")
@ExtendWith(ApplicationExtension.class)
class ChooseBenchTest {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private @Nullable Stage stage;
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong mostWork = new AtomicLong();
    private final AtomicLong fxThread = new AtomicLong();
    private final AtomicLong last = new AtomicLong();

    @Start
    void start(Stage stage) {
        this.stage = stage;
    }

    /** The longest time between two looks at the UI thread, taken each millisecond from another thread, while something happens. */
    private void measure(String what, ChooseStage page, Runnable work) throws TimeoutException {
        for (int round = 0; round < 2; round++) {
            longest.set(0);
            mostWork.set(0);
            ChooseStage.fx(() -> {
                fxThread.set(Thread.currentThread().threadId());
                return true;
            });
            long[] own = new long[1];
            Thread watch = Thread.ofPlatform().daemon().start(this::watch);
            ChooseStage.fx(() -> {
                long start = System.nanoTime();
                work.run();
                own[0] = System.nanoTime() - start;
                return true;
            });
            page.settle();
            last.set(-1);
            Findings found = Objects.requireNonNull(page.model().findings().get());
            System.out.printf(
                    Locale.ROOT,
                    "%-58s call %6.1f ms, UI thread held at most %6.1f ms (%6.1f ms of work), search %6.1f ms%n",
                    what + (round == 0 ? " (first)" : " (again)"),
                    own[0] / 1e6,
                    longest.get() / 1e6,
                    mostWork.get() / 1e6,
                    found.nanos() / 1e6);
            WaitForAsyncUtils.sleep(50, TimeUnit.MILLISECONDS);
            assertThat(watch).isNotNull();
        }
    }

    private void watch() {
        last.set(0);
        long fx = fxThread.get();
        while (last.get() >= 0) {
            long asked = System.nanoTime();
            long cpu = THREADS.getThreadCpuTime(fx);
            AtomicLong answered = new AtomicLong();
            javafx.application.Platform.runLater(() -> answered.set(System.nanoTime()));
            while (answered.get() == 0 && last.get() >= 0) {
                Thread.onSpinWait();
                WaitForAsyncUtils.sleep(1, TimeUnit.MILLISECONDS);
            }
            long now = THREADS.getThreadCpuTime(fx);
            longest.accumulateAndGet((answered.get() == 0 ? System.nanoTime() : answered.get()) - asked, Math::max);
            mostWork.accumulateAndGet(now - cpu, Math::max);
        }
    }

    private ChooseStage page() throws TimeoutException {
        return ChooseStage.fx(() -> new ChooseStage(Objects.requireNonNull(stage), 1280, 800));
    }

    @Test
    @DisplayName("A million rows")
    void million() throws TimeoutException {
        ChooseStage page = page();
        page.show(SampleCatalog.many(1_000_000));
        ChooseModel model = page.model();
        measure("1 M rows: filter by a word", page, () -> toggleText(model, "holiday7"));
        measure("1 M rows: filter ext: and size", page, () -> toggleText(model, "ext:jpg size>10M"));
        measure("1 M rows: path", page, () -> toggleText(model, "path:project"));
        measure("1 M rows: filter away", page, () -> toggleText(model, ""));
        measure(
                "1 M rows: sort by size",
                page,
                () -> model.sort(SortBy.SIZE, !model.descending().get()));
        measure(
                "1 M rows: sort by name",
                page,
                () -> model.sort(SortBy.NAME, !model.descending().get()));
        measure(
                "1 M rows: sort by folder",
                page,
                () -> model.sort(SortBy.FOLDER, !model.descending().get()));
        measure("1 M rows: tick all shown", page, () -> model.tickShown(true));
        measure("1 M rows: clear everything by the tree", page, () -> model.tickFolder(Catalog.NONE, false));
        measure("1 M rows: tick one", page, () -> model.tick(5000, true));
        measure("1 M rows: scroll to the middle", page, () -> table(page).scrollTo(500_000));
        measure("1 M rows: step (F3)", page, () -> table(page).step(1));
    }

    private static void toggleText(ChooseModel model, String text) {
        model.filterText().set(model.filterText().get().equals(text) ? text + " " : text);
    }

    private static FileTable table(ChooseStage page) {
        return (FileTable) page.scene.lookup("#files");
    }

    @Test
    @DisplayName("A hundred thousand files in one folder")
    void manyFiles() throws TimeoutException {
        SampleCatalog sample = new SampleCatalog();
        int folder = sample.folder(Catalog.NONE, "Spool");
        int other = sample.folder(Catalog.NONE, "Other");
        sample.file(other, "one.txt", 1);
        for (int i = 0; i < 100_000; i++) {
            sample.intact(sample.file(folder, "spool-" + i + ".tmp", i));
        }
        sample.builder.finished();
        ChooseStage page = page();
        page.show(sample);
        FolderPane tree = (FolderPane) page.scene.lookup("#folders");
        measure("100,000 files in a folder: show the other", page, () -> tree.select(other));
        measure("100,000 files in a folder: show it", page, () -> tree.select(folder));
        measure(
                "100,000 files in a folder: tick it in the tree",
                page,
                () -> page.model().tickFolder(folder, true));
        measure(
                "100,000 files: select 1,000 rows",
                page,
                () -> table(page).getSelectionModel().selectRange(0, 1_000));
        measure(
                "100,000 files: space on them",
                page,
                () -> page.model().tick(table(page).selectedRows(), false));
    }

    @Test
    @DisplayName("A hundred thousand sub-folders")
    void manyFolders() throws TimeoutException {
        SampleCatalog sample = new SampleCatalog();
        int parent = sample.folder(Catalog.NONE, "Mailboxes");
        for (int i = 0; i < 100_000; i++) {
            sample.intact(sample.file(sample.folder(parent, "box " + i), "inbox.mbox", i));
        }
        sample.builder.finished();
        ChooseStage page = page();
        page.show(sample);
        TreeView<?> tree = (TreeView<?>) page.scene.lookup("#folders");
        TreeItem<?> item = tree.getRoot().getChildren().getFirst();
        measure("100,000 sub-folders: open, then close", page, () -> item.setExpanded(!item.isExpanded()));
        measure("100,000 sub-folders: open again, close", page, () -> item.setExpanded(!item.isExpanded()));
        assertThat(item.getChildren()).hasSize(100_000);
    }
}
