package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TreeView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.UnknownSourceException;
import org.salvor.recovery.Source;

/** The page Source in its states. */
class SourceStatesTest extends StatesTest {
    private void pick(@Nullable Source source) {
        set(() -> state.source().set(source));
    }

    private static Source image(String path) {
        return new Source.ImageFile(Path.of(path));
    }

    @Test
    void listsTheDisksWithWhatAPersonShouldKnowOfThemAndWaitsForAChoice() {
        atSource();
        await("the disks", () -> cells("#disks") >= 4);
        assertThat(find("#disks", TableView.class).getItems()).hasSize(4);
        assertThat(words("#disks")).contains("Samsung SSD 980 PRO 1TB", "System disk", "SSD", "In use", "Needs admin");
        assertThat(nextIsOpen()).isFalse();
        assertThat(focused()).isEqualTo("disks");
        look("source");
        set(() -> state.technical().set(true));
        look("source-technical");
    }

    @Test
    void aChosenDiskShowsItsPlacesAndTheLargestReadableOneIsTaken() {
        atSource();
        pick(engine.disks.get(1));
        await("a place is chosen", () -> state.node().get() != null);
        assertThat(Objects.requireNonNull(state.node().get()).id()).isEqualTo("2");
        assertThat(words("#source-advice"))
                .containsOnlyOnce("could overwrite your files")
                .endsWith("Its own files there: " + Path.of("/home/me/.config/salvor") + ", "
                        + Path.of("/home/me/.cache/salvor"));
        assertThat(words("#places")).contains("Partition 2", "Archive", "Readable", "Locked", "Not known");
        assertThat(nextIsOpen()).isTrue();
        resize(900, 600);
        assertThat(fx(() -> find("#disks", TableView.class).getHeight()))
                .as("three rows and their heading, also under a warning")
                .isGreaterThan(3 * 46 + 36);
        look("source-disk");
        pick(engine.disks.get(2));
        await("a place is chosen", () -> state.node().get() != null);
        assertThat(words("#source-advice")).contains("This disk is in use");
        look("source-in-use");
    }

    @Test
    void aPlaceThatCannotBeReadSaysWhyAndIsNotTaken() {
        atSource();
        pick(engine.disks.get(1));
        await("a place is chosen", () -> state.node().get() != null);
        set(() -> find("#places", TreeView.class).getSelectionModel().select(3));
        assertThat(state.node().get()).isNull();
        assertThat(nextIsOpen()).isFalse();
        assertThat(shows("A recovery key is needed.")).isTrue();
        look("source-locked");
    }

    @Test
    void withoutAnyDiskItSaysWhyAndOffersImages() {
        engine.disks = List.of();
        atSource();
        await("it is said", () -> shows("No disks can be seen here"));
        assertThat(nextIsOpen()).isFalse();
        look("source-empty");
        press("#open-image-instead");
        assertThat(seen("#image-path")).isTrue();
        assertThat(focused()).isEqualTo("image-path");
    }

    @Test
    void whileItLooksItSaysSo() {
        engine.slow = true;
        atSource();
        assertThat(shows("Looking for disks")).isTrue();
        look("source-listing");
        pick(image("/media/usb/disk.img"));
        await("it says so", () -> shows("Looking at what it holds"));
        assertThat(nextIsOpen()).isFalse();
        look("source-recognising");
        engine.slow = false;
        await("a place is chosen", () -> state.node().get() != null);
        await("Next", this::nextIsOpen);
        assertThat(shows("Looking at what it holds")).isFalse();
    }

    @Test
    void imagesAreDroppedTypedOrPicked() {
        atSource();
        press("#switch-images");
        assertThat(shows("Drop an image or a backup here: a file or a folder")).isTrue();
        assertThat(nextIsOpen()).isFalse();
        look("source-images");
        set(() -> find("#image-path", TextField.class).setText(" /media/usb/disk.img "));
        press("#image-open");
        await("a place is chosen", () -> state.node().get() != null);
        assertThat(state.source().get()).isEqualTo(image("/media/usb/disk.img"));
        look("source-image");
    }

    @Test
    void aBackupShowsItsSetsByDateNameMachineAndVolumeAndTheNewestIsTaken() {
        engine.places = SyntheticDisks::backup;
        atStart();
        press("#backup");
        assertThat(state.step().get()).isEqualTo(org.salvor.ui.shell.Step.SOURCE);
        assertThat(seen("#image-path")).isTrue();
        assertThat(focused()).isEqualTo("image-path");
        state.dialogs(answering(Path.of("/media/usb/friday.bkf")));
        press("#image-browse");
        await("a set is chosen", () -> state.node().get() != null);
        assertThat(Objects.requireNonNull(state.node().get()).id()).isEqualTo("set-3");
        assertThat(shows("What the backup holds")).isTrue();
        assertThat(shows("Places found on it")).isFalse();
        assertThat(words("#places"))
                .contains("MTF 1.00a (backup medium)", "Set 3 of 2005-03-18 22:00 \u2013 Friday", "Set 2", "Set 1")
                .contains("Computer SERVER, C:, D:");
        assertThat(words("#place-problem"))
                .contains("Computer SERVER, C:, D:, full backup, by ann.", "Medium 2 of this backup is missing");
        assertThat(seen("#sweep")).as("there are no lost volumes in a backup").isFalse();
        assertThat(nextIsOpen()).isTrue();
        look("source-backup");
        set(() -> find("#places", TreeView.class).getSelectionModel().select(2));
        assertThat(Objects.requireNonNull(state.node().get()).id()).isEqualTo("set-2");
        assertThat(words("#place-problem")).contains("It protects nothing", "This set has no name");
        look("source-backup-password");
    }

