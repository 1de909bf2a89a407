package org.salvor.engine.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.backup.BackupEntry;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRows;
import org.salvor.recovery.IdScheme;
import org.salvor.substream.LinkPath;

@DisplayName("Further names of files in a backup")
class OtherNamesTest {
    private static final int LETTERS = 16;

    private final CatalogBuilder builder = new CatalogBuilder(new IdScheme("test:1", IdScheme.Form.SET_AND_NUMBER));

    private int file(String name) {
        return builder.add(FileRows.next(builder, name));
    }

    private List<Integer> found(String... paths) {
        OtherNames names = new OtherNames(builder.catalog(), Catalog.NONE, false);
        for (String path : paths) {
            LinkPath of = Objects.requireNonNull(LinkPath.of(LinkPath.bytes(path)));
            names.add(Catalog.NONE, entry(of), of);
        }
        List<Integer> rows = new ArrayList<>();
        names.tell((name, first) -> rows.add(first));
        return rows;
    }

    private static BackupEntry entry(LinkPath of) {
        return new BackupEntry(
                1, 0, "other", false, 0, 0, BackupEntry.Times.NONE, 0, List.of(), new BackupEntry.State.OtherName(of));
    }

    @Test
    void anEqualNameIsTakenBeforeOneThatDiffersInCase() {
        int lower = file("a.txt");
        int upper = file("A.TXT");
        assertThat(found("A.TXT", "a.txt", "A.txt", "b.txt")).containsExactly(upper, lower, lower, Catalog.NONE);
    }

    @Test
    @DisplayName("are looked for in reasonable time among names that were made to be alike")
    void manyLike() {
        int row = file("other.txt");
        for (int bits = 0; bits < 1 << LETTERS; bits++) {
            StringBuilder name = new StringBuilder();
            for (int i = 0; i < LETTERS; i++) {
                name.append((bits >> i & 1) == 0 ? 'x' : 'X');
            }
            file(name.toString());
        }
        Assertions.assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThat(found("other.txt", "nothing")).containsExactly(row, Catalog.NONE));
    }
}
