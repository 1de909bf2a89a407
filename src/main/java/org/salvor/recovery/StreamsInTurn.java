package org.salvor.recovery;

import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.EndsEarlyException;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;

/**
 * The streams of a content, one after the other: where one cannot be opened, after data that could, that is a loss and not the end. Where the content
 * ends early, all that came before is kept, be it only what belongs to the file beside its data.
 */
public final class StreamsInTurn {
    private final Content.Substreams content;
    private boolean enough;
    private boolean any;
    private String lost = "";

    /** @param folder whether it has no data of its own, so that nothing is missed if none come */
    public StreamsInTurn(Content.Substreams content, boolean folder) {
        this.content = content;
        enough = folder;
    }

    /**
     * The next stream, or null.
     *
     * @throws RecoveryException nothing of the data can be had, a key is missing, or the job was cancelled
     */
    public @Nullable Substream next() throws RecoveryException {
        try {
            Substream stream = content.next();
            any |= stream != null;
            enough |= stream != null && data(stream.type());
            return stream;
        } catch (CancelledException | KeyRequiredException e) {
            throw e;
        } catch (RecoveryException e) {
            boolean early = e instanceof EndsEarlyException;
            if (!enough && !(early && any)) {
                throw e;
            }
            String why = String.valueOf(e.getMessage());
            lost = early ? why : Messages.get("restore.streams-lost", why);
            return null;
        }
    }

    private static boolean data(StreamType type) {
        return type == StreamType.DATA || type == StreamType.ENCRYPTED_RAW || type == StreamType.ALTERNATE_DATA;
    }

    /** What was lost at the end, in words for a person; empty if nothing was. */
    public String lost() {
        return lost;
    }
}
