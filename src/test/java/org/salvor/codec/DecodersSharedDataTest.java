package org.salvor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.salvor.SharedData;

/** The one packed stream here that a real Windows wrote, and larger WIMs. */
class DecodersSharedDataTest {
    @Test
    void theLzxStreamOfARealWindowsGivesTheExecutableItWas() throws Exception {
        byte[] stream = Files.readAllBytes(SharedData.require("dfir-orc/vcpkg.exe.WofCompressedData"));
        int size = 921_600;
        int count = Math.ceilDiv(size, 32_768);
        ByteBuffer table = ByteBuffer.wrap(stream).order(ByteOrder.LITTLE_ENDIAN);
        int start = 4 * (count - 1);
        byte[] out = new byte[size];
        for (int i = 0; i < count; i++) {
            int from = start + (i == 0 ? 0 : table.getInt(4 * (i - 1)));
            int to = i == count - 1 ? stream.length : start + table.getInt(4 * i);
            int length = Math.min(32_768, size - i * 32_768);
            if (to - from == length) {
                System.arraycopy(stream, from, out, i * 32_768, length);
            } else {
                Lzx.decode(stream, from, to - from, out, i * 32_768, length);
            }
        }
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(out)))
                .isEqualTo("4f19efe116c10dac9ef64cf2648b0a489e74e6fffc8f8aaa244777a62496e864");
    }

    @Test
    void theWimsOfWimlibAreUnpackedByteForByte() throws Exception {
        for (String name : new String[] {"w-lzx", "ntfs-lzx", "w-xpress", "ntfs-xpress"}) {
            DecodersTest.Decoder decoder = name.endsWith("lzx") ? Lzx::decode : Xpress::decode;
            int resources = 0;
            for (SmallWim.Resource resource : SmallWim.read(SharedData.require("wim/" + name + ".wim"))) {
                assertThat(DecodersTest.unpack(resource, decoder)).as(name).isEqualTo(resource.sha1());
                resources++;
            }
            assertThat(resources).as(name).isGreaterThan(3);
        }
    }
}
