package org.salvor.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes, and whether a person sits there.
 *
 * @param out results
 * @param err progress and messages
 * @param interactive both ends are a terminal: progress is shown, questions are asked
 * @param answers one line that a person typed, null at the end of the input
 * @param lost why results did not get where they should, null if they did
 */
public record Terminal(
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        Supplier<@Nullable String> answers,
        Supplier<@Nullable String> lost) {
    /** ISO control characters, and those that turn the direction of writing round: a name could look like another. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\x{00}-\\x{1f}\\x{7f}-\\x{9f}\\x{202a}-\\x{202e}\\x{2066}-\\x{2069}]");

    /** The one of this process. */
    public static Terminal ofProcess() {
        boolean interactive = isTerminal();
        Charset charset = interactive ? charset() : StandardCharsets.UTF_8;
        Outlet results = new Outlet(new FileOutputStream(FileDescriptor.out));
        return new Terminal(
                new PrintWriter(results, true, charset),
                new PrintWriter(System.err, true, charset),
                interactive,
                Terminal::readLine,
                results::lost);
    }

    /** Output without a person. */
    public static Terminal piped(PrintWriter out, PrintWriter err) {
        return new Terminal(out, err, false, () -> null, () -> null);
    }

    public void line(String text) {
        out.println(text);
    }

    public void note(String text) {
        err.println(text);
    }

    /** Whether a person says yes; nobody there means no. */
    public boolean agrees(String question) {
        if (!interactive) {
            return false;
        }
        err.print(question + " ");
        err.flush();
        String answer = answers.get();
        return answer != null
                && (answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes"));
    }

    /** Text of a source as it may be shown: control characters could steer the terminal, or show a name as another. */
    public static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("\uFFFD");
    }

    /** The same for a text of several lines. */
    static String printableLines(String text) {
        return text.lines().map(Terminal::printable).collect(Collectors.joining(System.lineSeparator()));
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** From Java 22 on there is a console also without a terminal, and it tells. */
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }

    /** A locale without umlauts ("C") still has a terminal that shows UTF-8, nowadays. */
    private static Charset charset() {
        Charset told = Charset.forName(System.getProperty("stdout.encoding", "UTF-8"), StandardCharsets.UTF_8);
        return told.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : told;
    }

    private static @Nullable String readLine() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
