package org.salvor.engine.backup;

import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Content;
import org.salvor.substream.Substream;

/** The content of a folder that was made up: the backup holds nothing for it. */
record NothingMore() implements Content.Substreams {
    @Override
    public @Nullable Substream next() {
        return null;
    }

    @Override
    public Content.@Nullable RandomAccess main() {
        return null;
    }

    @Override
    public void close() {}
}
