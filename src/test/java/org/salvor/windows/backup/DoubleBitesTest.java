package org.salvor.windows.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Streams;
import org.salvor.windows.WindowsException;

@DisplayName("The double of BackupWrite bites: a binding that is wrong on purpose is caught")
class DoubleBitesTest {
    private static final Memory NO_HANDLE = cleared();

    @TempDir
    Path folder;

    private BackupDouble windows;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = BackupDouble.fresh();
    }

    /** A wrong binding changes the arguments of one function; an empty list leaves the call out and says yes. */
    private Kernel wrong(String function, UnaryOperator<Object[]> change) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    Object[] given = arguments;
                    if (method.getName().equals(function)) {
                        given = change.apply(arguments);
                        if (given.length == 0 && arguments.length > 0) {
                            return 1;
                        }
                    }
                    try {
                        return method.invoke(windows.kernel, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private String violations(Kernel kernel) throws IOException {
        TargetFixture file = new TargetFixture(folder);
        try {
            file.write(
                    kernel,
                    windows.token,
                    Streams.of(
                            StreamType.DATA,
                            "",
                            true,
                            500_000,
                            new Chunk.Bytes(0, ByteBuffer.wrap(BackupWriteTargetTest.random(400_000))),
                            new Chunk.Hole(400_000, 100_000)),
                    Streams.whole(StreamType.SECURITY_DATA, BackupWriteTargetTest.descriptor(true)));
        } catch (IOException | RecoveryException e) {
            // what a wrong binding leads to is not the point: the double must have seen it
        }
        return windows.violations();
    }

    @Test
    @DisplayName("The right binding is not bitten")
    void right() throws IOException {
        assertThat(violations(wrong("nothing", arguments -> arguments))).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("mistakes")
    @DisplayName("A wrong argument or a call left out")
    void bitten(String mistake, String function, UnaryOperator<Object[]> change, String expected) throws IOException {
        assertThat(violations(wrong(function, change))).as(mistake).contains(expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "a new context each time",
                        "BackupWrite",
                        a -> with(6, new PointerByReference()).apply(a),
                        "changed by the caller"),
                mistake("another handle", "BackupWrite", with(0, NO_HANDLE), "call: no handle"),
                mistake("no buffer", "BackupWrite", unlessAbort(1, null), "call: nothing to write"),
                mistake("nothing to write", "BackupWrite", unlessAbort(2, 0), "call: nothing to write"),
                mistake("no count", "BackupWrite", with(3, null), "call: no place for the count"),
                mistake("BOOL of -1", "BackupWrite", with(5, -1), "neither 0 nor 1"),
                mistake(
                        "abort left out",
                        "BackupWrite",
                        a -> a[4].equals(1) ? new Object[0] : a,
                        "not released with bAbort"),
                mistake("no permissions flag", "BackupWrite", with(5, 0), "security: stream while"),
                mistake("flag changes", "BackupWrite", changing(), "bProcessSecurity changed"),
                mistake("handle not closed", "CloseHandle", a -> new Object[0], "leak: handle not closed"),
                mistake("CREATE_ALWAYS", "CreateFileW", with(4, 2), "OPEN_REPARSE_POINT with CREATE_ALWAYS"),
                mistake("makes the file", "CreateFileW", with(4, 1), "opened, not made"),
                mistake("no backup semantics", "CreateFileW", with(5, 0x00200000), "without BACKUP_SEMANTICS"),
                mistake("follows links", "CreateFileW", with(5, 0x02000000), "would follow"),
                mistake("overlapped", "CreateFileW", with(5, 0x42200000), "FILE_FLAG_OVERLAPPED"),
                mistake("no buffering", "CreateFileW", with(5, 0x22200000), "NO_BUFFERING"),
                mistake("not made sparse", "DeviceIoControl", a -> new Object[0], "not made sparse"),
                mistake("function number", "DeviceIoControl", with(1, 49), "not FSCTL_SET_SPARSE"),
                mistake("information cut", "SetFileInformationByHandle", with(3, 36), "not FILE_BASIC_INFO"),
                mistake("header of 24 bytes", "BackupWrite", longHeader(), "grammar:"));
    }

    private static Arguments mistake(String name, String function, UnaryOperator<Object[]> change, String expected) {
        return Arguments.of(name, function, change, expected);
    }

    private static UnaryOperator<Object[]> with(int index, @Nullable Object value) {
        return arguments -> {
            Object[] changed = arguments.clone();
            changed[index] = value;
            return changed;
        };
    }

    private static UnaryOperator<Object[]> unlessAbort(int index, @Nullable Object value) {
        return arguments ->
                arguments[4].equals(1) ? arguments : with(index, value).apply(arguments);
    }

    private static UnaryOperator<Object[]> changing() {
        int[] calls = {0};
        return arguments -> with(5, calls[0]++ % 2).apply(arguments);
    }

    /** The size of the C structure instead of the 20 bytes of its fixed part. */
    private static UnaryOperator<Object[]> longHeader() {
        return unlessAbort(1, shifted());
    }

    private static Memory shifted() {
        Memory memory = new Memory(1 << 20);
        memory.clear();
        memory.setInt(0, 1);
        memory.setLong(8, 4); // 4 bytes of data, which come 4 bytes too late
        memory.setInt(24, 0x64636261);
        return memory;
    }

    /** Takes whatever Windows says for a yes. */
    private Kernel believing() {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(windows.kernel, arguments);
                    if (method.getName().equals("BackupWrite") && arguments[4].equals(0)) {
                        ((IntByReference) arguments[3]).setValue((Integer) arguments[2]);
                        return 1;
                    }
                    boolean refused = result instanceof Pointer handle && Pointer.nativeValue(handle) == -1;
                    return refused ? NO_HANDLE : result;
                });
    }

    @ParameterizedTest
    @CsvSource({
        "short-at, 10, after an error",
        "full-at, 0, after an error",
        "error-stream, 0, after an error",
        "sharing, 1, no handle",
        "no-sacl, 1, no handle"
    })
    @DisplayName("A binding that does not look at the answer is caught at each fault")
    void believes(String knob, long value, String expected) throws IOException {
        windows.knob(knob, value);
        assertThat(violations(believing())).contains(expected);
    }

    @Test
    @DisplayName("Sparse set only when the data are there is caught")
    void sparseTooLate() throws IOException {
        Object[][] kept = {null};
        Kernel late = (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(), new Class<?>[] {Kernel.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("DeviceIoControl")) {
                        kept[0] = arguments;
                        return 1;
                    }
                    Object[] asked = kept[0];
                    boolean released = method.getName().equals("BackupWrite") && arguments[4].equals(1);
                    Object result = method.invoke(windows.kernel, arguments);
                    if (released && asked != null) {
                        kept[0] = null;
                        windows.kernel.DeviceIoControl(
                                (Pointer) asked[0], (Integer) asked[1], null, 0, null, 0, new IntByReference(), null);
                    }
                    return result;
                });
        assertThat(violations(late)).contains("sparse: set after data");
    }

    @Test
    @DisplayName("A right that was not given (1300) is noticed; a binding that only looks at the answer claims it")
    void notAllAssigned() throws IOException {
        windows.knob("missing-privileges", 1 << 18 | 1 << 8);
        Token onlyAnswer = (Token) Proxy.newProxyInstance(
                Token.class.getClassLoader(), new Class<?>[] {Token.class}, (proxy, method, arguments) -> {
                    Object result = method.invoke(windows.token, arguments);
                    com.sun.jna.Native.setLastError(0);
                    return result;
                });
        assertThat(Privileges.enable(windows.kernel, windows.token, Privileges.TO_WRITE))
                .containsExactly(Privileges.TAKE_OWNERSHIP, Privileges.SYMBOLIC_LINK);
        assertThat(windows.count("privileges")).isEqualTo(1 << 9 | 1L << 35);
        assertThat(Privileges.enable(windows.kernel, onlyAnswer, Privileges.TO_WRITE))
                .as("claims what the double did not give")
                .contains(Privileges.RESTORE, Privileges.SECURITY);
    }

    @Test
    @DisplayName("The grammar of the sequence: what no caller may send is refused with 13")
    void grammar() throws IOException {
        TargetFixture file = new TargetFixture(folder);
        Map<String, byte[]> sequences = Map.of(
                "negative size", header(1, 0, -1, 0),
                "unknown stream id", header(12, 0, 0, 0),
                "name on a stream that has none", header(1, 0, 0, 2),
                "length of name", header(4, 0, 0, 3),
                "named stream without name", header(4, 0, 0, 0),
                "SPARSE_BLOCK behind no data", header(9, 8, 8, 0),
                "object id not of 64 bytes", header(7, 0, 16, 0));
        sequences.forEach((expected, bytes) -> {
            try (OpenFile open = OpenFile.forData(windows.kernel, file.path);
                    Memory memory = new Memory(bytes.length)) {
                memory.write(0, bytes, 0, bytes.length);
                PointerByReference context = new PointerByReference(Pointer.NULL);
                IntByReference written = new IntByReference();
                assertThat(windows.kernel.BackupWrite(open.handle(), memory, bytes.length, written, 0, 0, context))
                        .as(expected)
                        .isZero();
                assertThat(com.sun.jna.Native.getLastError()).as(expected).isEqualTo(13);
                windows.kernel.BackupWrite(open.handle(), memory, bytes.length, written, 0, 0, context);
                windows.kernel.BackupWrite(open.handle(), null, 0, written, 1, 0, context);
            } catch (WindowsException e) {
                throw new AssertionError(e);
            }
        });
        assertThat(windows.violations()).contains(sequences.keySet()).contains("after an error only bAbort may follow");
    }

    private static Memory cleared() {
        Memory memory = new Memory(256);
        memory.clear();
        return memory;
    }

    private static byte[] header(int id, int attributes, long size, int name) {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(id)
                .putInt(attributes)
                .putLong(size)
                .putInt(name)
                .array();
    }
}
