package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupEntry;
import org.salvor.backup.BackupEntry.NamedStream;
import org.salvor.backup.BackupEntry.State;
import org.salvor.backup.BackupEntry.Times;
import org.salvor.backup.BackupSet;
import org.salvor.backup.mtf.Listed.Read;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamType;

@DisplayName("Media of the Microsoft Tape Format")
class CoreMtfTest {
    private static long at(String instant) {
        return Instant.parse(instant).getEpochSecond() * 10_000_000;
    }

    @ParameterizedTest
    @CsvSource({"1024,true", "512,true", "1024,false", "512,false"})
    void listSetsVolumesFoldersAndFiles(int block, boolean unicode) throws Exception {
        try (BackupArchive archive = Listed.open(List.of(SmallMedia.twoSets(block, unicode)))) {
            assertThat(archive.info().title()).isEqualTo("Media one");
            assertThat(archive.info().serial()).isEqualTo("4d3c2b1a");
            assertThat(archive.info().software()).isEqualTo("Test writer 1.0");
            assertThat(archive.info().notes()).isEmpty();
            assertThat(archive.sets()).extracting(BackupSet::number).containsExactly(1, 2);
            BackupSet monday = archive.sets().getFirst();
            assertThat(monday.name()).isEqualTo("Monday");
            assertThat(monday.description()).isEqualTo("about Monday");
            assertThat(monday.user()).isEqualTo("HOST\\ann");
            assertThat(monday.machine()).isEqualTo("HOST");
            assertThat(monday.volumes()).containsExactly("C:", "E:", "D:");
            assertThat(monday.method()).isEqualTo(BackupSet.Method.NORMAL);
            assertThat(monday.password()).isFalse();
            assertThat(monday.notes()).isEmpty();
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            assertThat(listed.entries.keySet())
                    .containsExactly(
                            "C:",
                            "C:/hello.txt",
                            "C:/docs/sub",
                            "C:/docs/sub/all.bin",
                            "C:/docs/sub/empty.dat",
                            "C:/docs/sub/nothing.dat",
                            "C:/docs/sub/link",
                            "C:/docs/sub/second-name.bin",
                            "C:/docs/empty",
                            "E:",
                            "D:",
                            "D:/sparse.bin",
                            "D:/holes-only.bin");
            assertThat(listed.folders).containsExactly("C:", "C:/docs/sub", "C:/docs/empty", "E:", "D:");
            assertThat(Listed.of(archive, 2).entries.keySet()).containsExactly("C:", "C:/hello.txt", "C:/secret.txt");
        }
    }

    @Test
    void tellTheTimesOfASetInItsOwnZone() throws Exception {
        try (BackupArchive archive = Listed.open("two-sets")) {
            // the first set was written five hours west of UTC, the second does not say where
            assertThat(archive.sets().get(0).written()).hasValue(at("2005-03-18T06:02:03Z"));
            assertThat(archive.sets().get(1).written()).hasValue(at("2005-03-18T01:02:03Z"));
            assertThat(archive.sets().get(1).notes()).anyMatch(note -> note.contains("time zone"));
            BackupEntry hello = Listed.of(archive, 1).entry("C:/hello.txt");
            assertThat(hello.times())
                    .isEqualTo(new Times(
                            at("2005-01-01T04:59:58Z"),
                            at("2005-03-17T19:25:36Z"),
                            Times.UNKNOWN,
                            at("2005-03-17T20:00:00Z")));
        }
    }

