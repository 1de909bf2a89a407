package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.StreamType;

/** The program of a process that is killed: a restore of made-up files into the folder it is given. */
final class CrashedRun {
    static final int FILES = 120;

    private CrashedRun() {}

    public static void main(String[] arguments) throws Exception {
        RestoreFixture fixture = new RestoreFixture(Path.of(arguments[0]));
        fill(fixture.session);
        RestorePlan plan = fixture.plan();
        System.out.println("planned");
        fixture.restorer.run(fixture.source, fixture.session, fixture.session.catalog(), plan, JobMonitor.SILENT);
        System.out.println("ended");
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
