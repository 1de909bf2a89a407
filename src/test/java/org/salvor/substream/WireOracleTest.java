package org.salvor.substream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.substream.WireBytes.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.TestTools;

@DisplayName("Another program reads written streams")
class WireOracleTest {
    @TempDir
    Path folder;

    /** vss_strip of burp: "id attributes size nameSize" for each header, and the bytes of the main stream; it knows no blocks. */
    @Test
    void withTheSameHeadersAndContent() throws Exception {
        Path strip = TestTools.require("vss_strip");
        byte[] content = new byte[1900];
        new Random(5).nextBytes(content);
        Streams.Written written = Streams.write(
                Streams.of(StreamType.SECURITY_DATA, "", false, WireBytes.descriptor().length, (Object)
                        WireBytes.descriptor()),
                Streams.data(content),
                Streams.named("Zone.Identifier", text("[ZoneTransfer]\r\nZoneId=3\r\n")));
        Path in = Files.write(folder.resolve("in"), written.bytes());
        Path out = folder.resolve("out");
        TestTools.run(strip.toString(), "-i", in.toString(), "-o", out.toString());
        assertThat(Files.readAllBytes(out)).isEqualTo(content);
        String headers = new String(TestTools.run("sh", "-c", strip + " -p -i " + in + " -o " + out + " 2>&1"));
        assertThat(headers.lines())
                .containsExactly("VSS header: 3 2 80 0", "VSS header: 1 0 1900 0", "VSS header: 4 0 26 44");
    }
}
