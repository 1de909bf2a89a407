package org.salvor.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.MemoryFolder;
import org.salvor.TestImages;
import org.salvor.TestKeys;
import org.salvor.recovery.Keyring;

/**
 * Seeded damage to every small image: no unchecked exception, no hang, no write outside the target, no memory that grows with a
 * number found on disk (the build gives these tests 256 MiB). A failure names image and seed.
 */
@DisplayName("Damaged images are read as far as they go")
class MutationTest {
    @TempDir(factory = MemoryFolder.class)
    Path folder;

    @TempDir
    Path certificates;

    /** Encrypted files are walked with a certificate and without. */
    private WalkTheRoad walk(String image) throws Exception {
        Keyring keys = image.equals(TestImages.ENCRYPTED) ? TestKeys.keyring(certificates, "ann") : new Keyring();
        return new WalkTheRoad(TestImages.open(image), folder, keys);
    }

    @Tag("mutation")
    @ParameterizedTest
    @FieldSource("org.salvor.TestImages#ALL")
    void aThousandMutationsOf(String image) throws Exception {
        assertThat(new Campaign(image, walk(image)).run(0, 1000)).isEmpty();
    }

    /** Found by fuzzing: sizes that promised millions of compression units, and a $SDS that never ended. */
    @Tag("core")
    @ParameterizedTest
    @CsvSource({"objects,5000084", "objects,5000241", "reused,5000084", "reused,5009069"})
    void damageThatOnceHungTheReaderIsRead(String image, long seed) throws Exception {
        assertThat(new Campaign(image, new ReadEverything()).run(seed, 1)).isEmpty();
    }

    /** A size that was a lie, of which only zeros would have been written. */
    @Tag("core")
    @ParameterizedTest
    @CsvSource("attrlist,1009440")
    void damageThatOnceHungARestoreIsRestored(String image, long seed) throws Exception {
        assertThat(new Campaign(image, walk(image)).run(seed, 1)).isEmpty();
    }

    static Stream<String> chosen() {
        String only = System.getProperty("fuzz.image", "");
        return TestImages.ALL.stream().filter(image -> only.isEmpty() || image.equals(only));
    }

    /** {@code -Dfuzz.count=N} of each image, {@code -Dfuzz.from=N} to begin elsewhere, {@code -Dfuzz.image=NAME} for one only. */
    @Tag("fuzz")
    @ParameterizedTest
    @MethodSource("chosen")
    void aHundredThousandMutationsOf(String image) throws Exception {
        assertThat(new Campaign(image, walk(image))
                        .run(Long.getLong("fuzz.from", 1_000_000), Long.getLong("fuzz.count", 100_000)))
                .isEmpty();
    }
}
