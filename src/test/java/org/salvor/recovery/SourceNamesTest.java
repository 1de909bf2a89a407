package org.salvor.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
