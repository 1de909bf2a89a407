package org.salvor.restore;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.salvor.recovery.SourceIdentity;
import org.salvor.text.Messages;

/** The report for a person: one page that needs nothing else, light or dark as the reader's system is. */
final class ReportHtml {
    private static final String STYLE = "/org/salvor/restore/report.css";

    /** Files named for each cause; all are in the table below. */
    private static final int NAMED = 10;

    private final RestoreReport report;
    private final Appendable out;

    private ReportHtml(RestoreReport report, Appendable out) {
        this.report = report;
        this.out = out;
    }

    static void write(RestoreReport report, Appendable out) throws IOException {
        new ReportHtml(report, out).page();
    }

    private void page() throws IOException {
        raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n");
        raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        raw("<meta name=\"color-scheme\" content=\"light dark\">\n");
        element("title", "", Messages.get("report.title"));
        raw("\n<style>\n" + style() + "</style></head>\n<body><main>\n");
        element("p", " class=\"over\"", Messages.get("report.title"));
        element("h1", " class=\"" + state() + "\"", headline());
        raw("\n");
        counts();
        facts();
        problems();
        files();
        raw("</main></body></html>\n");
    }

    private String state() {
        return report.stopped() ? "stopped" : ExitCode.of(report) == ExitCode.DONE ? "good" : "mixed";
    }

    private String headline() {
        long all = report.fileCount();
        long there = report.thereCount();
        return switch (report.stop()) {
            case CANCELLED -> Messages.get("report.headline.cancelled", there, all);
            case TARGET_FULL -> Messages.get("report.headline.full", there, all);
            case TARGET_GONE -> Messages.get("report.headline.gone", there, all);
            case ERROR -> Messages.get("report.headline.error", there, all);
            case NONE ->
                there == all && allThere() && !report.problems().isEmpty()
                        ? Messages.get("report.headline.losses", all)
                        : there == all
                                ? Messages.get(allThere() ? "report.headline.all" : "report.headline.folders", all)
                                : there == 0
                                        ? Messages.get("report.headline.none", all)
                                        : Messages.get("report.headline.some", there, all);
        };
    }

    private boolean allThere() {
        return report.files().stream().allMatch(RestoredFile::there);
    }

    private void counts() throws IOException {
        raw("<ul class=\"counts\">");
        count("restored", Messages.get("report.restored"), report.count(Outcome.RESTORED));
        count("partial", Messages.get("report.partial"), report.count(Outcome.PARTIAL));
        if (report.count(Outcome.KEPT_ENCRYPTED) > 0) {
            count("partial", Messages.get("report.encrypted"), report.count(Outcome.KEPT_ENCRYPTED));
        }
        count("skipped", Messages.get("report.skipped"), report.count(Outcome.SKIPPED));
        count("failed", Messages.get("report.failed"), report.count(Outcome.FAILED));
        raw("<li>");
        element("strong", "", Sizes.text(report.bytes()));
        element("span", "", Messages.get("report.written"));
        raw("</li></ul>\n");
    }

    private void count(String style, String title, long number) throws IOException {
        raw("<li class=\"" + (number == 0 ? "zero" : style) + "\">");
        element("strong", "", Long.toString(number));
        element("span", "", title);
        raw("</li>");
    }

    private void facts() throws IOException {
        raw("<dl>");
        fact(Messages.get("report.source"), report.source().text());
        fact(
                Messages.get("report.volume"),
                (report.source().format() + " " + report.source().serial()).strip());
        for (Map.Entry<String, String> detail : report.source().details().entrySet()) {
            fact(SourceIdentity.word(detail.getKey()), detail.getValue());
        }
        fact(Messages.get("report.target"), report.target().toString());
        if (!report.sidecar().isEmpty()) {
            fact(Messages.get("report.permissions"), Messages.get("report.permissions.aside", report.applyCommand()));
        }
        fact(Messages.get("report.started"), report.started());
        fact(Messages.get("report.ended"), report.ended());
        raw("</dl>\n");
    }

    private void fact(String name, String value) throws IOException {
        if (!value.isBlank()) {
            raw("<div>");
            element("dt", "", name);
            element("dd", "", value);
            raw("</div>");
        }
    }

    private void losses() throws IOException {
        if (report.problems().isEmpty()) {
            return;
        }
        raw("<section class=\"problem\">");
        element("h3", "", Messages.get("report.losses"));
        element("p", "", Messages.get("report.losses.next"));
        raw("<ul>");
        for (String loss : report.problems()) {
            raw("<li>");
            element("span", "", loss);
            raw("</li>");
        }
        raw("</ul></section>\n");
    }

