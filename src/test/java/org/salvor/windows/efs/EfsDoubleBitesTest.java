package org.salvor.windows.efs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.salvor.recovery.JobMonitor;
import org.salvor.windows.NativeDouble;
import org.salvor.windows.Wide;

@DisplayName("The double of the raw calls for encrypted files bites: a binding that is wrong on purpose is caught")
class EfsDoubleBitesTest {
    private static final byte[] EXPORT = EncryptedFileRawTest.export(100_000);

    @TempDir
    Path folder;

    private NativeDouble windows;
    private RawCalls raw;
    private Path target;

    /** A whole binding, right or wrong; returning means that it claims success. */
    @FunctionalInterface
    interface Binding {
        void give(RawCalls raw, Path target) throws Exception;
    }

    @BeforeEach
    void fresh() throws IOException, InterruptedException {
        windows = NativeDouble.fresh("efs_double");
        raw = Native.load(windows.library, RawCalls.class);
        target = folder.resolve("secret.txt");
        Native.setCallbackExceptionHandler((callback, e) -> {}); // what a wrong binding lets out is expected here
    }

    @AfterEach
    void usualHandler() {
        Native.setCallbackExceptionHandler(null);
    }

    /** What is wrong with a binding: what the double saw, and a claim that the file does not bear out. */
    private String verdict(Binding binding) throws IOException {
        boolean claimed = true;
        try {
            binding.give(raw, target);
        } catch (Exception e) {
            claimed = false;
        }
        boolean whole = Files.exists(target) && Arrays.equals(Files.readAllBytes(target), EXPORT);
        String verdict = windows.violations();
        if (claimed && !whole) {
            verdict += "claimed what is not there";
        }
        if (!claimed && Files.exists(target)) {
            verdict += "left a part behind";
        }
        return verdict;
    }

    private void right(RawCalls calls, Path to) throws Exception {
        EncryptedFileRaw.of(Native.load(windows.library, VolumeCalls.class), calls)
                .importTo(to, false, new ByteArrayInputStream(EXPORT), JobMonitor.SILENT);
    }

    @ParameterizedTest
    @CsvSource({"error-at, 2", "full-at, 5000", "short, 3", "sharing, 9", "another-thread, 1", "one-buffer, 1"})
    @DisplayName("The right binding is not bitten, whatever goes wrong")
    void rightAtEveryFault(String knob, long value) throws IOException {
        windows.knob(knob, value);
        assertThat(verdict(this::right)).isEmpty();
    }

    @Test
    @DisplayName("The right binding is not bitten by a source that breaks")
    void rightWithABrokenSource() throws IOException {
        assertThat(verdict((calls, to) -> EncryptedFileRaw.of(Native.load(windows.library, VolumeCalls.class), calls)
                        .importTo(to, false, new Breaking(), JobMonitor.SILENT)))
                .isEmpty();
    }

    /** Breaks before the end. */
    private static final class Breaking extends InputStream {
        private final InputStream from = new ByteArrayInputStream(EXPORT, 0, 40_000);

        @Override
        public int read() throws IOException {
            int next = from.read();
            if (next < 0) {
                throw new IOException("broken");
            }
            return next;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    @DisplayName("A wrong binding is caught")
    void bitten(String mistake, String knob, long value, Binding binding, String expected) throws IOException {
        if (!knob.isEmpty()) {
            windows.knob(knob, value);
        }
        assertThat(verdict(binding)).as(mistake).contains(expected);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("an answer of Write not looked at", "error-at", 2, plain(false, true), "claimed"),
                mistake("a full disk not looked at", "full-at", 5000, plain(false, true), "claimed"),
                mistake("an early end taken for the end", "short", 3, plain(true, true), "claimed"),
                mistake("an answer of Open not looked at", "sharing", 1, blind(), "write: no open context"),
                mistake("an exception let out", "", 0, with(new Breaking()), "swallowed exception"),
                mistake("callbacks taken to come on the own thread", "another-thread", 1, ownThread(), "swallowed"),
                mistake("a part left behind", "error-at", 2, plain(true, true), "left a part behind"),
                mistake("context not closed", "", 0, plain(true, false), "leak: context not closed"),
                mistake("context closed twice", "", 0, twice(), "close: no open context"),
                mistake("more than the capacity", "", 0, tooMuch(), "outside the buffer"),
                mistake("-1 at the end, as a stream says it", "", 0, minusOne(), "more than the capacity"),
                mistake("written again after an error", "error-at", 2, again(), "only Close may follow"),
                mistake("read instead of written", "", 0, wrongWay(), "other direction"),
                mistake("names of four bytes a letter", "", 0, wideName(), "not UTF-16"));
    }

