package org.salvor.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.salvor.recovery.PlaceResolver;
import org.salvor.text.Messages;

/**
 * Physical places by what the kernel tells: the mount table, {@code /sys/dev/block}, and the numbers of files. Mounts in user
 * space (ntfs-3g and others) are followed to the image or device they were made of.
 */
public final class LinuxPlaces implements PlaceResolver {
    @Override
    public Places holding(Path path) {
        PlaceWalk walk = new PlaceWalk();
        try {
            walk.fileSystem(existing(path).toRealPath(), true, false, 0);
        } catch (PlaceUnknownException e) {
            walk.unknown(e.getMessage());
        } catch (NoSuchFileException e) {
            walk.unknown(Messages.get("plan.dangling", path));
        } catch (IOException e) {
            walk.unknown(Messages.get("place.unreadable", path, String.valueOf(e.getMessage())));
        }
        return walk.places();
    }

    @Override
    public Places source(Path path) {
        PlaceWalk walk = new PlaceWalk();
        try {
            walk.start(path.toRealPath());
        } catch (PlaceUnknownException e) {
            walk.unknown(e.getMessage());
        } catch (IOException e) {
            walk.unknown(Messages.get("place.unreadable", path, String.valueOf(e.getMessage())));
        }
        return walk.places();
    }

    /** The path or its nearest parent that is there; a link that leads nowhere counts as there, so that it is refused. */
    private static Path existing(Path path) {
        for (Path at = path.toAbsolutePath().normalize(); at.getParent() != null; at = at.getParent()) {
            if (Files.exists(at, LinkOption.NOFOLLOW_LINKS)) {
                return at;
            }
        }
        return path.toAbsolutePath().getRoot();
    }

    /** File systems whose files lie in memory only. */
    static final List<String> MEMORY = List.of("tmpfs", "ramfs", "devtmpfs", "hugetlbfs");

    /** File systems of another computer, or of the host of a virtual one. */
    static final List<String> NETWORK = List.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb3",
            "smbfs",
            "ceph",
            "afs",
            "9p",
            "virtiofs",
            "glusterfs",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.cephfs");
}
