package org.salvor.recovery;

import java.nio.file.Path;
import java.util.List;

/** Finds out on which physical places the bytes of a path lie. */
public interface PlaceResolver {
    /** Of the file system that would hold a new file at {@code path}; the nearest existing parent decides. Links are followed. */
    Places holding(Path path);

    /** Of a source: a device, an image, or a folder. Links are followed. */
    Places source(Path path);

    /** Why no place at all can be told on this system, and what to do, for a person; empty where places can be told. */
    default String never() {
        return "";
    }

    /**
     * A chain (with several disks below: a tree, flattened) from the nearest place to the farthest.
     *
     * @param chain never empty if {@code unknown} is
     * @param fileSystem type of the file system the path lies on; empty if not known
     * @param unknown why the places cannot be told, a sentence for a person; empty if they can
     */
    record Places(List<Place> chain, String fileSystem, String unknown) {
        public boolean known() {
            return unknown.isEmpty();
        }
    }

    /**
     * One physical place.
     *
     * @param key equal for the same place, however it was reached
     * @param title for a person
     * @param same the same bytes as the start of the chain, reached only by "is backed by"
     * @param stored reached through a file that is stored on a file system: the place also holds other things
     */
    record Place(String key, String title, boolean same, boolean stored) {}
}
