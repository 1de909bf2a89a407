package org.salvor.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.Provenance;

class FolderIndexTest {
    private final CatalogBuilder builder =
            new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));

    @Test
    void a_folder_shows_its_folders_first_and_counts_all_files_below() {
        int file = add("early.txt", false, Catalog.NONE, 5);
        int docs = add("docs", true, Catalog.NONE, 0);
        int inner = add("inner", true, docs, 0);
        int a = add("a.txt", false, inner, 10);
        int b = add("b.txt", false, docs, 20);
        builder.parent(file, inner);
        FolderIndex index = FolderIndex.of(builder.catalog());
        assertThat(index.children(Catalog.NONE).toArray()).containsExactly(docs);
        assertThat(index.children(docs).toArray()).containsExactly(inner, b);
        assertThat(index.folders(docs).toArray()).containsExactly(inner);
        assertThat(index.children(inner).toArray()).containsExactly(file, a);
        assertThat(index.filesBelow(docs)).isEqualTo(3);
        assertThat(index.bytesBelow(Catalog.NONE)).isEqualTo(35);
        assertThat(index.folderCount()).isEqualTo(2);
    }

    private int add(String name, boolean folder, int parent, long size) {
        return builder.add(new FileRow(
                parent,
                name,
                folder,
                true,
                Provenance.TABLE,
                1,
                -1,
                1,
                Catalog.NONE,
                size,
                size,
                0,
                0,
                0,
                0,
                0,
                0,
                -1,
                List.of()));
    }
}
