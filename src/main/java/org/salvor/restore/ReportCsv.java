package org.salvor.restore;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The report for a spreadsheet: RFC 4180, one line a file, named streams as lines of their own under "file:stream".
 * What the source has lost beyond its files comes last, a line each with nothing but the sentence in "reasons".
 */
final class ReportCsv {
    private static final List<String> COLUMNS =
            List.of("outcome", "path", "target", "size", "rating", "intactPercent", "sha256", "id", "reasons");

    private ReportCsv() {}

    static void write(RestoreReport report, Appendable out) throws IOException {
        line(out, COLUMNS);
        for (RestoredFile file : report.files()) {
            line(out, fields(file, file.path(), file.size(), file.sha256(), String.join(" ", file.reasons())));
            for (RestoredFile.RestoredStream stream : file.streams()) {
                line(out, fields(file, file.path() + ":" + stream.name(), stream.size(), stream.sha256(), ""));
            }
        }
        List<String> nothing = Collections.nCopies(COLUMNS.size() - 1, "");
        for (String loss : report.problems()) {
            line(out, Stream.concat(nothing.stream(), Stream.of(loss)).toList());
        }
    }

    private static List<String> fields(RestoredFile file, String path, long size, String sha256, String reasons) {
        return List.of(
                file.outcome().name(),
                path,
                file.target(),
                Long.toString(size),
                file.rating().name(),
                Integer.toString(file.intactPercent()),
                sha256,
                file.id(),
                reasons);
    }

    private static void line(Appendable out, List<String> fields) throws IOException {
        out.append(fields.stream().map(ReportCsv::quoted).collect(Collectors.joining(",")))
                .append("\r\n");
    }

    /** A name from a source must not become a formula in a spreadsheet, so such a text is led by an apostrophe. */
    private static String quoted(String name) {
        // A lone surrogate, which UTF-8 cannot hold, becomes a question mark; the JSON report keeps it.
        String text = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }
}
