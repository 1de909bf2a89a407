package org.salvor.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.salvor.restore.RestoreFixture.bytes;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.RecoveryException;
import org.salvor.posix.LinuxFiles;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.Source;
import org.salvor.restore.Applied.AppliedFile;
import org.salvor.restore.Applied.State;
import org.salvor.substream.StreamType;

/** A restore without permissions, and what it kept aside put on its files afterwards. */
@DisplayName("What a restore kept aside")
@EnabledOnOs(value = OS.LINUX, disabledReason = "a folder is taken for NTFS by the numbers that Unix gives to files")
class ApplyTest {
    private static final Instant LATER = Instant.parse("2026-01-02T03:04:05Z");

    @TempDir
    Path folder;

    private final TakenForNtfs ntfs = new TakenForNtfs();
    private final FileRestorer later = new FileRestorer(ntfs, ntfs);
    private RestoreFixture fixture;
    private Path file;

    private static MemorySession.Part part(StreamType type, byte[] content) {
        return new MemorySession.Part(type, "", content.length, List.of(content));
    }

    @BeforeEach
    void restored() throws Exception {
        fixture = new RestoreFixture(folder);
        MemorySession session = fixture.session;
        int docs = session.folder(Catalog.NONE, "docs");
        session.file(
                docs,
                "a.txt",
                part(StreamType.SECURITY_DATA, NtfsTargetTest.descriptor()),
                MemorySession.data(bytes("main")),
                MemorySession.stream("large", new byte[100_000]),
                part(StreamType.OBJECT_ID, new byte[64]));
        session.file(docs, "b.txt", bytes("second"));
        session.file(
                Catalog.NONE,
                "c.txt",
                part(StreamType.SECURITY_DATA, NtfsTargetTest.descriptor()),
                MemorySession.data(bytes("third")));
        session.reparse(docs, "away", false, LinksTest.reparse(0xA000000C, "C:\\Windows", false));
        session.reparse(docs, "near", false, LinksTest.reparse(0xA000000C, "a.txt", true));
        fixture.run();
        file = fixture.target.resolve("docs/a.txt");
        // The copy of a person on the way to the NTFS volume.
        for (String name : List.of("docs/a.txt", "docs/b.txt", "c.txt", "docs/away")) {
            Files.setLastModifiedTime(fixture.target.resolve(name), FileTime.from(LATER));
        }
    }

    @Test
    @DisplayName("is found in the folder that was restored into, unless it has several")
    void bySidecarsFolder() throws Exception {
        Applied named = apply(true);
        assertThat(later.apply(fixture.target, was -> Optional.empty(), true, JobMonitor.SILENT))
                .isEqualTo(named);
        Path second = Files.createDirectory(fixture.target.resolve("salvor-sidecar-2"));
        Files.copy(sidecar().resolve("files.jsonl"), second.resolve("files.jsonl"));
        assertThatThrownBy(() -> later.apply(fixture.target, was -> Optional.empty(), true, JobMonitor.SILENT))
                .satisfies(ApplyTest::isUsage)
                .hasMessageContaining("several sidecars")
                .hasMessageContaining("salvor-sidecar, salvor-sidecar-2");
        assertThat(later.apply(second, was -> Optional.empty(), true, JobMonitor.SILENT))
                .isEqualTo(named);
    }

    private static void isUsage(Throwable failure) {
        assertThat(ExitCode.of(failure)).isEqualTo(ExitCode.USAGE);
    }

    private Path sidecar() {
        return fixture.target.resolve("salvor-sidecar");
    }

    private Applied apply(boolean dryRun) throws RecoveryException {
        return later.apply(sidecar(), was -> Optional.empty(), dryRun, JobMonitor.SILENT);
    }

