package org.salvor.restore;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The forms of a report: for programs, for a spreadsheet, for a person. */
public enum ReportForm {
    JSON,
    CSV,
    HTML;

    /** As the ending of the name says. */
    public static Optional<ReportForm> of(Path file) {
        String name = String.valueOf(file.getFileName()).toUpperCase(Locale.ROOT);
        for (ReportForm form : values()) {
            if (name.endsWith("." + form)) {
                return Optional.of(form);
            }
        }
        return Optional.empty();
    }
}
