package org.salvor.ui.choose;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.application.Platform;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.stage.Stage;
import org.salvor.recovery.Catalog;
import org.salvor.ui.FxWatch;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Does on the page Choose what a person does, each thing twice, and prints a line for each: what, the round, milliseconds on the
 * clock and of processor time that the longest piece of work held the UI thread, milliseconds of the search beside it; with "|" in
 * between. A process of its own, so that the first round is one of a program just started.
 */
final class ChooseBench {
    private final ChooseStage page;

    private ChooseBench(ChooseStage page) {
        this.page = page;
    }

    public static void main(String[] arguments) throws Exception {
        WaitForAsyncUtils.autoCheckException = false;
        Platform.startup(() -> {});
        ChooseBench bench = new ChooseBench(ChooseStage.fx(() -> new ChooseStage(new Stage(), 1280, 800)));
        switch (arguments[0]) {
            case "rows" -> bench.million();
            case "files" -> bench.manyFiles();
            case "folders" -> bench.manyFolders();
            case "rehearsal" -> bench.rehearse();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
        System.exit(0);
    }

    /** On a small catalog, and no more than the program does when it is packed (see {@code ui.Rehearsal}). */
    private void rehearse() throws TimeoutException, InterruptedException {
        page.show(SampleCatalog.many(40));
        TreeView<?> tree = (TreeView<?>) page.scene.lookup("#folders");
        measure("select", () -> table().getSelectionModel().select(0));
        measure("select all", () -> table().getSelectionModel().selectRange(0, 40));
        measure("filter", () -> toggleText("jpg"));
        measure("filter away", () -> toggleText(""));
        measure(
                "open folders",
                () -> tree.getRoot().getChildren().forEach(item -> item.setExpanded(!item.isExpanded())));
        measure("one folder", () -> tree.getSelectionModel().select(1));
        measure("all folders", () -> tree.getSelectionModel().select(0));
        measure(
                "sort",
                () -> page.model().sort(SortBy.SIZE, !page.model().descending().get()));
        measure("scroll", () -> table().scrollTo(39));
        measure("another row", () -> table().getSelectionModel().clearAndSelect(38));
        measure("select all once more", () -> table().getSelectionModel().selectRange(0, 40));
    }

    private void measure(String what, Runnable work) throws TimeoutException, InterruptedException {
        for (String round : List.of("first", "again")) {
            FxWatch watch = new FxWatch();
            ChooseStage.fx(() -> {
                work.run();
                return true;
            });
            page.settle();
            watch.close();
            Findings found = Objects.requireNonNull(page.model().findings().get());
            System.out.printf(
                    Locale.ROOT,
                    "%s|%s|%.1f|%.1f|%.1f%n",
                    what,
                    round,
                    watch.longest(),
                    watch.mostWork(),
                    found.nanos() / 1e6);
            WaitForAsyncUtils.sleep(50, TimeUnit.MILLISECONDS);
        }
    }

    private void million() throws TimeoutException, InterruptedException {
        page.show(SampleCatalog.many(1_000_000));
        ChooseModel model = page.model();
        measure("filter by a word", () -> toggleText("holiday7"));
        measure("filter by ending and size", () -> toggleText("ext:jpg size>10M"));
        measure("filter by path", () -> toggleText("path:project"));
        measure("filter away", () -> toggleText(""));
        measure(
                "sort by size",
                () -> model.sort(SortBy.SIZE, !model.descending().get()));
        measure(
                "sort by name",
                () -> model.sort(SortBy.NAME, !model.descending().get()));
        measure(
                "sort by folder",
                () -> model.sort(SortBy.FOLDER, !model.descending().get()));
        measure("tick all shown", () -> model.tickShown(true));
        measure("clear everything by the tree", () -> model.tickFolder(Catalog.NONE, false));
        measure("tick one", () -> model.tick(5000, true));
        measure("scroll to the middle", () -> table().scrollTo(500_000));
        measure("step", () -> table().step(1));
    }

    private void toggleText(String text) {
        var filter = page.model().filterText();
        filter.set(filter.get().equals(text) ? text + " " : text);
    }

    private FileTable table() {
        return (FileTable) page.scene.lookup("#files");
    }

    private void manyFiles() throws TimeoutException, InterruptedException {
        SampleCatalog sample = new SampleCatalog();
        int folder = sample.folder(Catalog.NONE, "Spool");
        int other = sample.folder(Catalog.NONE, "Other");
        sample.file(other, "one.txt", 1);
        for (int i = 0; i < 100_000; i++) {
            sample.intact(sample.file(folder, "spool-" + i + ".tmp", i));
        }
        sample.builder.finished();
        page.show(sample);
        FolderPane tree = (FolderPane) page.scene.lookup("#folders");
        measure("another folder", () -> tree.select(other));
        measure("the folder", () -> tree.select(folder));
        measure("tick it in the tree", () -> page.model().tickFolder(folder, true));
        measure("select 1,000 rows", () -> table().getSelectionModel().selectRange(0, 1_000));
        measure("clear their ticks", () -> page.model().tick(table().selectedRows(), false));
    }

    private void manyFolders() throws TimeoutException, InterruptedException {
        SampleCatalog sample = new SampleCatalog();
        int parent = sample.folder(Catalog.NONE, "Mailboxes");
        for (int i = 0; i < 100_000; i++) {
            sample.intact(sample.file(sample.folder(parent, "box " + i), "inbox.mbox", i));
        }
        sample.builder.finished();
        page.show(sample);
        TreeView<?> tree = (TreeView<?>) page.scene.lookup("#folders");
        TreeItem<?> item = tree.getRoot().getChildren().getFirst();
        measure("open, then close", () -> item.setExpanded(!item.isExpanded()));
        measure("open again, then close", () -> item.setExpanded(!item.isExpanded()));
        if (item.getChildren().size() != 100_000) {
            throw new IllegalStateException("not all sub-folders are there");
        }
    }
}
