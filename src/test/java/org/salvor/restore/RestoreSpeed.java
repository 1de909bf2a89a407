package org.salvor.restore;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.substream.StreamType;

/** How fast files are written and hashed, without a source below: run by hand, for example against tmpfs and a disk. */
final class RestoreSpeed {
    private RestoreSpeed() {}

    public static void main(String[] arguments) throws Exception {
        Path place = Path.of(arguments[0]);
        int files = Integer.parseInt(arguments[1]);
        int size = Integer.parseInt(arguments[2]);
        RestoreFixture fixture = new RestoreFixture(Files.createTempDirectory(place, "speed"));
        byte[] piece = new byte[Math.min(size, 1 << 20)];
        new Random(1).nextBytes(piece);
        List<Object> pieces = Collections.nCopies(size / piece.length, piece);
        int folder = Catalog.NONE;
        for (int i = 0; i < files; i++) {
            folder = i % 500 == 0 ? fixture.session.folder(Catalog.NONE, "folder " + i) : folder;
            fixture.session.file(folder, "file " + i, new MemorySession.Part(StreamType.DATA, "", size, pieces));
        }
        long planned = System.nanoTime();
        RestorePlan plan = fixture.plan();
        long started = System.nanoTime();
        RestoreReport report = fixture.restorer.run(
                fixture.source, fixture.session, fixture.session.catalog(), plan, JobMonitor.SILENT);
        double seconds = (System.nanoTime() - started) / 1e9;
        System.out.printf(
                "plan %.2f s, run %.2f s: %.0f files/s, %.0f MB/s, %s%n",
                (started - planned) / 1e9,
                seconds,
                files / seconds,
                report.bytes() / 1e6 / seconds,
                ExitCode.of(report));
    }
}