    @Test
    void giveEveryStreamOfWindowsNt() throws Exception {
        try (BackupArchive archive = Listed.open("two-sets")) {
            Listed listed = Listed.of(archive, 1);
            BackupEntry all = listed.entry("C:/docs/sub/all.bin");
            assertThat(all.size()).isEqualTo(SmallMedia.BINARY.length);
            assertThat(all.attributes()).isEqualTo(0x20);
            assertThat(all.state()).isEqualTo(new State.Whole());
            assertThat(all.streams())
                    .containsExactly(
                            new NamedStream("Zone.Identifier", SmallMedia.ZONE.length), new NamedStream("odd", 3));
            List<Read> streams = Listed.read(archive, 1, all);
            assertThat(streams)
                    .extracting(Read::type)
                    .containsExactly(
                            StreamType.SECURITY_DATA,
                            StreamType.EA_DATA,
                            StreamType.DATA,
                            StreamType.ALTERNATE_DATA,
                            StreamType.ALTERNATE_DATA,
                            StreamType.OBJECT_ID,
                            StreamType.PROPERTY_DATA,
                            StreamType.PROPERTY_DATA);
            assertThat(streams).allMatch(stream -> stream.lost() == 0 && stream.thrown() == null);
            assertThat(streams.get(0).bytes()).isEqualTo(SetWriter.SECURITY);
            assertThat(streams.get(1).bytes()).isEqualTo(SmallMedia.ATTRIBUTES);
            assertThat(streams.get(2).bytes()).isEqualTo(SmallMedia.BINARY);
            assertThat(streams.get(3).name()).isEqualTo("Zone.Identifier");
            assertThat(streams.get(3).bytes()).isEqualTo(SmallMedia.ZONE);
            assertThat(streams.get(4).name()).isEqualTo("odd");
            assertThat(streams.get(5).bytes()).isEqualTo(SmallMedia.OBJECT_ID);
            assertThat(Listed.randomly(archive, 1, all)).isEqualTo(SmallMedia.BINARY);
        }
    }

    @Test
    void giveEmptyFilesLinksAndStreamsOfFolders() throws Exception {
        try (BackupArchive archive = Listed.open("two-sets")) {
            Listed listed = Listed.of(archive, 1);
            assertThat(Listed.main(archive, 1, listed.entry("C:/docs/sub/empty.dat"))
                            .bytes())
                    .isEmpty();
            BackupEntry nothing = listed.entry("C:/docs/sub/nothing.dat");
            assertThat(nothing.state()).isEqualTo(new State.Whole());
            assertThat(Listed.read(archive, 1, nothing)).hasSize(1);
            BackupEntry link = listed.entry("C:/docs/sub/link");
            assertThat(link.state()).isEqualTo(new State.Whole());
            assertThat(Listed.read(archive, 1, link).getLast().bytes()).isEqualTo(SmallMedia.LINK);
            BackupEntry second = listed.entry("C:/docs/sub/second-name.bin");
            assertThat(second.state()).isInstanceOfSatisfying(State.Damaged.class, state -> {
                assertThat(state.lost()).isEqualTo(SmallMedia.BINARY.length);
                assertThat(state.why()).contains("another name");
            });
            BackupEntry folder = listed.entry("C:/docs/empty");
            assertThat(folder.attributes()).isEqualTo(0x10);
            assertThat(folder.streams()).containsExactly(new NamedStream("note", 11));
            assertThat(Listed.read(archive, 1, folder))
                    .extracting(Read::type)
                    .containsExactly(StreamType.SECURITY_DATA, StreamType.ALTERNATE_DATA);
            assertThat(Listed.read(archive, 1, listed.entry("E:"))).isEmpty();
        }
    }

    @Test
    void keepSparseFilesSparse() throws Exception {
        try (BackupArchive archive = Listed.open("two-sets")) {
            Listed listed = Listed.of(archive, 1);
            BackupEntry sparse = listed.entry("D:/sparse.bin");
            assertThat(sparse.size()).isEqualTo(SmallMedia.SPARSE_SIZE);
            Read main = Listed.main(archive, 1, sparse);
            byte[] expected = new byte[SmallMedia.SPARSE_SIZE];
            System.arraycopy(SmallMedia.SPARSE_HEAD, 0, expected, 0, SmallMedia.SPARSE_HEAD.length);
            System.arraycopy(SmallMedia.TAIL, 0, expected, 1 << 20, 4);
            assertThat(main.bytes()).isEqualTo(expected);
            assertThat(main.sparse()).isTrue();
            assertThat(main.holes()).isEqualTo((1 << 20) - SmallMedia.SPARSE_HEAD.length);
            assertThat(main.thrown()).isNull();
            assertThat(Listed.randomly(archive, 1, sparse)).isEqualTo(expected);
            Read holes = Listed.main(archive, 1, listed.entry("D:/holes-only.bin"));
            assertThat(holes.holes()).isEqualTo(1 << 20);
        }
    }

