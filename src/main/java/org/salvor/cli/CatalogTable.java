package org.salvor.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.salvor.recovery.Catalog;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** Rows of a catalog as lines for a person: rating, size, time of the last change, path. */
final class CatalogTable {
    /** Up to here rows are sorted by path; sorting more would hold all the paths in memory. */
    private static final int SORTED = 100_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    private final Terminal terminal;

    CatalogTable(Terminal terminal) {
        this.terminal = terminal;
    }

    void print(Catalog catalog, BitSet rows) {
        IntStream order = rows.stream();
        if (rows.cardinality() <= SORTED) {
            order = order.boxed().sorted(Comparator.comparing(catalog::path)).mapToInt(Integer::intValue);
        }
        order.forEach(row -> terminal.out().println(line(catalog, row)));
    }

    private static String line(Catalog catalog, int row) {
        boolean folder = catalog.folder(row);
        String rating = folder
                ? Messages.get("cli.scan.folder")
                : Messages.get("rating." + catalog.ratingClass(row), catalog.intactPercent(row));
        String size = folder ? "" : Units.bytes(catalog.size(row));
        long modified = catalog.modified(row);
        String time = modified == Catalog.NO_TIME ? "" : TIME.format(Events.instant(modified));
        String streams = catalog.streams(row).isEmpty()
                ? ""
                : "  " + Messages.get("cli.scan.streams", catalog.streams(row).size());
        return "%-18s %11s  %-16s  %s%s".formatted(rating, size, time, Terminal.printable(catalog.path(row)), streams);
    }
}
