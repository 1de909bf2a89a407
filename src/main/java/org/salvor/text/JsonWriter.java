package org.salvor.text;

import java.io.IOException;
import java.util.Arrays;

/**
 * Writes JSON from front to back into anything that takes text; keeps no more than the path of open brackets. Control characters
 * and lone surrogates are escaped, so that every name of a file comes back as it was. Nothing is flushed or closed here.
 */
public final class JsonWriter {
    private static final int MAX_DEPTH = 64;
    private static final String HEX = "0123456789abcdef";

    /** Of the characters of ASCII those that are escaped. */
    private static final boolean[] SPECIAL = new boolean[0x80];

    static {
        Arrays.fill(SPECIAL, 0, ' ', true);
        SPECIAL['"'] = true;
        SPECIAL['\\'] = true;
        SPECIAL[0x7f] = true;
    }

    private final Appendable out;
    private final boolean[] objects = new boolean[MAX_DEPTH];
    private int depth;
    private boolean first = true;
    private boolean named;

    public JsonWriter(Appendable out) {
        this.out = out;
    }

    public JsonWriter object() throws IOException {
        return open(true, '{');
    }

    public JsonWriter array() throws IOException {
        return open(false, '[');
    }

    /** Closes the innermost object or array. */
    public JsonWriter end() throws IOException {
        if (depth == 0) {
            throw new IllegalStateException("nothing is open");
        }
        out.append(objects[--depth] ? '}' : ']');
        first = false;
        return this;
    }

    /** The name of the next value of an object. */
    public JsonWriter name(String name) throws IOException {
        comma();
        string(name);
        out.append(':');
        named = true;
        return this;
    }

    public JsonWriter value(String value) throws IOException {
        comma();
        string(value);
        return this;
    }

    public JsonWriter value(long value) throws IOException {
        comma();
        out.append(Long.toString(value));
        return this;
    }

    /** NaN and infinities, which JSON does not know, become null. */
    public JsonWriter value(double value) throws IOException {
        comma();
        out.append(Double.isFinite(value) ? Double.toString(value) : "null");
        return this;
    }

    public JsonWriter value(boolean value) throws IOException {
        comma();
        out.append(value ? "true" : "false");
        return this;
    }

    public JsonWriter field(String name, String value) throws IOException {
        return name(name).value(value);
    }

    public JsonWriter field(String name, long value) throws IOException {
        return name(name).value(value);
    }

    public JsonWriter field(String name, double value) throws IOException {
        return name(name).value(value);
    }

    public JsonWriter field(String name, boolean value) throws IOException {
        return name(name).value(value);
    }

    public JsonWriter field(String name, Iterable<String> values) throws IOException {
        name(name).array();
        for (String value : values) {
            value(value);
        }
        return end();
    }

    /** Ends a line: between the values of a file of JSON lines, or to make a long array readable. */
    public JsonWriter newLine() throws IOException {
        out.append('\n');
        if (depth == 0) {
            first = true;
        }
        return this;
    }

    private JsonWriter open(boolean object, char bracket) throws IOException {
        comma();
        if (depth == MAX_DEPTH) {
            throw new IllegalStateException("deeper than " + MAX_DEPTH);
        }
        objects[depth++] = object;
        out.append(bracket);
        first = true;
        return this;
    }

    private void comma() throws IOException {
        if (!named && !first) {
            out.append(',');
        }
        named = false;
        first = false;
    }

    private void string(String text) throws IOException {
        out.append('"');
        int plain = 0;
        for (int i = special(text, 0); i < text.length(); i = special(text, i + 1)) {
            out.append(text, plain, i);
            plain = i + 1;
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> escape(c);
            }
        }
        // nearly always all of it, which a builder takes at one go
        out.append(plain == 0 ? text : text.substring(plain));
        out.append('"');
    }

    /** Where the next character that must be escaped stands, at {@code from} or later; the length of the text if there is none. */
    private static int special(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < SPECIAL.length ? SPECIAL[c] : c == 0x2028 || c == 0x2029) {
                return i;
            }
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return text.length();
    }

    private void escape(char c) throws IOException {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 15));
        }
    }
}
