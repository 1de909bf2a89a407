package org.salvor.ui.choose;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Finds out whether bytes are text, and in which encoding: byte order mark, UTF-8, UTF-16 by its zeros, else Windows-1252. */
final class TextDecoder {
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private TextDecoder() {}

    /** A text and its encoding. */
    record Decoded(String text, String encoding) {}

    /** @param whole whether the bytes end where the file ends: a character may else be cut in two. Empty if it is no text */
    static Optional<Decoded> decode(byte[] bytes, boolean whole) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        if (starts(bytes, 0xef, 0xbb, 0xbf)) {
            return strict(bytes, 3, StandardCharsets.UTF_8, whole);
        }
        if (starts(bytes, 0xff, 0xfe)) {
            return strict(bytes, 2, StandardCharsets.UTF_16LE, whole);
        }
        if (starts(bytes, 0xfe, 0xff)) {
            return strict(bytes, 2, StandardCharsets.UTF_16BE, whole);
        }
        int evenZeros = 0;
        int oddZeros = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                evenZeros += i % 2 == 0 ? 1 : 0;
                oddZeros += i % 2;
            }
        }
        if (evenZeros + oddZeros == 0) {
            Optional<Decoded> utf8 = strict(bytes, 0, StandardCharsets.UTF_8, whole);
            return utf8.isPresent() ? utf8 : strict(bytes, 0, WINDOWS, whole);
        }
        if (oddZeros > bytes.length / 5 && evenZeros < bytes.length / 100 + 1) {
            return strict(bytes, 0, StandardCharsets.UTF_16LE, whole);
        }
        if (evenZeros > bytes.length / 5 && oddZeros < bytes.length / 100 + 1) {
            return strict(bytes, 0, StandardCharsets.UTF_16BE, whole);
        }
        return Optional.empty();
    }

    private static boolean starts(byte[] bytes, int... first) {
        for (int i = 0; i < first.length; i++) {
            if (i >= bytes.length || (bytes[i] & 0xff) != first[i]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<Decoded> strict(byte[] bytes, int from, Charset charset, boolean whole) {
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, from, bytes.length - from);
        CharBuffer out = CharBuffer.allocate(bytes.length - from + 2);
        try {
            CoderResult result = decoder.decode(in, out, whole);
            if (result.isError()) {
                result.throwException();
            }
        } catch (CharacterCodingException otherEncoding) {
            return Optional.empty();
        }
        String text = out.flip().toString();
        long strange = text.chars().filter(TextDecoder::strange).count();
        return strange * 200 > text.length() ? Optional.empty() : Optional.of(new Decoded(text, charset.displayName()));
    }

    /** Control characters that no text holds. */
    private static boolean strange(int c) {
        return c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0x7f || c == 0xfffe || c == 0xffff;
    }
}