    private static AppliedFile of(Applied applied, String target) {
        return applied.files().stream()
                .filter(one -> one.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    private TreeMap<String, String> everything() throws Exception {
        TreeMap<String, String> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Object ctime = Files.getAttribute(path, "unix:ctime", LinkOption.NOFOLLOW_LINKS);
                Object mtime = Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS);
                all.put(path.toString(), ctime + " " + mtime);
            }
        }
        return all;
    }

    @Test
    @DisplayName("comes onto the files: permissions, attributes, object id, then the times")
    void all() throws Exception {
        Applied applied = apply(false);
        assertThat(applied.folder()).isEqualTo(fixture.target.toRealPath());
        assertThat(ntfs.on(file)).containsKeys("system.ntfs_acl", "system.ntfs_attrib_be", "system.ntfs_object_id");
        assertThat(ntfs.on(file).get("system.ntfs_acl")).isEqualTo(NtfsTargetTest.descriptor());
        assertThat(ntfs.on(file).get("system.ntfs_object_id")).hasSize(64);
        byte[] times = Objects.requireNonNull(ntfs.on(file).get("system.ntfs_times_be"));
        assertThat(ByteBuffer.wrap(times).getLong() - 116_444_736_000_000_000L).isEqualTo(MemorySession.TIME);
        assertThat(Files.getLastModifiedTime(file).toInstant())
                .isEqualTo(Times.instant(MemorySession.TIME + 10_000_000));
        assertThat(ntfs.on(fixture.target.resolve("docs"))).containsKey("system.ntfs_times_be");
        assertThat(of(applied, "c.txt")).isEqualTo(new AppliedFile("c.txt", false, State.DONE, List.of()));
        assertThat(of(applied, "docs/b.txt").state()).isEqualTo(State.DONE);
        assertThat(of(applied, "docs/near").state()).isEqualTo(State.DONE);
        assertThat(ExitCode.of(applied)).as("the large stream does not fit").isEqualTo(ExitCode.PROBLEMS);
        assertThat(of(applied, "docs/a.txt"))
                .satisfies(one -> assertThat(one.state()).isEqualTo(State.PARTLY))
                .satisfies(one ->
                        assertThat(one.reasons()).singleElement().asString().contains("The stream large"));
        assertThat(fixture.target.resolve("docs/a.txt.sidecar/stream-1.bin")).hasSize(100_000);
    }

    @Test
    @DisplayName("may be put there twice, and the second time changes nothing")
    void twice() throws Exception {
        Applied first = apply(false);
        assertThat(apply(false)).isEqualTo(first);
    }

    @Test
    @DisplayName("stays where it is in a dry run, which tells the same")
    void dryRun() throws Exception {
        TreeMap<String, String> before = everything();
        Applied applied = apply(true);
        assertThat(everything()).isEqualTo(before);
        assertThat(ntfs.count()).isZero();
        assertThat(applied.files()).hasSize(6).noneMatch(one -> one.state() == State.LEFT);
    }

    @Test
    @DisplayName("does not come onto a file that changed, in size or only in content; its times stay, too")
    void changed() throws Exception {
        Files.write(file, bytes("mine"));
        Files.write(fixture.target.resolve("c.txt"), bytes("longer than before"));
        FileTime time = Files.getLastModifiedTime(file);
        Applied applied = apply(false);
        for (String name : List.of("docs/a.txt", "c.txt")) {
            assertThat(of(applied, name).state()).isEqualTo(State.LEFT);
            assertThat(of(applied, name).reasons()).singleElement().asString().contains("has changed since");
            assertThat(ntfs.on(fixture.target.resolve(name))).isEmpty();
        }
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(time);
        assertThat(of(applied, "docs/b.txt").state()).isEqualTo(State.DONE);
        assertThat(ExitCode.of(applied)).isEqualTo(ExitCode.PROBLEMS);
    }

    @Test
    @DisplayName("of a file that is not there any more is left alone")
    void missing() throws Exception {
        Files.delete(file);
        AppliedFile gone = of(apply(false), "docs/a.txt");
        assertThat(gone.state()).isEqualTo(State.LEFT);
        assertThat(gone.reasons()).singleElement().asString().contains("not there any more");
    }

    @Test
    @DisplayName("never follows a link in place of a file, nor one on the way to it")
    void links() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.move(file, outside.resolve("a.txt"));
        Files.createSymbolicLink(file, outside.resolve("a.txt"));
        AppliedFile linked = of(apply(false), "docs/a.txt");
        assertThat(linked.state()).isEqualTo(State.LEFT);
        assertThat(linked.reasons()).singleElement().asString().contains("Something else");

        Files.move(fixture.target.resolve("docs"), folder.resolve("elsewhere"));
        Files.delete(folder.resolve("elsewhere/a.txt"));
        Files.move(outside.resolve("a.txt"), folder.resolve("elsewhere/a.txt"));
        Files.createSymbolicLink(fixture.target.resolve("docs"), folder.resolve("elsewhere"));
        Applied applied = apply(false);
        for (String name : List.of("docs", "docs/a.txt", "docs/b.txt", "docs/near")) {
            assertThat(of(applied, name).state()).as(name).isEqualTo(State.LEFT);
        }
        assertThat(of(applied, "docs/b.txt").reasons())
                .singleElement()
                .asString()
                .contains("is a link now");
        assertThat(ntfs.on(folder.resolve("elsewhere/a.txt"))).isEmpty();
        assertThat(Files.getLastModifiedTime(folder.resolve("elsewhere/a.txt")).toInstant())
                .isEqualTo(LATER);
        assertThat(of(applied, "c.txt").state()).isEqualTo(State.DONE);
    }

    @Test
    @DisplayName("leaves a link alone that leads somewhere else by now")
    void otherLink() throws Exception {
        Path near = fixture.target.resolve("docs/near");
        Files.delete(near);
        Files.createSymbolicLink(near, Path.of("b.txt"));
        Applied applied = apply(false);
        assertThat(of(applied, "docs/near").state()).isEqualTo(State.LEFT);
        assertThat(of(applied, "docs/near").reasons())
                .singleElement()
                .asString()
                .contains("not the link");
    }

    @Test
    @DisplayName("tells that what a link points to stays aside")
    void linkStays() throws Exception {
        AppliedFile away = of(apply(false), "docs/away");
        assertThat(away.state()).isEqualTo(State.DONE);
        assertThat(away.reasons()).singleElement().asString().contains("might lead out");
        assertThat(fixture.target.resolve("docs/away")).isRegularFile().isEmptyFile();
    }

    @Test
    @DisplayName("is used part by part: one that changed, or belongs to another file, stays")
    void parts() throws Exception {
        Path aside = fixture.target.resolve("docs/a.txt.sidecar");
        Files.write(aside.resolve("object-id.bin"), new byte[63]);
        AppliedFile one = of(apply(false), "docs/a.txt");
        assertThat(one.state()).isEqualTo(State.PARTLY);
        assertThat(one.reasons()).anyMatch(reason -> reason.contains("object-id.bin"));
        assertThat(ntfs.on(file)).containsKey("system.ntfs_acl").doesNotContainKey("system.ntfs_object_id");

        Path index = aside.resolve("sidecar.json");
        Files.writeString(index, Files.readString(index).replace("\"size\":4", "\"size\":5"));
        assertThat(of(apply(true), "docs/a.txt").reasons())
                .singleElement()
                .asString()
                .contains("belongs to another file");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"../../../secret", "/etc/hostname", "..", "sub/x", "link"})
    @DisplayName("never comes from a file outside of the sidecar")
    void hostileParts(String name) throws Exception {
        Path aside = fixture.target.resolve("docs/a.txt.sidecar");
        Path secret = Files.write(folder.resolve("secret"), new byte[64]);
        Files.createSymbolicLink(aside.resolve("link"), secret);
        Path index = aside.resolve("sidecar.json");
        Files.writeString(index, Files.readString(index).replace("object-id.bin", name));
        AppliedFile one = of(apply(false), "docs/a.txt");
        assertThat(one.state()).isEqualTo(State.PARTLY);
        assertThat(ntfs.on(file)).doesNotContainKey("system.ntfs_object_id");
    }

    @Test
    @DisplayName(
            "is left alone as a whole where its own sidecar is damaged at any byte, and the permissions still come")
    void damagedParts() throws Exception {
        Path index = fixture.target.resolve("docs/a.txt.sidecar/sidecar.json");
        byte[] whole = Files.readAllBytes(index);
        for (int length = 0; length < whole.length - 1; length += 7) {
            Files.write(index, java.util.Arrays.copyOf(whole, length));
            AppliedFile one = of(apply(true), "docs/a.txt");
            assertThat(one.state()).as("cut at %s", length).isEqualTo(State.PARTLY);
        }
        assertThat(of(apply(false), "docs/a.txt").reasons()).anyMatch(reason -> reason.contains("damaged"));
        assertThat(ntfs.on(file)).containsKey("system.ntfs_acl");
    }

    @Test
    @DisplayName("does not replace a stream that somebody wrote since")
    void otherStream() throws Exception {
        ntfs.attribute(file, "user.large", bytes("mine"));
        AppliedFile one = of(apply(false), "docs/a.txt");
        assertThat(one.reasons()).singleElement().asString().contains("another stream large");
        assertThat(ntfs.on(file).get("user.large")).isEqualTo(bytes("mine"));
    }

    /** Its content is the same, so that nothing else tells it from the restored file. */
    @Test
    @DisplayName("does not come onto a file that has a name outside of what was restored")
    void otherNames() throws Exception {
        Path outside = Files.write(folder.resolve("outside.txt"), bytes("main"));
        Files.delete(file);
        Files.createLink(file, outside);
        for (boolean dry : new boolean[] {true, false}) {
            assertThat(of(apply(dry), "docs/a.txt"))
                    .satisfies(one -> assertThat(one.state()).isEqualTo(State.LEFT))
                    .satisfies(one ->
                            assertThat(one.reasons()).singleElement().asString().contains("(a hard link)"));
        }
        assertThat(ntfs.on(file)).isEmpty();
        assertThat(of(apply(false), "docs/b.txt").state())
                .as("the others get theirs")
                .isEqualTo(State.DONE);
        Files.delete(outside);
        assertThat(of(apply(false), "docs/a.txt").state()).isEqualTo(State.PARTLY);
    }

    @Test
    @DisplayName("comes onto a file whose other name is the short one that Windows gave it")
    void shortNames() throws Exception {
        Path outside = Files.createLink(folder.resolve("A~1.TXT"), file);
        ntfs.attribute(file, "system.ntfs_dos_name", bytes("A~1.TXT"));
        assertThat(of(apply(false), "docs/a.txt").state()).isEqualTo(State.PARTLY);
        ntfs.attribute(file, "system.ntfs_dos_name", bytes("A.TXT"));
        assertThat(of(apply(false), "docs/a.txt").state())
                .as("one name is both, and so %s is another", outside)
                .isEqualTo(State.LEFT);
    }

    @Test
    @DisplayName("of which only the volume knows whether it takes it is told so by a dry run")
    void openQuestions() throws Exception {
        assertThat(of(apply(true), "docs/a.txt").reasons())
                .anyMatch(reason -> reason.contains("shows only when it is put there"));
        assertThat(of(apply(false), "docs/a.txt").reasons())
                .noneMatch(reason -> reason.contains("shows only when it is put there"));
        assertThat(of(apply(true), "docs/b.txt").reasons()).isEmpty();
    }

    @Test
    @DisplayName("is told where the volume does not take it")
    void refused() throws Exception {
        ntfs.refused.addAll(List.of("system.ntfs_acl", "system.ntfs_object_id"));
        AppliedFile one = of(apply(false), "docs/a.txt");
        assertThat(one.state()).isEqualTo(State.PARTLY);
        assertThat(one.reasons())
                .anyMatch(reason -> reason.contains("permissions could not"))
                .anyMatch(reason -> reason.contains("object id could not"));
        ntfs.refused.add("system.ntfs_attrib_be");
        assertThat(of(apply(false), "docs/b.txt"))
                .satisfies(b -> assertThat(b.state()).isEqualTo(State.LEFT))
                .satisfies(
                        b -> assertThat(b.reasons()).singleElement().asString().contains("not taken"));
        assertThat(Files.getLastModifiedTime(fixture.target.resolve("docs/b.txt"))
                        .toInstant())
                .as("the attributes come first")
                .isNotEqualTo(LATER);
    }

    @Test
    @DisplayName("goes once onto a file of several names")
    void names() throws Exception {
        Path other = folder.resolve("other");
        MemorySession session = new MemorySession("other.img");
        int first = session.file(
                Catalog.NONE,
                "one",
                part(StreamType.SECURITY_DATA, NtfsTargetTest.descriptor()),
                MemorySession.data(bytes("x")));
        session.link(Catalog.NONE, "two", first);
        fixture.restorer.run(
                fixture.source,
                session,
                session.catalog(),
                fixture.restorer.plan(
                        fixture.source,
                        session,
                        session.catalog(),
                        session.all(),
                        RestoreOptions.to(other),
                        JobMonitor.SILENT),
                JobMonitor.SILENT);
        Files.setLastModifiedTime(other.resolve("one"), FileTime.from(LATER));
        Applied applied = later.apply(
                other.resolve("salvor-sidecar/files.jsonl"), was -> Optional.empty(), false, JobMonitor.SILENT);
        assertThat(applied.files()).hasSize(2).allMatch(one -> one.state() == State.DONE);
        assertThat(ExitCode.of(applied)).isEqualTo(ExitCode.DONE);
    }

    @Test
    @DisplayName("is refused on a file system without permissions of Windows, on the source, and without a sidecar")
    void places() throws Exception {
        assertThatThrownBy(() -> new FileRestorer(new LinuxPlaces(), new LinuxFiles())
                        .apply(sidecar(), was -> Optional.empty(), false, JobMonitor.SILENT))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.GONE))
                .hasMessageContaining("no place for permissions");
        PlaceResolver onSource = new PlaceResolver() {
            @Override
            public Places holding(Path path) {
                return ntfs.holding(path);
            }

            @Override
            public Places source(Path path) {
                return ntfs.holding(path);
            }
        };
        assertThatThrownBy(() -> new FileRestorer(onSource, ntfs)
                        .apply(
                                sidecar(),
                                was -> Optional.of(new Source.ImageFile(Path.of(was.text()))),
                                false,
                                JobMonitor.SILENT))
                .isInstanceOfSatisfying(
                        TargetException.class, e -> assertThat(e.kind()).isEqualTo(TargetException.Kind.ON_SOURCE));
        for (Path none : List.of(
                fixture.target.resolve("docs"),
                file,
                fixture.target.resolve("docs/a.txt.sidecar"),
                folder.resolve("nothing"))) {
            assertThatThrownBy(() -> later.apply(none, was -> Optional.empty(), false, JobMonitor.SILENT))
                    .satisfies(ApplyTest::isUsage)
                    .hasMessageContaining("is no sidecar");
        }
        assertThat(ntfs.count()).isZero();
    }
}
