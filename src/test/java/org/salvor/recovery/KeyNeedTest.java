package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class KeyNeedTest {
    private final CatalogBuilder builder =
            new CatalogBuilder(new IdScheme("test:1", IdScheme.Form.RECORD_AND_SEQUENCE));

    private void file(String name, NeededCertificate certificate) {
        int row = builder.add(FileRows.next(builder, name));
        builder.encryption(row, new Encryption(Encryption.Kind.CERTIFICATE, List.of(certificate)));
        builder.locked(row, true);
    }

    @Test
    void filesOfOneCertificateAreOneNeedWhetherTheyTellItsNameOrNot() {
        String thumbprint = "A".repeat(40);
        file("a", new NeededCertificate(thumbprint, "", false));
        file("b", new NeededCertificate(thumbprint, "ann", false));
        file("c", new NeededCertificate("B".repeat(40), "ann", false));
        List<KeyNeed> needs = KeyNeed.of(builder.catalog());
        assertThat(needs).extracting(KeyNeed::locked).containsExactly(2, 1);
        assertThat(needs.getFirst().encryption().text()).isEqualTo("ann (" + thumbprint + ")");
    }

    @Test
    void needsOfSomeRowsLeaveTheOthersOut() {
        file("a", new NeededCertificate("A".repeat(40), "ann", false));
        file("b", new NeededCertificate("B".repeat(40), "bob", false));
        assertThat(KeyNeed.of(builder.catalog(), row -> row == 1))
                .singleElement()
                .extracting(need -> need.encryption().text())
                .asString()
                .contains("bob");
    }
}
