package org.salvor.mutation;

import java.util.ArrayList;
import java.util.List;
import org.salvor.EditableImage;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.AllocationMap;
import org.salvor.filesystem.FileContent;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.ScanSink;
import org.salvor.filesystem.ntfs.NtfsFileSystem;
import org.salvor.substream.Chunk;
import org.salvor.substream.Substream;

/** Opens a volume, scans it, asks for the allocation of every run and reads every stream. */
final class ReadEverything implements Campaign.Subject {
    /** A stream is left after so many bytes read; a damaged size may promise any number. */
    private static final long ENOUGH = 4 << 20;

    private static final int MANY_CHUNKS = 100_000;

    @Override
    public void run(EditableImage image, long seed) throws RecoveryException {
        try (NtfsFileSystem volume = NtfsFileSystem.open(image)) {
            List<FoundFile> found = new ArrayList<>();
            volume.scan(seed % 10 == 0, new ScanSink() {
                @Override
                public void found(FoundFile file) {
                    found.add(file);
                    if (found.size() > 100_000) {
                        throw new AssertionError("more files than the image has room for");
                    }
                }

                @Override
                public void skipped(RecoveryException problem) {
                    if (problem.getMessage() == null) {
                        throw new AssertionError("a problem without words");
                    }
                }

                @Override
                public void progress(long bytesRead, long total) {}
            });
            AllocationMap allocation = allocation(volume);
            for (FoundFile file : found) {
                check(allocation, file);
                if (file.contentKnown()) {
                    read(volume, file);
                }
            }
        }
    }

    private static @org.jspecify.annotations.Nullable AllocationMap allocation(NtfsFileSystem volume) {
        try {
            return volume.allocation();
        } catch (RecoveryException e) {
            return null;
        }
    }

    private static void check(@org.jspecify.annotations.Nullable AllocationMap allocation, FoundFile file) {
        for (FoundStream stream : file.streams()) {
            for (int i = 0; allocation != null && i < stream.runs().count(); i++) {
                if (stream.runs().lcn()[i] >= 0) {
                    try {
                        allocation.allocated(
                                stream.runs().lcn()[i], stream.runs().length()[i]);
                        allocation.firstAllocated(
                                stream.runs().lcn()[i], stream.runs().length()[i]);
                    } catch (RecoveryException e) {
                        return;
                    }
                }
            }
        }
    }

    private static void read(NtfsFileSystem volume, FoundFile file) {
        try (FileContent content = volume.open(file.key(), file.locator())) {
            for (Substream s = content.next(); s != null; s = content.next()) {
                drain(s);
            }
        } catch (RecoveryException e) {
            return; // a damaged file may say that it is
        }
    }

    /** Reads on while there are bytes; every chunk must be a step forward. */
    static void drain(Substream s) throws RecoveryException {
        long at = 0;
        long bytes = 0;
        int chunks = 0;
        for (Chunk chunk = s.next(); chunk != null; chunk = s.next()) {
            if (chunk.length() <= 0 || chunk.offset() != at) {
                throw new AssertionError(
                        "a chunk of " + chunk.length() + " at " + chunk.offset() + " where " + at + " comes next");
            }
            at += chunk.length();
            if (chunk instanceof Chunk.Bytes b) {
                bytes += b.data().remaining();
            }
            if (bytes > ENOUGH) {
                return;
            }
            if (++chunks > MANY_CHUNKS) {
                throw new AssertionError("more than " + MANY_CHUNKS + " chunks with " + bytes + " bytes");
            }
        }
        if (at != s.size()) {
            throw new AssertionError("a stream of " + s.size() + " bytes gave " + at);
        }
    }
}
