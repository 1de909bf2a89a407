package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The one bundle of texts against the sources that use it. */
@DisplayName("The bundle of texts")
class MessagesTest {
    private static final Path BUNDLE = Path.of("src/main/resources/org/salvor/messages.properties");
    private static final Path SOURCES = Path.of("src/main/java");

    /** A key looks like this: room.thing. */
    private static final Pattern KEY = Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z0-9_-]+)+)\"");

    /** The beginning of a family of keys, completed by the program: {@code "reason." + kind}. */
    private static final Pattern FAMILY = Pattern.compile("\"([a-z][A-Za-z]*(?:\\.[A-Za-z0-9_-]+)*\\.)\"\\s*\\+");

    private static final Pattern CALL = Pattern.compile("Messages\\s*\\.get\\(\\s*\"([^\"]+)\"\\s*[,)]");

    /** Looked up by picocli: {@code salvor.<command>.usage.header}. */
    private static final Pattern PICOCLI = Pattern.compile("salvor(\\.[a-z]+)?\\.usage\\.(header|footer)");

    private static final Map<String, Integer> keys = new TreeMap<>();
    private static String sources = "";

    @BeforeAll
    static void read() throws IOException {
        for (String line : Files.readAllLines(BUNDLE)) {
            if (!line.isBlank() && !line.startsWith("#") && line.indexOf('=') > 0 && !line.startsWith(" ")) {
                keys.merge(line.substring(0, line.indexOf('=')).strip(), 1, Integer::sum);
            }
        }
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                all.append(Files.readString(file)).append('\n');
            }
        }
        sources = all.toString();
    }

    @Test
    void holdsEveryKeyThatIsAskedFor() {
        Set<String> missing = new TreeSet<>(found(CALL));
        missing.removeAll(keys.keySet());
        assertThat(missing).as("keys to add to %s", BUNDLE).isEmpty();
    }

    @Test
    void holdsNoKeyTwice() {
        List<String> twice = new ArrayList<>();
        keys.forEach((key, count) -> {
            if (count > 1) {
                twice.add(key);
            }
        });
        assertThat(twice).isEmpty();
    }

    @Test
    void holdsNoKeyThatNobodyUses() {
        Set<String> used = found(KEY);
        Set<String> families = found(FAMILY);
        List<String> unused = keys.keySet().stream()
                .filter(key -> !used.contains(key))
                .filter(key -> families.stream().noneMatch(key::startsWith))
                .filter(key -> !PICOCLI.matcher(key).matches())
                .toList();
        assertThat(unused).isEmpty();
    }

    @Test
    void holdsAtLeastOneKeyOfEachFamily() {
        Set<String> families = found(Pattern.compile("Messages\\s*\\.get\\(\\s*\"([^\"]+\\.)\"\\s*\\+"));
        assertThat(families)
                .isNotEmpty()
                .allSatisfy(family -> assertThat(keys.keySet())
                        .as("keys that begin with %s", family)
                        .anyMatch(key -> key.startsWith(family)));
    }

    private static Set<String> found(Pattern pattern) {
        Set<String> all = new TreeSet<>();
        Matcher matcher = pattern.matcher(sources);
        while (matcher.find()) {
            all.add(matcher.group(1));
        }
        return all;
    }
}
