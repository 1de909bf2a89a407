package org.salvor.ui.choose;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.IdScheme;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.Rating;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.StreamInfo;

/** Catalogs as a scan would fill them, for tests of what is done with one. */
final class SampleCatalog {
    private static final long NOW = time(LocalDateTime.of(2026, 11, 20, 9, 30));
    private static final long DAY = 864_000_000_000L;

    final CatalogBuilder builder =
            new CatalogBuilder(new IdScheme("ntfs:1c2a90b72a908e3c", IdScheme.Form.RECORD_AND_SEQUENCE));
    final Catalog catalog = builder.catalog();
    private final Random random = new Random(7);
    private long record = 40;

    static long time(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 10_000_000;
    }

    int folder(int parent, String name) {
        return add(parent, name, true, false, Provenance.TABLE, 0, NOW - 40 * DAY, List.of());
    }

    int deletedFolder(int parent, String name) {
        return add(parent, name, true, true, Provenance.TABLE, 0, NOW - 40 * DAY, List.of());
    }

    int lostFolders() {
        return add(Catalog.NONE, "Lost folders", true, false, Provenance.MADE_UP, 0, Catalog.NO_TIME, List.of());
    }

    int live(int parent, String name, long size) {
        int row = add(parent, name, false, false, Provenance.TABLE, size, NOW, List.of());
        builder.rating(row, Rating.of(RatingClass.INTACT, 100, ReasonKind.LIVE));
        return row;
    }

    /** Deleted, not rated yet. */
    int file(int parent, String name, long size, LocalDateTime modified, StreamInfo... streams) {
        return add(parent, name, false, true, Provenance.TABLE, size, time(modified), List.of(streams));
    }

    int file(int parent, String name, long size) {
        return add(
                parent,
                name,
                false,
                true,
                Provenance.TABLE,
                size,
                NOW - Math.abs(random.nextLong() % (700 * DAY)),
                List.of());
    }

    private int add(
            int parent,
            String name,
            boolean folder,
            boolean deleted,
            Provenance from,
            long size,
            long time,
            List<StreamInfo> streams) {
        long key = record++ << 16 | 1 + random.nextInt(5);
        return builder.add(new FileRow(
                parent,
                name,
                folder,
                deleted,
                from,
                key,
                -1,
                key,
                Catalog.NONE,
                size,
                size + 4095 & ~4095L,
                time - 3 * DAY,
                time,
                time,
                time,
                folder ? 0x10 : 0x20,
                size > 4096 ? 1 + random.nextInt(3) : 1,
                size > 700 ? 1000 + random.nextInt(500_000) : -1,
                streams));
    }

    void intact(int row) {
        builder.rating(row, Rating.of(RatingClass.INTACT, 100, ReasonKind.CLUSTERS_FREE));
    }

    void overwritten(int row, int by) {
        builder.rating(
                row,
                new Rating(
                        RatingClass.OVERWRITTEN,
                        0,
                        EnumSet.of(ReasonKind.CLUSTERS_REUSED, ReasonKind.REUSED_BY_FILE),
                        by));
    }

    void partial(int row, int percent, int by) {
        builder.rating(
                row,
                new Rating(
                        RatingClass.PARTIAL,
                        percent,
                        EnumSet.of(ReasonKind.CLUSTERS_REUSED, ReasonKind.REUSED_BY_FILE),
                        by));
    }

    void rate(int row, RatingClass rating, int percent, ReasonKind reason) {
        builder.rating(row, Rating.of(rating, percent, reason));
    }

