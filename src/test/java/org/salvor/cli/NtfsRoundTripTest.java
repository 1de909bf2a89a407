package org.salvor.cli;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.salvor.NtfsMount;
import org.salvor.TestTools;
import org.salvor.app.Wiring;
import org.salvor.posix.LinuxFiles;
import org.salvor.service.Workbench;

/** Volume to volume, both as ntfs-3g shows them: what belongs to each file, compared one by one. */
@DisplayName("An NTFS volume that was restored onto another")
class NtfsRoundTripTest {
    private static final Workbench WORKBENCH = Wiring.assemble();

    private static final List<String> RAW =
            List.of("system.ntfs_acl", "system.ntfs_ea", "system.ntfs_object_id", "system.ntfs_reparse_data");

    /** Read-only, hidden, system, archive, temporary, offline, not indexed. */
    private static final int SETTABLE = 0x3127;

    /** Owner and group Administrators, everyone may read and system everything. */
    private static final String DESCRIPTOR = "01000480" + "14000000" + "24000000" + "00000000" + "34000000"
            + "01020000000000052000000020020000"
            + "01020000000000052000000020020000"
            + "02003000" + "02000000"
            + "00001400" + "89001200" + "010100000000000100000000"
            + "00001400" + "ff011f00" + "010100000000000512000000";

    @TempDir
    Path folder;

    private @Nullable NtfsMount source;
    private @Nullable NtfsMount target;
    private final LinuxFiles host = new LinuxFiles();
    private String said = "";
    private Map<String, Map<String, String>> original = Map.of();

    @BeforeEach
    void fill() throws Exception {
        NtfsMount from = NtfsMount.make(folder, "source", 32 << 20);
        source = from;
        Path top = from.mount("streams_interface=windows");
        Path docs = Files.createDirectory(top.resolve("docs"));
        Files.createDirectory(docs.resolve("deep"));
        Path plain = Files.writeString(docs.resolve("plain.txt"), "plain");
        Path streams = Files.writeString(docs.resolve("streams.txt"), "main");
        Files.write(Path.of(streams + ":small"), "beside".getBytes(UTF_8));
        Files.write(Path.of(streams + ":large"), new byte[100_000]);
        Path sparse = docs.resolve("sparse.bin");
        try (RandomAccessFile file = new RandomAccessFile(sparse.toFile(), "rw")) {
            file.seek(8 << 20);
            file.write("the end".getBytes(UTF_8));
        }
        for (Path file : List.of(docs, plain, sparse)) {
            host.attribute(file, "system.ntfs_acl", HexFormat.of().parseHex(DESCRIPTOR));
        }
        host.attribute(plain, "system.ntfs_object_id", "0123456789abcdef".getBytes(UTF_8));
        host.attribute(plain, "system.ntfs_ea", extended("SALVOR", "attribute"));
        attributes(plain, 0x23);
        attributes(docs.resolve("deep"), 0x2);
        link(docs.resolve("deep/up"), false, "..\\plain.txt");
        link(top.resolve("to deep"), true, ".\\docs\\deep");
        link(docs.resolve("to nothing"), false, "gone\\for ever");
        host.attribute(
                docs.resolve("to nothing"), "system.ntfs_acl", HexFormat.of().parseHex(DESCRIPTOR));
        long[] times = {130_000_000_000_000_000L, 131_000_000_000_000_001L, 132_000_000_000_000_002L, 0};
        for (Path file : List.of(plain, streams, sparse, docs.resolve("deep"), docs)) {
            ByteBuffer all = ByteBuffer.allocate(24);
            for (int i = 0; i < 3; i++) {
                all.putLong(times[i] + file.toString().length());
            }
            host.attribute(file, "system.ntfs_times_be", all.array());
        }
        from.unmount();
        from.mount("streams_interface=windows,ro");
        original = shown(top);
        from.unmount();
        assertThat(original.keySet())
                .contains(
                        "docs",
                        "docs/deep/up",
                        "docs/plain.txt",
                        "docs/sparse.bin",
                        "docs/streams.txt",
                        "docs/to nothing",
                        "to deep");
        target = NtfsMount.make(folder, "target", 32 << 20);
        target.mount("streams_interface=windows");
    }

