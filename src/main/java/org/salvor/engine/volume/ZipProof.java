package org.salvor.engine.volume;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.filesystem.FileContent;
import org.salvor.recovery.JobMonitor;

/**
 * Whether a ZIP file is whole: the central directory ends where the end record says, every member's data has its CRC, and the
 * members lie one behind the other from the first byte to the directory (PKWARE APPNOTE 4.3). ZIP64 and encryption are no proof.
 */
final class ZipProof {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int END_SIZE = 22;
    private static final int LOCAL_SIZE = 30;
    private static final int CENTRAL_SIZE = 46;
    private static final int MAX_DIRECTORY = 16 << 20;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private record Member(long offset, int method, int flags, long crc, long packed, long size) {}

    private final FileContent content;
    private final JobMonitor monitor;
    private final long size;

    private ZipProof(FileContent content, JobMonitor monitor) {
        this.content = content;
        this.monitor = monitor;
        this.size = content.mainSize();
    }

    static boolean holds(FileContent content, JobMonitor monitor) throws RecoveryException, IOException {
        try {
            return new ZipProof(content, monitor).holds();
        } catch (FormatException e) {
            return false;
        }
    }

    private boolean holds() throws RecoveryException, IOException {
        int tail = (int) Math.min(size, END_SIZE + 0xffff);
        ByteView end = view(size - tail, tail, "ZIP end record");
        int at = tail - END_SIZE;
        while (at >= 0 && (end.i32(at) != END || end.u16(at + 20) != tail - END_SIZE - at)) {
            at--;
        }
        if (at < 0) {
            return false;
        }
        long directorySize = end.u32(at + 12);
        long directory = end.u32(at + 16);
        if (directory + directorySize != size - tail + at || directorySize > MAX_DIRECTORY) {
            return false;
        }
        long next = 0;
        for (Member member : members(view(directory, (int) directorySize, "ZIP directory"), end.u16(at + 10))) {
            next = member.offset == next ? proved(member) : -1;
            if (next < 0) {
                return false;
            }
        }
        return next == directory;
    }

    private static List<Member> members(ByteView directory, int count) throws FormatException {
        List<Member> members = new ArrayList<>();
        int at = 0;
        while (at < directory.length()) {
            if (directory.i32(at) != CENTRAL) {
                throw directory.broken(at, "a member", directory.i32(at));
            }
            members.add(new Member(
                    directory.u32(at + 42),
                    directory.u16(at + 10),
                    directory.u16(at + 8),
                    directory.u32(at + 16),
                    directory.u32(at + 20),
                    directory.u32(at + 24)));
            at += CENTRAL_SIZE + directory.u16(at + 28) + directory.u16(at + 30) + directory.u16(at + 32);
        }
        if (members.size() != count) {
            throw directory.broken(at, count + " members", members.size());
        }
        members.sort(Comparator.comparingLong(Member::offset));
        return members;
    }

    /** Where the next member must begin, or -1 if this one is not whole. */
    private long proved(Member member) throws RecoveryException, IOException {
        ByteView local = view(member.offset, LOCAL_SIZE, "ZIP member");
        boolean encrypted = (member.flags & 1) != 0;
        if (local.i32(0) != LOCAL || encrypted || local.u16(8) != member.method) {
            return -1;
        }
        long data = member.offset + LOCAL_SIZE + local.u16(26) + local.u16(28);
        long end = data + member.packed;
        CRC32 crc = new CRC32();
        long length;
        try (InputStream in = WholeContent.open(content, data, end, monitor)) {
            length = switch (member.method) {
                case STORED -> copy(in, crc);
                case DEFLATED -> inflate(in, crc);
                default -> -1;
            };
        }
        if (length != member.size || crc.getValue() != member.crc) {
            return -1;
        }
        if ((member.flags & 8) == 0) {
            return end;
        }
        return end + (view(end, 4, "ZIP descriptor").i32(0) == DESCRIPTOR ? 16 : 12);
    }

    private static long copy(InputStream in, CRC32 crc) throws IOException {
        byte[] buffer = new byte[64 << 10];
        long sum = 0;
        for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
            crc.update(buffer, 0, got);
            sum += got;
        }
        return sum;
    }

    private static long inflate(InputStream in, CRC32 crc) throws IOException {
        Inflater inflater = new Inflater(true);
        byte[] packed = new byte[64 << 10];
        byte[] plain = new byte[64 << 10];
        long sum = 0;
        try {
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int got = in.read(packed);
                    if (got < 0) {
                        return -1;
                    }
                    inflater.setInput(packed, 0, got);
                }
                int made = inflater.inflate(plain);
                if (made == 0 && inflater.needsDictionary()) {
                    return -1;
                }
                crc.update(plain, 0, made);
                sum += made;
            }
            return inflater.getRemaining() == 0 && in.read() < 0 ? sum : -1;
        } catch (DataFormatException e) {
            return -1;
        } finally {
            inflater.end();
        }
    }

    private ByteView view(long position, int length, String structure) throws RecoveryException, EOFException {
        if (position < 0 || length < 0 || position > size - length) {
            throw new FormatException(structure, position, length + " bytes", "the end");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (content.readMain(position + bytes.position(), bytes) <= 0) {
                throw new EOFException();
            }
        }
        return ByteView.of(bytes.flip(), structure, position);
    }
}
