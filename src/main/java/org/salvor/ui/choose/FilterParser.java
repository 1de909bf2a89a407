package org.salvor.ui.choose;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.GlobMatcher;
import org.salvor.recovery.RatingClass;
import org.salvor.text.Messages;
import org.salvor.ui.choose.Filter.Condition;
import org.salvor.ui.choose.Filter.Term;
import org.salvor.ui.choose.Filter.Which;

/**
 * Reads the filter bar. Words stand for names; {@code key:value}, {@code key>value} and so on for the rest; "-" before a word
 * turns it round; quotes keep blanks; commas give alternatives; {@code a..b} is a range.
 */
public final class FilterParser {
    private static final Pattern WORD =
            Pattern.compile("-?(?:[A-Za-z]+(?::|[<>]=?|=))?(?:\"[^\"]*\"?|[^\\s\"]+)|-?[A-Za-z]+(?::|[<>]=?|=)");
    private static final Pattern KEYED =
            Pattern.compile("([A-Za-z]{2,})(?::(?=[<>=]))?(:|>=|<=|>|<|=)(.*)", Pattern.DOTALL);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,3})?)\\s*([kmgt]?)(?:i?b)?");
    private static final Pattern DATE = Pattern.compile("(\\d{4})(?:-(\\d{1,2})(?:-(\\d{1,2}))?)?");
    private static final long TICKS_PER_SECOND = 10_000_000;

    private final ZoneId zone;
    private final List<Condition> conditions = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    private FilterParser(ZoneId zone) {
        this.zone = zone;
    }

    /** @param zone in which days begin and end */
    public static Filter parse(String text, ZoneId zone) {
        FilterParser parser = new FilterParser(zone);
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            parser.word(words.group());
        }
        return new Filter(List.copyOf(parser.conditions), List.copyOf(parser.problems));
    }

    private void word(String whole) {
        boolean not = whole.length() > 1 && whole.startsWith("-");
        String word = not ? whole.substring(1) : whole;
        Matcher keyed = KEYED.matcher(word);
        Term term;
        if (!word.startsWith("\"") && keyed.matches()) {
            String value = unquoted(keyed.group(3));
            if (value.isEmpty()) {
                return; // still being typed
            }
            term = keyed(keyed.group(1).toLowerCase(Locale.ROOT), keyed.group(2), value);
        } else {
            term = name(unquoted(word));
        }
        if (term != null) {
            conditions.add(new Condition(term, not));
        }
    }

    private @Nullable Term keyed(String key, String operator, String value) {
        return switch (key) {
            case "name" -> name(value);
            case "path", "folder", "in" ->
                new Term.PathHas(value.replace('\\', '/').toLowerCase(Locale.ROOT));
            case "ext" -> new Term.Ending(endings(value));
            case "type", "kind" -> groups(value);
            case "size" -> size(operator, value);
            case "modified" -> time(Which.MODIFIED, operator, value);
            case "created" -> time(Which.CREATED, operator, value);
            case "changed" -> time(Which.CHANGED, operator, value);
            case "accessed" -> time(Which.ACCESSED, operator, value);
            case "state", "rating" -> states(value);
            case "has" -> has(value);
            default -> problem(Messages.get("choose.filter.unknown", key + operator));
        };
    }

    private static @Nullable Term name(String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (text.indexOf('*') >= 0 || text.indexOf('?') >= 0) {
            return new Term.NameLike(new GlobMatcher(text));
        }
        return new Term.NameHas(text.toLowerCase(Locale.ROOT));
    }

    private static Set<String> endings(String value) {
        Set<String> endings = new HashSet<>();
        for (String each : value.toLowerCase(Locale.ROOT).split(",")) {
            endings.add(each.startsWith("*.") ? each.substring(2) : each.startsWith(".") ? each.substring(1) : each);
        }
        return endings;
    }

    private @Nullable Term groups(String value) {
        Set<FileGroup> groups = several(value, FileGroup.class, FilterParser::group);
        return groups == null ? null : new Term.Group(groups);
    }

    private static @Nullable FileGroup group(String word) {
        for (FileGroup group : FileGroup.values()) {
            if (begins(group.name(), word)) {
                return group;
            }
        }
        return null;
    }

    private @Nullable Term states(String value) {
        Set<RatingClass> classes = several(value, RatingClass.class, FilterParser::state);
        return classes == null ? null : new Term.State(classes);
    }

    private static @Nullable RatingClass state(String word) {
        for (RatingClass each : RatingClass.values()) {
            if (begins(each.name(), word)) {
                return each;
            }
        }
        return null;
    }

    /** "part" and "partial", "picture" and "pictures". */
    private static boolean begins(String name, String word) {
        return word.length() >= 3 && name.toLowerCase(Locale.ROOT).startsWith(word);
    }

    private <E extends Enum<E>> @Nullable Set<E> several(
            String value, Class<E> type, Function<String, @Nullable E> reader) {
        Set<E> all = EnumSet.noneOf(type);
        for (String word : value.toLowerCase(Locale.ROOT).split(",")) {
            E one = reader.apply(word);
            if (one == null) {
                StringBuilder known = new StringBuilder();
                for (E each : type.getEnumConstants()) {
                    known.append(known.isEmpty() ? "" : ", ").append(each.name().toLowerCase(Locale.ROOT));
                }
                problem(Messages.get("choose.filter.value", word, known));
                return null;
            }
            all.add(one);
        }
        return all;
    }

    private @Nullable Term has(String value) {
        return begins("STREAMS", value.toLowerCase(Locale.ROOT))
                ? new Term.Streams()
                : problem(Messages.get("choose.filter.value", value, "streams"));
    }

    private @Nullable Term size(String operator, String value) {
        int range = value.indexOf("..");
        if (range >= 0) {
            long from = range == 0 ? 0 : bytes(value.substring(0, range));
            String rest = value.substring(range + 2);
            long to = rest.isEmpty() ? Long.MAX_VALUE : bytes(rest);
            return from < 0 || to < 0 ? sizeProblem(value) : new Term.Size(from, to);
        }
        long bytes = bytes(value);
        if (bytes < 0) {
            return sizeProblem(value);
        }
        return switch (operator) {
            case ">" -> new Term.Size(bytes + 1, Long.MAX_VALUE);
            case ">=" -> new Term.Size(bytes, Long.MAX_VALUE);
            case "<" -> new Term.Size(0, bytes - 1);
            case "<=" -> new Term.Size(0, bytes);
            default -> new Term.Size(bytes, bytes);
        };
    }

    private @Nullable Term sizeProblem(String value) {
        return problem(Messages.get("choose.filter.size", value));
    }

    /** -1 if it is no size. */
    private static long bytes(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return -1;
        }
        double unit = switch (size.group(2)) {
            case "k" -> 0x1p10;
            case "m" -> 0x1p20;
            case "g" -> 0x1p30;
            case "t" -> 0x1p40;
            default -> 1;
        };
        return (long) (Double.parseDouble(size.group(1)) * unit);
    }

    /** From the first moment of {@code first} to the first moment after {@code last}. */
    private record Span(LocalDate first, LocalDate after) {}

    private @Nullable Term time(Which which, String operator, String value) {
        int range = value.indexOf("..");
        Span from = span(range > 0 ? value.substring(0, range) : range == 0 ? value.substring(2) : value);
        Span to = range >= 0 && range + 2 < value.length() ? span(value.substring(range + 2)) : from;
        if (from == null || to == null) {
            return problem(Messages.get("choose.filter.date", value));
        }
        if (range >= 0) {
            long start = range == 0 ? Long.MIN_VALUE + 1 : ticks(from.first);
            return new Term.Time(which, start, range + 2 < value.length() ? ticks(to.after) : Long.MAX_VALUE);
        }
        return switch (operator) {
            case ">" -> new Term.Time(which, ticks(from.after), Long.MAX_VALUE);
            case ">=" -> new Term.Time(which, ticks(from.first), Long.MAX_VALUE);
            case "<" -> new Term.Time(which, Long.MIN_VALUE + 1, ticks(from.first));
            case "<=" -> new Term.Time(which, Long.MIN_VALUE + 1, ticks(from.after));
            default -> new Term.Time(which, ticks(from.first), ticks(from.after));
        };
    }

    private static @Nullable Span span(String text) {
        Matcher date = DATE.matcher(text);
        if (!date.matches()) {
            return null;
        }
        try {
            int year = Integer.parseInt(date.group(1));
            if (date.group(2) == null) {
                return new Span(Year.of(year).atDay(1), Year.of(year + 1).atDay(1));
            }
            YearMonth month = YearMonth.of(year, Integer.parseInt(date.group(2)));
            if (date.group(3) == null) {
                return new Span(month.atDay(1), month.plusMonths(1).atDay(1));
            }
            LocalDate day = month.atDay(Integer.parseInt(date.group(3)));
            return new Span(day, day.plusDays(1));
        } catch (DateTimeException impossible) {
            return null; // the 31st of February is a date nobody meant
        }
    }

    private long ticks(LocalDate day) {
        return day.atStartOfDay(zone).toEpochSecond() * TICKS_PER_SECOND;
    }

    private <T> @Nullable T problem(String text) {
        problems.add(text);
        return null;
    }

    private static String unquoted(String text) {
        return text.replace("\"", "");
    }
}