    @AfterEach
    void unmount() throws Exception {
        for (NtfsMount one : new NtfsMount[] {source, target}) {
            if (one != null) {
                one.close();
            }
        }
    }

    private static byte[] extended(String name, String value) {
        int length = 8 + name.length() + 1 + value.length();
        ByteBuffer one = ByteBuffer.allocate((length + 3) & ~3).order(ByteOrder.LITTLE_ENDIAN);
        one.putInt(one.capacity()).put((byte) 0).put((byte) name.length()).putShort((short) value.length());
        return one.put(name.getBytes(UTF_8))
                .put((byte) 0)
                .put(value.getBytes(UTF_8))
                .array();
    }

    private void attributes(Path file, int value) throws IOException {
        host.attribute(
                file,
                "system.ntfs_attrib_be",
                ByteBuffer.allocate(4).putInt(value).array());
    }

    private void link(Path at, boolean isFolder, String to) throws IOException {
        if (isFolder) {
            Files.createDirectory(at);
        } else {
            Files.createFile(at);
        }
        byte[] name = to.getBytes(UTF_16LE);
        ByteBuffer data = ByteBuffer.allocate(20 + 2 * name.length).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(0xA000000C).putShort((short) (data.capacity() - 8)).putShort((short) 0);
        data.putShort((short) 0).putShort((short) name.length);
        data.putShort((short) name.length).putShort((short) name.length).putInt(1);
        host.attribute(at, "system.ntfs_reparse_data", data.put(name).put(name).array());
    }

