package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceIdentity;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * Where the sidecar of a restore lies, and what its folder can take: what has to be known before a file is looked at.
 *
 * @param file the list of the sidecar
 * @param root the restored folder: the one that the sidecar lies in
 */
record SidecarPlace(Path file, Path root) {
    /** @param named the sidecar's folder, or the list in it, or the folder that was restored into if it has one sidecar */
    static SidecarPlace of(Path named) throws RecoveryException {
        try {
            Path real = inside(named.toRealPath());
            Path folder = Files.isDirectory(real) ? real : real.getParent();
            Path root = folder == null ? null : folder.getParent();
            boolean list = Files.isDirectory(real) || real.endsWith(CommonSidecar.FILE);
            if (folder == null || root == null || !list) {
                throw new SidecarChoiceException(Messages.get("apply.no-sidecar", named), null);
            }
            Path file = folder.resolve(CommonSidecar.FILE);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new SidecarChoiceException(Messages.get("apply.no-sidecar", named), null);
            }
            return new SidecarPlace(file, root);
        } catch (IOException e) {
            throw new SidecarChoiceException(Messages.get("apply.no-sidecar", named), e);
        }
    }

    /** Those of a folder that was restored into, in the order of the restores. */
    static List<Path> sidecars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> TargetNames.isSidecar(name(file)))
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted(Comparator.comparing((Path file) -> name(file).length())
                            .thenComparing(SidecarPlace::name))
                    .toList();
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** The sidecar of a folder that was restored into; everything else as it is. */
    private static Path inside(Path named) throws IOException, RecoveryException {
        if (!Files.isDirectory(named) || Files.exists(named.resolve(CommonSidecar.FILE), LinkOption.NOFOLLOW_LINKS)) {
            return named;
        }
        List<Path> sidecars = sidecars(named);
        if (sidecars.size() > 1) {
            String names = sidecars.stream().map(SidecarPlace::name).collect(Collectors.joining(", "));
            throw new SidecarChoiceException(Messages.get("apply.several", named, names), null);
        }
        return sidecars.isEmpty() ? named : sidecars.getFirst();
    }

    /**
     * Looks at every file of the sidecar and, unless it is a dry run, puts on each what is kept for it.
     *
     * @param here the source of the files, where it is on this computer: nothing is written to it
     * @throws TargetException the folder has no place for permissions, or lies on the source
     */
    Applied apply(
            Function<SourceIdentity, Optional<Source>> here,
            PlaceResolver places,
            HostFiles host,
            SystemTarget system,
            boolean dryRun,
            JobMonitor monitor)
            throws RecoveryException {
        SidecarReader sidecar;
        try {
            sidecar = SidecarReader.read(file);
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("apply.damaged", file, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("apply.unreadable", file, IoReasons.of(e)), e);
        }
        Optional<Source> source = here.apply(sidecar.source());
        if (source.isPresent()) {
            new WriteGuard(places, source.get(), sidecar.source().text()).require(root);
        }
        String fileSystem = places.holding(root).fileSystem();
        TargetCapabilities portable = TargetProbe.of(root, fileSystem, host);
        TargetCapabilities all = system.on(portable).orElse(portable);
        if (!all.security()) {
            throw new TargetException(
                    TargetException.Kind.GONE, Messages.get("apply.no-permissions", root, all.fileSystem()), null);
        }
        Aside kept = new NothingAside();
        try (RestoreTarget target =
                system.on(portable).isPresent() ? system.open(all, kept) : new PortableTarget(all, host, kept)) {
            return new Applier(root, sidecar, host, target, names(all), monitor).run(dryRun);
        }
    }

    /** The folder may have come from a system with other rules. */
    private static List<TargetNames> names(TargetCapabilities all) {
        TargetCapabilities other = new TargetCapabilities(
                all.fileSystem(),
                all.namedStreams(),
                all.security(),
                all.sparse(),
                all.hardLinks(),
                !all.windowsNames(),
                all.longestName(),
                all.largestFile());
        return List.of(new TargetNames(all), new TargetNames(other));
    }
}
