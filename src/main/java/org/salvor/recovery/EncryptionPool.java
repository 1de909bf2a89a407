package org.salvor.recovery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.salvor.fault.FormatException;
import org.salvor.text.Json;
import org.salvor.text.JsonWriter;

/** The ways in which the files of a catalog are encrypted, each kept once: many files need the same certificates. */
final class EncryptionPool {
    private final List<Encryption> all = new ArrayList<>();
    private final Map<Encryption, Integer> places = new HashMap<>();

    synchronized int add(Encryption encryption) {
        Integer known = places.get(encryption);
        if (known != null) {
            return known;
        }
        places.put(encryption, all.size());
        all.add(encryption);
        return all.size() - 1;
    }

    synchronized Encryption get(int place) {
        return all.get(place);
    }

    synchronized int size() {
        return all.size();
    }

    /** As the field "encryptions" of a saved scan. */
    synchronized void write(JsonWriter json) throws IOException {
        json.name("encryptions").array();
        for (Encryption each : all) {
            json.object().field("kind", each.kind().name());
            json.name("certificates").array();
            for (NeededCertificate certificate : each.certificates()) {
                json.object()
                        .field("thumbprint", certificate.thumbprint())
                        .field("name", certificate.name())
                        .field("recovery", certificate.recovery())
                        .end();
            }
            json.end().end();
        }
        json.end();
    }

    /** What {@link #write} wrote; nothing where a scan was saved before this was known. */
    synchronized void read(Json json) throws FormatException {
        for (Json each : json.has("encryptions") ? json.list("encryptions") : List.<Json>of()) {
            List<NeededCertificate> certificates = new ArrayList<>();
            for (Json one : each.list("certificates")) {
                certificates.add(new NeededCertificate(
                        one.string("thumbprint"), one.string("name"), one.flag("recovery", false)));
            }
            all.add(new Encryption(kind(each.string("kind")), certificates));
            places.putIfAbsent(all.getLast(), all.size() - 1);
        }
    }

    private static Encryption.Kind kind(String name) throws FormatException {
        for (Encryption.Kind kind : Encryption.Kind.values()) {
            if (kind.name().equals(name.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new FormatException("saved scan", -1, "a kind of encryption", name);
    }
}
