package org.salvor.restore;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import org.salvor.text.Messages;

/**
 * Tells a target that is full or gone from a file that it does not like. What the system says comes in its own language, so the
 * target is asked instead: can it still take a small file, and how much space does it have?
 */
final class TargetHealth {
    private static final int PROBE = 64 << 10;
    private static final long LITTLE = 1 << 20;

    private final TargetFolders folders;
    private final String job;

    TargetHealth(TargetFolders folders, String job) {
        this.folders = folders;
        this.job = job;
    }

    /** Why the job cannot go on after {@code e}; null if only this file of {@code size} bytes is concerned. */
    synchronized @Nullable TargetException failure(IOException e, long size) {
        if (!folders.there()) {
            return folders.gone(e);
        }
        boolean takes = takesSmallFile();
        long space = space();
        if (space >= 0 && space < (takes ? Math.max(size, 0) : LITTLE) || saysFull(e)) {
            return full(e);
        }
        return takes ? null : folders.gone(e);
    }

    /** What Linux says in English; elsewhere it is no more than a hint that is missing. */
    static boolean saysFull(IOException e) {
        return String.valueOf(e).contains("No space left");
    }

    /** As {@link #failure} where the job cannot go on in any case. */
    TargetException sure(IOException e) {
        TargetException failure = failure(e, 0);
        return failure == null ? folders.gone(e) : failure;
    }

    private TargetException full(IOException e) {
        return new TargetException(TargetException.Kind.FULL, Messages.get("restore.target-full", folders.root()), e);
    }

    private long space() {
        try {
            return Files.getFileStore(folders.root()).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean takesSmallFile() {
        String name = "probe-" + job + TargetNames.TEMPORARY;
        try (TargetFolders.Folder root = folders.open("")) {
            try (SeekableByteChannel channel = root.create(name)) {
                ByteBuffer data = ByteBuffer.allocate(PROBE);
                while (data.hasRemaining()) {
                    channel.write(data);
                }
            } finally {
                root.delete(name);
            }
            return true;
        } catch (IOException | TargetException e) {
            return false;
        }
    }
}
