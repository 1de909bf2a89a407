package org.salvor.restore;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.restore.RestoreFixture.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.TestHost;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;
import org.salvor.recovery.RestoreTarget;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SystemTarget;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.WrittenStreams;
import org.salvor.windows.Wine;

/** Links of the source: made last, never leading out of the target folder, never written through. */
class LinksTest {
    private static final int LINK = 0xA000000C;
    private static final int JUNCTION = 0xA0000003;

    @TempDir
    Path folder;

    private RestoreFixture fixture;
    private MemorySession session;

    @BeforeEach
    void prepare() throws Exception {
        fixture = new RestoreFixture(folder);
        session = fixture.session;
    }

    /** Reparse data as Windows writes it: the substitute name, then the same as the name to show. */
    static byte[] reparse(int tag, String target, boolean relative) {
        byte[] name = target.getBytes(UTF_16LE);
        int names = tag == LINK ? 20 : 16;
        ByteBuffer data = ByteBuffer.allocate(names + 2 * name.length).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(tag).putShort((short) (data.capacity() - 8)).putShort((short) 0);
        data.putShort((short) 0).putShort((short) name.length);
        data.putShort((short) name.length).putShort((short) name.length);
        if (tag == LINK) {
            data.putInt(relative ? 1 : 0);
        }
        return data.put(name).put(name).array();
    }

    private static byte[] link(String target) {
        return reparse(LINK, target, true);
    }

    private Path target(String path) {
        return fixture.target.resolve(path);
    }

