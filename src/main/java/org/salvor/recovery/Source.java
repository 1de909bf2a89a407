package org.salvor.recovery;

import java.nio.file.Path;

/** What a person picks. */
public sealed interface Source {
    /** As it stands in commands and reports: the path, or "practice:". */
    String text();

    /** A disk or volume of this computer. */
    record Device(Path path, DiskDetails details) implements Source {
        @Override
        public String text() {
            return DevicePaths.name(path);
        }
    }

    /** A disk image, a backup file, or the first part of one that is split. */
    record ImageFile(Path path) implements Source {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /** A folder that holds a backup. */
    record BackupFolder(Path path) implements Source {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /** A scan saved before; it names the source it was made of. */
    record SavedScan(Path path) implements Source {
        @Override
        public String text() {
            return path.toString();
        }
    }

    /** The practice disk that comes with the program. */
    record Practice() implements Source {
        @Override
        public String text() {
            return "practice:";
        }
    }
}
