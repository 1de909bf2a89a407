package org.salvor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.app.Wiring;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.service.Workbench;

/** What The Sleuth Kit's fls and icat bring back of 1,500 deleted files, before and after 300 new ones, and Salvor beside it. */
class SharedIcatTest {
    /** A deleted file with its record and the main data attribute: "-/r * 4904-128-2:	docs/a.txt". */
    private static final Pattern LINE = Pattern.compile("^[-r]/r \\* (\\d+-128-\\d+)(\\(realloc\\))?:\t(.*)$");

    /**
     * Files that the tool does not bring back though their bytes are there. Both had an attribute list: deletion takes the name and the
     * list out of the base record, and the tool does not look for the extension records that still quote it.
     */
    private static final Set<String> DEVIATIONS =
            Set.of("frag A/heavy_42004003.bin (heavyfrag)", "frag A/heavy_42004004.bin (heavyfrag)");

    @TempDir
    static Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        TestTools.require("fls");
        TestTools.require("icat");
        TestTools.require("tsk_recover");
        SharedData.unpack("ntfs-a/ntfs-a.tar.zst", folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ntfs-a.clean", "ntfs-a"})
    void icatAgreesWhereverItEqualsTheManifestAndEveryDeviationIsKnown(String name) throws Exception {
        Path image = folder.resolve("ntfs-a").resolve(name + ".img");
        Manifest manifest =
                Manifest.parse(Files.readString(folder.resolve("ntfs-a").resolve(name + ".manifest.jsonl")));
        List<Manifest.Entry> wanted = manifest.entries().stream()
                .filter(entry -> entry.state().equals("deleted") && entry.size() > 0)
                .toList();
        Set<String> theirs = theirs(image, wanted);
        Set<String> ours = new TreeSet<>();
        Workbench workbench = Wiring.assemble();
        SourceNode node = Road.readable(workbench.recognise(new Source.ImageFile(image), new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            for (Harvest.Item item :
                    Harvest.of(session, Road.THOROUGH, JobMonitor.SILENT).files()) {
                if (item.deleted() && item.main() != null && item.main().lost() == 0) {
                    ours.add(item.main().sha256());
                }
            }
        }
        List<String> missed = new ArrayList<>();
        Set<String> deviations = new TreeSet<>();
        int both = 0;
        int neither = 0;
        for (Manifest.Entry entry : wanted) {
            boolean right = theirs.contains(entry.sha256());
            boolean mine = ours.contains(entry.sha256());
            both += right && mine ? 1 : 0;
            neither += right || mine ? 0 : 1;
            if (right && !mine) {
                missed.add(entry.path());
            } else if (mine && !right) {
                deviations.add(entry.path() + " (" + entry.kind() + ")");
            }
        }
        System.out.printf(
                "%s: both %d, neither %d, icat alone %d, Salvor alone %d: %s%n",
                name, both, neither, missed.size(), deviations.size(), deviations);
        assertThat(missed).isEmpty();
        assertThat(deviations).isSubsetOf(DEVIATIONS);
    }

    /**
     * SHA-256 of what the tool brings back of deleted files: all that tsk_recover does in one go, and what icat gives for those at
     * whose path that was not the right content. A file that icat gives up on counts as nothing.
     */
    private static Set<String> theirs(Path image, List<Manifest.Entry> wanted) throws Exception {
        Path recovered = Files.createDirectory(image.resolveSibling("recovered"));
        TestTools.run("tsk_recover", image.toString(), recovered.toString());
        Set<String> all = new TreeSet<>(Road.hashes(recovered).values());
        TestTools.run("rm", "-r", recovered.toString());
        Map<String, String> attributes = new HashMap<>();
        String listing = new String(TestTools.run("fls", "-rdp", image.toString()), StandardCharsets.UTF_8);
        for (String line : listing.lines().toList()) {
            Matcher parts = LINE.matcher(line);
            if (parts.matches()) {
                attributes.put(parts.group(3), parts.group(1));
            }
        }
        List<Future<String>> hashes = new ArrayList<>();
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            for (Manifest.Entry entry : wanted) {
                String attribute = attributes.get(entry.path());
                if (attribute != null && !all.contains(entry.sha256())) {
                    hashes.add(two.submit(() -> icat(image, attribute)));
                }
            }
        }
        for (Future<String> hash : hashes) {
            all.add(hash.get());
        }
        return all;
    }

    private static String icat(Path image, String attribute) {
        try {
            byte[] content = TestTools.run("icat", "-r", image.toString(), attribute);
            return HexFormat.of().formatHex(Harvest.sha256().digest(content));
        } catch (IOException e) {
            return "";
        }
    }
}