    /** What ntfs-3g shows of each file and folder, without what a restore itself left there. */
    private Map<String, Map<String, String>> shown(Path top) throws Exception {
        Map<String, Map<String, String>> all = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(top)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                String name = top.relativize(path).toString();
                if (!name.isEmpty() && !name.startsWith("salvor-")) {
                    all.put(name, facts(path));
                }
            }
        }
        return all;
    }

    private Map<String, String> facts(Path path) throws Exception {
        Map<String, String> facts = new TreeMap<>();
        boolean regular = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
        facts.put("kind", regular ? "file" : Files.isSymbolicLink(path) ? "link" : "folder");
        for (String name : RAW) {
            byte[] value = host.attribute(path, name);
            facts.put(name, value == null ? "none" : HexFormat.of().formatHex(value));
        }
        byte[] attributes = host.attribute(path, "system.ntfs_attrib_be");
        facts.put("attributes", Integer.toHexString(ByteBuffer.wrap(attributes).getInt() & SETTABLE));
        ByteBuffer times = ByteBuffer.wrap(host.attribute(path, "system.ntfs_times_be"));
        facts.put("created", "" + times.getLong(0));
        facts.put("modified", "" + times.getLong(8));
        facts.put("accessed", "" + times.getLong(16));
        if (regular) {
            facts.put("content", hash(Files.readAllBytes(path)));
            facts.put("sparse", "" + (blocks(path) * 512 < Files.size(path)));
            byte[] list = host.attribute(path, "ntfs.streams.list");
            for (String stream : new String(list == null ? new byte[0] : list, UTF_8).split("\0")) {
                if (!stream.isEmpty()) {
                    facts.put("stream " + stream, hash(Files.readAllBytes(Path.of(path + ":" + stream))));
                }
            }
        }
        return facts;
    }

    private static long blocks(Path path) throws IOException {
        return Long.parseLong(new String(TestTools.run("stat", "-c", "%b", path.toString()), UTF_8).strip());
    }

    private static String hash(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static Map<String, Map<String, String>> without(Map<String, Map<String, String>> all, String... facts) {
        Map<String, Map<String, String>> less = new TreeMap<>();
        all.forEach((path, one) -> {
            Map<String, String> left = new TreeMap<>(one);
            List.of(facts).forEach(left::remove);
            less.put(path, left);
        });
        return less;
    }

    private int salvor(String... words) {
        StringWriter text = new StringWriter();
        int code = new SalvorCli(WORKBENCH, Terminal.piped(new PrintWriter(text), new PrintWriter(text))).run(words);
        said = text.toString();
        return code;
    }

    private Path back() {
        return folder.resolve("target/back");
    }

    /** As another mount shows it: what the kernel kept of the first would hide what really lies on the volume. */
    private Map<String, Map<String, String>> lies() throws Exception {
        NtfsMount to = java.util.Objects.requireNonNull(target);
        to.unmount();
        to.mount("streams_interface=windows");
        return shown(back());
    }

    private void restore(String from, String... more) {
        write("restore", from, back(), more);
    }

    /** The folders and the link that this test made, and nothing else. */
    private void write(String command, String from, Path to, String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(command, from, "--to", to.toString()));
        words.addAll(List.of("--what", "all", "--match", "docs", "--match", "docs/**", "--match", "to deep"));
        words.addAll(List.of(more));
        assertThat(salvor(words.toArray(String[]::new))).as(said).isZero();
    }

    private String image() {
        return folder.resolve("source.img").toString();
    }

    @Test
    @DisplayName("directly and with permissions is the same")
    void direct() throws Exception {
        restore(image(), "--permissions");
        assertThat(lies()).isEqualTo(original);
        assertThat(salvor("verify", back().resolve("salvor-report.json").toString()))
                .as(said)
                .isZero();
    }

    @Test
    @DisplayName("directly without permissions is the same once the sidecar is applied")
    void applied() throws Exception {
        restore(image());
        assertThat(without(lies(), "system.ntfs_acl")).isEqualTo(without(original, "system.ntfs_acl"));
        assertThat(lies()).isNotEqualTo(original);
        assertThat(salvor("apply", back().resolve("salvor-sidecar").toString()))
                .as(said)
                .isZero();
        assertThat(said).contains("8 of 8");
        assertThat(lies()).isEqualTo(original);
        assertThat(salvor("verify", back().resolve("salvor-report.json").toString()))
                .as(said)
                .isZero();
    }

    @Test
    @DisplayName("by way of exported streams is the same in all that these hold: no attributes and no times")
    void exported() throws Exception {
        Path exported = folder.resolve("exported");
        write("export", image(), exported);
        String[] not = {"attributes", "created", "modified", "accessed"};

        restore(exported.toString(), "--permissions");
        assertThat(without(lies(), not)).isEqualTo(without(original, not));
        TestTools.run("rm", "-r", back().toString());

        restore(exported.toString());
        assertThat(without(lies(), not)).isNotEqualTo(without(original, not));
        assertThat(salvor("apply", back().resolve("salvor-sidecar").toString()))
                .as(said)
                .isZero();
        assertThat(without(lies(), not)).isEqualTo(without(original, not));
    }

    @Test
    @DisplayName("by way of a folder that holds nothing of it is the same once the sidecar is applied, but for links")
    void copied() throws Exception {
        Path between = folder.resolve("between");
        write("restore", image(), between);
        // As a copy by a program that takes the bytes only.
        TestTools.run("cp", "-r", between.toString(), back().toString());
        assertThat(salvor("apply", back().resolve("salvor-sidecar").toString()))
                .as(said)
                .isZero();
        String[] not = {"system.ntfs_reparse_data", "stream small", "stream large", "sparse"};
        Map<String, Map<String, String>> now = without(lies(), not);
        now.keySet().removeIf(name -> name.contains(".sidecar"));
        Map<String, Map<String, String>> wanted = without(original, not);
        for (String link : List.of("docs/deep/up", "docs/to nothing", "to deep")) {
            // ntfs-3g knows a link of its own by the attribute "system".
            assertThat(now.getOrDefault(link, Map.of())).containsEntry("attributes", "24");
            now.getOrDefault(link, new TreeMap<>()).remove("attributes");
            wanted.getOrDefault(link, new TreeMap<>()).remove("attributes");
        }
        assertThat(now).isEqualTo(wanted);
    }
}
