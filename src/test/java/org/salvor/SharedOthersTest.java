package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.app.Wiring;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Workbench;

/** CompactOS files, the image of another recovery program, and what The Sleuth Kit says of the same files. */
class SharedOthersTest {
    /** What icat gives otherwise than the manifest; Salvor must be right there all the same. By the end of the path. */
    private static final Set<String> ICAT_DEVIATES = Set.of("attrlist: gone/pieces.bin", "attrlist: gone/streams.txt");

    @TempDir
    Path folder;

    private Harvest harvest(Path image) throws Exception {
        Workbench workbench = Wiring.assemble();
        SourceNode node = Road.readable(workbench.recognise(new Source.ImageFile(image), new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            return Harvest.of(session, Road.EVERYTHING, JobMonitor.SILENT);
        }
    }

    @Test
    void everyCompactOsFileComesBackDeletedOrNot() throws Exception {
        SharedData.unpack("wof/wof.tar.zst", folder);
        Manifest manifest = Manifest.parse(Files.readString(folder.resolve("wof/wof.manifest.jsonl")));
        Harvest harvest = harvest(folder.resolve("wof/wof.img"));
        List<String> wrong = new ArrayList<>();
        for (Manifest.Entry entry : manifest.entries()) {
            if (harvest.at(entry.path()).stream()
                    .noneMatch(i -> i.mainEquals(entry) && i.deleted() == entry.deleted() && i.intact())) {
                wrong.add(entry + " is " + harvest.at(entry.path()));
            }
        }
        System.out.println("wof: " + (manifest.entries().size() - wrong.size()) + " of "
                + manifest.entries().size() + " byte for byte");
        assertThat(manifest.deleted()).hasSize(58);
        assertThat(manifest.live()).hasSize(42);
        assertThat(wrong).isEmpty();
    }

    @Test
    @SuppressWarnings("unchecked")
    void allNineFilesOfTheRecuperaBitImageComeBack() throws Exception {
        Path packed = SharedData.require("recuperabit/reference_ntfs.img.gz");
        Path image = folder.resolve("reference.img");
        try (InputStream in = new GZIPInputStream(Files.newInputStream(packed))) {
            Files.copy(in, image);
        }
        String json = Files.readString(SharedData.require("recuperabit/reference_ntfs.json"));
        Set<String> hashes = new TreeSet<>();
        collect(TestJson.parse(json), hashes);
        hashes.remove(Road.hash(image));
        Set<String> found = new TreeSet<>();
        for (Harvest.Item item : harvest(image).files()) {
            if (item.main() != null) {
                found.add(item.main().sha256());
            }
            item.streams().values().forEach(s -> found.add(s.sha256()));
        }
        System.out.println(
                "RecuperaBit: " + hashes.stream().filter(found::contains).count() + " of " + hashes.size());
        assertThat(hashes).hasSize(9);
        assertThat(found).containsAll(hashes);
    }

    private static void collect(@Nullable Object json, Set<String> hashes) {
        if (json instanceof Map<?, ?> map) {
            map.values().forEach(value -> collect(value, hashes));
        } else if (json instanceof List<?> list) {
            list.forEach(value -> collect(value, hashes));
        } else if (json instanceof String text && text.matches("[0-9a-fA-F]{64}")) {
            hashes.add(text.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void icatAgreesWhereverItEqualsTheManifest() throws Exception {
        TestTools.require("fls");
        String icat = TestTools.require("icat").toString();
        Set<String> deviations = new TreeSet<>();
        List<String> missed = new ArrayList<>();
        for (String name : List.of("objects", "sector4k", "attrlist", "lznt1", "ads", "links", "metadata")) {
            Path image = TestImages.file(name, folder);
            Map<String, Set<String>> theirs = icat(icat, image);
            Harvest ours = harvest(image);
            for (Manifest.Entry entry : TestImages.manifest(name).entries()) {
                boolean right = theirs.values().stream().anyMatch(set -> set.contains(entry.sha256()));
                boolean mine = ours.files().stream().anyMatch(i -> i.mainEquals(entry));
                if (right && !mine) {
                    missed.add(name + ": " + entry);
                }
                if (!right) {
                    deviations.add(name + ": " + entry);
                    assertThat(mine).as(name + ": " + entry).isTrue();
                }
            }
            Files.delete(image);
        }
        System.out.println("icat deviates from the manifest on: " + deviations);
        assertThat(missed).isEmpty();
        assertThat(deviations).isSubsetOf(ICAT_DEVIATES);
    }

    /** SHA-256 of what icat gives for every file of fls, by path. */
    private static Map<String, Set<String>> icat(String icat, Path image) throws Exception {
        Map<String, Set<String>> all = new HashMap<>();
        String listing = new String(TestTools.run("fls", "-rp", image.toString()), "UTF-8");
        for (String line : listing.lines().toList()) {
            var parts = java.util.regex.Pattern.compile("^([-r])/r (\\* )?(\\d+-\\d+-\\d+)(\\(realloc\\))?:\t(.*)$")
                    .matcher(line);
            if (parts.matches() && !parts.group(5).startsWith("$")) {
                byte[] content = TestTools.run(icat, "-r", image.toString(), parts.group(3));
                all.computeIfAbsent(parts.group(5), p -> new TreeSet<>())
                        .add(HexFormat.of().formatHex(Harvest.sha256().digest(content)));
            }
        }
        return all;
    }
}
