package org.salvor.backup;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.substream.LinkPath;

/**
 * One file or folder of a backup.
 *
 * @param key the format's own number of it within its set, 0 to 2^40 - 1
 * @param locator what {@link BackupArchive#open} needs to find it again, for example its position
 * @param name without folders; as the backup has it, not yet checked for what a target can hold
 * @param size of the main stream in bytes, holes included; of an EFS export that of the file in it, where the backup tells it
 * @param stored bytes it takes in the backup
 * @param times in units of 100 ns since 1970 UTC
 * @param attributes Windows file attributes
 * @param streams named data streams
 * @param state what the backup itself says of it
 */
public record BackupEntry(
        long key,
        long locator,
        String name,
        boolean folder,
        long size,
        long stored,
        Times times,
        int attributes,
        List<NamedStream> streams,
        State state) {
    /** A named data stream; size in bytes. */
    public record NamedStream(String name, long size) {}

    /** Times in units of 100 ns since 1970 UTC, {@link #UNKNOWN} where there is none. */
    public record Times(long created, long modified, long changed, long accessed) {
        public static final long UNKNOWN = Long.MIN_VALUE;
        public static final Times NONE = new Times(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN);
    }

    /** What the backup itself says of an entry. */
    public sealed interface State {
        /** All of it is there. */
        record Whole() implements State {}

        /** A part is missing or was unreadable when the backup was made; {@code why} is a sentence, {@code lost} in bytes of the main stream. */
        record Damaged(long lost, String why) implements State {}

        /**
         * Kept as an EFS export; each of {@code certificates} can open it, and none is told where the listing does not read so far.
         * {@code windowsOnly} where that needs Windows; {@code damage} says what of it is missing, if anything is.
         */
        record Encrypted(
                List<CertificateNeeded> certificates,
                boolean windowsOnly,
                @Nullable Damaged damage) implements State {
            public Encrypted(List<CertificateNeeded> certificates, boolean windowsOnly) {
                this(certificates, windowsOnly, null);
            }

            public Encrypted(List<CertificateNeeded> certificates) {
                this(certificates, false, null);
            }
        }

        /** Its content lies in a store that is not in the backup (deduplication, cloud); {@code why} is a sentence. */
        record Elsewhere(String why) implements State {}

        /** It has no content of its own: it is a further name of the file at that path, which may be in the backup (a hard link). */
        record OtherName(LinkPath of) implements State {}
    }
}
