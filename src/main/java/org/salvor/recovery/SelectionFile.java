package org.salvor.recovery;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;
import org.salvor.text.IoReasons;
import org.salvor.text.Json;
import org.salvor.text.JsonReader;
import org.salvor.text.JsonWriter;
import org.salvor.text.Messages;

/** A selection as a JSON file: the source it belongs to, and the ids and paths that were chosen. */
public final class SelectionFile {
    private static final String FORMAT = "salvor-selection";
    private static final int VERSION = 1;

    private SelectionFile() {}

    /**
     * What a file held.
     *
     * @param missing ids that the catalog does not have
     */
    public record Loaded(Selection selection, List<String> missing) {}

    /** Writes the chosen rows; the file appears only when it is complete. */
    public static void save(Path file, SourceIdentity source, Catalog catalog, Selection selection)
            throws RecoveryException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            try (Writer out = Files.newBufferedWriter(part, StandardCharsets.UTF_8)) {
                write(out, source, catalog, selection);
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("selection.not-written", file, IoReasons.of(e)), e);
        }
    }

    private static void write(Writer out, SourceIdentity source, Catalog catalog, Selection selection)
            throws IOException {
        JsonWriter json = new JsonWriter(out);
        json.object().field("format", FORMAT).field("version", VERSION);
        writeIdentity(json, "source", source);
        json.name("files").array();
        BitSet rows = selection.rows();
        for (int row = rows.nextSetBit(0); row >= 0; row = rows.nextSetBit(row + 1)) {
            json.newLine().object();
            json.field("id", catalog.id(row).text())
                    .field("path", catalog.path(row))
                    .end();
        }
        json.newLine().end().end().newLine();
    }

    /** Writes the identity as an object field. */
    public static void writeIdentity(JsonWriter json, String name, SourceIdentity source) throws IOException {
        json.name(name).object();
        json.field("text", source.text()).field("node", source.node()).field("format", source.format());
        json.field("serial", source.serial()).field("size", source.size()).field("fingerprint", source.fingerprint());
        json.name("details").object();
        for (Map.Entry<String, String> detail : new TreeMap<>(source.details()).entrySet()) {
            json.field(detail.getKey(), detail.getValue());
        }
        json.end().end();
    }

    /** The identity that {@link #writeIdentity} wrote. */
    public static SourceIdentity readIdentity(Json json) throws FormatException {
        Map<String, String> details = new TreeMap<>();
        if (json.has("details")) {
            Json all = json.get("details");
            for (String name : all.names()) {
                details.put(name, all.string(name));
            }
        }
        return new SourceIdentity(
                json.string("text"),
                json.string("node"),
                json.string("format"),
                json.string("serial"),
                json.number("size"),
                json.string("fingerprint"),
                details);
    }

    /** Reads a selection for this catalog; one of another source is refused. */
    public static Loaded load(Path file, SourceIdentity source, Catalog catalog) throws RecoveryException {
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            return read(file, new JsonReader(in), source, catalog);
        } catch (NoSuchFileException e) {
            throw new RecoveryException(Messages.get("selection.absent", file), e);
        } catch (CharacterCodingException e) {
            throw new RecoveryException(Messages.get("selection.foreign", file), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("selection.not-read", file, IoReasons.of(e)), e);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("selection.foreign", file), e);
        }
    }

    private static Loaded read(Path file, JsonReader in, SourceIdentity source, Catalog catalog)
            throws IOException, RecoveryException {
        Selection selection = new Selection();
        List<String> missing = new ArrayList<>();
        boolean known = false;
        expect(in.next(), JsonReader.Token.OBJECT);
        while (in.next() == JsonReader.Token.NAME) {
            String name = in.text();
            JsonReader.Token token = in.next();
            if (name.equals("files")) {
                expect(token, JsonReader.Token.ARRAY);
                for (token = in.next(); token != JsonReader.Token.END_ARRAY; token = in.next()) {
                    choose(Json.value(in, token), catalog, selection, missing);
                }
                continue;
            }
            Json value = Json.value(in, token);
            if (name.equals("format")) {
                known = value.string().equals(FORMAT);
            } else if (name.equals("source") && !readIdentity(value).sameAs(source)) {
                throw new SourceMismatchException(Messages.get("selection.mismatch", file));
            }
        }
        if (!known) {
            throw new FormatException("selection", -1, FORMAT, "another format");
        }
        return new Loaded(selection, missing);
    }

    private static void choose(Json file, Catalog catalog, Selection selection, List<String> missing)
            throws FormatException {
        String id = file.string("id");
        int first = catalog.find(new FileId(id));
        if (first == Catalog.NONE) {
            missing.add(id);
            return;
        }
        // the names of one file share an id: the path tells which of them was meant
        String path = file.string("path", "");
        int chosen = first;
        for (int row = first + 1; row < catalog.size() && catalog.linkOf(row) == first; row++) {
            if (catalog.path(row).equals(path)) {
                chosen = row;
            }
        }
        selection.set(chosen, true);
    }

    private static void expect(JsonReader.Token token, JsonReader.Token wanted) throws FormatException {
        if (token != wanted) {
            throw new FormatException("selection", -1, wanted.name(), token.name());
        }
    }
}
