package org.salvor.engine.keys;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.efs.EfsMetadata;
import org.salvor.backup.efs.FileKey;
import org.salvor.backup.efs.RawExport;
import org.salvor.backup.efs.StoredStream;
import org.salvor.fault.CancelledException;
import org.salvor.fault.EndsEarlyException;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.Keyring;
import org.salvor.substream.ChunkSource;
import org.salvor.substream.SourceSubstream;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/**
 * Content in which an EFS export ({@link StreamType#ENCRYPTED_RAW}) gives way to the streams that are in it, where a key of the
 * keyring opens them now; otherwise it passes as it is. Everything else passes too.
 */
public final class DecryptedContent implements Content.Substreams, Content.RandomAccess {
    /** Opens the content as it is stored, fresh at each call. */
    @FunctionalInterface
    public interface Opener {
        Content.Substreams open() throws RecoveryException;
    }

    private final Opener opener;
    private final Keyring keys;
    private final Content.Substreams stored;
    private final Queue<Substream> decrypted = new ArrayDeque<>();
    private boolean looked;
    private @Nullable ReopenedSource raw;
    private @Nullable RawExport export;
    private @Nullable ChunkSource main;
    private String damage = "";

    /** The export as it is stored, where its end may say that it is not what was written. */
    private @Nullable Substream unchecked;

    public DecryptedContent(Opener opener, Keyring keys) throws RecoveryException {
        this.opener = opener;
        this.keys = keys;
        this.stored = opener.open();
    }

    @Override
    public @Nullable Substream next() throws RecoveryException {
        Substream ready = decrypted.poll();
        if (ready != null) {
            return ready;
        }
        check();
        if (!damage.isEmpty()) {
            String told = damage;
            damage = "";
            throw new EndsEarlyException(told);
        }
        Substream stream = stored.next();
        if (stream == null || stream.type() != StreamType.ENCRYPTED_RAW || !look()) {
            return stream;
        }
        RawExport open = Objects.requireNonNull(export);
        damage = open.damage();
        unchecked = stream.checked() ? stream : null;
        for (StoredStream each : open.streams()) {
            decrypted.add(new SourceSubstream(
                    each.name().isEmpty() ? StreamType.DATA : StreamType.ALTERNATE_DATA,
                    each.name(),
                    each.name().isEmpty() && main != null ? main : plain(open, each),
                    each.sparse()));
        }
        return next();
    }

    /** The bytes that were decrypted are not read in a way that checks them; a wrong checksum is told behind them. */
    private void check() throws RecoveryException {
        Substream all = unchecked;
        unchecked = null;
        while (all != null && all.next() != null) {
            // its end is what matters
        }
    }

    /** Whether there is an export in it that a key opens. */
    private boolean look() throws RecoveryException {
        if (looked) {
            return export != null;
        }
        looked = true;
        ReopenedSource source = ReopenedSource.of(opener);
        if (source == null) {
            return false;
        }
        raw = source;
        try {
            // The key record comes first: without a key the rest, which may be long, is not walked through.
            EfsMetadata record = EfsMetadata.parse(RawExport.keyRecord(source));
            try (FileKey key = FileKey.open(record, keys::privateKey)) {
                if (key == null) {
                    return false;
                }
            }
            RawExport found = RawExport.read(source);
            export = found;
            for (StoredStream each : found.streams()) {
                main = each.name().isEmpty() ? plain(found, each) : main;
            }
            return true;
        } catch (CancelledException e) {
            throw e;
        } catch (RecoveryException e) {
            return false; // it stays as it is: an export that Windows may still know how to open
        }
    }

    private ChunkSource plain(RawExport open, StoredStream stream) throws RecoveryException {
        if (!stream.encrypted()) {
            return stream.bytes();
        }
        try (FileKey key = FileKey.open(open.keys(), keys::privateKey)) {
            if (key == null) {
                throw new FormatException("EFS export", -1, "the key that was here a moment ago", "none");
            }
            return key.decrypt(stream.bytes(), stream.size(), stream.valid());
        }
    }

    /** The decrypted main stream; of content without an export its own; null where it is locked. */
    @Override
    public Content.@Nullable RandomAccess main() {
        try {
            return look() ? this : raw == null ? stored.main() : null;
        } catch (RecoveryException e) {
            return null;
        }
    }

    @Override
    public long size() {
        return main == null ? 0 : main.size();
    }

    @Override
    public int read(long position, ByteBuffer target) throws RecoveryException {
        if (main == null || position < 0 || position >= main.size()) {
            return -1;
        }
        int start = target.position();
        main.fill(position, target);
        return target.position() - start;
    }

    @Override
    public void close() {
        stored.close();
        if (raw != null) {
            raw.close();
        }
    }
}
