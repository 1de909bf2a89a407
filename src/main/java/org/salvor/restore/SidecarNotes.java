package org.salvor.restore;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.RestoreNotes;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/** The notes of a restore are its {@link CommonSidecar}; where a folder has those of several restores, the later one holds. */
public final class SidecarNotes implements RestoreNotes {
    @Override
    public Map<String, Note> of(Path folder) throws RecoveryException {
        Map<String, Note> notes = new HashMap<>();
        Path file = folder;
        try {
            for (Path sidecar : SidecarPlace.sidecars(folder)) {
                file = sidecar.resolve(CommonSidecar.FILE);
                for (SidecarEntry entry : SidecarReader.read(file).entries()) {
                    notes.put(
                            entry.target(), new Note(entry.folder(), entry.size(), entry.times(), entry.attributes()));
                }
            }
            return notes;
        } catch (FormatException e) {
            throw new RecoveryException(Messages.get("notes.damaged", file, String.valueOf(e.getMessage())), e);
        } catch (IOException e) {
            throw new RecoveryException(Messages.get("notes.unreadable", file, IoReasons.of(e)), e);
        }
    }
}
