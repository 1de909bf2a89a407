package org.salvor.restore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.PlaceResolver.Place;
import org.salvor.recovery.PlaceResolver.Places;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.text.Messages;

/**
 * Keeps every byte away from the source. Compares physical places, not names: a place is the same whether it was reached through
 * a partition, a loop device, a device mapper, a mount in user space, a link or a bind mount.
 */
public final class WriteGuard {
    /** What may be written to. */
    public enum Verdict {
        FREE,
        /** Another part of the same disk: a person has to confirm it. */
        SAME_DISK,
        ON_SOURCE,
        /** Cannot be told, so it is refused. */
        UNKNOWN
    }

    /**
     * The answer for one folder.
     *
     * @param text sentences for a person; empty if free
     */
    public record Answer(Verdict verdict, String text) {
        static final Answer FREE = new Answer(Verdict.FREE, "");
    }

    /** The parts of a split image are counted up from here: .001, .002... */
    private static final String FIRST_PART = ".001";

    private final PlaceResolver resolver;
    private final List<Path> files;
    private final List<Places> places = new ArrayList<>();

    /** @param named the source as its session names it: for a saved scan, the source that it was made of */
    public WriteGuard(PlaceResolver resolver, Source source, String named) {
        this.resolver = resolver;
        files = files(source, named);
        for (Path file : files) {
            places.add(resolver.source(file));
        }
    }

    /** The files or devices that make up the source; none for the practice disk, which is a copy. */
    public List<Path> sourceFiles() {
        return files;
    }

    /** May be asked for a path that does not exist yet. */
    public Answer check(Path target) {
        if (files.isEmpty()) {
            return Answer.FREE;
        }
        Places to = resolver.holding(target);
        Answer worst = Answer.FREE;
        for (Path file : files) {
            if (inside(target, file)) {
                return new Answer(Verdict.ON_SOURCE, Messages.get("guard.on-source", target));
            }
        }
        for (Places from : places) {
            Answer answer = compare(from, to, target);
            if (answer.verdict().compareTo(worst.verdict()) > 0) {
                worst = answer;
            }
            if (answer.verdict() == Verdict.ON_SOURCE) {
                return answer;
            }
        }
        boolean never = worst.verdict() == Verdict.UNKNOWN && !resolver.never().isEmpty();
        return never ? new Answer(Verdict.UNKNOWN, resolver.never()) : worst;
    }

    /**
     * Refuses a file of the program (a report, a saved scan) on the source. Another part of the same disk is fine for it.
     *
     * @throws TargetException it would lie on the source, or its place cannot be told
     */
    void require(Path file) throws TargetException {
        Answer answer = check(file);
        boolean source = false;
        for (Path part : files) {
            source |= part.toAbsolutePath()
                    .normalize()
                    .equals(file.toAbsolutePath().normalize());
        }
        if (source || answer.verdict() == Verdict.ON_SOURCE || answer.verdict() == Verdict.UNKNOWN) {
            String text = source ? Messages.get("guard.on-source", file) : answer.text();
            throw new TargetException(TargetException.Kind.ON_SOURCE, text, null);
        }
    }

    private static Answer compare(Places from, Places to, Path target) {
        boolean sameDisk = false;
        for (Place ours : from.chain()) {
            for (Place theirs : to.chain()) {
                if (!ours.key().equals(theirs.key()) || ours.stored()) {
                    continue;
                }
                if (ours.same() || theirs.same()) {
                    return new Answer(Verdict.ON_SOURCE, Messages.get("guard.on-source", target));
                }
                sameDisk = true;
            }
        }
        if (!from.known() || !to.known()) {
            return new Answer(
                    Verdict.UNKNOWN,
                    Messages.get("guard.unknown", target, from.known() ? to.unknown() : from.unknown()));
        }
        return sameDisk ? new Answer(Verdict.SAME_DISK, Messages.get("guard.same-disk", target)) : Answer.FREE;
    }

    /** A folder as source, and a target in it. */
    private static boolean inside(Path target, Path source) {
        try {
            if (!Files.isDirectory(source)) {
                return false;
            }
            Path at = target.toAbsolutePath();
            while (at != null && !Files.exists(at)) {
                at = at.getParent();
            }
            for (Path up = at == null ? null : at.toRealPath(); up != null; up = up.getParent()) {
                if (Files.isSameFile(up, source)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /**
     * Which of the program's own files (logs, settings, caches, temporary files) lie on the source, to be shown before a scan.
     * Empty if all is well, also where nothing can be told.
     */
    public static List<Path> ownFiles(PlaceResolver resolver, Source source, List<Path> own) {
        WriteGuard guard = new WriteGuard(resolver, source, source.text());
        return own.stream()
                .filter(path -> guard.check(path).verdict() == Verdict.ON_SOURCE)
                .toList();
    }

    private static List<Path> files(Source source, String named) {
        return switch (source) {
            case Source.Practice practice -> List.of();
            case Source.Device device -> List.of(device.path());
            case Source.BackupFolder folder -> List.of(folder.path());
            case Source.ImageFile image -> parts(image.path());
            case Source.SavedScan saved -> {
                Source original = original(saved, named);
                yield original instanceof Source.SavedScan ? List.of(saved.path()) : files(original, named);
            }
        };
    }

    /** The source that a saved scan was made of; the scan itself where that was on another system. */
    private static Source original(Source.SavedScan saved, String named) {
        try {
            return SourceNames.parse(named);
        } catch (RecoveryException e) {
            return saved;
        }
    }

    private static List<Path> parts(Path first) {
        String name = first.getFileName().toString();
        if (!name.toLowerCase(Locale.ROOT).endsWith(FIRST_PART)) {
            return List.of(first);
        }
        String stem = name.substring(0, name.length() - FIRST_PART.length());
        List<Path> parts = new ArrayList<>();
        try (DirectoryStream<Path> siblings =
                Files.newDirectoryStream(first.toAbsolutePath().getParent())) {
            for (Path sibling : siblings) {
                String other = sibling.getFileName().toString();
                if (other.startsWith(stem + ".")
                        && other.substring(stem.length() + 1).matches("[0-9]{3,}")) {
                    parts.add(sibling);
                }
            }
        } catch (IOException e) {
            parts.clear();
        }
        return parts.isEmpty() ? List.of(first) : parts;
    }
}
