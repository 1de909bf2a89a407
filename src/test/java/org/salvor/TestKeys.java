package org.salvor;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.util.Collections;
import java.util.Objects;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;

/** The certificates that belong to the small image "efs": those of ann and bob, and another one that opens nothing there. */
public final class TestKeys {
    public static final String PASSWORD = "open sesame";

    private static final String PROTECTION = "keystore.pkcs12.certProtectionAlgorithm";

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

    /** The same certificate in a PFX file that shows it without the password, as some programs write it. */
    public static synchronized Path shown(String name, Path folder) throws Exception {
        KeyStore behind = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file(name, folder))) {
            behind.load(in, PASSWORD.toCharArray());
        }
        String before = Security.getProperty(PROTECTION);
        Security.setProperty(PROTECTION, "NONE");
        Path shown = folder.resolve(name + "-shown.pfx");
        try (OutputStream out = Files.newOutputStream(shown)) {
            KeyStore open = KeyStore.getInstance("PKCS12");
            open.load(null, null);
            for (String alias : Collections.list(behind.aliases())) {
                open.setKeyEntry(
                        alias,
                        behind.getKey(alias, PASSWORD.toCharArray()),
                        PASSWORD.toCharArray(),
                        behind.getCertificateChain(alias));
            }
            open.store(out, PASSWORD.toCharArray());
        } finally {
            Security.setProperty(PROTECTION, before == null ? "" : before);
        }
        return shown;
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