    @Test
    void aFolderIsChosenAsAFolderAndOneWithoutABackupIsSaidNotSearched() {
        engine.places = SyntheticDisks::emptyBackup;
        atSource();
        press("#switch-images");
        state.dialogs(answering(Path.of(".").toAbsolutePath()));
        press("#backup-folder");
        await("it is told", () -> words("#source-error").contains("No file in it can be restored."));
        assertThat(state.source().get()).isInstanceOf(Source.BackupFolder.class);
        assertThat(words("#places")).contains("MTF 1.00a", "Not known");
        assertThat(nextIsOpen()).isFalse();
        look("source-backup-empty");
        engine.failing.with("recognise", new UnknownSourceException("No backup was found in the folder."));
        pick(new Source.BackupFolder(Path.of("/media/usb/pictures")));
        await("it is told", () -> words("#source-error").contains("No backup was found in the folder."));
        assertThat(seen("#sweep-after-error"))
                .as("a folder has no lost volumes")
                .isFalse();
        assertThat(nextIsOpen()).isFalse();
        look("source-backup-unknown");
    }

    @Test
    void whatCannotBeReadIsToldInWordsAndNothingIsTaken() {
        engine.failing.with(
                "recognise", new RecoveryException("The file broken.img is empty. There is nothing in it to look at."));
        atSource();
        pick(image("/media/usb/broken.img"));
        await("it is told", () -> seen("#source-error"));
        assertThat(words("#source-error")).contains("broken.img is empty", "Nothing was changed");
        assertThat(nextIsOpen()).isFalse();
        assertThat(seen("#places")).isFalse();
        look("source-error");
        engine.failing.no();
        engine.places = SyntheticDisks::unreadable;
        pick(image("/media/usb/linux.img"));
        await("it is told", () -> words("#source-error").contains("No file system that Salvor can read"));
        assertThat(seen("#places")).as("what is there is shown all the same").isTrue();
        assertThat(nextIsOpen()).isFalse();
        look("source-unreadable");
    }

    @Test
    void aDiskWithoutATableCanBeSearchedForLostVolumesAndTheSearchCanBeStopped() {
        engine.failing.with(
                "recognise", new UnknownSourceException("Nothing that Salvor knows was found in /dev/sda."));
        atSource();
        pick(engine.disks.get(1));
        await("it is told", () -> seen("#source-error"));
        assertThat(words("#source-error")).contains("all of it can be searched");
        look("source-unknown");
        engine.slow = true;
        press("#sweep-after-error");
        await("how far it is", () -> shows("12 GB of 3.6 TB"));
        assertThat(nextIsOpen()).isFalse();
        look("source-sweeping");
        press("#sweep-stop");
        await("it is stopped", () -> !seen("#sweep-stop"));
        assertThat(nextIsOpen()).isFalse();
        engine.slow = false;
        pick(null);
        pick(engine.disks.get(1));
        await("it is told", () -> seen("#source-error"));
        press("#sweep-after-error");
        await("a place is chosen", () -> state.node().get() != null);
        assertThat(seen("#source-error")).isFalse();
        press("#sweep");
        await("it is told", () -> words("#source-notice").contains("No other volume was found"));
        assertThat(nextIsOpen()).as("what was chosen stays").isTrue();
        look("source-swept");
    }

    @Test
    void longNamesAreShortenedAndComeAsATooltip() {
        engine.disks = SyntheticDisks.longNames();
        engine.places = source -> SyntheticDisks.manyPlaces(source, 3);
        atSource();
        set(() -> state.technical().set(true));
        pick(engine.disks.getFirst());
        await("a place is chosen", () -> state.node().get() != null);
        look("source-long");
        pick(image("/media/" + SyntheticEngine.UNBROKEN_NAME + "/" + SyntheticEngine.LONG_NAME + ".img"));
        await("a place is chosen", () -> state.node().get() != null);
        look("source-long-image");
    }

    @Test
    void aHundredThousandDisksAndTenThousandPlacesMakeAFewCells() throws Exception {
        engine.disks = SyntheticDisks.many(MANY);
        engine.places = source -> SyntheticDisks.manyPlaces(source, 10_000);
        atStart();
        try (UiWatch watch = new UiWatch()) {
            set(() -> state.step().set(org.salvor.ui.shell.Step.SOURCE));
            await("the disks", () -> find("#disks", TableView.class).getItems().size() == MANY);
            pick(engine.disks.get(MANY - 1));
            await("a place is chosen", () -> state.node().get() != null);
            settle();
            assertThat(watch.longestMillis()).isLessThan(1500);
        }
        assertThat(cells("#disks")).isBetween(2, 60);
        assertThat(cells("#places")).isBetween(2, 60);
        look("source-many");
    }
}
