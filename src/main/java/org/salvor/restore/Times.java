package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.PreparedFile.FileTimes;
import org.salvor.recovery.TargetCapabilities;

/** Times of a catalog: units of 100 ns since 1970 UTC. */
final class Times {
    private static final long UNITS = 10_000_000;

    /** What 63 bits of 100 ns count from 1601 on. */
    private static final Instant FIRST = Instant.parse("1601-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("+30828-09-14T02:48:05Z");

    private Times() {}

    static Instant instant(long time) {
        return Instant.ofEpochSecond(Math.floorDiv(time, UNITS), Math.floorMod(time, UNITS) * 100);
    }

    static long units(Instant instant) {
        return instant.getEpochSecond() * UNITS + instant.getNano() / 100;
    }

    /** The same for a time that nobody has checked; unknown where NTFS cannot hold it. */
    static long known(Instant instant) {
        return instant.isBefore(FIRST) || instant.isAfter(LAST) ? Catalog.NO_TIME : units(instant);
    }

    static FileTimes of(Catalog catalog, int row) {
        return new FileTimes(catalog.created(row), catalog.modified(row), catalog.changed(row), catalog.accessed(row));
    }

    private static @Nullable FileTime fileTime(long time) {
        return time == Catalog.NO_TIME ? null : FileTime.from(instant(time));
    }

    /** Sets what is known, on NTFS also those that only it has. A target that takes no times keeps the file. */
    static void set(Path file, FileTimes times, TargetCapabilities target, HostFiles host) throws IOException {
        set(file, times);
        if (target.security()) {
            NtfsAttributes.times(file, times, host);
        }
    }

    /** Sets what is known. */
    static void set(Path file, FileTimes times) throws IOException {
        FileTime modified = fileTime(times.modified());
        FileTime accessed = fileTime(times.accessed());
        if (modified != null || accessed != null || times.created() != Catalog.NO_TIME) {
            Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .setTimes(modified, accessed == null ? modified : accessed, fileTime(times.created()));
        }
    }
}
