package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.codec.ByteView;
import org.salvor.device.MemoryDevice;

/** Headers of real media, from hex dumps that their owners showed in public when they asked how to read them. */
@DisplayName("Headers of real media")
class RealHeadersTest {
    /** A file of an NTBackup of 2014; the dump ends inside the block. */
    private static final String FILE = """
            46494c450000000088000e020044bc55
            000000002d8e77000000000000000000
            00000000880a00000000000018007000
            0200889b000800001f7a7417731f61a2
            b2d700000000001f7a74177354000000
            """;

    /** The first block of a tape that the backup of Windows NT 4 wrote in 2001; zeros up to 1024. */
    private static final String TAPE = """
            544150450000000000040e0000000000
            00000000000000000000000000000000
            00000000000000000000000000000000
            0200080087553c2b0000000001000000
            0000010034005e000000000000000000
            800092000004be0c1f4678ab0f015400
            """;

    private static byte[] hex(String lines) {
        return HexFormat.of().parseHex(lines.replaceAll("\\s", ""));
    }

    @Test
    void aFileOfNtBackup() throws Exception {
        byte[] bytes = Arrays.copyOf(hex(FILE), 128);
        ByteView view = ByteView.of(bytes, "FILE block", 0);
        BlockHeader header = Objects.requireNonNull(BlockHeader.parse(view), "the checksum is right");
        assertThat(header.type()).isEqualTo(BlockType.FILE);
        assertThat(header.firstEvent()).isEqualTo(0x88);
        assertThat(header.osId()).isEqualTo(NtData.SYSTEM);
        assertThat(header.osVersion()).isEqualTo(2);
        assertThat(header.displayableSize()).isEqualTo(0x55bc4400L);
        assertThat(header.osData()).isEqualTo(new TapeAddress(24, 0x70));
        assertThat(header.strings()).isEqualTo(2);
        EntryBlock fields =
                EntryBlock.parse(new Block(new Place(0, 0), header, view), new TapeZone(ZoneOffset.UTC, true));
        assertThat(fields.windowsAttributes()).isEqualTo(0x20);
        assertThat(fields.folderId()).isEqualTo(0x54);
        assertThat(fields.times().modified()).isEqualTo(units("2014-09-26T01:29:51Z"));
        assertThat(fields.times().created()).isEqualTo(units("2008-06-17T11:11:23Z"));
    }

    private static long units(String instant) {
        return Instant.parse(instant).getEpochSecond() * 10_000_000;
    }

    @Test
    void aTapeOfWindowsNt4() throws Exception {
        byte[] medium = Arrays.copyOf(hex(TAPE), 1024);
        String name = "Tape created on 09/28/2001";
        System.arraycopy(name.getBytes(java.nio.charset.StandardCharsets.UTF_16LE), 0, medium, 0x5e, 2 * name.length());
        TapeBlock tape = new MediumOpener(new TapeText(MtfOpener.WESTERN))
                .recognise(MemoryDevice.of(medium, "tape"))
                .orElseThrow();
        assertThat(tape.family()).isEqualTo(0x2b3c5587L);
        assertThat(tape.sequence()).isEqualTo(1);
        assertThat(tape.catalogue()).isEqualTo(1);
        assertThat(tape.name()).isEqualTo(name);
        assertThat(tape.logicalBlock()).isEqualTo(1024);
        assertThat(tape.vendor()).isEqualTo(0x0cbe);
        BlockHeader header = Objects.requireNonNull(
                BlockHeader.parse(ByteView.of(medium, "TAPE block", 0)), "the checksum is right");
        assertThat(header.firstEvent()).as("the next block, no stream").isEqualTo(1024);
    }
}
