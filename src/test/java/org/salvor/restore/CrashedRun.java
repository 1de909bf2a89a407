package org.salvor.restore;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.salvor.posix.LinuxFiles;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SystemTarget;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;

/**
 * The program of a process that is killed: a restore of made-up files, or the rest of one. Whatever it asks of others (the source, the
 * system, whoever watches) is counted; at a chosen count it says so and that thread goes no further.
 */
final class CrashedRun {
    static final String HERE = "here";
    static final String ENDED = "ended after ";

    private static final int FILES = 120;

    /** Small, so that files get their names while others are still written. */
    private static final int BATCH = 25;

    private final AtomicLong count = new AtomicLong();
    private final long stopAt;
    private volatile boolean counting;

    private CrashedRun(long stopAt) {
        this.stopAt = stopAt;
    }

    /** @param arguments the folder, the count at which it stops (0 for never), whether what was written is read again */
    public static void main(String[] arguments) throws Exception {
        CrashedRun run = new CrashedRun(Long.parseLong(arguments[1]));
        run.run(new RestoreFixture(Path.of(arguments[0])), Boolean.parseBoolean(arguments[2]));
        System.out.println(ENDED + run.count);
    }

    private void run(RestoreFixture fixture, boolean verify) throws Exception {
        fill(fixture.session);
        FileRestorer restorer = new FileRestorer(
                watched(PlaceResolver.class, new LinuxPlaces()),
                watched(HostFiles.class, new LinuxFiles()),
                SystemTarget.NONE,
                EncryptedFiles.NONE,
                BATCH);
        RecoverySession session = watched(RecoverySession.class, fixture.session);
        JobMonitor monitor = watched(JobMonitor.class, JobMonitor.SILENT);
        Catalog catalog = fixture.session.catalog();
        Path journal = fixture.target.resolve(TargetNames.JOURNAL);
        if (Files.exists(journal)) {
            counting = true;
            restorer.resume(journal, fixture.source, session, monitor);
            return;
        }
        RestoreOptions options = new RestoreOptions(
                fixture.target,
                RestoreOptions.Layout.ORIGINAL,
                RestoreOptions.OnConflict.KEEP_BOTH,
                RestoreOptions.Partial.RENAME,
                false,
                verify,
                false);
        RestorePlan plan =
                restorer.plan(fixture.source, session, catalog, fixture.session.all(), options, JobMonitor.SILENT);
        counting = true;
        restorer.run(fixture.source, session, catalog, plan, monitor);
    }

    private <T> T watched(Class<T> type, T real) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    happens();
                    Object result;
                    try {
                        result = method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                    happens();
                    return switch (result) {
                        case Content.Substreams content -> watched(Content.Substreams.class, content);
                        case Substream stream -> watched(Substream.class, stream);
                        case null, default -> result;
                    };
                }));
    }

    private void happens() {
        if (counting && count.incrementAndGet() == stopAt) {
            System.out.println(HERE);
            System.out.flush();
            while (true) {
                LockSupport.park(this);
            }
        }
    }

    /** The same files each time: small and large, with streams, links, folders and gaps. */
    static void fill(MemorySession session) {
        Random random = new Random(7);
        int[] folders = new int[5];
        for (int i = 0; i < folders.length; i++) {
            folders[i] = session.folder(i == 0 ? Catalog.NONE : folders[i - 1], "folder " + i);
        }
        int first = 0;
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[i % 20 == 0 ? 500_000 : random.nextInt(20_000)];
            random.nextBytes(content);
            int parent = folders[random.nextInt(folders.length)];
            String name = "file " + i % 100 + ".bin";
            int row = i % 7 == 0
                    ? session.file(
                            parent,
                            name,
                            new MemorySession.Part(StreamType.SECURITY_DATA, "", 2000, List.of(descriptor(i))),
                            MemorySession.data(content),
                            MemorySession.stream("large", new byte[70_000]),
                            MemorySession.stream("small", new byte[] {1, 2, 3}))
                    : session.file(parent, name, content);
            first = i == 0 ? row : first;
        }
        session.link(folders[4], "another name", first);
    }

    /** Not a valid one, but kept as it is. */
    private static byte[] descriptor(int file) {
        byte[] bytes = new byte[2000];
        bytes[0] = (byte) (file % 3);
        return bytes;
    }
}
