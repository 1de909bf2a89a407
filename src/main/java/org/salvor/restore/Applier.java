package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.HeldFolder;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.Progress;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.WrittenStreams;
import org.salvor.restore.Applied.AppliedFile;
import org.salvor.restore.Applied.State;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * Puts on restored files what the sidecars of the restore keep for them. First every file is looked at: only one that still has the
 * size and the SHA-256 of the sidecar is touched afterwards. Each is reached from the restored folder name by name, so that no link
 * leads out of it, and takes what belongs to it by the same {@link RestoreTarget} that a restore would have used; times come last.
 */
final class Applier {
    private final Path root;
    private final SidecarReader sidecar;
    private final HostFiles host;
    private final RestoreTarget target;
    private final List<TargetNames> names;
    private final JobMonitor monitor;

    /** Files that have theirs, of which a later line may be another name. */
    private final Set<Object> done = new HashSet<>();

    /**
     * @param root the restored folder, as a real path
     * @param target keeps nothing aside: see {@link NothingAside}
     * @param names under all the rules by which a sidecar may have been named
     */
    Applier(
            Path root,
            SidecarReader sidecar,
            HostFiles host,
            RestoreTarget target,
            List<TargetNames> names,
            JobMonitor monitor) {
        this.root = root;
        this.sidecar = sidecar;
        this.host = host;
        this.target = target;
        this.names = names;
        this.monitor = monitor;
    }

    /**
     * A file as it was when it was looked at.
     *
     * @param key by which it is known whatever its name; null where the system has none
     * @param notes what of its own sidecar cannot be put on it
     * @param link what it pointed to is in its sidecar, and stays there
     * @param objectId its sidecar keeps an object id
     * @param names how many it has; 0 where the system does not tell
     */
    private record Seen(
            @Nullable Object key,
            long size,
            FileTime modified,
            List<String> notes,
            boolean link,
            boolean objectId,
            int names) {}

    /** A file that stays as it is; the message is the sentence that says why. */
    private static final class LeftAlone extends RecoveryException {
        private static final long serialVersionUID = 1L;

