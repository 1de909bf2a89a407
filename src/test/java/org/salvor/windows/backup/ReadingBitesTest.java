package org.salvor.windows.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.PointerByReference;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
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

@DisplayName("The double of BackupRead and BackupSeek bites: a binding that is wrong on purpose is caught")
class ReadingBitesTest {
    /** Changes a call, or answers it itself. */
    @FunctionalInterface
    private interface Mistake {
        @Nullable
        Object call(Kernel right, String function, Object[] arguments) throws Throwable;
    }

    @TempDir
    Path folder;

    private BackupDouble windows;
    private LiveFixture file;

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = BackupDouble.fresh();
        file = new LiveFixture(folder);
    }

    private Kernel wrong(Mistake mistake) {
        return (Kernel) Proxy.newProxyInstance(
                Kernel.class.getClassLoader(),
                new Class<?>[] {Kernel.class},
                (proxy, method, arguments) -> mistake.call(windows.kernel, method.getName(), arguments));
    }

    private static @Nullable Object through(Kernel right, String function, Object... arguments) throws Throwable {
        for (var method : Kernel.class.getMethods()) {
            if (method.getName().equals(function)) {
                try {
                    return method.invoke(right, arguments);
                } catch (InvocationTargetException e) {
                    throw e.getCause();
                }
            }
        }
        throw new AssertionError(function);
    }

    /** What was read, empty if nothing came of it. */
    private List<LiveFixture.Read> read(Kernel kernel) {
        try {
            return file.read(kernel, windows.token);
        } catch (RecoveryException e) {
            return List.of(); // what a wrong binding leads to is not the point: the double must have seen it
        }
    }

    @Test
    @DisplayName("The right binding is not bitten")
    void right() {
        assertThat(read(wrong(ReadingBitesTest::through))).hasSize(6);
        assertThat(windows.violations()).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("mistakes")
    @DisplayName("A wrong argument or a call left out")
    void bitten(String name, Mistake mistake, String expected) {
        read(wrong(mistake));
        assertThat(windows.violations()).as(name).contains(expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("a new context each time", "BackupRead", 6, new PointerByReference(), "context changed"),
                mistake("another handle", "BackupRead", 0, cleared(), "no handle or no context"),
                mistake("no context", "BackupRead", 6, null, "no handle or no context"),
                mistake("no buffer", "BackupRead", 1, null, "nothing to read into"),
                mistake("no room", "BackupRead", 2, 0, "nothing to read into"),
                mistake("no count", "BackupRead", 3, null, "no place for the count"),
                mistake("BOOL of -1", "BackupRead", 5, -1, "neither 0 nor 1"),
                mistake("no buffering", "CreateFileW", 5, 0x22200000, "NO_BUFFERING"),
                mistake("no backup semantics", "CreateFileW", 5, 0x00200000, "without BACKUP_SEMANTICS"),
                mistake("cannot read", "CreateFileW", 1, 0x00020000, "without GENERIC_READ"),
                mistake("seek without context", "BackupSeek", 5, new PointerByReference(), "context changed"),
                mistake("seek without counts", "BackupSeek", 4, null, "no place for the count"),
                mistake("seek past the stream", "BackupSeek", 1, 0x7fffffff, "past the data of the stream"),
                mistake("seek by the high word", "BackupSeek", 2, 1, "past the data of the stream"),
                Arguments.of("flag changes", changing(), "bProcessSecurity changed"),
                Arguments.of("abort left out", leavingOut("BackupRead", 4), "not released with bAbort"),
                Arguments.of("handle not closed", leavingOut("CloseHandle", -1), "leak: handle not closed"),
                Arguments.of("abort twice", twice(), "bAbort without context"),
                Arguments.of("seek before reading", seekingFirst(), "seek: before anything was read"),
                Arguments.of("seek in a header", seekingInHeaders(), "seek: not in the data"),
                Arguments.of("writes with the context of a reader", otherDirection(), "of the other direction"));
    }

    private static Arguments mistake(String name, String function, int index, @Nullable Object value, String expected) {
        Mistake mistake = (right, called, arguments) -> {
            boolean abort = called.equals("BackupRead") && arguments[4].equals(1) && index != 3 && index != 6;
            if (called.equals(function) && !abort) {
                Object given = value instanceof PointerByReference ? new PointerByReference() : value;
                Object[] changed = arguments.clone();
                changed[index] = given;
                return through(right, called, changed);
            }
            return through(right, called, arguments);
        };
        return Arguments.of(name, mistake, expected);
    }

    private static Memory cleared() {
        Memory memory = new Memory(256);
        memory.clear();
        return memory;
    }

    private static Mistake changing() {
        int[] calls = {0};
        return (right, called, arguments) -> {
            if (called.equals("BackupRead") && arguments[4].equals(0)) {
                arguments[5] = calls[0]++ % 2;
            }
            return through(right, called, arguments);
        };
    }

    /** @param flag index of a flag that has to be 1; -1 leaves every call out */
    private static Mistake leavingOut(String function, int flag) {
        return (right, called, arguments) -> called.equals(function) && (flag < 0 || arguments[flag].equals(1))
                ? Integer.valueOf(1)
                : through(right, called, arguments);
    }

    private static Mistake twice() {
        return (right, called, arguments) -> {
            if (called.equals("BackupRead") && arguments[4].equals(1)) {
                through(right, called, arguments);
            }
            return through(right, called, arguments);
        };
    }

    private static Mistake seekingFirst() {
        return (right, called, arguments) -> {
            if (called.equals("BackupRead") && ((PointerByReference) arguments[6]).getValue() == null) {
                seek(right, arguments);
            }
            return through(right, called, arguments);
        };
    }

    /** The whole sequence is read in one call, so that it stands at its end. */
    private static Mistake seekingInHeaders() {
        return (right, called, arguments) -> {
            Object result = through(right, called, arguments);
            if (called.equals("BackupRead") && ((IntByReference) arguments[3]).getValue() == 0) {
                seek(right, arguments);
            }
            return result;
        };
    }

    private static void seek(Kernel right, Object[] of) {
        right.BackupSeek((Pointer) of[0], 1, 0, new IntByReference(), new IntByReference(), (PointerByReference) of[6]);
    }

    private static Mistake otherDirection() {
        return (right, called, arguments) -> {
            Object result = through(right, called, arguments);
            if (called.equals("BackupRead") && arguments[4].equals(0)) {
                Memory buffer = cleared();
                right.BackupWrite((Pointer) arguments[0], buffer, 20, new IntByReference(), 0, 1, (PointerByReference)
                        arguments[6]);
            }
            return result;
        };
    }

    /**
     * Takes whatever Windows says for a yes, a thousand times: what lies in the buffer by chance may be a sequence of streams without end.
     *
     * @param counts whether it takes what was asked for what came, too
     */
    private static Mistake believing(boolean counts) {
        int[] left = {1000};
        return (right, called, arguments) -> {
            if (called.equals("BackupRead") && arguments[4].equals(0) && --left[0] > 0) {
                boolean refused = Integer.valueOf(0).equals(through(right, called, arguments));
                if (refused || counts) {
                    ((IntByReference) arguments[3]).setValue((Integer) arguments[2]);
                }
                return 1;
            }
            if (called.equals("BackupSeek")) {
                through(right, called, arguments);
                ((IntByReference) arguments[3]).setValue((Integer) arguments[1]);
                ((IntByReference) arguments[4]).setValue((Integer) arguments[2]);
                return 1;
            }
            Object result = through(right, called, arguments);
            boolean refused = result instanceof Pointer handle && Pointer.nativeValue(handle) == -1;
            return refused ? cleared() : result;
        };
    }

    @ParameterizedTest
    @CsvSource({
        "read-error-stream, 1, after an error only bAbort may follow",
        "bad-at, 3000000, asked for again",
        "sharing, 1, no handle",
        "no-sacl, 1, no handle"
    })
    @DisplayName("A binding that does not look at the answer is caught at each fault")
    void believes(String knob, long value, String expected) {
        windows.knob(knob, value);
        read(wrong(believing(false)));
        assertThat(windows.violations()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"read-short, 30000", "seek-short, 100000", "read-end, 3000000"})
    @DisplayName("A binding that does not look at the counts does not get what is there")
    void believesCounts(String knob, long value) throws RecoveryException {
        List<LiveFixture.Read> right = file.read(windows.kernel, windows.token);
        windows.knob(knob, value);
        assertThat(read(wrong(believing(true))).equals(right)).isFalse();
    }

    @Test
    @DisplayName("Calls for no more than a header are caught where the documented rule holds")
    void smallCalls() {
        windows.knob("strict-24", 1);
        read(wrong((right, called, arguments) -> {
            if (called.equals("BackupRead") && arguments[4].equals(0)) {
                arguments[2] = 20;
            }
            return through(right, called, arguments);
        }));
        assertThat(windows.violations()).contains("buffer not larger than a header");
    }
}
