package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.fault.RecoveryException;

class SourceNamesTest {
    @TempDir
    Path folder;

    @Test
    void names_give_the_sources_of_the_contract() throws Exception {
        Path image = Files.write(folder.resolve("disk.img"), new byte[1]);
        assertThat(SourceNames.parse("practice:")).isEqualTo(new Source.Practice());
        assertThat(SourceNames.parse(image.toString())).isEqualTo(new Source.ImageFile(image));
        assertThat(SourceNames.parse(folder.toString())).isEqualTo(new Source.BackupFolder(folder));
        assertThat(SourceNames.parse("x/Old.SALVORSCAN")).isEqualTo(new Source.SavedScan(Path.of("x/Old.SALVORSCAN")));
        assertThat(SourceNames.parse("/dev/null")).isInstanceOf(Source.Device.class);
        assertThat(SourceNames.parse(folder.resolve("missing.img").toString())).isInstanceOf(Source.ImageFile.class);
    }

    @Test
    void an_image_that_lies_in_memory_is_an_image_though_its_path_begins_like_that_of_a_device() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeTrue(Files.isWritable(memory), "no /dev/shm on this system");
        Path image = Files.createTempFile(memory, "salvor-test-", ".img");
        try {
            assertThat(SourceNames.parse(image.toString())).isEqualTo(new Source.ImageFile(image));
        } finally {
            Files.delete(image);
        }
    }

    @Test
    void a_name_that_can_be_no_path_here_says_so() {
        assertThatThrownBy(() -> SourceNames.parse("a\0b"))
                .isInstanceOf(RecoveryException.class)
                .hasMessageContaining("cannot be a path on this computer");
    }
}
