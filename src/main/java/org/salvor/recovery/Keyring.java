package org.salvor.recovery;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.DestroyFailedException;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * The keys a person gave: a live object, in memory only, emptied when closed. Whoever holds it sees keys that come later. Safe for
 * use by several threads.
 */
public final class Keyring implements AutoCloseable {
    /** No file of certificates is larger. */
    private static final int MAX_PFX = 4 << 20;

    /**
     * A certificate whose private key is here.
     *
     * @param thumbprint SHA-1 of the certificate, 40 hexadecimal digits in upper case
     * @param name whom it was made for, as it says
     */
    public record Held(String thumbprint, String name) {}

    private final Map<String, Held> held = new LinkedHashMap<>();
    private final Map<String, PrivateKey> keys = new LinkedHashMap<>();

    /**
     * Takes in the certificates of a PFX (PKCS #12) file that have a private key. They stay, known by their thumbprints: no file
     * needs its password twice.
     *
     * @param password is zeroed, whatever happens; empty for a file without one
     * @return the certificates in it, also those that were here already; never empty
     * @throws KeyRequiredException the password is not right
     * @throws RecoveryException the file cannot be read, is no PFX, or holds no private key
     */
    public List<Held> addPfx(Path file, char[] password) throws RecoveryException {
        byte[] bytes = new byte[0];
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_PFX);
            return add(file, bytes, password);
        } catch (NoSuchFileException e) {
            throw new RecoveryException(Messages.get("key.pfx-absent", file), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("key.pfx-unreadable", file, IoReasons.of(e)), e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(password, '\0');
        }
    }

    /**
     * The certificates with a private key that a PFX file shows without its password. Most programs put them behind the password:
     * then none is told, and a file that cannot be read tells none either.
     */
    public static List<Held> shown(Path file) {
        List<Held> shown = new ArrayList<>();
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(in.readNBytes(MAX_PFX)), null);
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.isKeyEntry(alias) ? store.getCertificate(alias) : null;
                if (certificate != null) {
                    shown.add(describe(certificate));
                }
            }
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            return List.of(); // opening it with its password tells what is wrong
        }
        return List.copyOf(shown);
    }

    private List<Held> add(Path file, byte[] pfx, char[] password) throws RecoveryException {
        Map<Held, PrivateKey> found = new LinkedHashMap<>();
        boolean unopened = false;
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pfx), password);
            for (String alias : Collections.list(store.aliases())) {
                Certificate certificate = store.getCertificate(alias);
                Key key = store.isKeyEntry(alias) ? key(store, alias, password) : null;
                unopened |= store.isKeyEntry(alias) && key == null;
                if (key instanceof PrivateKey privateKey && certificate != null) {
                    found.put(describe(certificate), privateKey);
                }
            }
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrongPassword(file);
            }
            throw new RecoveryException(Messages.get("key.no-pfx", file));
        } catch (GeneralSecurityException | RuntimeException e) {
            // the parsers of Java throw several kinds of these on damaged files
            throw new RecoveryException(Messages.get("key.no-pfx", file));
        }
        if (found.isEmpty() && unopened) {
            throw wrongPassword(file);
        }
        if (found.isEmpty()) {
            throw new RecoveryException(Messages.get("key.no-private-key", file));
        }
        synchronized (keys) {
            found.forEach((certificate, key) -> {
                held.put(certificate.thumbprint(), certificate);
                keys.put(certificate.thumbprint(), key);
            });
        }
        return List.copyOf(found.keySet());
    }

    /** Null where the password does not open it, or this Java does not know its kind. */
    private static @Nullable Key key(KeyStore store, String alias, char[] password) throws GeneralSecurityException {
        try {
            return store.getKey(alias, password);
        } catch (UnrecoverableKeyException e) {
            return null;
        }
    }

    /** Without a cause: what a library says of a key is nobody's business. */
    private static KeyRequiredException wrongPassword(Path file) {
        return new KeyRequiredException(Messages.get("key.wrong-password", file));
    }

    private static Held describe(Certificate certificate) throws GeneralSecurityException {
        byte[] sha1 = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        String name = certificate instanceof X509Certificate x509
                ? name(x509.getSubjectX500Principal().getName())
                : "";
        return new Held(HexFormat.of().withUpperCase().formatHex(sha1), name);
    }

    /** The common name, else the whole name. */
    private static String name(String distinguished) {
        try {
            for (Rdn part : new LdapName(distinguished).getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    return String.valueOf(part.getValue());
                }
            }
        } catch (InvalidNameException e) {
            return distinguished;
        }
        return distinguished;
    }

    /** All certificates that are here. */
    public List<Held> certificates() {
        synchronized (keys) {
            return new ArrayList<>(held.values());
        }
    }

    /** The private key of a certificate, null if it is not here. @param thumbprint as {@link Held#thumbprint()} */
    public @Nullable PrivateKey privateKey(String thumbprint) {
        synchronized (keys) {
            return keys.get(thumbprint);
        }
    }

    /** Whether a certificate that is here opens a file encrypted so. */
    public boolean opens(Encryption encryption) {
        return encryption.kind() == Encryption.Kind.CERTIFICATE
                && encryption.certificates().stream().anyMatch(each -> privateKey(each.thumbprint()) != null);
    }

    /** Forgets all keys. */
    @Override
    public void close() {
        synchronized (keys) {
            for (PrivateKey key : keys.values()) {
                try {
                    key.destroy();
                } catch (DestroyFailedException e) {
                    continue; // keys of this Java cannot be zeroed; they are forgotten
                }
            }
            keys.clear();
            held.clear();
        }
    }
}
