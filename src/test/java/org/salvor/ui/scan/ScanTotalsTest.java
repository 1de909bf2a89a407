package org.salvor.ui.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.ScanPlan;

@DisplayName("The sums of the page Scan")
class ScanTotalsTest {
    private final CatalogBuilder builder =
            new CatalogBuilder(new IdScheme("ntfs:1", IdScheme.Form.RECORD_AND_SEQUENCE));
    private long key = 40;

    @Test
    void countWhatWasAskedForAndNotTheFoldersThatOnlyHoldIt() {
        int live = add(Catalog.NONE, "docs", true, false, Provenance.TABLE);
        int gone = add(live, "old", true, true, Provenance.TABLE);
        add(gone, "a.txt", false, true, Provenance.TABLE);
        int lost = add(Catalog.NONE, "Lost folders", true, true, Provenance.MADE_UP);
        int number = add(lost, "Folder 64-1", true, true, Provenance.MADE_UP);
        add(number, "b.txt", false, true, Provenance.TABLE);

        ScanTotals totals = ScanTotals.of(builder.catalog(), ScanPlan.QUICK);

        assertThat(totals.files()).isEqualTo(2);
        assertThat(totals.folders()).as("only the deleted one").isEqualTo(1);
        assertThat(totals.deleted()).isEqualTo(2);
        assertThat(ScanTotals.of(builder.catalog(), new ScanPlan(false, true, true))
                        .folders())
                .isEqualTo(2);
        assertThat(builder.catalog().files()).isEqualTo(2);
    }

    private int add(int parent, String name, boolean folder, boolean deleted, Provenance provenance) {
        return builder.add(new FileRow(
                parent,
                name,
                folder,
                deleted,
                provenance,
                key++,
                -1,
                Catalog.NO_LOCATOR,
                Catalog.NONE,
                10,
                0,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                0,
                0,
                -1,
                List.of()));
    }
}
