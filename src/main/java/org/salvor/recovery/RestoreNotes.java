package org.salvor.recovery;

import java.nio.file.Path;
import java.util.Map;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.PreparedFile.FileTimes;

/** What an earlier restore or export noted beside the files that it wrote. */
@FunctionalInterface
public interface RestoreNotes {
    /** Where nobody notes anything. */
    RestoreNotes NONE = folder -> Map.of();

    /**
     * @param size of the file as it was written, in bytes
     * @param times those of the file on the source, and so its Windows attributes
     */
    record Note(boolean folder, long size, FileTimes times, int attributes) {}

    /**
     * By the path of the file in the folder that was written into, with "/"; empty where nothing is noted.
     *
     * @throws RecoveryException there are notes that cannot be read or that no restore has written: none of them is to be believed
     */
    Map<String, Note> of(Path folder) throws RecoveryException;
}
