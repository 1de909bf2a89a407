package org.salvor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.salvor.app.Wiring;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.device.DeviceOpener;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.CatalogBuilder;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Job;
import org.salvor.service.Workbench;

/** The road from a source to files on disk, walked by the parts of the real program. */
public final class Road {
    public static final ScanPlan EVERYTHING = new ScanPlan(false, true, true);
    public static final ScanPlan THOROUGH = new ScanPlan(true, true, true);

    private static final Path MEMORY = Path.of("/memory/disk");

    private Road() {}

    /** The portable engine over a device in memory. */
    public static VolumeEngine engine(BlockDevice device) {
        DeviceOpener opener = new DeviceOpener() {
            @Override
            public boolean handles(Path path) {
                return path.equals(MEMORY);
            }

            @Override
            public BlockDevice open(Path path) {
                return device;
            }

            @Override
            public List<DeviceDescription> list() {
                return List.of();
            }
        };
        return new VolumeEngine(List.of(opener), () -> {
            throw new RecoveryException("no practice disk here");
        });
    }

    public static SourceNode recognise(BlockDevice device) throws RecoveryException {
        return engine(device).recognise(memory(), new Keyring()).orElseThrow();
    }

    public static Source memory() {
        return new Source.Device(MEMORY, DiskDetails.UNKNOWN);
    }

    /** A session on the device's place of this id, or on its only readable one where the id is empty. */
    public static RecoverySession open(BlockDevice device, String at) throws RecoveryException {
        SourceNode node = at.isEmpty() ? readable(recognise(device)) : find(recognise(device), at);
        return engine(device).open(node, new Keyring());
    }

    public static SourceNode readable(SourceNode tree) {
        List<SourceNode> all =
                nodes(tree).filter(n -> n.state() == SourceNode.State.READABLE).toList();
        if (all.size() != 1) {
            throw new AssertionError(all.size() + " readable places in " + tree);
        }
        return all.getFirst();
    }

    public static SourceNode find(SourceNode tree, String id) {
        return nodes(tree)
                .filter(n -> n.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no place " + id + " in " + tree));
    }

    public static Stream<SourceNode> nodes(SourceNode tree) {
        return Stream.concat(Stream.of(tree), tree.children().stream().flatMap(Road::nodes));
    }

    /** Everything that the device holds. */
    public static Harvest harvest(BlockDevice device, ScanPlan plan) throws RecoveryException {
        try (RecoverySession session = open(device, "")) {
            return Harvest.of(session, plan, JobMonitor.SILENT);
        }
    }

    /** A restore of an image file by the assembled program, from recognising it to the report. */
    public static RestoreReport restore(Path image, ScanPlan what, Path target, IntPredicateOf chosen)
            throws Exception {
        Workbench workbench = Wiring.assemble();
        Source source = new Source.ImageFile(image);
        SourceNode node = readable(workbench.recognise(source, new Keyring()));
        try (RecoverySession session = workbench.open(node, new Keyring())) {
            Catalog catalog = done(workbench.scan(session, what).job());
            RestorePlan plan = done(workbench.plan(
                    source, session, catalog, select(catalog, chosen.of(catalog)), RestoreOptions.to(target)));
            if (!plan.possible()) {
                throw new AssertionError("not possible: " + plan.issues());
            }
            return done(workbench.restore(source, session, catalog, plan));
        }
    }

    /**
     * As {@link #restore(Path, ScanPlan, Path, IntPredicateOf)}, of the deleted files of a device in memory.
     *
     * @param place what the write guard takes for the place of the device
     */
    public static RestoreReport restore(BlockDevice device, Path place, Path target, IntPredicateOf chosen)
            throws Exception {
        Path standIn = Files.write(place.resolve("stand-in.img"), new byte[512]);
        PlaceResolver real = TestHost.places();
        PlaceResolver places = new PlaceResolver() {
            @Override
            public Places holding(Path path) {
                return real.holding(path);
            }

            @Override
            public Places source(Path path) {
                return real.source(standIn);
            }
        };
        VolumeEngine engine = engine(device);
        FileRestorer restorer = new FileRestorer(places, TestHost.files());
        try (RecoverySession session = engine.open(readable(recognise(device)), new Keyring())) {
            Catalog catalog = scan(session, ScanPlan.QUICK, JobMonitor.SILENT);
            RestorePlan plan = restorer.plan(
                    memory(),
                    session,
                    catalog,
                    select(catalog, chosen.of(catalog)),
                    RestoreOptions.to(target),
                    JobMonitor.SILENT);
            return restorer.run(memory(), session, catalog, plan, JobMonitor.SILENT);
        }
    }

    /** Which rows of a catalog. */
    @FunctionalInterface
    public interface IntPredicateOf {
        IntPredicate of(Catalog catalog);
    }

    public static Selection select(Catalog catalog, IntPredicate wanted) {
        BitSet rows = new BitSet();
        for (int row = 0; row < catalog.size(); row++) {
            if (wanted.test(row)) {
                rows.set(row);
            }
        }
        return new Selection(rows);
    }

    public static Catalog scan(RecoverySession session, ScanPlan plan, JobMonitor monitor) throws RecoveryException {
        CatalogBuilder builder = new CatalogBuilder(session.ids());
        session.scan(plan, builder, monitor);
        return builder.catalog();
    }

    /** The result of a job, or what ended it. */
    public static <T> T done(Job<T> job) throws Exception {
        try {
            return job.result().get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** SHA-256 of every file below a folder, by its path with "/". */
    public static Map<String, String> hashes(Path folder) throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                all.put(folder.relativize(path).toString().replace('\\', '/'), hash(path));
            }
        }
        return all;
    }

    public static String hash(Path file) {
        try (var in = new java.security.DigestInputStream(Files.newInputStream(file), Harvest.sha256())) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return java.util.HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
