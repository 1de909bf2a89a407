package org.salvor.backup.efs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.CertificateNeeded;
import org.salvor.backup.EntrySink;
import org.salvor.device.BlockDevice;
import org.salvor.device.FaultyDevice;
import org.salvor.device.MemoryDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.ChunkSource;

@Tag("core")
@DisplayName("Exports of encrypted files are read, decrypted and made")
class EfsExportTest {
    private static final int CLUSTER = 4096;
    private static final byte[] AES_KEY = EfsMaker.noise(1, 32);

    private static byte[] key(Fek.Algorithm algorithm) {
        return switch (algorithm) {
            case AES_256 -> AES_KEY;
            case TRIPLE_DES -> EfsMaker.noise(2, 24);
            case DESX -> EfsMaker.noise(3, 16);
        };
    }

    private static StoredStream stored(String name, byte[] content, byte[] cipherText) {
        return new StoredStream(name, true, new EfsMaker.Source(cipherText), content.length, content.length, false);
    }

    private static byte[] text(int length) {
        StringBuilder text = new StringBuilder();
        for (int line = 0; text.length() < length; line++) {
            text.append("Line ").append(line).append(" of a file that somebody needs back.\r\n");
        }
        return Arrays.copyOf(text.toString().getBytes(StandardCharsets.US_ASCII), length);
    }

    private static byte[] export(Fek.Algorithm algorithm, byte[] content, StoredStream... more)
            throws RecoveryException {
        byte[] key = key(algorithm);
        List<StoredStream> all = new ArrayList<>();
        all.add(stored("", content, EfsMaker.encrypt(algorithm, key, content)));
        all.addAll(List.of(more));
        return EfsMaker.read(
                new RawExportSource(EfsMaker.metadata(algorithm, key, "ann(ann@EXAMPLE)"), all, CLUSTER), 1 << 20);
    }

    private static FileKey open(EfsMetadata metadata) throws RecoveryException {
        return Objects.requireNonNull(FileKey.open(metadata, EfsMaker.keyring()));
    }

    private static ChunkSource decrypted(RawExport export, String name) throws RecoveryException {
        StoredStream stream = export.streams().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return open(export.keys()).decrypt(stream.bytes(), stream.size(), stream.valid());
    }

    @ParameterizedTest
    @EnumSource(Fek.Algorithm.class)
    void contentOfAnySizeComesBackFromTheExportMadeOfIt(Fek.Algorithm algorithm) throws Exception {
        for (int size : new int[] {1, 511, 512, 513, 65_535, 65_536, 65_537, 200_001}) {
            byte[] content = text(size);
            RawExport export = RawExport.read(new EfsMaker.Source(export(algorithm, content)));
            assertThat(export.broken()).isNull();
            assertThat(export.streams()).hasSize(1);
            assertThat(export.streams().getFirst().size()).isEqualTo(size);
            for (int piece : new int[] {100, 512, 70_000, 1 << 20}) {
                assertThat(EfsMaker.read(decrypted(export, ""), piece)).isEqualTo(content);
            }
        }
    }

    @Test
    void whatCannotBeReadAtItsBeginningMayBeSomethingElse() throws Exception {
        BlockDevice disk = new FaultyDevice(MemoryDevice.of(new byte[4096], "disk.img")).failing(0, 512);

        assertThat(EfsArchive.open(disk, "disk.img")).isEmpty();
    }

    @Test
    void anyPlaceOfTheContentCanBeReadFirst() throws Exception {
        byte[] content = text(300_000);
        ChunkSource source = decrypted(RawExport.read(new EfsMaker.Source(export(Fek.Algorithm.AES_256, content))), "");
        for (int at : new int[] {299_999, 65_536, 131_071, 7, 200_000, 0, 65_535}) {
            Chunk.Bytes bytes = (Chunk.Bytes) source.at(at, 1000);
            byte[] got = new byte[(int) bytes.length()];
            bytes.data().get(got);
            assertThat(got).isEqualTo(Arrays.copyOfRange(content, at, at + got.length));
        }
    }

