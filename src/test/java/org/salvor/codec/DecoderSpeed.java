package org.salvor.codec;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast the decoders are, in MB of content a second on one thread; printed, not judged. */
@Tag("bench")
class DecoderSpeed {
    private static final Path VECTORS = Path.of("src", "test", "resources", "codec");

    @Test
    void ofEachFormat() throws Exception {
        for (String name : new String[] {"xpress-4k", "xpress-8k", "xpress-16k", "lzx-32k"}) {
            DecodersTest.Decoder decoder = DecodersTest.decoder(name);
            var chunks = SmallWim.read(VECTORS.resolve(name + ".wim")).stream()
                    .flatMap(resource -> resource.chunks().stream())
                    .filter(SmallWim.Chunk::packed)
                    .toList();
            byte[] out = new byte[65_536];
            long bytes = 0;
            long start = System.nanoTime();
            for (int round = 0; round < 400; round++) {
                if (round == 150) {
                    bytes = 0;
                    start = System.nanoTime();
                }
                for (SmallWim.Chunk chunk : chunks) {
                    decoder.decode(chunk.stored(), 0, chunk.stored().length, out, 0, chunk.unpackedLength());
                    bytes += chunk.unpackedLength();
                }
            }
            System.out.printf("%s: %.0f MB/s%n", name, bytes * 1e3 / (System.nanoTime() - start));
        }
    }
}