    @Test
    void readNamesOfOneByteAndNamesTooLongForTheirBlocks() throws Exception {
        try (BackupArchive archive = Listed.open("ansi")) {
            assertThat(archive.info().title()).isEqualTo("Bänder");
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            assertThat(listed.entries.keySet())
                    .containsExactly(
                            "C:",
                            "C:/Übung€.txt",
                            "C:/" + SmallMedia.LONG_NAME,
                            "C:/" + SmallMedia.LONG_PATH,
                            "C:/" + SmallMedia.LONG_PATH + "/deep.txt",
                            "C:/" + SmallMedia.LONG_PATH + "/linked.txt");
            assertThat(Listed.main(archive, 1, listed.entry("C:/" + SmallMedia.LONG_NAME))
                            .bytes())
                    .isEqualTo(SmallMedia.ascii("long"));
            assertThat(listed.entry("C:/" + SmallMedia.LONG_PATH + "/linked.txt")
                            .attributes())
                    .isEqualTo(0x21);
        }
    }

    @Test
    void findSetsBehindSoftFilemarks() throws Exception {
        try (BackupArchive archive = Listed.open("filemarks")) {
            assertThat(archive.sets()).extracting(BackupSet::name).containsExactly("Marked", "Marked again");
            assertThat(archive.sets().getFirst().volumes()).containsExactly("C:", "D:");
            assertThat(archive.sets().getFirst().machine()).isEqualTo("HOST");
            assertThat(archive.sets().get(0).notes()).singleElement().asString().contains("2 files");
            assertThat(archive.sets().get(1).notes()).singleElement().asString().contains("stopped before");
            for (int set = 1; set <= 2; set++) {
                Listed listed = Listed.of(archive, set);
                assertThat(listed.problems)
                        .extracting(Throwable::getMessage)
                        .as("what the set is missing is told by its listing, too")
                        .isEqualTo(archive.sets().get(set - 1).notes());
                BackupEntry file = listed.entry(set == 1 ? "C:/a.bin" : "C:/b.bin");
                assertThat(Listed.main(archive, set, file).bytes()).isEqualTo(SmallMedia.BINARY);
            }
        }
    }

