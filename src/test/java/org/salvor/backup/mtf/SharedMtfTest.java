package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.SharedData;
import org.salvor.TestTools;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.NamedStream;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.device.RawImage;

@DisplayName("The media of the shared test data")
class SharedMtfTest {
    private static final byte[] ZONE = SmallMedia.ascii("[ZoneTransfer]\r\nZoneId=3\r\n");

    @TempDir
    Path folder;

    private static BackupArchive open(String name) throws Exception {
        Path file = SharedData.require("mtf/" + name);
        return new MtfOpener(MtfOpener.WESTERN, ZoneOffset.UTC).open(file).orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "syn-512-a",
                "syn-512-u",
                "syn-1024-a",
                "syn-1024-u",
                "synx-512-a",
                "synx-512-u",
                "synx-1024-a",
                "synx-1024-u"
            })
    void giveTheBytesThatAreExpected(String name) throws Exception {
        Map<String, byte[]> expected = new TreeMap<>();
        Path truth = SharedData.require("mtf/expected");
        try (Stream<Path> files = Files.walk(truth)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                expected.put("C:/" + truth.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        assertThat(expected).hasSize(3);
        if (name.startsWith("synx")) {
            byte[] sparse = new byte[1_048_580];
            Arrays.fill(sparse, 0, 70_000, (byte) 'A');
            System.arraycopy(SmallMedia.TAIL, 0, sparse, 1 << 20, 4);
            expected.put("C:/docs/sub/ads.txt", SmallMedia.ascii("main"));
            expected.put("C:/docs/sub/sparse.bin", sparse);
            expected.put("C:/docs/sub/variable.txt", SmallMedia.ascii("part one part two end"));
            expected.put("C:/docs/sub/" + "L".repeat(300) + ".txt", SmallMedia.ascii("lng"));
        }
        try (BackupArchive archive = open(name + ".bkf")) {
            assertThat(archive.info().title()).isEqualTo("Media created 3/17/2005");
            assertThat(archive.sets()).singleElement().satisfies(set -> {
                assertThat(set.name()).isEqualTo("Set one");
                assertThat(set.user()).isEqualTo("HOST\\admin");
                assertThat(set.machine()).isEqualTo("HOST");
                assertThat(set.volumes()).containsExactly("C:");
            });
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            Map<String, byte[]> found = new TreeMap<>();
            for (Map.Entry<String, BackupEntry> entry : listed.entries.entrySet()) {
                if (!entry.getValue().folder()) {
                    Read main = Listed.main(archive, 1, entry.getValue());
                    assertThat(main.thrown()).isNull();
                    assertThat(entry.getValue().state()).isEqualTo(new State.Whole());
                    found.put(entry.getKey(), main.bytes());
                }
            }
            assertThat(found.keySet()).isEqualTo(expected.keySet());
            found.forEach((path, bytes) -> assertThat(bytes).as(path).isEqualTo(expected.get(path)));
            if (name.startsWith("synx")) {
                BackupEntry named = listed.entry("C:/docs/sub/ads.txt");
                assertThat(named.streams()).containsExactly(new NamedStream("Zone.Identifier", ZONE.length));
                assertThat(Listed.read(archive, 1, named).getLast().bytes()).isEqualTo(ZONE);
            }
        }
    }

    /** The walker of the shared data is not ours: it must see the same blocks and streams, at the same places, in our media too. */
    @Test
    void areWalkedAsTheIndependentWalkerDoes() throws Exception {
        Path walker = SharedData.require("mtf/walk2.py");
        TestTools.require("python3");
        List<Path> media = new ArrayList<>();
        try (Stream<Path> shared = Files.list(walker.getParent())) {
            shared.filter(file -> file.toString().endsWith(".bkf")).sorted().forEach(media::add);
        }
        assertThat(media).hasSize(8);
        for (String name :
                List.of("two-sets", "packed", "pieces", "then-unreadable", "wrong-checksums", "odd", "locked")) {
            Path file = folder.resolve(name);
            Files.write(file, SmallMedia.files(name).getFirst());
            media.add(file);
        }
        for (Path file : media) {
            String told =
                    new String(TestTools.run("python3", walker.toString(), file.toString()), StandardCharsets.UTF_8);
            assertThat(told).doesNotContain("BAD").doesNotContain("no spad");
            assertThat(walk(file)).as(file.toString()).isEqualTo(theirs(told));
        }
    }

    /** What ours sees, in the words of theirs. */
    private static List<String> walk(Path file) throws Exception {
        List<String> seen = new ArrayList<>();
        try (RawImage device = RawImage.open(file)) {
            MediumOpener opener = new MediumOpener(new TapeText(MtfOpener.WESTERN));
            Medium medium = opener.open(device, opener.recognise(device).orElseThrow());
            Media alone = new Media(List.of(medium));
            Walker walker =
                    new Walker(alone, new Place(0, 0), new Frame(medium.tape().logicalBlock()), WalkListener.SILENT);
            for (Block block = walker.next(); block != null; block = walker.next()) {
                BlockHeader header = block.header();
                long at = block.place().position();
                String id = new String(block.body().bytes(0, 4), StandardCharsets.ISO_8859_1);
                seen.add("%#x %s attr=%#x disp=%d fla=%d cbid=%d"
                        .formatted(
                                at,
                                id,
                                header.attributes(),
                                header.displayableSize(),
                                header.logicalAddress(),
                                header.controlId()));
                Place place = block.place().plus(header.firstEvent());
                StreamHeader stream = walker.readers().streamHeader(place);
                while (stream != null) {
                    String kind = walker.readers().view(place, 4, "id").ascii(0, 4);
                    seen.add("%#x %s fs=%#x media=%#x len=%d"
                            .formatted(
                                    place.position(),
                                    kind,
                                    stream.fileAttributes(),
                                    stream.mediaAttributes(),
                                    stream.length()));
                    place = place.plus((StreamHeader.SIZE + stream.length() + 3) / 4 * 4);
                    stream = kind.equals("SPAD") ? null : walker.readers().streamHeader(place);
                }
            }
        }
        return seen;
    }

    private static List<String> theirs(String told) {
        List<String> seen = new ArrayList<>();
        for (String line : told.split("\n")) {
            if (line.contains("ck=OK")) {
                seen.add(line.strip()
                        .replace("b'", "")
                        .replace("'", "")
                        .replaceAll(" off=.*os=[0-9/]+", "")
                        .replaceAll(" osdata.*| enc=.*", ""));
            }
        }
        return seen;
    }
}
