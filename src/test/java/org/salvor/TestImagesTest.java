package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@Tag("core")
class TestImagesTest {
    @ParameterizedTest
    @FieldSource("org.salvor.TestImages#VOLUMES")
    void everyVolumeStartsWithAnNtfsBootSectorAndHasAManifest(String name) throws Exception {
        ByteBuffer boot = ByteBuffer.allocate(512);
        TestImages.open(name).read(0, boot);
        assertThat(new String(boot.array(), 3, 8, "US-ASCII")).isEqualTo("NTFS    ");
        assertThat(TestImages.manifest(name).deleted()).isNotEmpty();
    }

    @Test
    void everyImageOfTheProjectIsAmongThem() throws Exception {
        Set<String> images = new TreeSet<>();
        for (Path folder : List.of(Path.of("src/test/resources/images"), Path.of("assets/practice"))) {
            try (DirectoryStream<Path> packed = Files.newDirectoryStream(folder, "*.img.gz")) {
                packed.forEach(path -> images.add(path.getFileName().toString().replace(".img.gz", "")));
            }
        }
        assertThat(TestImages.ALL).containsExactlyInAnyOrderElementsOf(images);
        for (String name : TestImages.ALL) {
            assertThat(TestImages.open(name).size()).as(name).isPositive();
        }
    }

    @Test
    void theReferenceObjectsAreEighteenContents() {
        Manifest manifest = TestImages.manifest("objects");
        assertThat(Manifest.contents(manifest.deleted())).hasSize(18);
        assertThat(manifest.at("docs/withads.txt").streams()).hasSize(2);
    }

    @Test
    void anImageOnDiskEqualsTheOneInMemoryAlsoInParts(@TempDir Path folder) throws Exception {
        Path whole = TestImages.file("ads", folder);
        Path first = TestImages.split("ads", folder, 3);
        assertThat(Files.size(whole)).isEqualTo(TestImages.open("ads").size());
        byte[] bytes = Files.readAllBytes(whole);
        java.io.ByteArrayOutputStream joined = new java.io.ByteArrayOutputStream();
        for (int part = 1; part <= 3; part++) {
            joined.write(Files.readAllBytes(first.resolveSibling("ads.00" + part)));
        }
        assertThat(joined.toByteArray()).isEqualTo(bytes);
    }
}
