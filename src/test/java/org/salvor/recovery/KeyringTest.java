package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestKeys;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;

@Tag("core")
@DisplayName("The keyring holds certificates in memory and tells no secret")
class KeyringTest {
    @TempDir
    Path folder;

    @Test
    void aCertificateIsKnownByItsThumbprintUntilTheKeyringIsClosed() throws Exception {
        Keyring keys = new Keyring();
        char[] password = TestKeys.PASSWORD.toCharArray();
        List<Keyring.Held> added = keys.addPfx(TestKeys.file("ann", folder), password);
        assertThat(password).containsOnly('\0');
        assertThat(added).hasSize(1);
        Keyring.Held ann = added.getFirst();
        assertThat(ann.name()).isEqualTo("ann");
        assertThat(ann.thumbprint()).matches("[0-9A-F]{40}");
        assertThat(keys.privateKey(ann.thumbprint())).isNotNull();
        Encryption hers = new Encryption(
                Encryption.Kind.CERTIFICATE, List.of(new NeededCertificate(ann.thumbprint(), "ann", false)));
        assertThat(keys.opens(hers)).isTrue();
        assertThat(keys.opens(new Encryption(Encryption.Kind.WINDOWS_ONLY, hers.certificates())))
                .isFalse();
        assertThat(keys.opens(new Encryption(Encryption.Kind.CERTIFICATE, List.of())))
                .isFalse();
        keys.close();
        assertThat(keys.certificates()).isEmpty();
        assertThat(keys.opens(hers)).isFalse();
    }

    @Test
    void onlyAFileThatShowsItsCertificatesToEverybodyTellsThemWithoutItsPassword() throws Exception {
        Path ann = TestKeys.file("ann", folder);
        assertThat(Keyring.shown(ann)).as("they lie behind the password").isEmpty();
        Path open = TestKeys.shown("ann", folder);
        try (Keyring keys = new Keyring()) {
            assertThat(Keyring.shown(open)).isEqualTo(keys.addPfx(ann, TestKeys.PASSWORD.toCharArray()));
            assertThatThrownBy(() -> keys.addPfx(open, "wrong".toCharArray()))
                    .as("the key is not told")
                    .isInstanceOf(KeyRequiredException.class);
        }
        assertThat(Keyring.shown(folder.resolve("nowhere.pfx"))).isEmpty();
        assertThat(Keyring.shown(Files.write(folder.resolve("noise.pfx"), new byte[5000])))
                .isEmpty();
    }

    @Test
    void aWrongPasswordIsSaidWithoutAnySecretAndIsForgotten() throws Exception {
        try (Keyring keys = new Keyring()) {
            char[] password = "a very secret one".toCharArray();
            assertThatThrownBy(() -> keys.addPfx(TestKeys.file("ann", folder), password))
                    .isInstanceOf(KeyRequiredException.class)
                    .hasMessageContaining("ann.pfx")
                    .hasMessageNotContaining("secret")
                    .hasNoCause();
            assertThat(password).containsOnly('\0');
            assertThat(keys.certificates()).isEmpty();
        }
    }

    @Test
    void whatIsNoCertificateFileIsSaidInWords() throws Exception {
        try (Keyring keys = new Keyring()) {
            Path text = Files.writeString(folder.resolve("text.pfx"), "This is a letter.");
            assertThatThrownBy(() -> keys.addPfx(text, new char[0]))
                    .isExactlyInstanceOf(RecoveryException.class)
                    .hasMessageContaining("no certificate file");
            assertThatThrownBy(() -> keys.addPfx(folder.resolve("absent.pfx"), new char[0]))
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> keys.addPfx(folder, new char[0])).isInstanceOf(RecoveryException.class);
        }
    }

    /** Whatever is wrong with the file, it is said, and nothing else is thrown. */
    @Test
    void damagedFilesAreRefused() throws Exception {
        byte[] whole = Files.readAllBytes(TestKeys.file("ann", folder));
        Random random = new Random(4711);
        Path file = folder.resolve("damaged.pfx");
        int opened = 0;
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            for (int n = 0; n <= i % 3; n++) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(file, damaged);
            try (Keyring keys = new Keyring()) {
                opened += keys.addPfx(file, TestKeys.PASSWORD.toCharArray()).size();
            } catch (RecoveryException e) {
                assertThat(e.getMessage()).contains("damaged.pfx").doesNotContain(TestKeys.PASSWORD);
            }
        }
        assertThat(opened).isLessThan(60);
    }

    @Test
    void namesAreShortWhereThereIsLittleRoom() {
        String print = "1864E37746C01D3581BE7A4DB4AAE705907EE250";
        assertThat(new NeededCertificate(print, "ann", false).shortText()).isEqualTo("ann (1864\u2026E250)");
        assertThat(new NeededCertificate(print, "ann", true).text()).isEqualTo("ann (" + print + "), recovery agent");
        assertThat(new NeededCertificate(print, "", false).text()).isEqualTo(print);
        assertThat(new NeededCertificate("", "ann", false).shortText()).isEqualTo("ann");
        assertThat(new NeededCertificate("", "", false).text()).isNotBlank();
    }
}
