package org.salvor.restore;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.salvor.TestHost;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Source;

/** A source image that is only a file with some bytes, a session over made-up files, and a target. */
final class RestoreFixture {
    final Path image;
    final Path target;
    final Source source;
    final MemorySession session;
    final FileRestorer restorer = new FileRestorer(TestHost.places(), TestHost.files());

    RestoreFixture(Path folder) throws IOException {
        image = Files.write(folder.resolve("disk.img"), new byte[4096]);
        target = folder.resolve("target");
        source = new Source.ImageFile(image);
        session = new MemorySession(image.toString());
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    RestorePlan plan(RestoreOptions options) throws RecoveryException {
        return restorer.plan(source, session, session.catalog(), session.all(), options, JobMonitor.SILENT);
    }

    RestorePlan plan() throws RecoveryException {
        return plan(RestoreOptions.to(target));
    }

    RestoreReport run(RestoreOptions options) throws RecoveryException {
        return run(options, JobMonitor.SILENT);
    }

    RestoreReport run(RestoreOptions options, JobMonitor monitor) throws RecoveryException {
        return restorer.run(source, session, session.catalog(), plan(options), monitor);
    }

    RestoreReport run() throws RecoveryException {
        return run(RestoreOptions.to(target));
    }

    RestoreOptions with(RestoreOptions.OnConflict rule) {
        return new RestoreOptions(
                target, RestoreOptions.Layout.ORIGINAL, rule, RestoreOptions.Partial.RENAME, false, false, false);
    }

    /** Paths below a folder with the hashes of their contents, and times; without what the report and the sidecars say of the
     * run itself. */
    static TreeMap<String, String> contents(Path folder) throws IOException {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = folder.relativize(path).toString().replace('\\', '/');
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    byte[] bytes = Files.readAllBytes(path);
                    if (name.endsWith(CommonSidecar.FILE)) {
                        // The one thing in it that differs between runs on copies of an image is where that lies.
                        String image = folder.resolveSibling("disk.img").toString();
                        bytes = new String(bytes, UTF_8)
                                .replace(image, "disk.img")
                                .getBytes(UTF_8);
                    }
                    String content = Hashes.hex(Hashes.sha256(bytes));
                    boolean ours = name.contains("sidecar/");
                    String time = ours ? "" : " " + Files.getLastModifiedTime(path);
                    all.put(name, name.equals(FileRestorer.REPORT) ? "report" : content + time);
                } else {
                    all.put(name, "folder");
                }
            }
        }
        return all;
    }

    static List<String> targets(RestorePlan plan) {
        return plan.files().stream().map(PlannedFile::target).toList();
    }
}
