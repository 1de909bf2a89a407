package org.salvor.windows;

import com.sun.jna.Native;
import com.sun.jna.platform.win32.Kernel32;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.salvor.windows.WineDriver.Value;

/**
 * Before all tests under Wine: a driver double tells that all volumes lie on disk 0. Wine itself does not tell it, and then nothing of an
 * image or a disk may be saved. On other systems it does nothing.
 */
public final class WinePlaces implements BeforeAllCallback {
    private static boolean told;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        tell();
    }

    private static synchronized void tell() throws IOException {
        if (told || !Wine.isHere()) {
            return;
        }
        told = true;
        StringBuilder volumes = new StringBuilder();
        for (Path root : FileSystems.getDefault().getRootDirectories()) {
            char[] name = new char[64];
            if (Kernel32.INSTANCE.GetVolumeNameForVolumeMountPoint(root.toString(), name, name.length)) {
                String volume = Native.toString(name); // with the prefix of a folder, and the backslash behind it
                volumes.append(volumes.isEmpty() ? "" : "\\0").append(volume, 4, volume.length() - 1);
            }
        }
        WineDriver.start("volume_places", new Value("Volumes", "REG_MULTI_SZ", volumes.toString()));
    }
}