    private static RestoredFile file(RestoreReport report, String path) {
        return report.files().stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void relativeLinksThatStayInsideBecomeSymbolicLinks() throws Exception {
        Wine.lacks("makes no symbolic links");
        int docs = session.folder(Catalog.NONE, "docs");
        int deep = session.folder(docs, "deep");
        session.file(docs, "a.txt", bytes("content"));
        session.reparse(deep, "to file", false, link("..\\a.txt"));
        session.reparse(Catalog.NONE, "to folder", true, link(".\\docs\\deep"));
        session.reparse(deep, "to nothing", false, link("..\\..\\gone"));
        session.reparse(docs, "to all", true, link(".."));
        RestoreReport report = fixture.run();
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        assertThat(Files.readSymbolicLink(target("docs/deep/to file"))).hasToString("../a.txt");
        assertThat(target("docs/deep/to file")).hasContent("content");
        assertThat(Files.readSymbolicLink(target("to folder"))).hasToString("docs/deep");
        assertThat(Files.readSymbolicLink(target("docs/deep/to nothing"))).hasToString("../../gone");
        assertThat(Files.readSymbolicLink(target("docs/to all"))).hasToString("..");
        assertThat(file(report, "to folder").reasons()).anyMatch(reason -> reason.contains("docs/deep"));
        assertThat(ExitCode.of(fixture.restorer.verify(target(FileRestorer.REPORT), JobMonitor.SILENT)))
                .isEqualTo(ExitCode.DONE);
    }

    @Test
    void whereTheTargetDoesNotTakeThePointALinkIsMadeAndTheJobGoesOn() throws Exception {
        Wine.lacks("makes no symbolic links");
        session.file(Catalog.NONE, "a.txt", bytes("content"));
        session.reparse(Catalog.NONE, "link", false, link("a.txt"));
        session.reparse(Catalog.NONE, "linked", true, link("docs"));
        session.folder(Catalog.NONE, "docs");
        FileRestorer restorer =
                new FileRestorer(TestHost.places(), TestHost.files(), new WithoutPoints(), EncryptedFiles.NONE);

        RestorePlan plan = restorer.plan(
                fixture.source,
                session,
                session.catalog(),
                session.all(),
                RestoreOptions.to(fixture.target),
                JobMonitor.SILENT);
        RestoreReport report = restorer.run(fixture.source, session, session.catalog(), plan, JobMonitor.SILENT);

        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        assertThat(WithoutPoints.asked).isEqualTo(2);
        assertThat(Files.readSymbolicLink(target("link"))).hasToString("a.txt");
        assertThat(Files.readSymbolicLink(target("linked"))).hasToString("docs");
        assertThat(fixture.target.toFile().list()).noneMatch(name -> name.contains(TargetNames.TEMPORARY));
    }

    /** Says that it takes reparse points, and does not. */
    private static final class WithoutPoints implements SystemTarget {
        private static int asked;

        @Override
        public Optional<TargetCapabilities> on(TargetCapabilities portable) {
            return Optional.of(portable);
        }

        @Override
        public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
            RestoreTarget files = new PortableTarget(capabilities, TestHost.files(), (Aside) keeping);
            asked = 0;
            return new RestoreTarget() {
                @Override
                public TargetCapabilities capabilities() {
                    return capabilities;
                }

                @Override
                public boolean links() {
                    return true;
                }

                @Override
                public WrittenStreams write(PreparedFile file, Content content, JobMonitor monitor)
                        throws IOException, RecoveryException {
                    if (file.link()) {
                        asked++;
                        throw new IOException("The parameter is incorrect.");
                    }
                    return files.write(file, content, monitor);
                }

                @Override
                public void close() {
                    files.close();
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..\\..\\outside",
                "\\docs",
                "C:\\Windows",
                "C:relative",
                "here\\..\\..\\..\\outside",
                "here\\..\\a.txt",
                "/etc",
                "."
            })
    void linksThatMightLeadOutGoToTheSidecar(String wanted) throws Exception {
        int docs = session.folder(Catalog.NONE, "docs");
        byte[] data = link(wanted);
        session.reparse(docs, "link", false, data);
        session.reparse(docs, "linked", true, data);
        RestoreReport report = fixture.run();
        assertThat(target("docs/link")).isRegularFile().isEmptyFile();
        assertThat(Files.isDirectory(target("docs/linked"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(target("docs/link.sidecar/reparse.bin")).hasBinaryContent(data);
        assertThat(target("docs/linked.sidecar/reparse.bin")).hasBinaryContent(data);
        assertThat(file(report, "docs/link").reasons()).anyMatch(reason -> reason.contains("sidecar"));
    }

    @Test
    void junctionsAreAlwaysAbsoluteAndNeverMade() throws Exception {
        byte[] data = reparse(JUNCTION, "\\??\\C:\\Users", false);
        session.reparse(Catalog.NONE, "Documents and Settings", true, data);
        fixture.run();
        assertThat(Files.isDirectory(target("Documents and Settings"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(target("Documents and Settings.sidecar/reparse.bin")).hasBinaryContent(data);
    }

    @Test
    void aLinkRestoredFirstAndAFileThroughIt() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        session.folder(Catalog.NONE, "inside");
        int link = session.reparse(Catalog.NONE, "link", true, link("inside"));
        int evil = session.reparse(Catalog.NONE, "evil", true, link("..\\outside"));
        int nested = session.folder(link, "nested");
        session.file(link, "through.txt", bytes("one"));
        session.file(nested, "deeper.txt", bytes("two"));
        session.file(evil, "out.txt", bytes("three"));
        assertThat(ExitCode.of(fixture.run())).isEqualTo(ExitCode.DONE);
        assertThat(target("inside")).isEmptyDirectory();
        assertThat(outside).isEmptyDirectory();
        assertThat(target("link")).isDirectory().isReadable();
        assertThat(Files.isSymbolicLink(target("link"))).isFalse();
        assertThat(target("link/through.txt")).hasContent("one");
        assertThat(target("link/nested/deeper.txt")).hasContent("two");
        assertThat(target("evil/out.txt")).hasContent("three");
        assertThat(target("link.sidecar/reparse.bin")).exists();
    }

    @Test
    void aFileIsNotWrittenThroughALinkOfAnEarlierRestore() throws Exception {
        Wine.lacks("makes no symbolic links");
        Path outside = Files.createDirectory(folder.resolve("outside"));
        session.folder(Catalog.NONE, "inside");
        int link = session.reparse(Catalog.NONE, "link", true, link("inside"));
        fixture.run();
        assertThat(Files.isSymbolicLink(target("link"))).isTrue();
        Files.createSymbolicLink(target("planted"), outside);

        int file = session.file(link, "through.txt", bytes("one"));
        int planted = session.folder(Catalog.NONE, "planted");
        int second = session.file(planted, "out.txt", bytes("two"));
        Selection selection = new Selection();
        selection.set(file, true);
        selection.set(second, true);
        RestorePlan plan = fixture.restorer.plan(
                fixture.source,
                session,
                session.catalog(),
                selection,
                RestoreOptions.to(fixture.target),
                JobMonitor.SILENT);
        // Somebody puts the link there between plan and run: the names of the plan lead through it.
        Path renamed = target("link (2)");
        assertThat(RestoreFixture.targets(plan)).contains("link (2)/through.txt", "planted (2)/out.txt");
        Files.createSymbolicLink(renamed, outside);
        RestoreReport report =
                fixture.restorer.run(fixture.source, session, session.catalog(), plan, JobMonitor.SILENT);
        assertThat(file(report, "link/through.txt").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(file(report, "planted/out.txt").outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(target("inside")).isEmptyDirectory();
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aSecondNameOfALinkIsDecidedByItsOwnPlace() throws Exception {
        Wine.lacks("makes no symbolic links");
        int docs = session.folder(Catalog.NONE, "docs");
        session.file(Catalog.NONE, "a.txt", bytes("content"));
        int link = session.reparse(docs, "link", false, link("..\\a.txt"));
        session.link(Catalog.NONE, "other name", link);
        RestoreReport report = fixture.run();
        assertThat(target("docs/link")).hasContent("content");
        assertThat(Files.exists(target("other name"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(file(report, "other name").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void flatRestoresKeepWhatALinkPointsToInTheSidecar() throws Exception {
        session.reparse(session.folder(Catalog.NONE, "docs"), "link", false, link("other"));
        fixture.run(new RestoreOptions(
                fixture.target,
                RestoreOptions.Layout.FLAT,
                RestoreOptions.OnConflict.KEEP_BOTH,
                RestoreOptions.Partial.RENAME,
                false,
                false,
                false));
        assertThat(target("link.sidecar/reparse.bin")).exists();
    }

    @Test
    void damagedReparseDataIsNoLink() {
        byte[] data = link("target");
        for (int length = 0; length < data.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(data, length);
            ReparseLink link = ReparseLink.of(cut);
            assertThat(link == null || link.target().equals("target")).isTrue();
        }
        TargetNames names = new TargetNames(new TargetCapabilities(
                "ext4", TargetCapabilities.NamedStreams.ATTRIBUTES, false, true, true, false, 255, Long.MAX_VALUE));
        assertThat(new ReparseLink("a\u0000b", true).inside(0, names)).isEqualTo("a_b");
        assertThat(new ReparseLink("\\\\server\\share", true).inside(3, names)).isNull();
    }
}
