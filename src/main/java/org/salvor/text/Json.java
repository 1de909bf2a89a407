package org.salvor.text;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.FormatException;

/**
 * A JSON value as a tree, for small files; large ones are better read token by token with {@link JsonReader}. A field that is
 * missing or of another type is a {@link FormatException} that names it.
 */
public final class Json {
    /** Values in one tree; a file of a program, not of an enemy, has fewer. */
    private static final int MAX_VALUES = 20_000_000;

    private static final Json NULL = new Json(null);

    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    /** Exactly one value, with nothing behind it. */
    public static Json parse(Reader in) throws IOException, FormatException {
        JsonReader reader = new JsonReader(in);
        int[] left = {MAX_VALUES};
        Json root = value(reader, reader.next(), left);
        if (reader.next() != JsonReader.Token.END) {
            throw new FormatException("JSON", -1, "one value", "more behind it");
        }
        return root;
    }

    public static Json parse(String text) throws FormatException {
        try {
            return parse(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value that begins with {@code token}, read to its end: for arrays that are read element by element. */
    public static Json value(JsonReader reader, JsonReader.Token token) throws IOException, FormatException {
        return value(reader, token, new int[] {MAX_VALUES});
    }

    private static Json value(JsonReader reader, JsonReader.Token token, int[] left)
            throws IOException, FormatException {
        if (--left[0] < 0) {
            throw new FormatException("JSON", -1, "at most " + MAX_VALUES + " values", "more");
        }
        return switch (token) {
            case OBJECT -> {
                Map<String, Json> fields = new LinkedHashMap<>();
                while (reader.next() == JsonReader.Token.NAME) {
                    String name = reader.text();
                    fields.put(name, value(reader, reader.next(), left));
                }
                yield new Json(fields);
            }
            case ARRAY -> {
                List<Json> items = new ArrayList<>();
                for (JsonReader.Token item = reader.next(); item != JsonReader.Token.END_ARRAY; item = reader.next()) {
                    items.add(value(reader, item, left));
                }
                yield new Json(items);
            }
            case STRING -> new Json(reader.text());
            case NUMBER -> new Json(parseNumber(reader.text()));
            case TRUE -> new Json(Boolean.TRUE);
            case FALSE -> new Json(Boolean.FALSE);
            case NULL -> NULL;
            case NAME, END_OBJECT, END_ARRAY, END -> throw new FormatException("JSON", -1, "a value", token.name());
        };
    }

    private static Number parseNumber(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return Double.valueOf(text);
        }
    }

    public boolean isObject() {
        return value instanceof Map;
    }

    public boolean isNull() {
        return value == null;
    }

    public boolean has(String name) {
        return value instanceof Map<?, ?> fields && fields.containsKey(name);
    }

    /** The field of that name. */
    public Json get(String name) throws FormatException {
        if (value instanceof Map<?, ?> fields && fields.get(name) instanceof Json field) {
            return field;
        }
        throw new FormatException("JSON", -1, "a field \"" + name + "\"", isObject() ? "none" : "no object");
    }

    public String string(String name) throws FormatException {
        return get(name).string();
    }

    /** The text of the field, or {@code otherwise} where there is none. */
    public String string(String name, String otherwise) throws FormatException {
        return has(name) && !get(name).isNull() ? string(name) : otherwise;
    }

    public long number(String name) throws FormatException {
        return get(name).number();
    }

    public long number(String name, long otherwise) throws FormatException {
        return has(name) && !get(name).isNull() ? number(name) : otherwise;
    }

    public boolean flag(String name, boolean otherwise) throws FormatException {
        if (!has(name)) {
            return otherwise;
        }
        return get(name).value instanceof Boolean flag ? flag : wrong("true or false");
    }

    public List<Json> list(String name) throws FormatException {
        return get(name).list();
    }

    public String string() throws FormatException {
        return value instanceof String text ? text : wrong("a text");
    }

    /** A whole number. */
    public long number() throws FormatException {
        return value instanceof Long number ? number : wrong("a whole number");
    }

    /** Any number. */
    public double real() throws FormatException {
        return value instanceof Number number ? number.doubleValue() : wrong("a number");
    }

    /** The values of an array. */
    public List<Json> list() throws FormatException {
        if (value instanceof List<?> items) {
            List<Json> all = new ArrayList<>(items.size());
            for (Object item : items) {
                all.add((Json) item);
            }
            return all;
        }
        return wrong("a list");
    }

    /** The texts of an array. */
    public List<String> strings(String name) throws FormatException {
        List<String> all = new ArrayList<>();
        for (Json item : list(name)) {
            all.add(item.string());
        }
        return all;
    }

    /** The names of an object's fields, in their order. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        if (value instanceof Map<?, ?> fields) {
            for (Object name : fields.keySet()) {
                names.add((String) name);
            }
        }
        return names;
    }

    /** For a person: a single value as it is; of what holds others only what it is. */
    private String kind() {
        return value instanceof Map ? "an object" : value instanceof List ? "a list" : String.valueOf(value);
    }

    private <T> T wrong(String expected) throws FormatException {
        throw new FormatException("JSON", -1, expected, kind());
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
