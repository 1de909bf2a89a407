package org.salvor.windows.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.StreamsInTurn;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.Chunk;
import org.salvor.substream.ReparseData;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.substream.WireWriter;
import org.salvor.text.Messages;
import org.salvor.windows.WindowsException;

/**
 * The work on one file. Data come first, in one run of BackupWrite. What else belongs to the file follows, each in a run of its own,
 * because an error ends a run: extended attributes, object id, permissions, the reparse point; then times and attributes.
 */
final class FileWriting {
    /** Windows takes no more than 64 KiB of anything that belongs to a file; a little room for what is odd. */
    private static final int MAX_BELONGINGS = 1 << 20;

    /** IsReparseTagNameSurrogate: the point stands for another file or folder. */
    private static final int NAME_SURROGATE = 0x20000000;

    private static final int SACL_PRESENT = 0x10;

    /** Those that a person can set: read-only, hidden, system, archive, temporary, offline, not indexed. */
    private static final int SETTABLE = 0x3127;

    private static final int READ_ONLY = 1;

    /** Says "no other attribute" where 0 would say "leave them". */
    private static final int NORMAL = 0x80;

    private static final List<StreamType> AFTER_DATA =
            List.of(StreamType.EA_DATA, StreamType.OBJECT_ID, StreamType.SECURITY_DATA, StreamType.REPARSE_DATA);

    private final Kernel kernel;
    private final Keeping keeping;
    private final PreparedFile file;
    private final JobMonitor monitor;
    private final List<WrittenStreams.Named> named = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /** The last of each kind counts, as for Windows. */
    private final Map<StreamType, Belonging> belongings = new EnumMap<>(StreamType.class);

    private String sha256 = HexFormat.of().formatHex(Measured.digest().digest());
    private String security = "";
    private long size;
    private long lost;
    private boolean main;
    private boolean encrypted;
    private boolean sidecar;

    FileWriting(Kernel kernel, Keeping keeping, PreparedFile file, JobMonitor monitor) {
        this.kernel = kernel;
        this.keeping = keeping;
        this.file = file;
        this.monitor = monitor;
    }

    WrittenStreams all(Content.Substreams content) throws IOException, RecoveryException {
        try (OpenFile open = OpenFile.forData(kernel, file.temporary());
                BackupStreams streams = new BackupStreams(kernel, open, false, monitor)) {
            StreamsInTurn turn = new StreamsInTurn(content, file.folder());
            for (Substream stream = turn.next(); stream != null; stream = turn.next()) {
                monitor.checkpoint();
                one(stream, open, streams);
            }
            streams.flush();
            cutOff(turn.lost());
        }
        if (!main && !file.folder() && file.size() > 0) {
            lost += file.size();
            notes.add(Messages.get("restore.no-content"));
        }
        for (StreamType type : AFTER_DATA) {
            Belonging belonging = belongings.get(type);
            if (belonging != null) {
                monitor.checkpoint();
                put(belonging);
            }
        }
        timesAndAttributes();
        if (sidecar) {
            keeping.finish(file, size, sha256);
        }
        return new WrittenStreams(size, sha256, named, lost, sidecar, security, encrypted, notes);
    }

    private void cutOff(String why) {
        if (!why.isEmpty()) {
            lost++;
            notes.add(why);
        }
    }

    private void one(Substream stream, OpenFile open, BackupStreams streams) throws IOException, RecoveryException {
        switch (stream.type()) {
            case DATA -> main(stream, open, streams);
            case ENCRYPTED_RAW -> {
                encrypted = true;
                if (!file.folder()) { // of a folder, whoever prepared it tells what became of it
                    notes.add(Messages.get("restore.kept-encrypted"));
                }
                main(stream, open, streams);
            }
            case ALTERNATE_DATA -> alternate(stream, streams);
            case SECURITY_DATA, EA_DATA, OBJECT_ID, REPARSE_DATA -> later(stream);
            case LINK, PROPERTY_DATA, SPARSE_BLOCK, TXFS_DATA, GHOSTED_FILE_EXTENTS -> {
                // A link would make a name that nobody has planned; the others mean nothing to Windows of today.
                byte[] content = small(stream);
                if (content != null) {
                    aside(stream.type(), stream.name(), content);
                }
            }
        }
    }

