package org.salvor.engine.volume;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceDescription;
import org.salvor.device.DeviceOpener;
import org.salvor.device.Images;
import org.salvor.device.ResilientDevice;
import org.salvor.device.SliceDevice;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileSystem;
import org.salvor.filesystem.ntfs.NtfsFileSystem;
import org.salvor.recovery.Availability;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoveryEngine;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.text.Messages;

/** The portable engine: disks, volumes and images, read in plain Java on any computer. */
public final class VolumeEngine implements RecoveryEngine {
    /** Where the practice disk comes from; made anew at each call. */
    @FunctionalInterface
    public interface PracticeDisk {
        BlockDevice open() throws RecoveryException;
    }

    private final List<DeviceOpener> openers;
    private final PracticeDisk practice;

    /** @param openers the first one that knows a path opens it */
    public VolumeEngine(List<DeviceOpener> openers, PracticeDisk practice) {
        this.openers = List.copyOf(openers);
        this.practice = practice;
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public Availability availability() {
        return Availability.HERE;
    }

    @Override
    public List<Source> discover() {
        List<Source> all = new ArrayList<>();
        for (DeviceOpener opener : openers) {
            for (DeviceDescription device : opener.list()) {
                all.add(source(device));
            }
        }
        return all;
    }

    private static Source.Device source(DeviceDescription device) {
        return new Source.Device(
                device.path(),
                new DiskDetails(
                        device.model(),
                        device.serial(),
                        device.bus(),
                        device.size(),
                        device.sectorSize(),
                        device.removable(),
                        device.solidState(),
                        device.readable(),
                        device.mountPoints(),
                        device.fileSystem(),
                        device.label(),
                        device.parts().stream().map(VolumeEngine::source).toList()));
    }

    @Override
    public Optional<SourceNode> recognise(Source source, Keyring keys) throws RecoveryException {
        if (!concerns(source)) {
            return Optional.empty();
        }
        try (ResilientDevice disk = new ResilientDevice(open(source))) {
            return Optional.of(new Recogniser(source, disk).tree());
        }
    }

    /** As {@link #recognise}, and reads the whole disk for volumes that no partition table names. */
    @Override
    public Optional<SourceNode> sweep(Source source, Keyring keys, JobMonitor monitor) throws RecoveryException {
        if (!concerns(source)) {
            return Optional.empty();
        }
        try (ResilientDevice disk = new ResilientDevice(open(source))) {
            return Optional.of(new Recogniser(source, disk).swept(monitor));
        }
    }

    private static boolean concerns(Source source) {
        return switch (source) {
            case Source.Device device -> true;
            case Source.ImageFile image -> true;
            case Source.Practice disk -> true;
            case Source.BackupFolder folder -> false;
            case Source.SavedScan scan -> false;
        };
    }

    @Override
    public RecoverySession open(SourceNode node, Keyring keys) throws RecoveryException {
        if (node.state() != SourceNode.State.READABLE) {
            throw new RecoveryException(Messages.get("source.not-readable", node.title(), node.detail()));
        }
        BlockDevice source = open(node.source());
        try {
            long length = node.length() < 0 ? source.size() : node.length();
            int sectorSize = Recogniser.sectorSize(source, node.offset());
            SliceDevice slice = new SliceDevice(source, node.offset(), length, sectorSize, source.describe());
            ResilientDevice volume = new ResilientDevice(slice);
            FileSystem fileSystem = NtfsFileSystem.open(volume, new EfsDecoder(keys));
            return new VolumeSession(node, source, volume, fileSystem, keys);
        } catch (RecoveryException e) {
            source.close();
            throw e;
        }
    }

    private BlockDevice open(Source source) throws RecoveryException {
        return switch (source) {
            case Source.Practice disk -> practice.open();
            case Source.ImageFile image -> Images.open(image.path());
            case Source.Device device -> device(device);
            case Source.BackupFolder folder ->
                throw new RecoveryException(Messages.get("source.unknown", source.text()));
            case Source.SavedScan scan -> throw new RecoveryException(Messages.get("source.unknown", source.text()));
        };
    }

    private BlockDevice device(Source.Device device) throws RecoveryException {
        for (DeviceOpener opener : openers) {
            if (opener.handles(device.path())) {
                return opener.open(device.path());
            }
        }
        if (Files.notExists(device.path())) {
            throw new RecoveryException(Messages.get("device.image.missing", device.text()));
        }
        throw new RecoveryException(
                openers.isEmpty()
                        ? Messages.get("source.no-opener", device.text())
                        : Messages.get("device.image.special", device.text()));
    }
}
