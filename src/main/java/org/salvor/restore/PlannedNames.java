package org.salvor.restore;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;

/** Which names a plan gives, folder by folder, and which are there already. */
final class PlannedNames {
    private static final int MAX_DEPTH = 1024;

    /** A file or folder that lies on the target already. */
    record Existing(String name, boolean regular, boolean folder, long modified) {}

    private static final class Names {
        private final Map<String, String> existing = new HashMap<>();

        /** Claimed by the plan: key to the name. */
        private final Map<String, String> claimed = new HashMap<>();

        /** Kept free for the sidecars of claimed files. */
        private final Set<String> sidecars = new HashSet<>();

        private final Map<String, String> folders = new HashMap<>();
        private final Map<String, Integer> next = new HashMap<>();
    }

    private final Catalog catalog;
    private final Path target;
    private final TargetNames legal;
    private final Map<String, Names> all = new HashMap<>();
    private final Map<Integer, String> folders = new HashMap<>();

    PlannedNames(Catalog catalog, Path target, TargetNames legal) {
        this.catalog = catalog;
        this.target = target;
        this.legal = legal;
    }

    private Names in(String parent) {
        return all.computeIfAbsent(parent, path -> {
            Names names = new Names();
            Path folder = target.resolve(path);
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                    for (Path entry : entries) {
                        String name = entry.getFileName().toString();
                        names.existing.put(TargetNames.key(name), name);
                    }
                } catch (IOException | DirectoryIteratorException e) {
                    // What cannot be listed is met again when it is written to, and told then.
                    names.existing.clear();
                }
            }
            return names;
        });
    }

    /** Where the folder of this row goes, relative to the target; "" for {@link Catalog#NONE}. Two of one name become one. */
    String folder(int row) {
        Deque<Integer> chain = new ArrayDeque<>();
        int at = row;
        while (at != Catalog.NONE && !folders.containsKey(at) && chain.size() < MAX_DEPTH) {
            chain.push(at);
            at = catalog.parent(at);
        }
        String path = at == Catalog.NONE ? "" : folders.getOrDefault(at, "");
        for (int next : chain) {
            path = Results.in(path, folderName(path, legal.legal(catalog.name(next))));
            folders.put(next, path);
        }
        return path;
    }

    private String folderName(String parent, String wanted) {
        Names names = in(parent);
        String key = TargetNames.key(wanted);
        String known = names.folders.get(key);
        if (known != null) {
            return known;
        }
        String name = wanted;
        Existing there = existing(parent, wanted);
        if (there != null && there.folder()) {
            name = there.name();
        } else {
            for (int count = 2; there != null; count++) {
                name = wanted + " (" + count + ")";
                there = existing(parent, name);
                if (there != null && there.folder()) {
                    name = there.name();
                    there = null;
                }
            }
        }
        names.folders.put(key, name);
        claim(parent, name);
        return name;
    }

    /** What the target has under this name, whatever its case; links are not followed. */
    @Nullable
    Existing existing(String parent, String name) {
        String real = in(parent).existing.get(TargetNames.key(name));
        if (real == null) {
            return null;
        }
        try {
            BasicFileAttributes attributes = Files.readAttributes(
                    target.resolve(parent).resolve(real), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return new Existing(
                    real,
                    attributes.isRegularFile(),
                    attributes.isDirectory(),
                    Times.units(attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            return new Existing(real, false, false, Long.MAX_VALUE);
        }
    }

    boolean claimed(String parent, String name) {
        Names names = in(parent);
        String key = TargetNames.key(name);
        return names.claimed.containsKey(key) || names.sidecars.contains(key);
    }

    void claim(String parent, String name) {
        Names names = in(parent);
        names.claimed.put(TargetNames.key(name), name);
        names.sidecars.add(TargetNames.key(legal.ending(name, TargetNames.SIDECAR)));
    }

    String wanted(String name) {
        return legal.legal(name);
    }

    String ending(String name, String ending) {
        return legal.ending(name, ending);
    }

    /** The name, or the first of "name (2)", "name (3)"... that nothing has, with the ending and the sidecar it may need. */
    String free(String parent, String wanted, String ending) {
        Names names = in(parent);
        String free = legal.ending(wanted, ending);
        String key = TargetNames.key(free);
        int count = names.next.getOrDefault(key, 2);
        while (taken(names, free)) {
            free = numbered(wanted, count++, ending);
        }
        names.next.put(key, count);
        return free;
    }

    /** "name (2)" with the ending, for 2. */
    String numbered(String wanted, int count, String ending) {
        return legal.ending(legal.with(wanted, " (" + count + ")"), ending);
    }

    private boolean taken(Names names, String name) {
        String key = TargetNames.key(name);
        String sidecar = TargetNames.key(legal.ending(name, TargetNames.SIDECAR));
        return names.existing.containsKey(key)
                || names.claimed.containsKey(key)
                || names.sidecars.contains(key)
                || names.claimed.containsKey(sidecar)
                || names.existing.containsKey(sidecar);
    }
}
