package org.salvor.engine.volume;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.Harvest;
import org.salvor.Manifest;
import org.salvor.SharedData;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;

/** Ratings against the truth of a large volume: what is called intact must be so, byte for byte. */
class RatingTruthTest {
    @TempDir
    Path folder;

    @Test
    void nothing_called_intact_has_other_bytes_than_its_own() throws Exception {
        Path at = SharedData.unpack("ntfs-a/ntfs-a.tar.zst", folder);
        at = Files.isDirectory(at.resolve("ntfs-a")) ? at.resolve("ntfs-a") : at;
        for (String image : List.of("ntfs-a.clean", "ntfs-a")) {
            Manifest manifest = Manifest.parse(Files.readString(at.resolve(image + ".manifest.jsonl")));
            assertThat(falselyIntact(harvest(at.resolve(image + ".img")), manifest))
                    .as(image)
                    .isEmpty();
        }
    }

    private static Harvest harvest(Path image) throws RecoveryException {
        VolumeEngine engine = new VolumeEngine(List.of(), () -> {
            throw new RecoveryException("none");
        });
        Keyring keys = new Keyring();
        SourceNode tree = engine.recognise(new Source.ImageFile(image), keys).orElseThrow();
        try (RecoverySession session = engine.open(tree, keys)) {
            return Harvest.of(session, new ScanPlan(false, true, false), JobMonitor.SILENT);
        }
    }

    private static List<String> falselyIntact(Harvest harvest, Manifest manifest) {
        Map<String, Set<String>> contentsByName = new HashMap<>();
        for (Manifest.Entry entry : manifest.entries()) {
            contentsByName
                    .computeIfAbsent(entry.name(), key -> new HashSet<>())
                    .addAll(Manifest.contents(List.of(entry)));
        }
        List<String> wrong = new ArrayList<>();
        int intact = 0;
        for (Harvest.Item item : harvest.files()) {
            if (!item.deleted() || !item.intact()) {
                continue;
            }
            intact++;
            Set<String> own = contentsByName.getOrDefault(item.name(), Set.of());
            List<Harvest.Read> streams = new ArrayList<>(item.streams().values());
            if (item.main() != null) {
                streams.add(item.main());
            }
            boolean right = item.failure().isEmpty()
                    && streams.stream().allMatch(s -> s.lost() == 0 && (s.size() == 0 || own.contains(s.sha256())));
            if (!right) {
                wrong.add(item.toString());
            }
        }
        assertThat(intact).isGreaterThan(1100);
        return wrong;
    }
}
