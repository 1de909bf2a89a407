package org.salvor.ui.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.NeededCertificate;

class KeyWordsTest {
    /** Files beside each other often differ in what they tell of one certificate. */
    @Test
    void oneCertificateIsCountedOnceWhetherAFileTellsItsNameOrNot() {
        NeededCertificate bare = new NeededCertificate("A".repeat(40), "", false);
        NeededCertificate named = new NeededCertificate("A".repeat(40), "ann", false);
        NeededCertificate bob = new NeededCertificate("", "bob", false);
        List<KeyWords.Opener> openers = KeyWords.openers(List.of(need(3, bare), need(2, named, bob), need(1, bob)));
        assertThat(openers).containsExactly(new KeyWords.Opener(named, 5), new KeyWords.Opener(bob, 3));
    }

    private static KeyNeed need(int locked, NeededCertificate... certificates) {
        return new KeyNeed(new Encryption(Encryption.Kind.CERTIFICATE, List.of(certificates)), locked, 0);
    }
}
