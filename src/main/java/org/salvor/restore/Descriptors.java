package org.salvor.restore;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.salvor.fault.FormatException;

/**
 * The security descriptors of one job, each kept once however many files have it. Their bytes wait in the journal, so that they
 * outlive a crash and take no memory; files refer to them by the beginning of their SHA-256.
 */
final class Descriptors {
    /** The name of no descriptor. */
    static final String NONE = "";

    private static final int NAME_LENGTH = 32;

    private final Journal journal;
    private final TreeMap<String, Journal.Place> places;

    /** @param known those that an earlier run of the job left in the journal */
    Descriptors(Journal journal, Map<String, Journal.Place> known) {
        this.journal = journal;
        places = new TreeMap<>(known);
    }

    /** Returns the name by which a file refers to it. */
    synchronized String keep(byte[] descriptor) throws IOException {
        String name = name(descriptor);
        Map.Entry<String, Journal.Place> known = places.floorEntry(name);
        if (known != null && known.getKey().equals(name)) {
            return known.getKey();
        }
        places.put(name, journal.descriptor(name, descriptor));
        return name;
    }

    /** The beginning of its SHA-256. */
    static String name(byte[] descriptor) {
        return Hashes.hex(Hashes.sha256(descriptor)).substring(0, NAME_LENGTH);
    }

    /** In an order that does not depend on which file came first. */
    synchronized List<String> names() {
        return List.copyOf(places.keySet());
    }

    synchronized byte[] bytes(String name) throws IOException, FormatException {
        Journal.Place place = places.get(name);
        if (place == null) {
            throw new FormatException("journal", -1, "the security descriptor " + name, "none");
        }
        return journal.descriptor(place);
    }
}