    /** Problems by cause: the first reason that is special to a file would split too finely, so the outcome leads. */
    private void problems() throws IOException {
        Map<Outcome, List<RestoredFile>> byOutcome = new LinkedHashMap<>();
        for (Outcome outcome : List.of(Outcome.FAILED, Outcome.PARTIAL, Outcome.KEPT_ENCRYPTED, Outcome.SKIPPED)) {
            List<RestoredFile> some = report.files().stream()
                    .filter(file -> file.outcome() == outcome && !file.there())
                    .toList();
            if (!some.isEmpty()) {
                byOutcome.put(outcome, some);
            }
        }
        if (byOutcome.isEmpty() && report.problems().isEmpty()) {
            return;
        }
        element("h2", "", Messages.get("report.problems"));
        losses();
        for (Map.Entry<Outcome, List<RestoredFile>> group : byOutcome.entrySet()) {
            raw("<section class=\"problem\">");
            element(
                    "h3",
                    "",
                    Messages.get(
                            "report.cause." + group.getKey(), group.getValue().size()));
            element("p", "", Messages.get("report.next." + group.getKey()));
            Map<String, List<RestoredFile>> byReason = group.getValue().stream()
                    .collect(Collectors.groupingBy(ReportHtml::cause, LinkedHashMap::new, Collectors.toList()));
            raw("<ul>");
            for (Map.Entry<String, List<RestoredFile>> cause : byReason.entrySet()) {
                raw("<li>");
                element("span", "", cause.getKey());
                List<String> names = new ArrayList<>();
                for (RestoredFile file : cause.getValue()) {
                    if (names.size() == NAMED) {
                        names.add(
                                Messages.get("report.and-more", cause.getValue().size() - NAMED));
                        break;
                    }
                    names.add(file.path());
                }
                element("small", "", String.join(" \u00b7 ", names));
                raw("</li>");
            }
            raw("</ul></section>\n");
        }
    }

    private static String cause(RestoredFile file) {
        return file.reasons().isEmpty() ? "" : file.reasons().getLast();
    }

    private void files() throws IOException {
        element("h2", "", Messages.get("report.files"));
        raw("<div class=\"wide\"><table><thead><tr>");
        for (String title : List.of(
                Messages.get("report.column.outcome"),
                Messages.get("report.column.path"),
                Messages.get("report.column.size"),
                Messages.get("report.column.rating"),
                Messages.get("report.column.hash"))) {
            element("th", " scope=\"col\"", title);
        }
        raw("</tr></thead><tbody>\n");
        for (RestoredFile file : report.files()) {
            row(file);
        }
        raw("</tbody></table></div>\n");
    }

    private void row(RestoredFile file) throws IOException {
        raw("<tr><td><span class=\"mark " + file.outcome().name().toLowerCase(Locale.ROOT) + "\">");
        text(Messages.get("report.outcome." + file.outcome()));
        raw("</span></td><td>");
        element("span", " class=\"path\"", file.folder() ? file.path() + "/" : file.path());
        if (!file.target().isEmpty() && !file.target().equals(file.path())) {
            element("small", "", "\u2192 " + file.target());
        }
        for (String reason : file.reasons()) {
            element("small", "", reason);
        }
        raw("</td>");
        element("td", " class=\"number\"", file.folder() ? "" : Sizes.text(file.size()));
        element("td", "", file.folder() ? "" : file.rating() + " " + file.intactPercent() + " %");
        raw("<td>");
        element("code", "", file.sha256());
        for (RestoredFile.RestoredStream stream : file.streams()) {
            element("small", "", ":" + stream.name() + ", " + Sizes.text(stream.size()));
            element("code", "", stream.sha256());
        }
        raw("</td></tr>\n");
    }

    private void element(String name, String attributes, String content) throws IOException {
        raw("<" + name + attributes + ">");
        text(content);
        raw("</" + name + ">");
    }

    /** Names come from a source that nobody has checked: nothing of them may be taken for mark-up or turn the line around. */
    private void text(String content) throws IOException {
        for (int i = 0; i < content.length(); i++) {
            char c = content.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> {
                    boolean paired = Character.isHighSurrogate(c)
                            && i + 1 < content.length()
                            && Character.isLowSurrogate(content.charAt(i + 1));
                    boolean turns = c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
                    if (paired) {
                        out.append(c).append(content.charAt(++i));
                    } else {
                        out.append(Character.isISOControl(c) || Character.isSurrogate(c) || turns ? '\ufffd' : c);
                    }
                }
            }
        }
    }

    private void raw(String markup) throws IOException {
        out.append(markup);
    }

    private static String style() throws IOException {
        InputStream in = ReportHtml.class.getResourceAsStream(STYLE);
        if (in == null) {
            throw new IOException("the style of the report is missing from the program");
        }
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines().collect(Collectors.joining("\n")) + "\n";
        }
    }
}
