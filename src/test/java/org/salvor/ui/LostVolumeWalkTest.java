package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import javafx.scene.control.Button;
import javafx.scene.control.TreeView;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.EditableImage;
import org.salvor.Manifest;
import org.salvor.TestImages;
import org.salvor.app.Wiring;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.ui.shell.Step;

@DisplayName(
        "The wizard over a disk whose partition table is gone, with the real engine, from the first page to the report")
class LostVolumeWalkTest extends WalkTest {
    /** Where the volume of the small image lies, and how long it is. */
    private static final long SECTOR = 14_336;

    private static final int VOLUME = 4 << 20;

    @TempDir
    Path folder;

    LostVolumeWalkTest() {
        super(Wiring.assemble());
    }

    @Test
    @DisplayName(
            "shows the volumes that lie where partitions usually begin, and brings back what was deleted on the chosen one")
    void wipedTable() throws Exception {
        EditableImage disk = TestImages.open("disk-mbr");
        disk.zero(0, 512);
        pick(TestImages.file(disk, folder.resolve("wiped.img")));
        await("the volumes are found", () -> state.node().get() != null);
        assertThat(lost()).hasSize(3);
        bringsBack(SECTOR);
    }

    @Test
    @DisplayName("searches the whole disk for one that lies anywhere")
    void anywhere() throws Exception {
        // smaller disks are searched as a whole at once
        long place = (1 << 30) / 512 + 5003;
        Path whole = TestImages.file("disk-mbr", folder);
        Path image = folder.resolve("moved.img");
        try (RandomAccessFile from = new RandomAccessFile(whole.toFile(), "r");
                RandomAccessFile to = new RandomAccessFile(image.toFile(), "rw")) {
            byte[] volume = new byte[VOLUME];
            from.seek(SECTOR * 512);
            from.readFully(volume);
            to.setLength((1 << 30) + (16 << 20));
            to.seek(place * 512);
            to.write(volume);
        }
        FileTime before = Files.getLastModifiedTime(image);
        pick(image);
        await("a search is offered", () -> isShown(find("#sweep-after-error", Button.class)));
        click("#sweep-after-error");
        await("the volume is found", () -> state.node().get() != null);
        assertThat(lost()).hasSize(1);
        bringsBack(place);
        assertThat(Files.getLastModifiedTime(image)).isEqualTo(before);
    }

    private void pick(Path image) {
        open(state, WIDE, WIDE_HEIGHT);
        click("#image");
        answer(image);
        click("#image-browse");
    }

    private List<SourceNode> lost() {
        return SourceTrees.readable(Objects.requireNonNull(state.places().get())).stream()
                .filter(node -> node.kind() == SourceNode.Kind.LOST_VOLUME)
                .toList();
    }

    /** @param sector where the volume lies now */
    private void bringsBack(long sector) throws Exception {
        choose(lost().stream()
                .filter(node -> node.offset() == sector * 512)
                .findFirst()
                .orElseThrow());
        clickWhenReady("#next", Step.SCAN_PLAN);
        clickWhenReady("#next", Step.SCAN);
        await("the scan ends", this::scanDone);
        clickWhenReady("#next", Step.CHOOSE);
        chooseAll();
        Path target = folder.resolve("back");
        checkInto(target);
        copyAll();
        int compared = 0;
        for (Manifest.Entry entry : TestImages.manifest("disk-mbr").entries()) {
            Path there = target.resolve(entry.path());
            if (Long.parseLong(entry.text("sector")) != SECTOR) {
                assertThat(there).as("a file of another volume").doesNotExist();
            } else if (entry.deleted()) {
                assertThat(sha256(there)).as(entry.path()).isEqualTo(entry.sha256());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(1);
        assertThat(report().source().node()).isEqualTo("lost-" + sector);
    }

    private void choose(SourceNode wanted) {
        fx(() -> {
            TreeView<SourceNode> places = places();
            for (int row = 0; row < places.getExpandedItemCount(); row++) {
                if (places.getTreeItem(row).getValue().equals(wanted)) {
                    places.getSelectionModel().select(row);
                }
            }
            return true;
        });
        settle();
        assertThat(state.node().get()).isEqualTo(wanted);
    }

    @SuppressWarnings("unchecked")
    private TreeView<SourceNode> places() {
        return find("#places", TreeView.class);
    }
}
