package org.salvor.ui.choose;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Width and height of a picture, from its first bytes, read before a decoder gets to see it: a decoder allocates what they say.
 * PNG (ISO/IEC 15948), JPEG (ITU T.81), GIF89a, BMP.
 */
record PictureSize(int width, int height) {
    private static final long MAX_PIXELS = 50_000_000;
    private static final int MAX_SIDE = 30_000;

    /** Whether it may be decoded: 50 megapixels at most. */
    boolean safe() {
        return width > 0
                && height > 0
                && width <= MAX_SIDE
                && height <= MAX_SIDE
                && (long) width * height <= MAX_PIXELS;
    }

    /** Empty if these are not the first bytes of a picture that can be shown. */
    static Optional<PictureSize> of(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length >= 24 && in.getLong(0) == 0x89504e470d0a1a0aL) {
            return Optional.of(new PictureSize(in.getInt(16), in.getInt(20)));
        }
        if (bytes.length >= 10 && in.getInt(0) == 0x47494638) {
            in.order(ByteOrder.LITTLE_ENDIAN);
            return Optional.of(new PictureSize(in.getShort(6) & 0xffff, in.getShort(8) & 0xffff));
        }
        if (bytes.length >= 26 && bytes[0] == 'B' && bytes[1] == 'M') {
            in.order(ByteOrder.LITTLE_ENDIAN);
            if (in.getInt(14) >= 40 && in.getInt(14) <= 124) {
                return Optional.of(new PictureSize(in.getInt(18), Math.abs(in.getInt(22))));
            }
            return Optional.empty();
        }
        return jpeg(in);
    }

    /** Walks the segments up to the frame header. */
    private static Optional<PictureSize> jpeg(ByteBuffer in) {
        if (in.capacity() < 4 || (in.getInt(0) & 0xffffff00) != 0xffd8ff00) {
            return Optional.empty();
        }
        int at = 2;
        while (at + 9 < in.capacity() && (in.get(at) & 0xff) == 0xff) {
            int marker = in.get(at + 1) & 0xff;
            boolean frame = marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
            if (frame) {
                return Optional.of(new PictureSize(in.getShort(at + 7) & 0xffff, in.getShort(at + 5) & 0xffff));
            }
            if (marker == 0xff) {
                at++;
            } else {
                at += 2 + Math.max(2, in.getShort(at + 2) & 0xffff);
            }
        }
        return Optional.empty();
    }
}
