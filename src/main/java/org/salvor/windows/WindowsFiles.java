package org.salvor.windows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.HostFiles;

/** Files of Windows, as far as Java knows them: named streams can be opened beside their file, extended attributes cannot be had. */
public final class WindowsFiles implements HostFiles {
    @Override
    public byte @Nullable [] attribute(Path file, String name) {
        return null;
    }

    @Override
    public void attribute(Path file, String name, byte[] value) throws IOException {
        PLAIN.attribute(file, name, value);
    }

    @Override
    public List<String> attributes(Path file) {
        return List.of();
    }

    @Override
    public boolean colonStreams() {
        return true;
    }

    /** One by one. A read-only file cannot be opened for it: whoever makes one brings it to the medium before it becomes that. */
    @Override
    public void sync(Path folder, List<Path> files) throws IOException {
        List<Path> open = new ArrayList<>();
        for (Path file : files) {
            DosFileAttributeView view = Files.getFileAttributeView(file, DosFileAttributeView.class);
            DosFileAttributes attributes = view == null ? null : view.readAttributes();
            if (attributes == null || !attributes.isReadOnly()) {
                open.add(file);
            }
        }
        PLAIN.sync(folder, open);
    }

    @Override
    public void forget(Path file) {}
}
