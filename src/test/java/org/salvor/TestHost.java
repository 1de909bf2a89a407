package org.salvor;

import org.junit.jupiter.api.condition.OS;
import org.salvor.posix.LinuxFiles;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.PlaceResolver;
import org.salvor.windows.WindowsFiles;
import org.salvor.windows.disk.WindowsPlaces;

/** What the program has of the system that the tests run on, as its wiring chooses it. */
public final class TestHost {
    private TestHost() {}

    public static PlaceResolver places() {
        return OS.WINDOWS.isCurrentOs() ? WindowsPlaces.ofSystem() : new LinuxPlaces();
    }

    public static HostFiles files() {
        return OS.WINDOWS.isCurrentOs() ? new WindowsFiles() : new LinuxFiles();
    }
}
