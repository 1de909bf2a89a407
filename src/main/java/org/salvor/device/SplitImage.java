package org.salvor.device;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.text.Messages;

/**
 * A raw image in numbered parts: {@code disk.001}, {@code disk.002}... or from {@code .000} on. All parts but the last are of one
 * size; the last may be shorter. A part that is missing in between is named.
 */
public final class SplitImage implements BlockDevice {
    private static final Pattern NUMBERED = Pattern.compile("(.+\\.)(\\d{3,5})");

    private final List<RawImage> parts;
    private final long partSize;
    private final long size;
    private final String name;

    private SplitImage(List<RawImage> parts, long partSize, long size, String name) {
        this.parts = List.copyOf(parts);
        this.partSize = partSize;
        this.size = size;
        this.name = name;
    }

    /** Whether {@code file} is named as a part and a first part lies beside it (or is it). */
    public static boolean isPart(Path file) throws RecoveryException {
        Optional<TreeMap<Integer, Path>> found = partsBeside(file);
        return found.isPresent() && found.get().firstKey() <= 1;
    }

    /** Opens all parts; any of them may be given. */
    public static SplitImage open(Path anyPart) throws RecoveryException {
        TreeMap<Integer, Path> found = partsBeside(anyPart)
                .filter(numbers -> numbers.firstKey() <= 1)
                .orElseThrow(() -> new RecoveryException(Messages.get("device.split.no-first", anyPart)));
        refuseGaps(anyPart, found);
        List<RawImage> parts = new ArrayList<>();
        try {
            long size = 0;
            for (Path path : found.values()) {
                RawImage part = RawImage.open(path);
                parts.add(part);
                size += part.size();
            }
            checkSizes(parts);
            return new SplitImage(
                    parts,
                    parts.getFirst().size(),
                    size,
                    found.firstEntry().getValue().toString());
        } catch (RecoveryException e) {
            parts.forEach(RawImage::close);
            throw e;
        }
    }

    private static Optional<TreeMap<Integer, Path>> partsBeside(Path file) throws RecoveryException {
        Path plain = file.getFileName();
        Matcher own = NUMBERED.matcher(plain == null ? "" : plain.toString());
        if (!own.matches()) {
            return Optional.empty();
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        TreeMap<Integer, Path> numbers = new TreeMap<>();
        try (DirectoryStream<Path> beside = Files.newDirectoryStream(folder)) {
            for (Path other : beside) {
                Matcher matcher = NUMBERED.matcher(String.valueOf(other.getFileName()));
                if (matcher.matches()
                        && matcher.group(1).equals(own.group(1))
                        && sameWidth(matcher.group(2), own.group(2))
                        && Files.isRegularFile(other)) {
                    numbers.put(Integer.parseInt(matcher.group(2)), other);
                }
            }
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("device.unreadable", folder, Reasons.of(e)), e);
        }
        return numbers.isEmpty() ? Optional.empty() : Optional.of(numbers);
    }

    /** {@code .1000} goes on after {@code .999}; {@code .2024} has nothing to do with {@code .001} unless the row is full. */
    private static boolean sameWidth(String a, String b) {
        return a.length() == b.length() || (!a.startsWith("0") && !b.startsWith("0"));
    }

    private static void refuseGaps(Path anyPart, TreeMap<Integer, Path> found) throws RecoveryException {
        Matcher own = NUMBERED.matcher(String.valueOf(anyPart.getFileName()));
        for (int number = found.firstKey(); number < found.lastKey(); number++) {
            if (!found.containsKey(number) && own.matches()) {
                String missing = own.group(1) + ("%0" + own.group(2).length() + "d").formatted(number);
                throw new RecoveryException(Messages.get("device.split.missing", missing));
            }
        }
    }

    private static void checkSizes(List<RawImage> parts) throws RecoveryException {
        long first = parts.getFirst().size();
        for (int i = 0; i < parts.size(); i++) {
            RawImage part = parts.get(i);
            boolean last = i == parts.size() - 1;
            if (part.size() == 0 || part.size() > first || part.size() < first && !last) {
                throw new RecoveryException(Messages.get("device.split.size", part.describe(), part.size(), first));
            }
        }
    }

    /** How many files it is made of. */
    public int parts() {
        return parts.size();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int sectorSize() {
        return 512;
    }

    @Override
    public String describe() {
        return name;
    }

    @Override
    public void read(long position, ByteBuffer target) throws SourceReadException {
        Bounds.check(position, target.remaining(), size);
        int end = target.limit();
        long at = position;
        while (target.position() < end) {
            int index = (int) (at / partSize);
            long inPart = at % partSize;
            int length = (int) Math.min(partSize - inPart, end - target.position());
            target.limit(target.position() + length);
            try {
                parts.get(index).read(inPart, target);
            } catch (SourceReadException e) {
                throw e.movedTo(e.position() + index * partSize);
            } finally {
                target.limit(end);
            }
            at += length;
        }
    }

    @Override
    public void close() {
        parts.forEach(RawImage::close);
    }
}