    private void main(Substream stream, OpenFile open, BackupStreams streams) throws IOException, RecoveryException {
        if (file.folder()) {
            return;
        }
        if (main) {
            throw new RecoveryException(Messages.get("windows.backup.two-contents"));
        }
        main = true;
        boolean takesHoles = stream.sparse() && stream.size() > 0 && open.sparse();
        Measured measured = new Measured(stream, StreamType.DATA, takesHoles, monitor);
        write(measured, streams);
        size = stream.size();
        sha256 = measured.sha256();
        told(measured, file.name());
        if (measured.lost() > 0 && !measured.written()) {
            throw new RecoveryException(Messages.get("restore.nothing-left", String.join(" ", measured.gaps())));
        }
    }

    private void alternate(Substream stream, BackupStreams streams) throws IOException, RecoveryException {
        boolean takesHoles = false;
        if (stream.sparse() && stream.size() > 0) {
            // Every stream is sparse or not for itself, so it has to be there before its data come.
            streams.flush();
            try (OpenFile own = OpenFile.forStream(kernel, file.temporary(), stream.name())) {
                takesHoles = own.sparse();
            }
        }
        Measured measured = new Measured(stream, StreamType.ALTERNATE_DATA, takesHoles, monitor);
        write(measured, streams);
        told(measured, file.name() + ":" + stream.name());
        named.add(
                new WrittenStreams.Named(stream.name(), stream.size(), measured.sha256(), WrittenStreams.Place.COLON));
    }

    private static void write(Measured measured, BackupStreams streams) throws IOException, RecoveryException {
        new WireWriter(streams, (stream, loss) -> {
                    if (loss.length() == 0) {
                        measured.doubted(loss.reason());
                    } else if (!measured.begun()) {
                        measured.refused(loss); // not one byte of it was asked for
                    }
                })
                .write(measured);
    }

    private void told(Measured measured, String what) {
        lost += measured.lost();
        measured.gaps().forEach(gap -> notes.add(what + ": " + gap));
    }

    private void later(Substream stream) throws RecoveryException {
        byte[] content = small(stream);
        if (content != null) {
            belongings.put(stream.type(), new Belonging(stream.type(), content));
        }
    }

    /** All of a stream; null, with a note, where it is not whole or too large: half a security descriptor is worse than none. */
    private byte @Nullable [] small(Substream stream) throws RecoveryException {
        byte[] content = stream.size() > MAX_BELONGINGS ? null : Measured.whole(stream, monitor);
        if (content == null) {
            lost++;
            notes.add(
                    stream.type() == StreamType.SECURITY_DATA
                            ? Messages.get("restore.security-damaged")
                            : Messages.get("windows.backup.part-damaged", words(stream.type())));
        }
        return content;
    }

    private void put(Belonging belonging) throws IOException, RecoveryException {
        switch (belonging.type()) {
            case SECURITY_DATA -> permissions(belonging);
            case REPARSE_DATA -> reparse(belonging);
            default -> {
                if (!taken(belonging)) {
                    keep(belonging);
                }
            }
        }
    }

    private void permissions(Belonging belonging) throws IOException, RecoveryException {
        security = keeping.security(belonging.content());
        if (!file.permissions()) {
            return;
        }
        try (OpenFile open = OpenFile.forSecurity(kernel, file.temporary())) {
            if (!open.takesPermissions()) {
                notes.add(Messages.get("restore.permissions-aside"));
                return;
            }
            run(belonging, open, true);
            byte[] descriptor = belonging.content();
            boolean audited = descriptor.length > 2 && (descriptor[2] & SACL_PRESENT) != 0;
            if (audited && !open.takesAuditing()) {
                notes.add(Messages.get("windows.backup.no-auditing"));
            }
        } catch (WindowsException e) {
            if (e.full()) {
                throw e;
            }
            notes.add(Messages.get("restore.permissions-aside"));
        }
    }

