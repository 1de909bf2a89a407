package org.salvor.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.salvor.EditableImage;
import org.salvor.Road;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.posix.LinuxFiles;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.substream.Substream;

/**
 * The engine's whole road over a damaged disk: recognise, open, scan, rate, read every content, plan the restore of everything; of
 * some also a few files are restored, and nothing may appear outside the target.
 */
final class WalkTheRoad implements Campaign.Subject {
    private static final int RESTORE_EVERY = 40;

    private final Path folder;
    private final FileRestorer restorer;

    /** @param folder empty; targets are made in it */
    WalkTheRoad(Path folder) throws IOException {
        this.folder = folder;
        Path standIn = Files.write(folder.resolve("stand-in.img"), new byte[512]);
        LinuxPlaces real = new LinuxPlaces();
        restorer = new FileRestorer(
                new PlaceResolver() {
                    @Override
                    public Places holding(Path path) {
                        return real.holding(path);
                    }

                    @Override
                    public Places source(Path path) {
                        return real.source(standIn);
                    }
                },
                new LinuxFiles());
    }

    @Override
    public void run(EditableImage image, long seed) throws RecoveryException {
        VolumeEngine engine = Road.engine(image);
        SourceNode tree = engine.recognise(Road.memory(), new Keyring()).orElseThrow();
        List<SourceNode> places = Road.nodes(tree)
                .filter(n -> n.state() == SourceNode.State.READABLE)
                .toList();
        for (SourceNode place : places) {
            try (RecoverySession session = engine.open(place, new Keyring())) {
                ScanPlan plan = new ScanPlan(seed % 10 == 0, true, seed % 3 == 0);
                Catalog catalog = Road.scan(session, plan, JobMonitor.SILENT);
                for (int row = 0; row < catalog.size(); row++) {
                    assertThat(catalog.rating(row).intactPercent()).isBetween(0, 100);
                    assertThat(catalog.path(row)).isNotEmpty();
                    read(session, catalog, row);
                }
                plan(session, catalog, seed);
            }
        }
    }

    private static void read(RecoverySession session, Catalog catalog, int row) {
        try {
            session.rateContent(catalog, row);
            try (Content content = session.content(catalog.id(row))) {
                if (content instanceof Content.Substreams streams) {
                    for (Substream s = streams.next(); s != null; s = streams.next()) {
                        ReadEverything.drain(s);
                    }
                }
            }
        } catch (RecoveryException e) {
            return; // a damaged file may say that it is
        }
    }

    private void plan(RecoverySession session, Catalog catalog, long seed) throws RecoveryException {
        Path outer = folder.resolve("s" + seed);
        Path target = outer.resolve("target");
        try {
            Files.createDirectories(target);
            Random random = new Random(seed);
            boolean write = seed % RESTORE_EVERY == 0;
            RestorePlan plan = restorer.plan(
                    Road.memory(),
                    session,
                    catalog,
                    Road.select(catalog, row -> !write || (catalog.size(row) < 1 << 20 && random.nextInt(4) == 0)),
                    RestoreOptions.to(target),
                    JobMonitor.SILENT);
            for (PlannedFile file : plan.files()) {
                Path lands = target.resolve(file.target()).normalize();
                assertThat(lands.startsWith(target)).as(file.target()).isTrue();
            }
            if (write && plan.possible()) {
                restorer.run(Road.memory(), session, catalog, plan, JobMonitor.SILENT);
            }
            try (Stream<Path> beside = Files.list(outer)) {
                assertThat(beside).containsExactly(target);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            remove(outer);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
