package org.salvor.restore;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.StreamsInTurn;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.TargetCapabilities.NamedStreams;
import org.salvor.recovery.WrittenStreams;
import org.salvor.substream.ReparseData;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/** Any folder that Java can write: named streams where the file system keeps them, everything else in the sidecar. */
final class PortableTarget implements RestoreTarget {
    /** The largest extended attribute that Linux takes. */
    private static final int MAX_ATTRIBUTE = 64 << 10;

    /** The largest security descriptor that is kept; Windows makes none over 64 KiB. */
    static final int MAX_SECURITY = 256 << 10;

    private final TargetCapabilities capabilities;
    private final HostFiles host;
    private final Aside kept;
    private final Spaces spaces = new Spaces();

    PortableTarget(TargetCapabilities capabilities, HostFiles host, Aside kept) {
        this.capabilities = capabilities;
        this.host = host;
        this.kept = kept;
    }

    @Override
    public TargetCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public WrittenStreams write(PreparedFile file, Content content, JobMonitor monitor)
            throws IOException, RecoveryException {
        return switch (content) {
            case Content.Substreams streams -> new Writing(file, monitor).all(streams);
            case Content.SelfWriting self -> {
                self.writeTo(file.temporary(), monitor);
                try (FileChannel written = FileChannel.open(
                        file.temporary(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
                    yield new WrittenStreams(
                            written.size(),
                            Hashes.of(written, monitor),
                            List.of(),
                            0,
                            false,
                            Descriptors.NONE,
                            false,
                            List.of());
                }
            }
        };
    }

    @Override
    public boolean links() {
        return capabilities.security();
    }

    @Override
    public void close() {}

    /** The work on one file. */
    private final class Writing {
        private final PreparedFile file;
        private final JobMonitor monitor;
        private final Sidecar sidecar;
        private final List<WrittenStreams.Named> named = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private long size;
        private String sha256 = Hashes.OF_NOTHING;
        private long lost;
        private boolean main;
        private boolean encrypted;
        private String security = Descriptors.NONE;

        /** Put on the file when all else is: what comes after would go where it leads. */
        private byte @Nullable [] reparse;

        Writing(PreparedFile file, JobMonitor monitor) {
            this.file = file;
            this.monitor = monitor;
            sidecar = kept.of(file);
        }

        WrittenStreams all(Content.Substreams content) throws IOException, RecoveryException {
            StreamsInTurn turn = new StreamsInTurn(content, file.folder());
            for (Substream stream = turn.next(); stream != null; stream = turn.next()) {
                monitor.checkpoint();
                one(stream);
            }
            cutOff(turn.lost());
            if (!main && !file.folder() && file.size() > 0) {
                lost += file.size();
                notes.add(Messages.get("restore.no-content"));
            }
            attributes();
            reparse();
            sidecar.finish(file, size, sha256);
            return new WrittenStreams(size, sha256, named, lost, !sidecar.empty(), security, encrypted, notes);
        }

        private void cutOff(String why) {
            if (!why.isEmpty()) {
                lost++;
                notes.add(why);
            }
        }

        private void one(Substream stream) throws IOException, RecoveryException {
            switch (stream.type()) {
                case DATA -> main(stream);
                case ENCRYPTED_RAW -> {
                    encrypted = true;
                    if (!file.folder()) { // of a folder, whoever prepared it tells what became of it
                        notes.add(Messages.get("restore.kept-encrypted"));
                    }
                    main(stream);
                }
                case ALTERNATE_DATA -> named(stream);
                case SECURITY_DATA -> security(stream);
                case EA_DATA -> onNtfs(stream, NtfsAttributes.EXTENDED);
                case OBJECT_ID -> onNtfs(stream, NtfsAttributes.OBJECT_ID);
                case REPARSE_DATA -> reparse(stream);
                case LINK, PROPERTY_DATA, SPARSE_BLOCK, TXFS_DATA, GHOSTED_FILE_EXTENTS ->
                    aside(stream, sidecar.fileFor(stream.type()));
            }
        }

        private void main(Substream stream) throws IOException, RecoveryException {
            StreamWriter writer = new StreamWriter(monitor, spaces);
            main = true;
            if (file.folder()) {
                return;
            }
            copy(stream, writer);
            size = writer.position();
            extend(writer.position(), file.channel(), file.temporary());
            sha256 = writer.sha256();
            told(writer, file.name());
            if (writer.lost() > 0 && !writer.written()) {
                throw new RecoveryException(Messages.get("restore.nothing-left", String.join(" ", writer.gaps())));
            }
        }

        private void copy(Substream stream, StreamWriter writer) throws IOException, CancelledException {
            if (stream.size() < StreamWriter.LARGE) {
                writer.copy(stream, file.channel());
                return;
            }
            try (EarlyWriting early = new EarlyWriting(host, file.temporary())) {
                writer.copy(stream, file.channel(), early::grown);
                early.finish();
            }
        }

        private void told(StreamWriter writer, String what) {
            lost += writer.lost();
            writer.gaps().forEach(gap -> notes.add(what + ": " + gap));
        }

        private void named(Substream stream) throws IOException, RecoveryException {
            if (capabilities.namedStreams() == NamedStreams.ATTRIBUTES && stream.size() <= MAX_ATTRIBUTE) {
                attribute(stream);
            } else if (capabilities.namedStreams() == NamedStreams.COLON && !file.folder() && plain(stream.name())) {
                colon(stream);
            } else {
                namedAside(stream);
            }
        }

        private boolean plain(String name) {
            return name.chars().allMatch(c -> c >= 0x20 && c != '/' && c != '\\' && c != ':');
        }

        private void attribute(Substream stream) throws IOException, RecoveryException {
            MemoryChannel memory = new MemoryChannel(MAX_ATTRIBUTE);
            StreamWriter writer = new StreamWriter(monitor, spaces);
            writer.copy(stream, memory);
            byte[] value = memory.content(writer.position());
            told(writer, file.name() + ":" + stream.name());
            String sha = writer.sha256();
            try {
                host.attribute(file.temporary(), "user." + stream.name(), value);
                named.add(new WrittenStreams.Named(stream.name(), value.length, sha, WrittenStreams.Place.ATTRIBUTE));
            } catch (IOException e) {
                // Too large for this file system, or none of its attributes: the sidecar takes it.
                String name = sidecar.fileFor(StreamType.ALTERNATE_DATA);
                try (SeekableByteChannel out = sidecar.open(name)) {
                    out.write(ByteBuffer.wrap(value));
                }
                kept(stream, name, value.length, sha);
            }
        }

        private void colon(Substream stream) throws IOException, RecoveryException {
            Path path;
            try {
                path = Path.of(file.temporary() + ":" + stream.name());
            } catch (InvalidPathException e) {
                namedAside(stream);
                return;
            }
            StreamWriter writer = new StreamWriter(monitor, spaces);
            try (FileChannel out = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                writer.copy(stream, out);
                extend(writer.position(), out, path);
            }
            told(writer, file.name() + ":" + stream.name());
            named.add(new WrittenStreams.Named(
                    stream.name(), writer.position(), writer.sha256(), WrittenStreams.Place.COLON));
        }

        private void namedAside(Substream stream) throws IOException, RecoveryException {
            String name = sidecar.fileFor(StreamType.ALTERNATE_DATA);
            StreamWriter writer = aside(stream, name, file.name() + ":" + stream.name());
            kept(stream, name, writer.position(), writer.sha256());
        }

        private void kept(Substream stream, String name, long length, String sha) {
            sidecar.part(StreamType.ALTERNATE_DATA, stream.name(), name, length, sha);
            named.add(new WrittenStreams.Named(stream.name(), length, sha, WrittenStreams.Place.SIDECAR));
            notes.add(Messages.get("restore.stream-aside", stream.name()));
        }

        private void aside(Substream stream, String name) throws IOException, RecoveryException {
            StreamWriter writer = aside(stream, name, file.name() + " (" + stream.type() + ")");
            sidecar.part(stream.type(), stream.name(), name, writer.position(), writer.sha256());
            if (stream.type() == StreamType.REPARSE_DATA) {
                notes.add(Messages.get("restore.link-aside"));
            }
        }

        private void reparse(Substream stream) throws IOException, RecoveryException {
            if (!file.link() || !links() || stream.size() > ReparseData.MAX_SIZE) {
                aside(stream, sidecar.fileFor(stream.type()));
                return;
            }
            MemoryChannel memory = new MemoryChannel(ReparseData.MAX_SIZE);
            StreamWriter writer = new StreamWriter(monitor, spaces);
            writer.copy(stream, memory);
            told(writer, file.name() + " (" + stream.type() + ")");
            reparse = writer.lost() > 0 ? null : memory.content(writer.position());
        }

        private void reparse() {
            byte[] data = reparse;
            if (data == null) {
                return;
            }
            try {
                host.attribute(file.temporary(), NtfsAttributes.REPARSE, data);
                // For the kernel it was a file or a folder until now: it says so once more, with an error, and then
                // looks again.
                Files.readAttributes(file.temporary(), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException e) {
                // Whoever prepared the file sees whether it is a link now.
            }
        }

        /** What only NTFS has goes onto the file where the target is one, and takes it; otherwise into the sidecar. */
        private void onNtfs(Substream stream, String attribute) throws IOException, RecoveryException {
            if (!capabilities.security() || stream.size() > MAX_ATTRIBUTE) {
                aside(stream, sidecar.fileFor(stream.type()));
                return;
            }
            MemoryChannel memory = new MemoryChannel(MAX_ATTRIBUTE);
            StreamWriter writer = new StreamWriter(monitor, spaces);
            writer.copy(stream, memory);
            byte[] value = memory.content(writer.position());
            String what = file.name() + " (" + stream.type() + ")";
            told(writer, what);
            try {
                boolean extended = stream.type() == StreamType.EA_DATA;
                host.attribute(file.temporary(), attribute, extended ? NtfsAttributes.extended(value) : value);
            } catch (IOException e) {
                // Another file of the target has this object id, or its extended attributes are not wanted there.
                notes.add(Messages.get("restore.part-aside." + stream.type()));
                String name = sidecar.fileFor(stream.type());
                try (SeekableByteChannel out = sidecar.open(name)) {
                    out.write(ByteBuffer.wrap(value));
                }
                sidecar.part(stream.type(), stream.name(), name, value.length, writer.sha256());
            }
        }

        private StreamWriter aside(Substream stream, String name, String what) throws IOException, RecoveryException {
            StreamWriter writer = new StreamWriter(monitor, spaces);
            try (SeekableByteChannel out = sidecar.open(name)) {
                writer.copy(stream, out);
                extend(writer.position(), out, sidecar.path(name));
            }
            told(writer, what);
            return writer;
        }

        private void security(Substream stream) throws IOException, RecoveryException {
            if (stream.size() > MAX_SECURITY) {
                notes.add(Messages.get("restore.security-damaged"));
                return;
            }
            MemoryChannel memory = new MemoryChannel(MAX_SECURITY);
            StreamWriter writer = new StreamWriter(monitor, spaces);
            writer.copy(stream, memory);
            if (writer.lost() > 0) {
                notes.add(Messages.get("restore.security-damaged"));
                return;
            }
            byte[] descriptor = memory.content(writer.position());
            security = kept.security(descriptor);
            if (!file.permissions()) {
                return;
            }
            if (!capabilities.security()) {
                notes.add(Messages.get("restore.permissions-aside"));
                return;
            }
            try {
                host.attribute(file.temporary(), NtfsAttributes.SECURITY, descriptor);
            } catch (IOException e) {
                notes.add(Messages.get("restore.permissions-aside"));
            }
        }

        /** Hidden, read-only and the like, where the target knows them. */
        private void attributes() throws IOException {
            if (capabilities.security()) {
                NtfsAttributes.attributes(file.temporary(), file.attributes(), host);
            }
        }
    }

    /** Makes a file that ends with a hole as long as what was written to it; Java's channels can only make files shorter. */
    static void extend(long size, SeekableByteChannel channel, Path path) throws IOException {
        if (channel.size() >= size) {
            return;
        }
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
                file.setLength(size);
            }
        }
        if (channel.size() != size) {
            throw new IOException(Messages.get("restore.moved-away", path));
        }
    }
}
