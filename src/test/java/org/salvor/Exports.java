package org.salvor;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupContent;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.engine.keys.DecryptedContent;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.Keyring;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/** Opens exports of encrypted files as backups are opened. */
public final class Exports {
    private Exports() {}

    /** SHA-256 of the streams that the keys open, by name; the main one has an empty name. */
    public static Map<String, String> streams(Path export, Keyring keys) throws Exception {
        Map<String, String> all = new TreeMap<>();
        try (BackupArchive archive = EfsArchive.open(export).orElseThrow();
                DecryptedContent content = new DecryptedContent(() -> stored(archive), keys)) {
            for (Substream stream = content.next(); stream != null; stream = content.next()) {
                if (stream.type() == StreamType.DATA || stream.type() == StreamType.ALTERNATE_DATA) {
                    all.put(stream.name(), hash(stream));
                }
            }
        }
        return all;
    }

    private static Content.Substreams stored(BackupArchive archive) throws RecoveryException {
        BackupContent content = archive.open(1, 0, 0);
        return new Content.Substreams() {
            @Override
            public @Nullable Substream next() throws RecoveryException {
                return content.next();
            }

            @Override
            public Content.@Nullable RandomAccess main() {
                return null;
            }

            @Override
            public void close() {
                content.close();
            }
        };
    }

    private static String hash(Substream stream) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (Chunk chunk = stream.next(); chunk != null; chunk = stream.next()) {
            switch (chunk) {
                case Chunk.Bytes bytes -> digest.update(bytes.data());
                case Chunk.Hole hole -> digest.update(new byte[Math.toIntExact(hole.length())]);
                case Chunk.Lost lost -> digest.update(new byte[Math.toIntExact(lost.length())]);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