    /** A holiday, an office and a lost folder: 64 deleted files, rated in every way. */
    static SampleCatalog household() {
        SampleCatalog all = new SampleCatalog();
        int users = all.folder(Catalog.NONE, "Users");
        int anna = all.folder(users, "Anna");
        int pictures = all.folder(anna, "Pictures");
        int holiday = all.deletedFolder(pictures, "Holiday in Norway 2026");
        int documents = all.folder(anna, "Documents");
        int invoices = all.deletedFolder(documents, "Invoices 2025");
        int music = all.deletedFolder(anna, "Music");
        int log = all.live(all.folder(all.folder(Catalog.NONE, "Windows"), "Temp"), "setup-2026-11-19.log", 900_000);
        for (int i = 1; i <= 24; i++) {
            int row = all.file(
                    holiday,
                    "IMG_" + (2000 + i) + ".JPG",
                    2_400_000 + i * 31_337L,
                    LocalDateTime.of(2026, 7, 3 + i / 3, 10, i),
                    new StreamInfo("Zone.Identifier", 26));
            if (i == 7) {
                all.partial(row, 62, log);
            } else if (i == 12) {
                all.overwritten(row, log);
            } else if (i == 13) {
                all.builder.rating(
                        row, new Rating(RatingClass.PROBABLE, 100, EnumSet.of(ReasonKind.CLAIMED_BY_DELETED), row - 1));
            } else if (i != 20) {
                all.intact(row);
            }
        }
        String[] papers = {
            "Letter to the landlord.docx",
            "Tax return 2025.pdf",
            "Household budget.xlsx",
            "notes.txt",
            "Application for the allotment garden with all enclosures and the signed agreement of the neighbours (final version 3).pdf",
            "Recipe collection.odt",
            "passwords.kdbx",
            "\u5bb6\u65cf\u306e\u5199\u771f\u306b\u3064\u3044\u3066.txt",
            "Urlaubsgr\u00fc\u00dfe.rtf"
        };
        for (String name : papers) {
            all.intact(all.file(documents, name, 8_000 + name.length() * 4_711L));
        }
        for (int i = 1; i <= 12; i++) {
            int row = all.file(invoices, "Invoice 2025-" + i + ".pdf", 180_000 + i * 999L);
            if (i % 5 == 0) {
                all.rate(row, RatingClass.BLANK, 0, ReasonKind.ALL_ZERO);
            } else {
                all.intact(row);
            }
        }
        for (int i = 1; i <= 10; i++) {
            all.intact(all.file(music, i + " - Track " + i + ".flac", 30_000_000 + i * 1_000_003L));
        }
        int mail = all.file(documents, "archive.pst", 6_654_000_000L);
        all.partial(mail, 88, log);
        int secret = all.file(documents, "salary.xlsx", 44_000);
        all.rate(secret, RatingClass.LOCKED, 0, ReasonKind.NO_KEY);
        int lost = all.deletedFolder(all.lostFolders(), "Folder 214-3");
        all.rate(all.file(lost, "video_2024.mp4", 734_000_000), RatingClass.PROBABLE, 100, ReasonKind.OUTSIDE_TABLE);
        all.intact(all.file(lost, "thesis.tex", 94_000));
        all.intact(all.file(Catalog.NONE, "readme", 1200));
        all.builder.finished();
        return all;
    }

    /** Many files in folders of some hundred. */
    static SampleCatalog many(int files) {
        SampleCatalog all = new SampleCatalog();
        String[] words = {"report", "IMG_", "invoice", "holiday", "backup", "scan", "letter", "DSC0", "mail", "track"};
        String[] endings = {".jpg", ".pdf", ".docx", ".txt", ".xlsx", ".mp3", ".zip", ".dat", ".html", ".png"};
        int top = Catalog.NONE;
        int folder = Catalog.NONE;
        for (int i = 0; i < files; i++) {
            if (i % 40_000 == 0) {
                top = all.folder(Catalog.NONE, "Department " + (i / 40_000 + 1));
            }
            if (i % 400 == 0) {
                folder = all.folder(top, "Project " + (i / 400 + 1));
            }
            int row = all.file(
                    folder,
                    words[all.random.nextInt(10)] + all.random.nextInt(100_000) + endings[all.random.nextInt(10)],
                    all.random.nextInt(40_000_000));
            int chance = all.random.nextInt(10);
            if (chance == 0) {
                all.partial(row, all.random.nextInt(99) + 1, row);
            } else if (chance == 1) {
                all.overwritten(row, row);
            } else {
                all.intact(row);
            }
        }
        all.builder.finished();
        return all;
    }
}
