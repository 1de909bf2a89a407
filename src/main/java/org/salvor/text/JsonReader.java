package org.salvor.text;

import java.io.IOException;
import java.io.Reader;
import org.salvor.fault.FormatException;

/**
 * A strict JSON reader that gives one token at a time, for files larger than one wants in memory; {@link Json} makes a tree of
 * them. Depth and the length of a string are limited. White space between values is skipped, so JSON lines can be read too.
 */
public final class JsonReader {
    /** What was met. */
    public enum Token {
        OBJECT,
        END_OBJECT,
        ARRAY,
        END_ARRAY,
        NAME,
        STRING,
        NUMBER,
        TRUE,
        FALSE,
        NULL,
        END
    }

    private static final int MAX_DEPTH = 64;
    private static final int MAX_TEXT = 1 << 20;
    private static final int NOTHING = -2;

    private final Reader in;
    private final boolean[] objects = new boolean[MAX_DEPTH];
    private final StringBuilder text = new StringBuilder();
    private int depth;
    private int ahead = NOTHING;
    private long position;
    private boolean fresh = true;
    private boolean valueDue;

    /** @param in buffered by the caller where that matters; not closed here */
    public JsonReader(Reader in) {
        this.in = in;
    }

    /** The text of the last name, string or number. */
    public String text() {
        return text.toString();
    }

    public Token next() throws IOException, FormatException {
        int c = skipSpace();
        if (depth == 0) {
            return c < 0 ? Token.END : value(c);
        }
        boolean object = objects[depth - 1];
        if (c == (object ? '}' : ']') && !valueDue) {
            return close(object);
        }
        if (valueDue) {
            valueDue = false;
            return value(c);
        }
        if (!fresh) {
            if (c != ',') {
                throw broken("a comma or the end of the list", c);
            }
            c = skipSpace();
        }
        fresh = false;
        if (!object) {
            return value(c);
        }
        if (c != '"') {
            throw broken("a name", c);
        }
        string();
        if ((c = skipSpace()) != ':') {
            throw broken("a colon", c);
        }
        valueDue = true;
        return Token.NAME;
    }

    private Token close(boolean object) {
        depth--;
        fresh = false;
        return object ? Token.END_OBJECT : Token.END_ARRAY;
    }

    private Token value(int c) throws IOException, FormatException {
        return switch (c) {
            case '{' -> open(true);
            case '[' -> open(false);
            case '"' -> {
                string();
                yield Token.STRING;
            }
            case 't' -> word("true", Token.TRUE);
            case 'f' -> word("false", Token.FALSE);
            case 'n' -> word("null", Token.NULL);
            default -> number(c);
        };
    }

    private Token open(boolean object) throws FormatException {
        if (depth == MAX_DEPTH) {
            throw new FormatException("JSON", position, "at most " + MAX_DEPTH + " levels", "more");
        }
        objects[depth++] = object;
        fresh = true;
        return object ? Token.OBJECT : Token.ARRAY;
    }

    private Token word(String word, Token token) throws IOException, FormatException {
        for (int i = 1; i < word.length(); i++) {
            int c = read();
            if (c != word.charAt(i)) {
                throw broken(word, c);
            }
        }
        return token;
    }

    private Token number(int first) throws IOException, FormatException {
        text.setLength(0);
        int c = first;
        while (c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E') {
            text.append((char) c);
            if (text.length() > 64) {
                throw broken("a number of at most 64 characters", c);
            }
            c = read();
        }
        ahead = c;
        if (!text.toString().matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?")) {
            throw broken("a value", text.isEmpty() ? first : text.charAt(0));
        }
        return Token.NUMBER;
    }

    private void string() throws IOException, FormatException {
        text.setLength(0);
        for (int c = read(); c != '"'; c = read()) {
            if (c < 0x20) {
                throw broken("the end of a string", c);
            }
            if (text.length() == MAX_TEXT) {
                throw broken("a string of at most " + MAX_TEXT + " characters", c);
            }
            text.append(c == '\\' ? escaped() : (char) c);
        }
    }

    private char escaped() throws IOException, FormatException {
        int c = read();
        return switch (c) {
            case '"', '\\', '/' -> (char) c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    int digit = Character.digit(read(), 16);
                    if (digit < 0) {
                        throw broken("four hexadecimal digits", digit);
                    }
                    code = code << 4 | digit;
                }
                yield (char) code;
            }
            default -> throw broken("an escape", c);
        };
    }

    private int skipSpace() throws IOException {
        int c = read();
        while (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            c = read();
        }
        return c;
    }

    private int read() throws IOException {
        position++;
        if (ahead == NOTHING) {
            return in.read();
        }
        int c = ahead;
        ahead = NOTHING;
        return c;
    }

    private FormatException broken(String expected, int c) {
        return new FormatException("JSON", position, expected, c < 0 ? "the end" : "\"" + (char) c + "\"");
    }
}
