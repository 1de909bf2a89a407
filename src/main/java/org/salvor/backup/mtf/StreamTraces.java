package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import org.salvor.codec.ByteView;
import org.salvor.device.BlockDevice;
import org.salvor.fault.FormatException;

/** Whether streams of a file or a folder stand between two places of a medium, though the block that they belong to is damaged. */
final class StreamTraces {
    private static final int MOST = 1 << 20;

    private StreamTraces() {}

    static boolean between(BlockDevice device, long from, long to) {
        int length = (int) Math.clamp(to - from, 0, MOST);
        byte[] bytes = new byte[length];
        device.readAround(from, ByteBuffer.wrap(bytes), (position, count, cause) -> {});
        int first = Math.floorMod(to - from, StreamHeader.ALIGNMENT);
        for (int at = first; at + StreamHeader.SIZE <= length; at += StreamHeader.ALIGNMENT) {
            if (begins(
                    ByteView.of(ByteBuffer.wrap(bytes, at, StreamHeader.SIZE).slice(), "stream header", from + at))) {
                return true;
            }
        }
        return false;
    }

    private static boolean begins(ByteView view) {
        try {
            StreamHeader header = StreamHeader.parse(view);
            return header != null && header.kind().content();
        } catch (FormatException e) {
            return false; // nothing that could be one
        }
    }
}
