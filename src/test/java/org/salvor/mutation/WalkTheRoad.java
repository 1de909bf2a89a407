package org.salvor.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.salvor.EditableImage;
import org.salvor.Road;
import org.salvor.TestHost;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.PlannedFile;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;

/**
 * The engine's whole road over a damaged disk: recognise, open, scan, rate, read every content, plan the restore of everything; of
 * some also a few files are restored, and nothing may appear outside the target.
 */
final class WalkTheRoad implements Campaign.Subject {
    private static final int RESTORE_EVERY = 40;

    private static final int READ_UNTOUCHED_EVERY = 4;

    private static final String STAND_IN = "stand-in.img";

    private final Path folder;
    private final Keyring keys;
    private final Keyring none = new Keyring();
    private final FileRestorer restorer;
    private final Footprints footprints;

    /** @param image undamaged @param folder empty; targets are made in it @param keys for every other walk */
    WalkTheRoad(EditableImage image, Path folder, Keyring keys) throws IOException, RecoveryException {
        this.folder = folder;
        this.keys = keys;
        footprints = Footprints.of(image);
        Path standIn = Files.write(folder.resolve(STAND_IN), new byte[512]);
        PlaceResolver real = TestHost.places();
        PlaceResolver.Places target = real.holding(folder);
        PlaceResolver.Places source = real.source(standIn);
        // All targets lie in one folder: its place is looked up once.
        restorer = new FileRestorer(
                new PlaceResolver() {
                    @Override
                    public Places holding(Path path) {
                        return path.startsWith(folder) ? target : real.holding(path);
                    }

                    @Override
                    public Places source(Path path) {
                        return source;
                    }
                },
                TestHost.files());
    }

    @Override
    public void run(EditableImage image, long seed) throws RecoveryException {
        VolumeEngine engine = Road.engine(image);
        SourceNode tree = engine.recognise(Road.memory(), new Keyring()).orElseThrow();
        List<SourceNode> places = Road.nodes(tree)
                .filter(n -> n.state() == SourceNode.State.READABLE)
                .toList();
        for (SourceNode place : places) {
            try (RecoverySession session = engine.open(place, seed % 2 == 0 ? keys : none)) {
                ScanPlan plan = new ScanPlan(seed % 10 == 0, true, seed % 3 == 0);
                Catalog catalog = Road.scan(session, plan, JobMonitor.SILENT);
                readAll(session, catalog, place, image, seed);
                if (seed % RESTORE_EVERY == 0) {
                    restore(session, catalog, seed);
                } else {
                    Path nowhere = folder.resolve("s" + seed);
                    plan(session, catalog, nowhere, Road.select(catalog, row -> true));
                    require(Files.notExists(nowhere), "a plan made a folder");
                }
            }
        }
    }

    /** Every file whose content the damage may have changed, and a part of the others. */
    private void readAll(RecoverySession session, Catalog catalog, SourceNode place, EditableImage image, long seed) {
        BitSet changed = image.changed();
        for (int row = 0; row < catalog.size(); row++) {
            int percent = catalog.rating(row).intactPercent();
            require(percent >= 0 && percent <= 100, "a rating of " + percent + " %");
            require(catalog.ratingClass(row) != RatingClass.PENDING, "a row without a rating");
            require(!catalog.path(row).isEmpty(), "a row without a path");
            boolean another = (seed + row) % READ_UNTOUCHED_EVERY == 0;
            if (another
                    || !footprints.untouched(
                            image, changed, place, catalog.id(row).text())) {
                try {
                    Footprints.read(session, catalog, row);
                } catch (RecoveryException e) {
                    continue; // a damaged file may say that it is
                }
            }
        }
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    /** Rates the contents too, and writes nothing. */
    private RestorePlan plan(RecoverySession session, Catalog catalog, Path target, Selection chosen)
            throws RecoveryException {
        RestorePlan plan =
                restorer.plan(Road.memory(), session, catalog, chosen, RestoreOptions.to(target), JobMonitor.SILENT);
        for (PlannedFile file : plan.files()) {
            String lands = "/" + file.target() + "/";
            boolean inside = file.target().isEmpty()
                    || !lands.contains("//") && !lands.contains("/../") && !lands.contains("/./");
            require(inside, "a file lands at " + file.target());
        }
        return plan;
    }

    /** A quarter of the small files. The target lies so deep that a few steps up still end where somebody looks. */
    private void restore(RecoverySession session, Catalog catalog, long seed) throws RecoveryException {
        Path outer = folder.resolve("s" + seed);
        Path target = outer.resolve("a/b/target");
        Random random = new Random(seed);
        try {
            Files.createDirectories(target);
            RestorePlan plan = plan(
                    session,
                    catalog,
                    target,
                    Road.select(catalog, row -> catalog.size(row) < 1 << 20 && random.nextInt(4) == 0));
            if (plan.possible()) {
                restorer.run(Road.memory(), session, catalog, plan, JobMonitor.SILENT);
            }
            assertNothingOutside(outer, target);
        } catch (IOException e) {
            throw new AssertionError(e);
        } finally {
            remove(outer);
        }
    }

    private void assertNothingOutside(Path outer, Path target) throws IOException {
        try (Stream<Path> all = Files.walk(outer)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (Files.isSymbolicLink(path)) {
                    Path leads =
                            path.resolveSibling(Files.readSymbolicLink(path)).normalize();
                    assertThat(leads.startsWith(target))
                            .as(path + " -> " + leads)
                            .isTrue();
                }
                assertThat(path.startsWith(target) || target.startsWith(path))
                        .as(path.toString())
                        .isTrue();
            }
        }
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside.map(path -> path.getFileName().toString()))
                    .allMatch(name -> name.equals(STAND_IN) || name.matches("s[0-9]+"));
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
