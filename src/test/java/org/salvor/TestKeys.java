package org.salvor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;

/** The certificates that belong to the small image "efs": those of ann and bob, and another one that opens nothing there. */
public final class TestKeys {
    public static final String PASSWORD = "open sesame";

    private TestKeys() {}

    /** The PFX file of ann, bob or other, in a folder. */
    public static Path file(String name, Path folder) throws IOException {
        Path file = folder.resolve(name + ".pfx");
        if (!Files.exists(file)) {
            try (InputStream in = TestKeys.class.getResourceAsStream("/images/efs-" + name + ".pfx")) {
                Files.write(file, Objects.requireNonNull(in).readAllBytes());
            }
        }
        return file;
    }

    /** A keyring with these certificates. */
    public static Keyring keyring(Path folder, String... names) throws IOException, RecoveryException {
        Keyring keys = new Keyring();
        for (String name : names) {
            var unused = keys.addPfx(file(name, folder), PASSWORD.toCharArray());
        }
        return keys;
    }
}
