package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.ScanPlan;
import org.salvor.substream.StreamType;

/** The engine on each small volume: paths, bytes, streams and ratings. */
@Tag("core")
class CoreVolumesTest {
    /** Its folder forgot which record it was; the reader may know it by its time of creation. */
    private static final String NAME_LOST = "gone/streams.txt";

    /** The second attribute of the image, from its offset to the next: on the volume its own size, in a stream 0 for the last. */
    private static final String LAST_ON_DISK = "e0000000000dc8005345434f4e44";

    private static final String LAST_IN_STREAM = "00000000000dc8005345434f4e44";

    @ParameterizedTest
    @ValueSource(strings = {"objects", "wof", "sector4k", "cluster2m", "attrlist", "lznt1", "ads", "links", "metadata"})
    void everyFileIsAtItsPathByteForByteAndRatedIntact(String image) throws Exception {
        Harvest harvest = Road.harvest(TestImages.open(image), Road.EVERYTHING);
        List<String> wrong = new ArrayList<>();
        Manifest manifest = TestImages.manifest(image);
        for (Manifest.Entry entry : manifest.entries()) {
            if (entry.path().equals(NAME_LOST)) {
                continue;
            }
            List<Harvest.Item> there = names(manifest, entry).stream()
                    .flatMap(path -> harvest.at(path).stream())
                    .toList();
            if (there.stream().noneMatch(i -> i.deleted() == entry.deleted() && i.equalsIn(entry) && i.intact())) {
                wrong.add(entry + " is " + there);
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** Paths under which the file may be: of a deleted one with several names only the last to be removed is left in its record. */
    private static List<String> names(Manifest manifest, Manifest.Entry entry) {
        return manifest.entries().stream()
                .filter(e -> e == entry || (entry.deleted() && first(e).equals(first(entry))))
                .map(Manifest.Entry::path)
                .toList();
    }

    private static String first(Manifest.Entry entry) {
        return entry.text("link").isEmpty() ? entry.path() : entry.text("link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"objects", "wof", "sector4k", "cluster2m", "attrlist", "lznt1", "ads", "links", "metadata"})
    void aThoroughScanFindsTheSameFilesAtTheSamePlaces(String image) throws Exception {
        List<String> quick = paths(Road.harvest(TestImages.open(image), Road.EVERYTHING));
        List<String> thorough = paths(Road.harvest(TestImages.open(image), Road.THOROUGH));
        assertThat(thorough).containsAll(quick);
    }

    private static List<String> paths(Harvest harvest) {
        return harvest.items().stream()
                .map(i -> i.path() + " " + i.deleted() + " "
                        + (i.main() == null ? "" : i.main().sha256()))
                .toList();
    }

    @Test
    void childrenOfAReusedFolderLieInLostFoldersAndNotUnderAStranger() throws Exception {
        Harvest harvest = Road.harvest(TestImages.open("reused"), Road.EVERYTHING);
        for (String name : List.of("frag1.bin", "withads.txt", "adsonly.txt", "sparse.bin")) {
            Manifest.Entry entry = TestImages.manifest("reused").at("docs/" + name);
            List<Harvest.Item> there =
                    harvest.items().stream().filter(i -> i.name().equals(name)).toList();
            assertThat(there).as(name).isNotEmpty().allSatisfy(i -> {
                assertThat(i.path()).startsWith("Lost folders/");
                assertThat(i.rating().reasons()).contains(ReasonKind.LOST_FOLDER);
                assertThat(i.equalsIn(entry)).isTrue();
                assertThat(i.intact()).isTrue();
            });
        }
        assertThat(harvest.items()).noneMatch(i -> i.path().startsWith("new0.bin/"));
        assertThat(harvest.one("dup/report.txt").intact()).isTrue();
        assertThat(harvest.one("comp/text.log").intact()).isTrue();
    }

    /** In "reused" the new owners of the records are files; here one is a folder, which could take the children in. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void childrenOfADeletedFolderAreNotGivenToTheFolderThatHasItsRecordNow(boolean thorough) throws Exception {
        Harvest harvest = Road.harvest(TestImages.open("stranger"), thorough ? Road.THOROUGH : Road.EVERYTHING);
        for (String name : List.of("f2.bin", "f3.bin")) {
            Harvest.Item there = only(harvest, name);
            assertThat(there.path()).startsWith("Lost folders/");
            assertThat(there.rating().reasons()).contains(ReasonKind.LOST_FOLDER);
            assertThat(there.equalsIn(TestImages.manifest("stranger").at("Alpha/" + name)))
                    .isTrue();
        }
        assertThat(harvest.items().stream().map(Harvest.Item::path).filter(path -> path.startsWith("Fresh/")))
                .containsExactly("Fresh/new.txt");
    }

    @Test
    void overwrittenFilesAreRatedByWhatIsLeftAndNameTheNewOwner() throws Exception {
        Harvest harvest = Road.harvest(TestImages.open("reused"), Road.EVERYTHING);
        Harvest.Item third = only(harvest, "plain1m.bin");
        assertThat(third.rating().ratingClass()).isEqualTo(RatingClass.PARTIAL);
        assertThat(third.rating().intactPercent()).isCloseTo(33, within(2));
        assertThat(third.rating().reasons()).contains(ReasonKind.CLUSTERS_REUSED);
        assertThat(harvest.catalog().otherPath(third.row())).matches("new[012]\\.bin");
        Harvest.Item nothing = only(harvest, "odd_size.bin");
        assertThat(nothing.rating().ratingClass()).isEqualTo(RatingClass.OVERWRITTEN);
        assertThat(nothing.rating().intactPercent()).isZero();
    }

    @Test
    void noFileOfAnyImageIsRatedIntactWithBytesThatAreNotIts() throws Exception {
        for (String image : TestImages.VOLUMES) {
            Manifest manifest = TestImages.manifest(image);
            for (Harvest.Item item :
                    Road.harvest(TestImages.open(image), Road.THOROUGH).files()) {
                List<Manifest.Entry> named = manifest.entries().stream()
                        .filter(e -> e.name().equals(item.name()) && e.deleted() == item.deleted())
                        .toList();
                if (item.intact() && !named.isEmpty()) {
                    assertThat(named).as(image + " " + item).anyMatch(item::mainEquals);
                }
            }
        }
    }

    @Test
    void whatIsNotDataComesBackToo() throws Exception {
        Harvest harvest = Road.harvest(TestImages.open("metadata"), Road.EVERYTHING);
        for (Manifest.Entry entry : TestImages.manifest("metadata").entries()) {
            Harvest.Item item = harvest.one(entry.path());
            same(item, StreamType.SECURITY_DATA, entry.text("security"));
            same(item, StreamType.EA_DATA, entry.text("ea").replace(LAST_ON_DISK, LAST_IN_STREAM));
            same(item, StreamType.OBJECT_ID, entry.text("objectId"));
            same(item, StreamType.REPARSE_DATA, entry.text("reparse"));
        }
    }

    private static void same(Harvest.Item item, StreamType type, String expected) {
        if (!expected.isEmpty()) {
            byte[] found = item.others().get(type);
            assertThat(found).as(item.path() + " " + type).isNotNull();
            // a volume may keep more behind the value than was given: an object id has 48 further bytes of birth ids
            assertThat(HexFormat.of().formatHex(found)).startsWith(expected);
        }
    }

    @Test
    void hardLinksOfALiveFileAreRowsOfOneFile() throws Exception {
        Harvest harvest = Road.harvest(TestImages.open("links"), Road.EVERYTHING);
        int one = harvest.one("kept/one.bin").row();
        int two = harvest.one("kept/two.bin").row();
        int three = harvest.one("kept/other folder/three.bin").row();
        assertThat(harvest.catalog().key(one))
                .isEqualTo(harvest.catalog().key(two))
                .isEqualTo(harvest.catalog().key(three));
        assertThat(List.of(one, two, three).stream()
                        .filter(row -> harvest.catalog().linkOf(row) == org.salvor.recovery.Catalog.NONE))
                .hasSize(1);
        Harvest.Item removed = harvest.one("kept/half.txt");
        assertThat(removed.mainEquals(TestImages.manifest("links").at("kept/half.txt")))
                .isTrue();
    }

    @Test
    void aQuickScanOfDeletedFilesListsNoLiveOne() throws Exception {
        assertThat(Road.harvest(TestImages.open("sector4k"), ScanPlan.QUICK).files())
                .isNotEmpty()
                .allMatch(Harvest.Item::deleted);
    }

    private static Harvest.Item only(Harvest harvest, String name) {
        List<Harvest.Item> named = harvest.items().stream()
                .filter(i -> i.name().equals(name) && i.deleted())
                .toList();
        assertThat(named).as(name).hasSize(1);
        return named.getFirst();
    }
}
