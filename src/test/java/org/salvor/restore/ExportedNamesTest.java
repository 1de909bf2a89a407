package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.salvor.restore.RestoreFixture.bytes;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.text.Messages;

/** Further names of files in an export of backup streams. */
class ExportedNamesTest {
    @TempDir
    Path folder;

    private static RestoreFixture fixture(Path folder) throws Exception {
        RestoreFixture fixture = new RestoreFixture(Files.createDirectories(folder));
        int docs = fixture.session.folder(Catalog.NONE, "docs");
        int first = fixture.session.file(docs, "first.txt", bytes("content"));
        fixture.session.link(docs, "second.txt", first);
        fixture.session.link(Catalog.NONE, "third.txt", first);
        return fixture;
    }

    private static RestoreOptions options(RestoreFixture fixture) {
        return RestoreOptions.to(fixture.target).as(RestoreOptions.Form.BACKUP_STREAMS);
    }

    @Test
    void areOneLinkStreamWithThePathOfTheFirst() throws Exception {
        RestoreFixture fixture = fixture(folder);
        assertThat(fixture.plan(options(fixture)).files())
                .filteredOn(file -> !file.folder())
                .extracting(PlannedFile::action)
                .containsExactly(PlannedFile.Action.WRITE, PlannedFile.Action.LINK, PlannedFile.Action.LINK);
        RestoreReport report = fixture.run(options(fixture));
        assertThat(ExitCode.of(report)).isEqualTo(ExitCode.DONE);
        byte[] path = "\\docs\\first.txt".getBytes(StandardCharsets.UTF_16LE);
        byte[] expected = new byte[20 + path.length]; // WIN32_STREAM_ID with id 5, no attributes, the size, no name
        expected[0] = 5;
        expected[8] = (byte) path.length;
        System.arraycopy(path, 0, expected, 20, path.length);
        assertThat(fixture.target.resolve("docs/second.txt.bkstream")).hasBinaryContent(expected);
        assertThat(fixture.target.resolve("third.txt.bkstream")).hasBinaryContent(expected);
        assertThat(report.files())
                .filteredOn(file -> file.target().equals("third.txt.bkstream"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.sha256()).isEqualTo(Hashes.hex(Hashes.sha256(expected)));
                    assertThat(file.size()).isEqualTo(expected.length);
                });
    }

    @Test
    void areThereAlreadyWhereTheSameIsExportedAgain() throws Exception {
        RestoreFixture fixture = fixture(folder);
        fixture.run(options(fixture));
        TreeMap<String, String> once = streams(fixture.target);

        RestoreReport again = fixture.run(options(fixture));

        assertThat(streams(fixture.target)).isEqualTo(once);
        assertThat(again.files())
                .filteredOn(file -> !file.folder())
                .extracting(RestoredFile::outcome)
                .containsOnly(Outcome.SKIPPED);
        assertThat(ExitCode.of(again)).isEqualTo(ExitCode.DONE);
    }

    @Test
    void leadToAFirstNameThatAnEarlierRunExported() throws Exception {
        RestoreFixture fixture = fixture(folder);
        fixture.run(options(fixture));
        TreeMap<String, String> whole = streams(fixture.target);
        Files.delete(fixture.target.resolve("third.txt.bkstream"));

        RestoreReport report = fixture.run(options(fixture));

        assertThat(streams(fixture.target)).isEqualTo(whole);
        assertThat(report.files())
                .filteredOn(file -> file.target().equals("third.txt.bkstream"))
                .singleElement()
                .satisfies(file -> {
                    assertThat(file.outcome()).isEqualTo(Outcome.RESTORED);
                    assertThat(file.reasons()).doesNotContain(Messages.get("plan.same"));
                });
    }

    @Test
    void areWrittenWholeWhereAnotherFileLiesUnderTheFirstName() throws Exception {
        RestoreFixture fixture = fixture(folder);
        fixture.run(options(fixture));
        Path other = fixture.target.resolve("docs/first.txt.bkstream");
        Files.writeString(other, "somebody's own");

        fixture.run(options(fixture));

        assertThat(other).hasContent("somebody's own");
        assertThat(streams(fixture.target).keySet())
                .contains("docs/first (2).txt.bkstream")
                .as("the names from before lead to a file that is not the first name any more")
                .contains("docs/second (2).txt.bkstream", "third (2).txt.bkstream");
    }

    private static TreeMap<String, String> streams(Path target) throws Exception {
        TreeMap<String, String> all = RestoreFixture.contents(target);
        all.keySet().removeIf(path -> !path.endsWith(".bkstream"));
        return all;
    }

    @Test
    void comeTheSameWayWhereverTheExportWasStopped() throws Exception {
        RestoreFixture whole = fixture(folder.resolve("whole"));
        whole.run(options(whole));
        TreeMap<String, String> expected = RestoreFixture.contents(whole.target);
        int stopped = 0;
        for (int at = 1; ; at++) {
            RestoreFixture fixture = fixture(folder.resolve("stopped " + at));
            RestorePlan plan = fixture.plan(options(fixture));
            RestoreReport report = fixture.restorer.run(
                    fixture.source, fixture.session, fixture.session.catalog(), plan, new StopAfter(at));
            if (report.stop() == RestoreReport.Stop.NONE) {
                break;
            }
            stopped++;
            Path journal = fixture.target.resolve(TargetNames.JOURNAL);
            fixture.restorer.resume(journal, fixture.source, fixture.session, JobMonitor.SILENT);
            assertThat(RestoreFixture.contents(fixture.target).keySet())
                    .as("stopped at " + at)
                    .isEqualTo(expected.keySet());
            assertThat(Files.readAllBytes(fixture.target.resolve("third.txt.bkstream")))
                    .isEqualTo(Files.readAllBytes(whole.target.resolve("third.txt.bkstream")));
        }
        assertThat(stopped).isGreaterThan(4);
    }
}
