package org.salvor.restore;

import org.salvor.recovery.Keeping;
import org.salvor.recovery.PreparedFile;

/** Where a target keeps what it cannot put on the files: targets of other rooms part by part, the portable one as streams. */
interface Aside extends Keeping {
    /** The sidecar of a file that is about to be written; whoever asks for it ends it. */
    Sidecar of(PreparedFile file);
}
