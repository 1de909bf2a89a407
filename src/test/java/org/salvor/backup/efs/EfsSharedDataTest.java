package org.salvor.backup.efs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.SharedData;
import org.salvor.backup.CertificateNeeded;

@DisplayName("An export made by Windows")
class EfsSharedDataTest {
    private static final int CLUSTER = 4096;

    @Test
    void givesItsContentWithItsCertificateAndIsMadeTheSameAgain() throws Exception {
        Path file = SharedData.require("efs-raw/flag.efsraw");
        byte[] pfx = Files.readAllBytes(SharedData.require("efs-raw/flag.pfx"));
        RawExport export = RawExport.read(new EfsMaker.Source(Files.readAllBytes(file)));
        assertThat(export.broken()).isNull();
        assertThat(export.keys().form()).isEqualTo(EfsMetadata.Form.VERSION_1);
        assertThat(export.keys().certificates())
                .containsExactly(new CertificateNeeded(
                        "1864E37746C01D3581BE7A4DB4AAE705907EE250", "ctf(ctf@DESKTOP-NUD8OHC)", false));
        StoredStream stream = export.streams().getFirst();
        try (FileKey key = FileKey.open(export.keys(), EfsMaker.pfx(pfx, "SECCON CTF 2023 Finals"))) {
            byte[] plain = EfsMaker.read(
                    Objects.requireNonNull(key).decrypt(stream.bytes(), stream.size(), stream.valid()), 4096);
            assertThat(EfsMaker.sha256(plain))
                    .isEqualTo("45a3d9ff4dac4be5bf861ef0477a3f7a62d72dd8a49249ca445ca7e53f29aba9");
        }
        byte[] again = EfsMaker.read(new RawExportSource(export.metadata(), export.streams(), CLUSTER), 1 << 20);
        assertThat(again).isEqualTo(Files.readAllBytes(file));
    }
}
