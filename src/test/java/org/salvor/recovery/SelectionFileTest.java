package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;

class SelectionFileTest {
    @TempDir
    Path folder;

    private final SourceIdentity source = new SourceIdentity("a.img", "", "NTFS", "1", 10, "00", Map.of("label", "x"));

    @Test
    void a_selection_comes_back_by_ids_and_tells_which_are_gone() throws Exception {
        Catalog before = catalog("a", "b", "c", "d");
        Selection chosen = new Selection();
        chosen.set(1, true);
        chosen.set(3, true);
        Path file = folder.resolve("chosen.json");
        SelectionFile.save(file, source, before, chosen);
        SelectionFile.Loaded loaded = SelectionFile.load(file, source, catalog("a", "b", "c"));
        assertThat(loaded.selection().rows().stream()).containsExactly(1);
        assertThat(loaded.missing()).containsExactly("ntfs:1:3-1");
    }

    @Test
    void of_two_names_of_one_file_only_the_chosen_one_comes_back() throws Exception {
        CatalogBuilder builder = builder();
        int first = builder.add(row("first", 7, Catalog.NONE));
        int second = builder.add(row("second", 7, first));
        Selection chosen = new Selection();
        chosen.set(second, true);
        Path file = folder.resolve("chosen.json");
        SelectionFile.save(file, source, builder.catalog(), chosen);
        assertThat(SelectionFile.load(file, source, builder.catalog()).selection().rows().stream())
                .containsExactly(second);
    }

    @Test
    void a_selection_of_another_source_and_a_file_of_another_kind_are_refused() throws Exception {
        Path file = folder.resolve("chosen.json");
        SelectionFile.save(file, source, catalog("a"), new Selection());
        SourceIdentity other = new SourceIdentity("b.img", "", "NTFS", "2", 10, "00", Map.of());
        assertThatThrownBy(() -> SelectionFile.load(file, other, catalog("a")))
                .isInstanceOf(SourceMismatchException.class);
        Files.writeString(file, "{\"format\":\"something\"}");
        assertThatThrownBy(() -> SelectionFile.load(file, source, catalog("a")))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("chosen.json");
    }

    private static CatalogBuilder builder() {
        return new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));
    }

    private static Catalog catalog(String... names) {
        CatalogBuilder builder = builder();
        for (int i = 0; i < names.length; i++) {
            builder.add(row(names[i], i << 16 | 1, Catalog.NONE));
        }
        return builder.catalog();
    }

    private static FileRow row(String name, long key, int linkOf) {
        return new FileRow(
                Catalog.NONE,
                name,
                false,
                true,
                Provenance.TABLE,
                key,
                -1,
                key,
                linkOf,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                List.of());
    }
}
