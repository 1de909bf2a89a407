package org.salvor.windows.backup;

import java.util.Optional;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;

/** The target of Windows with the functions of the double, on a folder that is taken for NTFS. */
public final class NtfsDouble {
    private NtfsDouble() {}

    /** @param library the double of BackupWrite */
    public static SystemTarget target(String library) {
        BackupWriteSystem system = BackupWriteSystem.of(library, library);
        return new SystemTarget() {
            @Override
            public Optional<TargetCapabilities> on(TargetCapabilities portable) {
                return system.on(ntfs(portable));
            }

            @Override
            public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
                return system.open(capabilities, keeping);
            }
        };
    }

    static TargetCapabilities ntfs(TargetCapabilities of) {
        return new TargetCapabilities(
                "ntfs", of.namedStreams(), false, true, true, of.windowsNames(), of.longestName(), of.largestFile());
    }
}
