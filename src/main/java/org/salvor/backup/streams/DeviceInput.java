package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import org.salvor.device.BlockDevice;
import org.salvor.substream.WireInput;

/** A file as the input of a sequence. */
record DeviceInput(BlockDevice device) implements WireInput {
    @Override
    public long size() {
        return device.size();
    }

    @Override
    public void read(long position, ByteBuffer target, Unreadable unreadable) {
        device.readAround(position, target, (at, length, cause) -> unreadable.range(at, length));
    }
}
