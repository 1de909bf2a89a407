package org.salvor.restore;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Content;
import org.salvor.recovery.FileId;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.Reasons;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.WrittenStreams;
import org.salvor.text.Messages;

/** Writes the content of a file under its temporary name, and tells by what came of it which name it gets. Used by several threads. */
final class OneFile {
    private final RecoverySession session;
    private final RestoreTarget target;
    private final TargetNames names;
    private final RestoreOptions options;
    private final RestoreFinish finish;
    private final Batch batch;
    private final BiConsumer<Integer, RestoredFile> done;

    /** @param done told of files that the rules leave out */
    OneFile(
            RecoverySession session,
            RestoreTarget target,
            TargetNames names,
            RestoreOptions options,
            RestoreFinish finish,
            Batch batch,
            BiConsumer<Integer, RestoredFile> done) {
        this.session = session;
        this.target = target;
        this.names = names;
        this.options = options;
        this.finish = finish;
        this.batch = batch;
        this.done = done;
    }

    /**
     * Null if the rules leave the file out now that its content is known.
     *
     * @param resumed an earlier run of the same job may have left a half written sidecar
     */
    Journal.@Nullable Written write(
            Task task, TargetFolders.Folder folder, String temporary, boolean resumed, JobMonitor mine)
            throws IOException, RecoveryException {
        if (resumed) {
            Sidecar.delete(folder.path(RestoreRun.sidecar(temporary)));
        }
        boolean locked = task.rating() == RatingClass.LOCKED;
        RestoreTarget to = locked ? target.forEncrypted() : target;
        WrittenStreams streams;
        try (SeekableByteChannel channel = folder.create(temporary);
                Content content = session.content(new FileId(task.id()))) {
            streams = to.write(
                    new PreparedFile(
                            folder.path(temporary),
                            channel,
                            folder.path(RestoreRun.sidecar(temporary)),
                            task.sourceName(),
                            false,
                            task.size(),
                            task.times(),
                            task.attributes(),
                            options.permissions(),
                            false),
                    content,
                    mine);
        }
        finish.times(folder.path(temporary), task.times());
        boolean whole = streams.lost() == 0 && !Results.incomplete(task);
        if (!whole && options.partial() == RestoreOptions.Partial.SKIP) {
            remove(folder, temporary);
            done.accept(task.index(), Results.leftOut(task, streams));
            return null;
        }
        String name = task.name();
        if (locked != streams.encrypted()) {
            name = names.landing(name, locked, streams.encrypted(), !whole);
        } else if (!whole && !name.endsWith(TargetNames.PARTIAL)) {
            name = names.ending(name, TargetNames.PARTIAL);
        }
        if (!name.equals(task.name())) {
            name = batch.freeName(folder, task, name);
        }
        return new Journal.Written(
                task.index(),
                temporary,
                name,
                streams.sidecar(),
                streams.security(),
                Results.of(task, name, told(task, streams, locked, whole), whole));
    }

    /** What a person is told of it, now that it is known whether it is whole. */
    private WrittenStreams told(Task task, WrittenStreams streams, boolean locked, boolean whole) {
        WrittenStreams named = locked ? streams : named(task, streams);
        return whole
                ? named
                : named.replacing(Messages.get("restore.kept-encrypted"), Messages.get("restore.kept-encrypted.cut"));
    }

    /** Of a file that was planned with a key which is not there any more nobody has told yet whose certificate it needs. */
    private WrittenStreams named(Task task, WrittenStreams streams) {
        return !streams.encrypted()
                ? streams
                : session.encryption(new FileId(task.id()))
                        .map(encryption -> streams.noting(Reasons.certificates(encryption)))
                        .orElse(streams);
    }

    /** Nothing stays of it. */
    static void remove(TargetFolders.Folder folder, String temporary) throws IOException {
        folder.delete(temporary);
        Sidecar.delete(folder.path(RestoreRun.sidecar(temporary)));
    }
}
