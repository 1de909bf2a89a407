package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.salvor.filesystem.FoundFile;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.ScanPlan;

class FolderPlacesTest {
    private static final byte[] CONTENT = {1, 2, 3};

    private final ScriptedVolume volume = new ScriptedVolume();

    @Test
    void a_file_may_come_before_its_folders_and_live_folders_become_rows_when_they_are_needed() throws Exception {
        Catalog catalog = volume.add(30, ScriptedVolume.key(41), "a.txt", true, CONTENT, 3)
                .folder(41, ScriptedVolume.key(40), "inner", false)
                .folder(40, ScriptedVolume.ROOT, "docs", false)
                .folder(42, ScriptedVolume.ROOT, "unneeded", false)
                .scan(ScanPlan.QUICK);
        assertThat(paths(catalog)).containsExactlyInAnyOrder("docs/inner/a.txt", "docs/inner", "docs");
        assertThat(catalog.deleted(catalog.parent(0))).isFalse();
    }

    @Test
    void what_lost_its_folder_goes_below_lost_folders_with_the_name_that_slack_knows() throws Exception {
        Catalog catalog = volume.add(30, ScriptedVolume.key(64), "a.txt", true, CONTENT, 3)
                .add(31, ScriptedVolume.key(65), "b.txt", true, CONTENT, 3)
                .add(32, ScriptedVolume.key(65), "", true, CONTENT, 3)
                .add(ScriptedVolume.found(
                        65, ScriptedVolume.ROOT, "letters", true, true, List.of(), 0, FoundFile.Provenance.INDEX_ONLY))
                .scan(ScanPlan.QUICK);
        assertThat(paths(catalog))
                .contains("Lost folders/Folder 64-1/a.txt", "Lost folders/letters/b.txt", "Lost folders/File 32-1");
    }

    @Test
    void folders_that_lie_in_each_other_end_below_lost_folders() throws Exception {
        Catalog catalog = volume.folder(40, ScriptedVolume.key(41), "a", true)
                .folder(41, ScriptedVolume.key(42), "b", true)
                .folder(42, ScriptedVolume.key(40), "c", true)
                .folder(43, ScriptedVolume.key(43), "self", true)
                .add(30, ScriptedVolume.key(40), "x.txt", true, CONTENT, 3)
                .scan(ScanPlan.QUICK);
        assertThat(paths(catalog)).allMatch(path -> path.startsWith("Lost folders"));
        for (int row = 0; row < catalog.size(); row++) {
            int depth = 0;
            for (int at = row; at != Catalog.NONE; at = catalog.parent(at)) {
                assertThat(++depth).isLessThan(20);
            }
        }
    }

    @Test
    void a_chain_of_very_many_folders_is_cut_instead_of_walked_for_ever() throws Exception {
        int count = 50_000;
        for (int i = 0; i < count; i++) {
            volume.folder(100 + i, i == 0 ? ScriptedVolume.ROOT : ScriptedVolume.key(99 + i), "f", true);
        }
        Catalog catalog = volume.scan(ScanPlan.QUICK);
        assertThat(catalog.size()).isGreaterThanOrEqualTo(count);
        assertThat(catalog.path(count - 1)).isNotEmpty();
    }

    @Test
    void live_files_are_rows_only_when_the_plan_wants_them() throws Exception {
        volume.live(30, "live.txt", CONTENT).deleted(31, "gone.txt", CONTENT);
        assertThat(paths(volume.scan(new ScanPlan(false, false, true)))).containsExactly("live.txt");
        assertThat(paths(volume.scan(new ScanPlan(false, true, true)))).containsExactly("live.txt", "gone.txt");
        assertThat(paths(volume.scan(ScanPlan.QUICK))).containsExactly("gone.txt");
    }

    private static List<String> paths(Catalog catalog) {
        List<String> paths = new ArrayList<>();
        for (int row = 0; row < catalog.size(); row++) {
            if (catalog.provenance(row) != Provenance.MADE_UP) {
                paths.add(catalog.path(row));
            }
        }
        return paths;
    }
}
