package org.salvor.backup.streams;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupContent;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.EndsEarlyException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.substream.WireIndex;
import org.salvor.substream.WireInput;
import org.salvor.substream.WirePart;
import org.salvor.substream.WireReader;
import org.salvor.substream.WireStream;

/** The content of a file that holds a sequence of backup streams. */
final class StreamContent implements BackupContent {
    private final BlockDevice device;
    private final WireReader reader;
    private final @Nullable WirePart data;
    private final WireInput input;
    private final @Nullable RecoveryException damage;
    private @Nullable WireStream main;

    private StreamContent(BlockDevice device) throws RecoveryException {
        this.device = device;
        input = new DeviceInput(device);
        WireIndex index = WireIndex.of(input, () -> {});
        reader = new WireReader(input, index);
        data = index.part(StreamType.DATA);
        damage = index.damage();
    }

    static StreamContent open(Path file) throws RecoveryException {
        BlockDevice device = new ResilientDevice(RawImage.open(file));
        try {
            return new StreamContent(device);
        } catch (RecoveryException e) {
            device.close();
            throw e;
        }
    }

    /** Where the sequence is broken, that is what the listing told of it. Data of which no byte is there are nothing that came before. */
    @Override
    public @Nullable Substream next() throws RecoveryException {
        try {
            Substream stream = reader.next();
            boolean gone = stream != null && stream.type() == StreamType.DATA && nothingThere(data);
            return gone ? reader.next() : stream;
        } catch (RecoveryException e) {
            throw e == damage ? new EndsEarlyException(StreamEntries.damaged(e)) : e;
        }
    }

    private static boolean nothingThere(@Nullable WirePart part) {
        return part != null && part.missing() > 0 && part.missing() == part.stored();
    }

    @Override
    public boolean randomAccess() {
        return data == null || WireStream.possible(data);
    }

    @Override
    public long mainSize() {
        return data == null ? 0 : data.size();
    }

    @Override
    public int readMain(long position, ByteBuffer target) throws RecoveryException {
        if (data == null) {
            return -1;
        }
        if (main == null) {
            main = new WireStream(input, data);
        }
        return main.read(position, target);
    }

    @Override
    public void close() {
        device.close();
    }
}
