package org.salvor.engine.volume;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FoundFile;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.FoundTimes;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.FileRow;
import org.salvor.recovery.Provenance;
import org.salvor.recovery.StreamInfo;

/** Makes rows of a catalog out of what a file system found. */
final class Rows {
    private Rows() {}

    /** The row of one of the file's names. */
    static FileRow of(FoundFile file, String name, int parent, int linkOf, FoundTimes times) {
        FoundStream main = main(file);
        ClusterRuns runs = main == null ? ClusterRuns.NONE : main.runs();
        int fragments = 0;
        long first = -1;
        for (int i = 0; i < runs.count(); i++) {
            if (runs.lcn()[i] >= 0) {
                fragments++;
                first = first < 0 ? runs.lcn()[i] : first;
            }
        }
        return new FileRow(
                parent,
                name,
                file.folder(),
                file.deleted(),
                provenance(file),
                file.key(),
                file.slackOffset(),
                file.locator(),
                linkOf,
                file.size(),
                main == null ? 0 : main.allocated(),
                times.created(),
                times.modified(),
                times.changed(),
                times.accessed(),
                file.attributes(),
                fragments,
                first,
                named(file));
    }

    /** A live folder that was kept aside becomes a row because a listed file lies in it. */
    static FileRow of(Catalog aside, int at) {
        return new FileRow(
                Catalog.NONE,
                aside.name(at),
                aside.folder(at),
                aside.deleted(at),
                aside.provenance(at),
                aside.key(at),
                aside.slackOffset(at),
                aside.locator(at),
                Catalog.NONE,
                aside.size(at),
                aside.allocated(at),
                aside.created(at),
                aside.modified(at),
                aside.changed(at),
                aside.accessed(at),
                aside.attributes(at),
                aside.fragments(at),
                aside.firstCluster(at),
                aside.streams(at));
    }

    /** A folder that holds what has lost its own. */
    static FileRow madeUp(String name, long key, int parent) {
        return new FileRow(
                parent,
                name,
                true,
                true,
                Provenance.MADE_UP,
                key,
                -1,
                Catalog.NO_LOCATOR,
                Catalog.NONE,
                0,
                0,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                Catalog.NO_TIME,
                0,
                0,
                -1,
                List.of());
    }

    static @Nullable FoundStream main(FoundFile file) {
        return file.streams().isEmpty() || !file.streams().getFirst().name().isEmpty()
                ? null
                : file.streams().getFirst();
    }

    private static List<StreamInfo> named(FoundFile file) {
        List<FoundStream> streams = file.streams();
        if (streams.isEmpty()
                || streams.size() == 1 && streams.getFirst().name().isEmpty()) {
            return List.of();
        }
        List<StreamInfo> named = new ArrayList<>(streams.size());
        for (FoundStream stream : streams) {
            if (!stream.name().isEmpty()) {
                named.add(new StreamInfo(stream.name(), stream.size(), filled(stream)));
            }
        }
        return named;
    }

    /** Compressed bytes take more when they are restored. */
    private static long filled(FoundStream stream) {
        return switch (stream.form()) {
            case PLAIN, SPARSE -> Math.min(stream.size(), stream.allocated());
            case RESIDENT, COMPRESSED, ENCRYPTED, OVERLAY, STUB -> stream.size();
        };
    }

    private static Provenance provenance(FoundFile file) {
        return switch (file.provenance()) {
            case TABLE -> Provenance.TABLE;
            case OUTSIDE_TABLE -> Provenance.OUTSIDE_TABLE;
            case SLACK_NAME -> Provenance.SLACK_NAME;
            case INDEX_ONLY -> Provenance.INDEX_ONLY;
        };
    }
}