    @Test
    void namedStreamsAndStreamsInTheClearComeBackWithTheMainOne() throws Exception {
        byte[] content = text(1000);
        byte[] named = text(70_000);
        byte[] clear = text(300);
        byte[] export = export(
                Fek.Algorithm.AES_256,
                content,
                stored("notes", named, EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, named)),
                new StoredStream("open", false, new EfsMaker.Source(clear), 300, 300, false));
        RawExport read = RawExport.read(new EfsMaker.Source(export));
        assertThat(read.streams()).extracting(StoredStream::name).containsExactly("", "notes", "open");
        assertThat(EfsMaker.read(decrypted(read, ""), 4096)).isEqualTo(content);
        assertThat(EfsMaker.read(decrypted(read, "notes"), 4096)).isEqualTo(named);
        assertThat(read.streams().get(2).encrypted()).isFalse();
        assertThat(EfsMaker.read(read.streams().get(2).bytes(), 100)).isEqualTo(clear);
    }

    @Test
    void holesStayHolesAlsoAtTheEnd() throws Exception {
        byte[] content = text(1 << 20);
        Arrays.fill(content, 3 * 65_536, 9 * 65_536, (byte) 0);
        Arrays.fill(content, 14 * 65_536, 1 << 20, (byte) 0);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, content);
        ChunkSource holes = new ChunkSource() {
            private final EfsMaker.Source first = new EfsMaker.Source(cipher, 3 * 65_536, 9 * 65_536, 0, 0);

            @Override
            public long size() {
                return cipher.length;
            }

            @Override
            public Chunk at(long position, int limit) {
                return position >= 14 * 65_536
                        ? new Chunk.Hole(position, cipher.length - position)
                        : first.at(position, (int) Math.min(limit, 14 * 65_536 - position));
            }
        };
        StoredStream sparse = new StoredStream("", true, holes, 1 << 20, 1 << 20, true);
        byte[] metadata = EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann");
        byte[] export = EfsMaker.read(new RawExportSource(metadata, List.of(sparse), CLUSTER), 1 << 20);
        assertThat(export.length).isLessThan(9 * 66_048 + 66_048 + 2000);
        RawExport read = RawExport.read(new EfsMaker.Source(export));
        assertThat(read.streams().getFirst().sparse()).isTrue();
        ChunkSource plain = decrypted(read, "");
        assertThat(EfsMaker.read(plain, 1 << 20)).isEqualTo(content);
        assertThat(EfsMaker.holesAndLosses(plain)).containsExactly(8L * 65_536, 0);
    }

    @Test
    void holesThatWindowsWouldNotMakeAreKeptToo() throws Exception {
        byte[] content = text(100_000);
        Arrays.fill(content, 8192, 20_480, (byte) 0);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, content);
        StoredStream sparse = new StoredStream(
                "", true, new EfsMaker.Source(cipher, 8192, 20_480, 0, 0), content.length, content.length, true);
        byte[] metadata = EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann");
        byte[] export = EfsMaker.read(new RawExportSource(metadata, List.of(sparse), CLUSTER), 1 << 20);
        ChunkSource plain = decrypted(RawExport.read(new EfsMaker.Source(export)), "");
        assertThat(EfsMaker.read(plain, 1 << 20)).isEqualTo(content);
        assertThat(EfsMaker.holesAndLosses(plain)).containsExactly(12_288, 0);
    }

    @Test
    void whatLiesPastTheValidDataReadsAsZeros() throws Exception {
        byte[] content = text(200_000);
        Arrays.fill(content, 100_000, 200_000, (byte) 0);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, text(200_000));
        StoredStream late = new StoredStream("", true, new EfsMaker.Source(cipher), 200_000, 100_000, false);
        byte[] metadata = EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann");
        byte[] export = EfsMaker.read(new RawExportSource(metadata, List.of(late), CLUSTER), 1 << 20);
        RawExport read = RawExport.read(new EfsMaker.Source(export));
        assertThat(read.streams().getFirst().valid()).isEqualTo(100_000);
        assertThat(EfsMaker.read(decrypted(read, ""), 1 << 20)).isEqualTo(content);
    }

    @Test
    void aLossTakesTheWholeSectorAndNoMore() throws Exception {
        byte[] content = text(10_000);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, content);
        ChunkSource plain = open(EfsMetadata.parse(EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann")))
                .decrypt(new EfsMaker.Source(cipher, 0, 0, 1000, 1100), 10_000, 10_000);
        byte[] expected = content.clone();
        Arrays.fill(expected, 512, 1536, (byte) 0);
        assertThat(EfsMaker.read(plain, 1 << 20)).isEqualTo(expected);
        assertThat(EfsMaker.holesAndLosses(plain)).containsExactly(0, 1024);
    }

    @Test
    void storedZerosAreALossAndNoNoise() throws Exception {
        byte[] content = text(10_000);
        byte[] cipher = EfsMaker.encrypt(Fek.Algorithm.AES_256, AES_KEY, content);
        Arrays.fill(cipher, 2048, 4096, (byte) 0);
        ChunkSource plain = open(EfsMetadata.parse(EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann")))
                .decrypt(new EfsMaker.Source(cipher), 10_000, 10_000);
        assertThat(EfsMaker.holesAndLosses(plain)).containsExactly(0, 2048);
    }

    /** The vector that ntfs-3g carries for itself. */
    @Test
    void theKeysOfDesxAreMadeAsKnown() {
        DesxSectors.Keys keys = DesxSectors.Keys.of(HexFormat.of().parseHex("a1f9e0b253239e8f0f9145d98e20ec30"));
        assertThat(keys.des()).isEqualTo(HexFormat.of().parseHex("27d19309cb78931f"));
        assertThat(Long.reverseBytes(keys.out())).isEqualTo(0xedda4c476049db8dL);
        assertThat(Long.reverseBytes(keys.in())).isEqualTo(0x75f6a01ac0ca281eL);
    }

    @Test
    void desxInTheOtherDirectionIsFoundByItsContent() {
        byte[] key = key(Fek.Algorithm.DESX);
        byte[] content = text(4096);
        byte[] usual = EfsMaker.encrypt(Fek.Algorithm.DESX, key, content);
        assertThat(DesxSectors.likelier(key, usual, 4096, 0)).isEqualTo(DesxSectors.Direction.USUAL);
        byte[] noise = EfsMaker.encrypt(Fek.Algorithm.DESX, key, EfsMaker.noise(5, 4096));
        assertThat(DesxSectors.likelier(key, noise, 4096, 0)).isEqualTo(DesxSectors.Direction.USUAL);
        byte[] other = otherWay(key, content);
        assertThat(DesxSectors.likelier(key, other, 4096, 0)).isEqualTo(DesxSectors.Direction.OTHER);
        byte[] plain = new byte[4096];
        new DesxSectors(key, DesxSectors.Direction.OTHER).decrypt(other, 0, plain, 0, 4096, 0);
        assertThat(plain).isEqualTo(content);
    }

    /** Stored so that only DES run as decryption gives the content: block after block, each chained to what was stored before. */
    private static byte[] otherWay(byte[] key, byte[] content) {
        DesxSectors.Keys keys = DesxSectors.Keys.of(key);
        ByteBuffer out = ByteBuffer.allocate(content.length).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer in = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        try {
            Cipher des = Cipher.getInstance("DES/ECB/NoPadding");
            des.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keys.des(), "DES"));
            long before = 0;
            while (in.hasRemaining()) {
                before = in.position() % 512 == 0 ? DesxSectors.VECTOR + in.position() : before;
                byte[] block = ByteBuffer.allocate(8)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(in.getLong() ^ before ^ keys.in())
                        .array();
                before = ByteBuffer.wrap(des.doFinal(block))
                                .order(ByteOrder.LITTLE_ENDIAN)
                                .getLong()
                        ^ keys.out();
                out.putLong(before);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return out.array();
    }

    @Test
    void theKeyRecordTellsWhoseCertificateIsNeeded() throws Exception {
        String agent = "FFEEDDCCBBAA99887766554433221100FFEEDDCC";
        EfsMetadata keys =
                EfsMetadata.parse(EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann(ann@EXAMPLE)", agent));
        assertThat(keys.decryptable()).isTrue();
        assertThat(keys.certificates())
                .containsExactly(
                        new CertificateNeeded(EfsMaker.THUMBPRINT, "ann(ann@EXAMPLE)", false),
                        new CertificateNeeded(agent, "agent", true));
        assertThat(FileKey.open(keys, EfsKeys.NONE)).isNull();
        try (FileKey byAgent = FileKey.open(keys, print -> print.equals(agent) ? EfsMaker.KEYS.getPrivate() : null)) {
            assertThat(byAgent).isNotNull();
        }
    }

    @Test
    void aKeyThatFitsByItsCertificateButDoesNotOpenIsSaid() {
        byte[] record = EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann");
        record[record.length - 1] ^= 0x55;
        assertThatThrownBy(() -> FileKey.open(EfsMetadata.parse(record), EfsMaker.keyring()))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("does not open it");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 6})
    void newerKeyRecordsAreKnownAndLeftToWindows(int version) throws Exception {
        byte[] record = EfsMaker.metadata(Fek.Algorithm.AES_256, AES_KEY, "ann");
        record[8] = (byte) version;
        EfsMetadata keys = EfsMetadata.parse(record);
        assertThat(keys.decryptable()).isFalse();
        assertThat(FileKey.open(keys, EfsMaker.keyring())).isNull();
    }

    /** Cut at every byte of its headers and at some of its data: what lies before the cut comes back, the rest is told. */
    @Test
    void anExportThatIsCutKeepsWhatCameBefore() throws Exception {
        byte[] content = text(150_000);
        byte[] whole = export(Fek.Algorithm.AES_256, content);
        int keyRecordEnd = nameOfTheContent(whole) - RawLayout.STREAM_HEADER;
        int reread = 0;
        for (int cut = 0; cut < whole.length; cut += cut < 3000 ? 1 : 997) {
            byte[] part = Arrays.copyOf(whole, cut);
            RawExport export;
            try {
                export = RawExport.read(new EfsMaker.Source(part));
            } catch (FormatException e) {
                continue;
            }
            if (export.streams().isEmpty()) {
                // cut behind the last segment of the key record, it is what a folder's export is; nothing can tell
                assertThat(export.folder()).isEqualTo(cut == keyRecordEnd);
                assertThat(export.broken() == null).isEqualTo(cut == keyRecordEnd);
                continue;
            }
            assertThat(export.folder()).isFalse();
            reread++;
            byte[] got = EfsMaker.read(decrypted(export, ""), 1 << 20);
            long[] sums = EfsMaker.holesAndLosses(decrypted(export, ""));
            int good = (int) (got.length - sums[1]);
            assertThat(Arrays.copyOf(got, good)).isEqualTo(Arrays.copyOf(content, good));
            boolean told = export.broken() != null || sums[1] > 0;
            boolean atAnEnd = got.length % 65_536 == 0 && sums[1] == 0;
            assertThat(told || atAnEnd).as("cut at " + cut).isTrue();
        }
        assertThat(reread).isGreaterThan(500);
    }

    private static int nameOfTheContent(byte[] export) {
        byte[] name = RawLayout.MAIN_STREAM.getBytes(StandardCharsets.UTF_16LE);
        return Collections.indexOfSubList(boxed(export), boxed(name));
    }

    private static List<Byte> boxed(byte[] bytes) {
        List<Byte> all = new ArrayList<>(bytes.length);
        for (byte each : bytes) {
            all.add(each);
        }
        return all;
    }

    /** One altered byte in the name of its only stream: the content is out of reach, and that is no empty folder. */
    @Test
    void aStreamWhoseNameIsDamagedIsNoFolder() throws Exception {
        byte[] whole = export(Fek.Algorithm.AES_256, text(5000));
        int name = nameOfTheContent(whole);
        for (int at : new int[] {name, name + 1, name + 4, name + 12}) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x41;
            RawExport export = RawExport.read(new EfsMaker.Source(damaged));
            assertThat(export.folder()).isFalse();
            assertThat(Objects.requireNonNull(export.broken()).position()).isEqualTo(name);
        }
        RawExport folder = RawExport.read(new EfsMaker.Source(Arrays.copyOf(whole, name - RawLayout.STREAM_HEADER)));
        assertThat(folder.folder()).isTrue();
    }

    /** A damaged export is listed as a file that is not whole, never as the folder that it looks like. */
    @Test
    void aDamagedExportIsListedAsADamagedFile(@TempDir Path folder) throws Exception {
        byte[] whole = export(Fek.Algorithm.AES_256, text(5000));
        int name = nameOfTheContent(whole);
        byte[] renamed = whole.clone();
        renamed[name] ^= 0x41;
        List<byte[]> damaged =
                List.of(renamed, Arrays.copyOf(whole, name - 4), Arrays.copyOf(whole, whole.length - 700));
        for (byte[] each : damaged) {
            Listed listed = listed(Files.write(folder.resolve("d.efsraw"), each));
            assertThat(listed.folders).isEmpty();
            assertThat(listed.files).singleElement().satisfies(entry -> {
                BackupEntry.State.Encrypted state = (BackupEntry.State.Encrypted) entry.state();
                assertThat(state.damage()).isNotNull();
                assertThat(entry.folder()).isFalse();
            });
            assertThat(listed.problems).hasSize(1);
        }
        Listed sound = listed(Files.write(folder.resolve("w.efsraw"), whole));
        assertThat(sound.files)
                .singleElement()
                .satisfies(entry -> assertThat(((BackupEntry.State.Encrypted) entry.state()).damage())
                        .isNull());
        Listed empty =
                listed(Files.write(folder.resolve("f.efsraw"), Arrays.copyOf(whole, name - RawLayout.STREAM_HEADER)));
        assertThat(empty.folders).hasSize(1);
        assertThat(empty.problems).isEmpty();
    }

    /** What is lost is counted where it can be, and not said to be one hundredth. */
    @Test
    void aCutExportTellsHowMuchOfItsContentIsLost() throws Exception {
        byte[] whole = export(Fek.Algorithm.AES_256, text(200_000));
        RawExport cut = RawExport.read(new EfsMaker.Source(Arrays.copyOf(whole, whole.length - 1000)));
        assertThat(cut.lost()).isEqualTo(1000);
        byte[] broken = whole.clone();
        int second = nameOfTheContent(whole) + RawLayout.MAIN_STREAM.length() * 2 + 512 + 65_536;
        Arrays.fill(broken, second, second + 12, (byte) '#');
        RawExport part = RawExport.read(new EfsMaker.Source(broken));
        long left = part.streams().getFirst().size();
        assertThat(left).isEqualTo(65_536);
        assertThat((double) (left - part.lost()) / left)
                .as("a third of it is there")
                .isBetween(0.31, 0.34);
        assertThat(RawExport.read(new EfsMaker.Source(whole)).lost()).isZero();
    }

    private static Listed listed(Path file) throws RecoveryException {
        Listed listed = new Listed();
        try (BackupArchive archive = EfsArchive.open(file).orElseThrow()) {
            archive.list(1, listed);
        }
        return listed;
    }

    /** What a listing told. */
    private static final class Listed implements EntrySink {
        private final List<BackupEntry> folders = new ArrayList<>();
        private final List<BackupEntry> files = new ArrayList<>();
        private final List<RecoveryException> problems = new ArrayList<>();

        @Override
        public int folder(List<String> path, BackupEntry entry) {
            folders.add(entry);
            return 0;
        }

        @Override
        public void file(int folder, BackupEntry entry) {
            files.add(entry);
        }

        @Override
        public void skipped(RecoveryException problem) {
            problems.add(problem);
        }

        @Override
        public void progress(long bytes, long total) {}
    }

    @Test
    void aSecondStreamOfTheSameNameIsTold() throws Exception {
        byte[] twice = export(
                Fek.Algorithm.AES_256,
                text(1000),
                new StoredStream("n", false, new EfsMaker.Source(text(5)), 5, 5, false),
                new StoredStream("n", false, new EfsMaker.Source(text(9)), 9, 9, false));
        RawExport export = RawExport.read(new EfsMaker.Source(twice));
        assertThat(export.streams()).extracting(StoredStream::size).containsExactly(1000L, 5L);
        assertThat(export.broken()).isNotNull();
    }

    @Test
    void whatIsNoExportIsRefused() {
        assertThat(RawExport.recognise(text(20))).isFalse();
        assertThatThrownBy(() -> RawExport.read(new EfsMaker.Source(text(2000))))
                .isInstanceOf(FormatException.class);
        assertThatThrownBy(() -> RawExport.read(new EfsMaker.Source(new byte[0])))
                .isInstanceOf(FormatException.class);
    }
}
