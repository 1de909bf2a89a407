package org.salvor.device;

import java.nio.file.Path;
import java.util.List;
import org.salvor.fault.RecoveryException;

/** Opens live devices of an operating system; implemented in posix and windows. */
public interface DeviceOpener {
    /** Whether this path is a device that this opener knows. */
    boolean handles(Path path);

    /** Opens for reading only. A missing right is told in words. */
    BlockDevice open(Path path) throws RecoveryException;

    /** The disks and volumes this computer offers now; empty where there are none to be seen. */
    List<DeviceDescription> list();
}