    /**
     * Only on a fresh empty file or folder, as Windows wants it. A link may lead out of the target: only those are put on that {@code restore}
     * has decided on and prepared ({@link PreparedFile#link}), when all files are there. Never on another folder: what is restored into it would
     * go where the point leads. Never for deduplication: without the chunks of its volume the file could not be read.
     */
    private void reparse(Belonging belonging) throws IOException, RecoveryException {
        ByteBuffer content = ByteBuffer.wrap(belonging.content()).order(ByteOrder.LITTLE_ENDIAN);
        if (content.remaining() >= Integer.BYTES && content.getInt(0) == ReparseData.TAG_DEDUPLICATION) {
            if (size == 0) {
                // Its data are elsewhere and did not come: an empty file must not pass for a whole one.
                lost += lost == 0 ? 1 : 0;
                notes.add(Messages.get("windows.backup.deduplicated"));
            }
            keep(belonging);
            return;
        }
        boolean link = content.remaining() >= Integer.BYTES && (content.getInt(0) & NAME_SURROGATE) != 0;
        boolean wanted = file.link() || !link && !file.folder();
        boolean fresh = wanted && size == 0 && named.isEmpty() && lost == 0;
        if (!fresh || content.remaining() > ReparseData.MAX_SIZE || !taken(belonging)) {
            keep(belonging);
            notes.add(Messages.get("restore.link-aside"));
        }
    }

    private boolean taken(Belonging belonging) throws WindowsException, RecoveryException {
        try (OpenFile open = OpenFile.forData(kernel, file.temporary())) {
            run(belonging, open, false);
            return true;
        } catch (WindowsException e) {
            if (e.full()) {
                throw e;
            }
            return false; // an object id that another file has, extended attributes that are not wanted here
        }
    }

    private void run(Belonging belonging, OpenFile open, boolean permissions)
            throws WindowsException, RecoveryException {
        try (BackupStreams streams = new BackupStreams(kernel, open, permissions, monitor)) {
            new WireWriter(streams, (stream, loss) -> {
                        throw new IllegalStateException("it is whole and in memory");
                    })
                    .write(belonging.stream());
            streams.flush();
        } catch (WindowsException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("only Windows can refuse", e);
        }
    }

    private void keep(Belonging belonging) throws IOException {
        aside(belonging.type(), "", belonging.content());
        if (belonging.type() != StreamType.REPARSE_DATA) {
            notes.add(Messages.get("windows.backup.part-aside", words(belonging.type())));
        }
    }

    private static String words(StreamType type) {
        return switch (type) {
            case EA_DATA -> Messages.get("windows.backup.part.attributes");
            case OBJECT_ID -> Messages.get("windows.backup.part.object-id");
            case REPARSE_DATA, LINK -> Messages.get("windows.backup.part.link");
            default -> Messages.get("windows.backup.part.other");
        };
    }

    private void aside(StreamType type, String name, byte[] content) throws IOException {
        keeping.aside(file, type, name, content);
        sidecar = true;
    }

    private void timesAndAttributes() throws WindowsException {
        PreparedFile.FileTimes times = file.times();
        int attributes = file.attributes() & SETTABLE;
        try (OpenFile open = OpenFile.forData(kernel, file.temporary())) {
            open.basic(
                    times.created(),
                    times.accessed(),
                    times.modified(),
                    times.changed(),
                    Catalog.NO_TIME,
                    attributes == 0 ? NORMAL : attributes);
            if ((attributes & READ_ONLY) != 0 && !file.folder()) {
                open.flush();
            }
        }
    }

    /** A small stream, whole. */
    private record Belonging(StreamType type, byte[] content) {
        Substream stream() {
            return new Substream() {
                private boolean given;

                @Override
                public StreamType type() {
                    return type;
                }

                @Override
                public String name() {
                    return "";
                }

                @Override
                public long size() {
                    return content.length;
                }

                @Override
                public @Nullable Chunk next() {
                    if (given) {
                        return null;
                    }
                    given = true;
                    return new Chunk.Bytes(0, ByteBuffer.wrap(content));
                }
            };
        }
    }
}
