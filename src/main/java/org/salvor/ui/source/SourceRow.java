package org.salvor.ui.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.Source;
import org.salvor.text.Messages;

/** One disk of this computer, as the table shows it. */
record SourceRow(
        Source.Device device, String name, long size, String bus, String fileSystem, String label, Set<Badge> badges) {
    /** What a person should know of a disk before choosing it. */
    enum Badge {
        NEEDS_ADMIN,
        SYSTEM,
        IN_USE,
        SSD
    }

    static SourceRow of(Source.Device device) {
        DiskDetails details = device.details();
        Set<String> fileSystems = new LinkedHashSet<>();
        Set<String> labels = new LinkedHashSet<>();
        List<Path> mounts = new ArrayList<>();
        collect(details, fileSystems, labels, mounts);
        Set<Badge> badges = EnumSet.noneOf(Badge.class);
        if (!details.readable()) {
            badges.add(Badge.NEEDS_ADMIN);
        }
        if (mounts.stream().anyMatch(SourceRow::system)) {
            badges.add(Badge.SYSTEM);
        } else if (!mounts.isEmpty()) {
            badges.add(Badge.IN_USE);
        }
        if (details.solidState()) {
            badges.add(Badge.SSD);
        }
        return new SourceRow(
                device,
                details.model().isBlank() ? device.text() : details.model().strip(),
                details.size(),
                details.bus(),
                String.join(", ", fileSystems),
                String.join(", ", labels),
                badges);
    }

    /** "USB \u00b7 /dev/sdb"; for a technician also the serial number, as it stands on the label. */
    String identity(boolean technical) {
        String serial = device.details().serial();
        String path = device.text();
        String place = bus.isBlank() ? path : Messages.get("source.identity", bus, path);
        return !technical || serial.isBlank() ? place : Messages.get("source.identity.serial", place, serial);
    }

    private static void collect(DiskDetails details, Set<String> fileSystems, Set<String> labels, List<Path> mounts) {
        if (!details.fileSystem().isBlank()) {
            fileSystems.add(details.fileSystem());
        }
        if (!details.label().isBlank()) {
            labels.add(details.label());
        }
        mounts.addAll(details.mountPoints());
        for (Source.Device part : details.parts()) {
            collect(part.details(), fileSystems, labels, mounts);
        }
    }

    private static boolean system(Path mount) {
        return mount.getNameCount() == 0;
    }

    static String text(Badge badge) {
        return switch (badge) {
            case NEEDS_ADMIN -> Messages.get("source.badge.admin");
            case SYSTEM -> Messages.get("source.badge.system");
            case IN_USE -> Messages.get("source.badge.inUse");
            case SSD -> Messages.get("source.badge.ssd");
        };
    }

    /** What the program tells once the disk is chosen; the most important first. */
    static String advice(Badge badge) {
        return switch (badge) {
            case NEEDS_ADMIN -> Messages.get("source.advice.admin");
            case SYSTEM -> Messages.get("source.advice.system");
            case IN_USE -> Messages.get("source.advice.inUse");
            case SSD -> Messages.get("source.advice.ssd");
        };
    }
}