        LeftAlone(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** @param dryRun only look */
    Applied run(boolean dryRun) throws RecoveryException {
        List<SidecarEntry> entries = sidecar.entries();
        AppliedFile[] results = new AppliedFile[entries.size()];
        @Nullable Seen[] seen = new Seen[entries.size()];
        long total = entries.stream()
                .mapToLong(entry -> entry.folder() ? 0 : entry.size())
                .sum();
        long bytes = 0;
        for (int i = 0; i < entries.size(); i++) {
            SidecarEntry entry = entries.get(i);
            monitor.checkpoint();
            monitor.progress(new Progress("apply", bytes, total < 0 ? -1 : total, i, entries.size()));
            try {
                Seen now = look(entry);
                seen[i] = now;
                results[i] = result(entry, now, now.notes(), dryRun);
            } catch (LeftAlone e) {
                results[i] = result(entry, State.LEFT, List.of(e.why()));
            }
            bytes += entry.folder() ? 0 : entry.size();
        }
        leaveOtherNames(entries, seen, results);
        if (!dryRun) {
            for (int i : order(entries)) {
                Seen before = seen[i];
                monitor.checkpoint();
                if (before != null) {
                    results[i] = put(entries.get(i), before);
                }
            }
        }
        return new Applied(root, Arrays.asList(results));
    }

    /** What is put on a file is put there under all of its names: those that this sidecar does not know are no business of a restore. */
    private static void leaveOtherNames(List<SidecarEntry> entries, @Nullable Seen[] seen, AppliedFile[] results) {
        Map<Object, Integer> known = new HashMap<>();
        for (int i = 0; i < seen.length; i++) {
            Seen file = seen[i];
            if (file != null && file.key() != null && entries.get(i).content()) {
                known.merge(file.key(), 1, Integer::sum);
            }
        }
        for (int i = 0; i < seen.length; i++) {
            Seen file = seen[i];
            if (file != null
                    && file.key() != null
                    && entries.get(i).content()
                    && file.names() > known.getOrDefault(file.key(), 0)) {
                seen[i] = null;
                results[i] = result(entries.get(i), State.LEFT, List.of(Messages.get("apply.other-names")));
            }
        }
    }

    /** Folders come after what is in them. */
    private static int[] order(List<SidecarEntry> entries) {
        return IntStream.range(0, entries.size())
                .boxed()
                .sorted(Comparator.comparingInt((Integer i) -> {
                    SidecarEntry entry = entries.get(i);
                    return entry.folder() ? -entry.steps().size() : -Integer.MAX_VALUE;
                }))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** @param open whether the volume was not asked yet */
    private static AppliedFile result(SidecarEntry entry, Seen seen, List<String> notes, boolean open) {
        List<String> reasons = new ArrayList<>(notes);
        if (open && seen.objectId()) {
            reasons.add(Messages.get("apply.object-id-open"));
        }
        if (seen.link()) {
            reasons.add(Messages.get("apply.link-stays"));
        }
        return result(entry, notes.isEmpty() ? State.DONE : State.PARTLY, reasons);
    }

    private static AppliedFile result(SidecarEntry entry, State state, List<String> reasons) {
        return new AppliedFile(
                entry.target(),
                entry.folder(),
                state,
                reasons.stream().distinct().toList());
    }

    private Seen look(SidecarEntry entry) throws LeftAlone, CancelledException {
        try (HeldFolder folder = host.hold(root, entry.parents())) {
            Path file = folder.path().resolve(entry.name());
            BasicFileAttributes is = attributes(file);
            if (!entry.link().isEmpty()) {
                if (!entry.link().equals(Links.held(file, host))) {
                    throw new LeftAlone(Messages.get("apply.other-link"));
                }
            } else if (entry.folder()) {
                if (!is.isDirectory() || is.isOther()) {
                    throw new LeftAlone(Messages.get("apply.no-folder"));
                }
            } else {
                content(entry, file, is);
            }
            try (KeptParts kept = KeptParts.of(root, entry, names, host, monitor)) {
                return new Seen(
                        is.fileKey(),
                        is.size(),
                        is.lastModifiedTime(),
                        kept.notes(),
                        kept.link(),
                        kept.objectId(),
                        names(file, entry));
            }
        } catch (NoSuchFileException e) {
            throw new LeftAlone(Messages.get("apply.missing"));
        } catch (NotDirectoryException e) {
            throw new LeftAlone(Messages.get("apply.led-away"));
        } catch (IOException e) {
            throw new LeftAlone(Messages.get("apply.unreadable-file", IoReasons.of(e)));
        }
    }

    private void content(SidecarEntry entry, Path file, BasicFileAttributes is)
            throws IOException, LeftAlone, CancelledException {
        if (!is.isRegularFile()) {
            throw new LeftAlone(Messages.get("apply.no-file"));
        }
        if (is.size() == entry.size()) {
            try (FileChannel in = FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                if (Hashes.of(in, monitor).equals(entry.sha256())) {
                    return;
                }
            }
        }
        throw new LeftAlone(Messages.get("apply.changed"));
    }

    /** How many names a file has. A mount of ntfs-3g counts its short name, which leads nowhere else. */
    private int names(Path file, SidecarEntry entry) throws IOException {
        if (TargetProbe.runsOnWindows() || !entry.content()) {
            return 0;
        }
        Object count = Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS);
        byte[] brief = host.attribute(file, NtfsAttributes.SHORT_NAME);
        boolean another = brief != null && !new String(brief, StandardCharsets.UTF_8).equalsIgnoreCase(entry.name());
        return count instanceof Integer names ? names - (another ? 1 : 0) : 0;
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private AppliedFile put(SidecarEntry entry, Seen before) throws RecoveryException {
        try (HeldFolder folder = host.hold(root, entry.parents());
                KeptParts kept = KeptParts.of(root, entry, names, host, monitor)) {
            Path file = folder.path().resolve(entry.name());
            BasicFileAttributes is = attributes(file);
            Object key = before.key();
            boolean same = key == null || key.equals(is.fileKey());
            if (same && key != null && done.contains(key)) {
                return result(entry, State.DONE, List.of());
            }
            boolean content = entry.content();
            boolean changed = is.size() != before.size()
                    || !is.lastModifiedTime().equals(before.modified())
                    || names(file, entry) > before.names();
            if (!same || content && changed) {
                return result(entry, State.LEFT, List.of(Messages.get("apply.changed")));
            }
            List<String> notes = new ArrayList<>(kept.notes());
            boolean closed = writable(file, entry);
            try {
                put(entry, file, kept, notes);
            } catch (IOException | RecoveryException e) {
                if (closed) {
                    readOnly(file, true);
                }
                throw e;
            }
            Times.set(file, entry.times(), target.capabilities(), host);
            if (key != null && content) {
                done.add(key);
            }
            return result(entry, before, notes, false);
        } catch (CancelledException e) {
            throw e;
        } catch (IOException e) {
            return result(entry, State.LEFT, List.of(Messages.get("restore.not-taken", IoReasons.of(e))));
        } catch (RecoveryException e) {
            return result(entry, State.LEFT, List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Windows opens no read-only file for this; the attributes are put on it at the end. Returns whether it was one. */
    private static boolean writable(Path file, SidecarEntry entry) throws IOException {
        boolean closed = !entry.folder()
                && TargetProbe.runsOnWindows()
                && Files.readAttributes(file, DosFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                        .isReadOnly();
        if (closed) {
            readOnly(file, false);
        }
        return closed;
    }

    private static void readOnly(Path file, boolean value) throws IOException {
        Files.setAttribute(file, "dos:readonly", value, LinkOption.NOFOLLOW_LINKS);
    }

    /** @param notes hears of what stays in the sidecar */
    private void put(SidecarEntry entry, Path file, KeptParts kept, List<String> notes)
            throws IOException, RecoveryException {
        byte @Nullable [] security = entry.security().isEmpty() ? null : sidecar.descriptor(entry.security());
        try (MemoryChannel none = new MemoryChannel(0);
                AppliedContent content = new AppliedContent(security, kept, file, host, notes, monitor)) {
            Path aside = file.resolveSibling(entry.name() + TargetNames.SIDECAR);
            WrittenStreams written = target.write(
                    new PreparedFile(
                            file,
                            none,
                            aside,
                            entry.name(),
                            entry.folder(),
                            0,
                            entry.times(),
                            entry.attributes(),
                            true,
                            false),
                    content,
                    monitor);
            notes.addAll(written.notes());
        }
    }
}