    private static Arguments mistake(String name, String knob, long value, Binding binding, String expected) {
        return Arguments.of(name, knob, value, binding, expected);
    }

    private static Pointer open(RawCalls calls, Path to, int flags) {
        PointerByReference context = new PointerByReference();
        try (Memory name = Wide.of(to.toString())) {
            if (calls.OpenEncryptedFileRawW(name, flags, context) != 0) {
                throw new IllegalStateException("refused");
            }
        }
        return context.getValue();
    }

    /** The simplest one; does not clean up, nor look whether all was asked for. */
    private static RawCalls.Import supply(InputStream from) {
        return (buffer, user, length) -> {
            try {
                byte[] piece = from.readNBytes(length.getValue());
                buffer.write(0, piece, 0, piece.length);
                length.setValue(piece.length);
                return 0;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private static Binding plain(boolean looks, boolean closes) {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            int code = calls.WriteEncryptedFileRaw(supply(new ByteArrayInputStream(EXPORT)), null, context);
            if (closes) {
                calls.CloseEncryptedFileRaw(context);
            }
            if (looks && code != 0) {
                throw new IllegalStateException("refused");
            }
        };
    }

    private static Binding with(InputStream from) {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            calls.WriteEncryptedFileRaw(supply(from), null, context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding blind() {
        return (calls, to) -> {
            PointerByReference context = new PointerByReference();
            try (Memory name = Wide.of(to.toString())) {
                calls.OpenEncryptedFileRawW(name, 1, context);
            }
            calls.WriteEncryptedFileRaw(supply(new ByteArrayInputStream(EXPORT)), null, context.getValue());
            calls.CloseEncryptedFileRaw(context.getValue());
        };
    }

    private static Binding ownThread() {
        return (calls, to) -> {
            ThreadLocal<RawCalls.Import> mine = new ThreadLocal<>();
            mine.set(supply(new ByteArrayInputStream(EXPORT)));
            Pointer context = open(calls, to, 1);
            calls.WriteEncryptedFileRaw(
                    (buffer, user, length) -> mine.get().callback(buffer, user, length), null, context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding twice() {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            calls.WriteEncryptedFileRaw(supply(new ByteArrayInputStream(EXPORT)), null, context);
            calls.CloseEncryptedFileRaw(context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding tooMuch() {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            calls.WriteEncryptedFileRaw(
                    (buffer, user, length) -> {
                        buffer.write(0, EXPORT, 0, length.getValue() + 8);
                        length.setValue(length.getValue() + 8);
                        return 0;
                    },
                    null,
                    context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding minusOne() {
        return (calls, to) -> {
            InputStream from = new ByteArrayInputStream(EXPORT);
            Pointer context = open(calls, to, 1);
            calls.WriteEncryptedFileRaw(
                    (buffer, user, length) -> {
                        byte[] piece = new byte[length.getValue()];
                        try {
                            int count = from.read(piece);
                            buffer.write(0, piece, 0, Math.max(0, count));
                            length.setValue(count);
                            return 0;
                        } catch (IOException e) {
                            return 5;
                        }
                    },
                    null,
                    context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding again() {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            RawCalls.Import callback = supply(new ByteArrayInputStream(EXPORT));
            calls.WriteEncryptedFileRaw(callback, null, context);
            calls.WriteEncryptedFileRaw(callback, null, context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding wrongWay() {
        return (calls, to) -> {
            Pointer context = open(calls, to, 1);
            calls.ReadEncryptedFileRaw((buffer, user, length) -> 0, null, context);
            calls.CloseEncryptedFileRaw(context);
        };
    }

    private static Binding wideName() {
        return (calls, to) -> {
            byte[] bytes = to.toString().getBytes(java.nio.charset.Charset.forName("UTF-32LE"));
            PointerByReference context = new PointerByReference();
            try (Memory name = new Memory(bytes.length + 4L)) {
                name.clear();
                name.write(0, bytes, 0, bytes.length);
                calls.OpenEncryptedFileRawW(name, 1, context);
            }
            calls.CloseEncryptedFileRaw(context.getValue());
        };
    }
}
