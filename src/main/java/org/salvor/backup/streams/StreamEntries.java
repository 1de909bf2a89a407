package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.State;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.LinkPath;
import org.salvor.substream.ReparseData;
import org.salvor.substream.StreamType;
import org.salvor.substream.WireIndex;
import org.salvor.substream.WirePart;
import org.salvor.text.Messages;

/** What a sequence of backup streams tells of its file. Times and most attributes are not in it. */
final class StreamEntries {
    private static final int DIRECTORY = 0x10;
    private static final int ARCHIVE = 0x20;
    private static final int SPARSE = 0x200;
    private static final int REPARSE_POINT = 0x400;

    private static final int TAG_COMPACT = 0x8000_0017;
    private static final int TAG_HSM = 0xC000_0004;
    private static final int TAG_HSM_2 = 0x8000_0006;
    private static final int TAG_CLOUD = 0x9000_001A;
    private static final int CLOUD_MASK = 0xFFFF_0FFF;

    private StreamEntries() {}

    /** @param partial the sequence was written with losses, as the name of its file says */
    static BackupEntry file(String name, WireIndex index, long stored, boolean partial) {
        WirePart data = index.part(StreamType.DATA);
        return new BackupEntry(
                0,
                0,
                name,
                false,
                data == null ? 0 : data.size(),
                stored,
                BackupEntry.Times.NONE,
                ARCHIVE | attributes(index),
                named(index),
                state(index, data, partial));
    }

    /** @param index null where the folder has no sequence of its own */
    static BackupEntry folder(String name, @Nullable WireIndex index) {
        return new BackupEntry(
                0,
                0,
                name,
                true,
                0,
                0,
                BackupEntry.Times.NONE,
                DIRECTORY | (index == null ? 0 : attributes(index)),
                index == null ? List.of() : named(index),
                index == null || index.damage() == null ? new State.Whole() : damaged(index.damage(), 0));
    }

    private static int attributes(WireIndex index) {
        boolean sparse = index.parts().stream().anyMatch(WirePart::sparse);
        boolean reparse = index.part(StreamType.REPARSE_DATA) != null;
        return (sparse ? SPARSE : 0) | (reparse ? REPARSE_POINT : 0);
    }

    private static List<BackupEntry.NamedStream> named(WireIndex index) {
        List<BackupEntry.NamedStream> all = new ArrayList<>();
        for (WirePart part : index.parts()) {
            if (part.type() == StreamType.ALTERNATE_DATA) {
                all.add(new BackupEntry.NamedStream(part.name(), part.size()));
            }
        }
        return all;
    }

    private static State state(WireIndex index, @Nullable WirePart data, boolean partial) {
        if (index.damage() != null) {
            return damaged(index.damage(), data == null ? 0 : data.missing());
        }
        WirePart link = index.part(StreamType.LINK);
        LinkPath of = link == null || data != null && data.size() > 0 ? null : LinkPath.of(link.head());
        if (of != null) {
            return new State.OtherName(of);
        }
        if (elsewhere(index, data)) {
            return new State.Elsewhere(Messages.get("backup.elsewhere"));
        }
        if (index.parts().stream().anyMatch(WirePart::ghosted)) {
            return new State.Damaged(0, Messages.get("backup.ghosted"));
        }
        return partial ? new State.Damaged(0, Messages.get("backup.partial")) : new State.Whole();
    }

    private static State damaged(RecoveryException damage, long lost) {
        return new State.Damaged(lost, damaged(damage));
    }

    /** What a person is told of a sequence that is broken. */
    static String damaged(RecoveryException damage) {
        return Messages.get("backup.stream-damaged", String.valueOf(damage.getMessage()));
    }

    /** A reparse point that stands for content in a store, over a stream that is not all there. */
    private static boolean elsewhere(WireIndex index, @Nullable WirePart data) {
        WirePart reparse = index.part(StreamType.REPARSE_DATA);
        if (reparse == null || reparse.head().length < Integer.BYTES) {
            return false;
        }
        int tag = ByteBuffer.wrap(reparse.head()).order(ByteOrder.LITTLE_ENDIAN).getInt();
        boolean store = tag == ReparseData.TAG_DEDUPLICATION
                || tag == TAG_COMPACT
                || tag == TAG_HSM
                || tag == TAG_HSM_2
                || (tag & CLOUD_MASK) == TAG_CLOUD;
        return store && (data == null || data.stored() < data.size());
    }
}