    @Test
    void unpackCompressedStreams() throws Exception {
        try (BackupArchive archive = Listed.open("packed")) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            for (String name : List.of("text.txt", "carried.txt", "pieces.txt")) {
                BackupEntry entry = listed.entry("C:/" + name);
                assertThat(entry.size()).as(name).isEqualTo(SmallMedia.PACKABLE.length);
                assertThat(entry.stored()).as(name).isLessThan(SmallMedia.PACKABLE.length);
                Read main = Listed.main(archive, 1, entry);
                assertThat(main.bytes()).as(name).isEqualTo(SmallMedia.PACKABLE);
                assertThat(main.thrown()).as(name).isNull();
            }
            Read zone = Listed.read(archive, 1, listed.entry("C:/text.txt")).getLast();
            assertThat(zone.name()).isEqualTo("Zone.Identifier");
            assertThat(zone.bytes()).isEqualTo(SmallMedia.ZONE);
            assertThat(Listed.main(archive, 1, listed.entry("C:/stored.bin")).bytes())
                    .isEqualTo(SmallMedia.BINARY);
        }
    }

    @Test
    void loseOnlyTheDamagedPieceOfACompressedStream() throws Exception {
        try (BackupArchive archive = Listed.open("packed")) {
            Listed listed = Listed.of(archive, 1);
            Read damaged = Listed.main(archive, 1, listed.entry("C:/damaged.txt"));
            assertThat(damaged.lost()).isEqualTo(SmallMedia.PIECE);
            assertThat(java.util.Arrays.copyOfRange(damaged.bytes(), SmallMedia.PIECE, 70_000))
                    .isEqualTo(java.util.Arrays.copyOfRange(SmallMedia.PACKABLE, SmallMedia.PIECE, 70_000));
            BackupEntry unknown = listed.entry("C:/unknown.bin");
            assertThat(unknown.size()).isEqualTo(1234);
            assertThat(unknown.state()).isInstanceOf(State.Damaged.class);
            assertThat(Listed.main(archive, 1, unknown).lost()).isEqualTo(1234);
        }
    }

    @Test
    void joinThePiecesOfVariableStreams() throws Exception {
        try (BackupArchive archive = Listed.open("pieces")) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems).isEmpty();
            List<Read> variable = Listed.read(archive, 1, listed.entry("C:/variable.txt"));
            assertThat(variable).hasSize(2).allMatch(stream -> stream.thrown() == null);
            assertThat(variable.get(0).bytes()).isEqualTo(SmallMedia.ascii("part one part two end"));
            assertThat(variable.get(1).name()).isEqualTo("v");
            assertThat(variable.get(1).bytes()).isEqualTo(SmallMedia.ZONE);
            Read summed = Listed.main(archive, 1, listed.entry("C:/each-summed.txt"));
            assertThat(summed.bytes()).isEqualTo(SmallMedia.ascii("1234567890"));
            assertThat(summed.thrown()).isNull();
            Read embedded = Listed.main(archive, 1, listed.entry("C:/embedded.txt"));
            assertThat(embedded.bytes()).isEqualTo(SmallMedia.HELLO);
            assertThat(Listed.main(archive, 1, listed.entry("C:/twice.txt")).bytes())
                    .isEqualTo(SmallMedia.ascii("new"));
            Read named =
                    Listed.read(archive, 1, listed.entry("C:/sparse-named.txt")).getLast();
            assertThat(named.name()).isEqualTo("s");
            assertThat(named.holes()).isEqualTo(1000);
            assertThat(named.bytes()).endsWith(SmallMedia.TAIL).hasSize(1004);
        }
    }

    @Test
    void tellWhatCouldNotBeReadWhenTheBackupWasMade() throws Exception {
        try (BackupArchive archive = Listed.open("then-unreadable")) {
            assertThat(archive.sets().getFirst().notes()).anyMatch(note -> note.contains("3 files"));
            Listed listed = Listed.of(archive, 1);
            BackupEntry half = listed.entry("C:/half.bin");
            assertThat(half.state())
                    .isInstanceOfSatisfying(
                            State.Damaged.class,
                            state -> assertThat(state.lost()).isEqualTo(2000));
            Read main = Listed.main(archive, 1, half);
            assertThat(main.lost()).isEqualTo(2000);
            assertThat(main.bytes()).startsWith(java.util.Arrays.copyOf(SmallMedia.BINARY, 3000));
            BackupEntry stream = listed.entry("C:/stream.bin");
            assertThat(stream.state())
                    .isInstanceOfSatisfying(
                            State.Damaged.class,
                            state -> assertThat(state.lost()).isZero());
            Read named = Listed.read(archive, 1, stream).getLast();
            assertThat(named.lost()).isEqualTo(SmallMedia.ZONE.length - 10);
            BackupEntry marked = listed.entry("C:/marked.bin");
            assertThat(marked.state()).isInstanceOf(State.Damaged.class);
            Read doubtful = Listed.main(archive, 1, marked);
            assertThat(doubtful.bytes()).isEqualTo(SmallMedia.BINARY);
            assertThat(doubtful.thrown()).contains("marks this as damaged");
            Read sparse = Listed.main(archive, 1, listed.entry("C:/sparse.bin"));
            assertThat(sparse.lost()).isEqualTo(600);
            assertThat(sparse.bytes()).startsWith(java.util.Arrays.copyOf(SmallMedia.BINARY, 1000));
            assertThat(listed.entry("C:/whole.bin").state()).isEqualTo(new State.Whole());
        }
    }

    @Test
    void neverClaimAStreamWholeWhoseChecksumIsWrong() throws Exception {
        try (BackupArchive archive = Listed.open("wrong-checksums")) {
            Listed listed = Listed.of(archive, 1);
            Read data = Listed.main(archive, 1, listed.entry("C:/data.bin"));
            assertThat(data.bytes()).isEqualTo(SmallMedia.BINARY);
            assertThat(data.thrown()).contains("checksum is wrong");
            List<Read> named = Listed.read(archive, 1, listed.entry("C:/name.bin"));
            assertThat(named.get(0).thrown()).isNull();
            assertThat(named.get(1).thrown()).contains("checksum is wrong");
            assertThat(Listed.main(archive, 1, listed.entry("C:/sparse.bin")).thrown())
                    .contains("checksum is wrong");
            Read packed = Listed.main(archive, 1, listed.entry("C:/packed.bin"));
            assertThat(packed.bytes()).isEqualTo(SmallMedia.PACKABLE);
            assertThat(packed.thrown()).contains("checksum is wrong");
        }
    }

    @Test
    void recogniseDatabases() throws Exception {
        try (BackupArchive archive = Listed.open("databases")) {
            assertThat(archive.info().format()).contains("SQL Server");
            assertThat(archive.info().notes()).anyMatch(note -> note.contains("SQL Server"));
            assertThat(archive.sets()).hasSize(1);
            assertThat(archive.sets().getFirst().notes())
                    .anyMatch(note -> note.contains("SQL Server"))
                    .anyMatch(note -> note.contains("no name"));
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.notes).isEmpty();
            assertThat(listed.problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).hasMessageContaining("SQL Server"));
        }
    }

    @Test
    void readMediaWithoutPaddingAndSayThatAPasswordProtectsNothing() throws Exception {
        try (BackupArchive archive = Listed.open("old")) {
            assertThat(archive.info().notes()).anyMatch(note -> note.contains("password"));
            BackupSet set = archive.sets().getFirst();
            assertThat(set.password()).isTrue();
            assertThat(set.notes())
                    .anyMatch(note -> note.contains("password"))
                    .anyMatch(note -> note.contains("stopped before it was complete"));
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.problems)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.getMessage()).contains("stopped before it was complete"));
            assertThat(listed.entries.keySet())
                    .containsExactly("C:", "C:/plain.txt", "C:/empty.txt", "C:/sub", "C:/sub/more.bin");
            assertThat(Listed.main(archive, 1, listed.entry("C:/sub/more.bin")).bytes())
                    .isEqualTo(SmallMedia.BINARY);
        }
    }

    @Test
    void skipWhatNobodyKnows() throws Exception {
        try (BackupArchive archive = Listed.open("odd")) {
            Listed listed = Listed.of(archive, 1);
            assertThat(listed.entries.keySet())
                    .containsExactly(
                            "\\\\SERVER\\share",
                            "\\\\SERVER\\share/unknown-stream.txt",
                            "\\\\SERVER\\share/File 2",
                            "\\\\SERVER\\share/..\\..\\up:x/y",
                            "\\\\SERVER\\share/date.txt");
            for (BackupEntry entry : listed.entries.values()) {
                if (!entry.folder()) {
                    assertThat(Listed.main(archive, 1, entry).bytes()).isEqualTo(SmallMedia.HELLO);
                }
            }
            assertThat(listed.entry("\\\\SERVER\\share/date.txt").times()).isEqualTo(Times.NONE);
        }
    }

    @Test
    void sayWhatIsLockedAndWhatLiesElsewhere() throws Exception {
        try (BackupArchive archive = Listed.open("locked")) {
            assertThat(archive.info().format()).contains("Exchange");
            assertThat(archive.sets().getFirst().notes())
                    .anyMatch(note -> note.contains("Exchange"))
                    .anyMatch(note -> note.contains("encrypted"));
            Listed listed = Listed.of(archive, 1);
            String root = "Microsoft Information Store\\First Storage Group/";
            BackupEntry program = listed.entry(root + "by-program.bin");
            assertThat(program.state()).isInstanceOf(State.Encrypted.class);
            assertThatThrownBy(() -> Listed.read(archive, 1, program)).isInstanceOf(KeyRequiredException.class);
            BackupEntry efs = listed.entry(root + "by-efs.bin");
            assertThat(efs.state()).isInstanceOf(State.Encrypted.class);
            Read raw = Listed.main(archive, 1, efs);
            assertThat(raw.type()).isEqualTo(StreamType.ENCRYPTED_RAW);
            assertThat(raw.bytes()).isEqualTo(SmallMedia.EFS);
            assertThat(listed.entry(root + "elsewhere.bin").state()).isInstanceOf(State.Elsewhere.class);
        }
    }

    @Test
    void openOnlyWhatWasListed() throws Exception {
        try (BackupArchive archive = Listed.open("two-sets")) {
            BackupEntry hello = Listed.of(archive, 1).entry("C:/hello.txt");
            assertThatThrownBy(() -> archive.open(1, hello.key() + 1, hello.locator()))
                    .isInstanceOf(RecoveryException.class)
                    .hasMessageContaining("not the entry that was listed");
            for (long locator : new long[] {hello.locator() + 512, 3, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 48}) {
                assertThatThrownBy(() -> archive.open(1, hello.key(), locator)).isInstanceOf(RecoveryException.class);
            }
            assertThatThrownBy(() -> archive.open(7, hello.key(), hello.locator()))
                    .isInstanceOf(RecoveryException.class);
        }
    }

    @Test
    void haveKeysThatTellAllEntriesApart() throws Exception {
        for (String name : SmallMedia.ALL.keySet()) {
            try (BackupArchive archive = Listed.open(name)) {
                for (BackupSet set : archive.sets()) {
                    Listed listed = Listed.of(archive, set.number());
                    assertThat(listed.entries.values())
                            .extracting(BackupEntry::key)
                            .doesNotHaveDuplicates();
                    assertThat(listed.entries.values()).allMatch(entry -> entry.key() >= 0 && entry.key() < 1L << 40);
                }
            }
        }
    }
}
