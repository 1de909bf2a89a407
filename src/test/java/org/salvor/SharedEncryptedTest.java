package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.service.Workbench;
import org.salvor.substream.StreamType;

@DisplayName("The shared volume with encrypted files gives what ntfsdecrypt gives")
class SharedEncryptedTest {
    private static final Map<String, String> CONTENTS = Map.of(
            "aes256.bin", "pt_aes256.bin",
            "3des.bin", "pt_3des.bin",
            "desx.bin", "pt_desx.bin",
            "flag-real-windows.txt", "flag.dec.txt");

    private static final int START_OF_THUMBPRINT = 0xfa;
    private static final int THUMBPRINT = 20;

    /** A byte in the middle of the file's key as it is wrapped for the certificate. */
    private static final int WRAPPED_KEY = 0x230;

    @TempDir
    Path folder;

    private EditableImage image() throws Exception {
        try (InputStream in =
                new GZIPInputStream(Files.newInputStream(SharedData.require("efs-ntfs/efs-ntfs3g.img.gz")))) {
            return EditableImage.load("efs-ntfs3g", in, 512);
        }
    }

    private static Harvest harvest(EditableImage image, Keyring keys) throws Exception {
        try (RecoverySession session = Road.engine(image).open(Road.readable(Road.recognise(image)), keys)) {
            return Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
        }
    }

    @Test
    void allCiphersAndTheFileOfARealWindows() throws Exception {
        EditableImage image = image();
        Path pfx = SharedData.require("efs-ntfs/new.pfx");
        try (Keyring keys = new Keyring()) {
            var unused = keys.addPfx(pfx, "test".toCharArray());
            Harvest harvest = harvest(image, keys);
            CONTENTS.forEach((name, plain) -> {
                Harvest.Item item = harvest.one(name);
                assertThat(item.intact()).as(name).isTrue();
                assertThat(item.main()).as(name).isNotNull();
                assertThat(item.main().sha256()).as(name).isEqualTo(Road.hash(SharedData.require("efs-ntfs/" + plain)));
            });
            assertThat(harvest.one("flag-real-windows.txt").main().sha256())
                    .isEqualTo("45a3d9ff4dac4be5bf861ef0477a3f7a62d72dd8a49249ca445ca7e53f29aba9");
        }
    }

    @Test
    void ntfsdecryptGivesTheSame() throws Exception {
        TestTools.require("ntfsdecrypt");
        TestTools.require("setsid");
        Path pfx = SharedData.require("efs-ntfs/new.pfx");
        Path file = TestImages.file(image(), folder.resolve("efs.img"));
        for (Map.Entry<String, String> each : CONTENTS.entrySet()) {
            byte[] got = TestTools.run(
                    "sh",
                    "-c",
                    "echo test | setsid ntfsdecrypt -f -q -k \"$0\" \"$1\" \"$2\"",
                    pfx.toString(),
                    file.toString(),
                    each.getKey());
            assertThat(got).isEqualTo(Files.readAllBytes(SharedData.require("efs-ntfs/" + each.getValue())));
        }
    }

    @Test
    void theExportOfARealWindowsComesBackThroughTheProgram() throws Exception {
        Path export = SharedData.require("efs-raw/flag.efsraw");
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(export);
        try (Keyring keys = new Keyring();
                RecoverySession session = workbench.open(workbench.recognise(source, keys), keys)) {
            Catalog catalog = Road.done(workbench.scan(session, Road.EVERYTHING).job());
            assertThat(catalog.path(0)).isEqualTo("flag");
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.LOCKED);
            assertThat(KeyNeed.of(catalog).getFirst().encryption().shortText())
                    .isEqualTo("ctf(ctf@DESKTOP-NUD8OHC) (1864\u2026E250)");
            var unused = keys.addPfx(SharedData.require("efs-raw/flag.pfx"), "SECCON CTF 2023 Finals".toCharArray());
            session.keysChanged(catalog, JobMonitor.SILENT);
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.INTACT);
            assertThat(catalog.size(0)).isEqualTo(569);
            Harvest harvest = Harvest.of(session, catalog, row -> true);
            assertThat(harvest.one("flag").main().sha256())
                    .isEqualTo("45a3d9ff4dac4be5bf861ef0477a3f7a62d72dd8a49249ca445ca7e53f29aba9");
        }
    }

    /** The certificate fits, and the key that it wraps is damaged: the file stays locked, and the reason is that one. */
    @Test
    void anExportWhoseKeyIsDamagedIsNotSaidToBeOpened() throws Exception {
        byte[] damaged = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        damaged[WRAPPED_KEY] ^= 0x55;
        Path export = Files.write(folder.resolve("flag.efsraw"), damaged);
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(export);
        try (Keyring keys = new Keyring();
                RecoverySession session = workbench.open(workbench.recognise(source, keys), keys)) {
            var unused = keys.addPfx(SharedData.require("efs-raw/flag.pfx"), "SECCON CTF 2023 Finals".toCharArray());
            Catalog catalog = Road.done(workbench.scan(session, Road.EVERYTHING).job());
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.LOCKED);
            assertThat(catalog.rating(0).reasons()).containsExactly(ReasonKind.KEY_DAMAGED);
            assertThat(String.join(" ", Reasons.sentences(catalog, 0)))
                    .contains("the key of the file itself is damaged");
            assertThat(KeyNeed.of(catalog))
                    .as("nobody is asked for a certificate that is there")
                    .singleElement()
                    .isEqualTo(new KeyNeed(Encryption.LOST, 1, 0));
            session.keysChanged(catalog, JobMonitor.SILENT);
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.LOCKED);
            session.adopt(catalog);
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.LOCKED);
        }
    }

    /** A scan that was saved before the certificate was there knows nothing of the damage. */
    @Test
    void anExportWhoseKeyIsDamagedIsNotOpenedByAnEarlierScanEither() throws Exception {
        byte[] damaged = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        damaged[WRAPPED_KEY] ^= 0x55;
        Source source = new Source.ImageFile(Files.write(folder.resolve("flag.efsraw"), damaged));
        Workbench workbench = Wiring.assemble();
        try (Keyring keys = new Keyring();
                RecoverySession session = workbench.open(workbench.recognise(source, keys), keys)) {
            Catalog catalog = Road.done(workbench.scan(session, Road.EVERYTHING).job());
            assertThat(catalog.rating(0).reasons()).doesNotContain(ReasonKind.KEY_DAMAGED);
            var unused = keys.addPfx(SharedData.require("efs-raw/flag.pfx"), "SECCON CTF 2023 Finals".toCharArray());
            session.adopt(catalog);
            assertThat(catalog.ratingClass(0)).isEqualTo(RatingClass.LOCKED);
            assertThat(catalog.rating(0).reasons()).contains(ReasonKind.KEY_DAMAGED);
        }
    }

    /** The encrypted bytes are those of the export, and the key record there names another certificate: nothing else differs. */
    @Test
    void theExportMadeOfTheVolumeIsThatOfWindowsButForTheThumbprint() throws Exception {
        byte[] expected = Files.readAllBytes(SharedData.require("efs-raw/flag.efsraw"));
        try (Keyring none = new Keyring()) {
            byte[] made =
                    harvest(image(), none).one("flag-real-windows.txt").others().get(StreamType.ENCRYPTED_RAW);
            assertThat(made).isNotNull().isNotEqualTo(expected);
            System.arraycopy(made, START_OF_THUMBPRINT, expected, START_OF_THUMBPRINT, THUMBPRINT);
            assertThat(made).isEqualTo(expected);
        }
    }
}
