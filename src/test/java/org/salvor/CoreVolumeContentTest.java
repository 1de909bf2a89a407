package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.filesystem.ntfs.NtfsFileSystem;

/** The reader alone: every file of the manifests comes back with its name, its bytes and its named streams. */
@Tag("core")
class CoreVolumeContentTest {
    /** What is gone from an image, or has lost its name, is told by the test of that image. */
    private static final Set<String> ELSEWHERE = Set.of(
            "reused/docs/resident.txt",
            "reused/docs/empty.txt",
            "reused/docs/plain1m.bin",
            "reused/docs/odd_size.bin",
            "reused/docs/hardlink.bin",
            "reused/docs/frag2.bin",
            "reused/a/b/c/d/e/f/g/h/deep.txt");

    /** On the image of attribute lists: the removal of its names left no trace of them, neither in the record nor in its folder. */
    private static final String NAMELESS = "gone/streams.txt";

    @ParameterizedTest(name = "{0}: live files {1}")
    @CsvSource({
        "objects,false",
        "reused,false",
        "reused,true",
        "wof,false",
        "wof,true",
        "sector4k,false",
        "sector4k,true",
        "cluster2m,false",
        "cluster2m,true",
        "attrlist,false",
        "attrlist,true",
        "lznt1,false",
        "lznt1,true",
        "ads,false",
        "ads,true",
        "links,false",
        "links,true",
        "metadata,false",
        "metadata,true"
    })
    @DisplayName("Every file of the image comes back")
    void everyFileComesBack(String image, boolean live) throws Exception {
        Manifest manifest = TestImages.manifest(image);
        List<Manifest.Entry> missing = new ArrayList<>();
        try (NtfsFileSystem volume = NtfsFileSystem.open(TestImages.open(image))) {
            List<Harvest.Item> items = Harvest.of(volume, false);
            for (Manifest.Entry entry : live ? manifest.live() : manifest.deleted()) {
                if (items.stream()
                                .noneMatch(i -> i.deleted() != live
                                        && named(i.path(), entry, manifest, live)
                                        && i.equalsIn(entry))
                        && !ELSEWHERE.contains(image + "/" + entry.path())) {
                    missing.add(entry);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Of a deleted file with several names only the last one may be left: removing a link removes the name from the record. */
    private static boolean named(String found, Manifest.Entry entry, Manifest manifest, boolean live) {
        return found.equals(entry.name())
                || (found.isEmpty() && entry.path().equals(NAMELESS))
                || (!live
                        && manifest.entries().stream()
                                .anyMatch(e -> first(e).equals(first(entry)) && found.equals(e.name())));
    }

    private static String first(Manifest.Entry entry) {
        return entry.text("link").isEmpty() ? entry.path() : entry.text("link");
    }
}
