package org.salvor.recovery;

import java.util.List;
import java.util.Optional;
import org.salvor.fault.RecoveryException;

/** One way to get files back: the portable engine, or functions of an operating system. */
public interface RecoveryEngine {
    String name();

    /** Here, or why not, in words for a person. */
    Availability availability();

    /** What this computer offers now. */
    List<Source> discover();

    /** A tree of what a file, folder or device holds; empty if this engine knows nothing of it. */
    Optional<SourceNode> recognise(Source source, Keyring keys) throws RecoveryException;

    /**
     * As {@link #recognise}, but searches the whole source for places that nothing names any more; may take as long as reading all
     * of it.
     */
    default Optional<SourceNode> sweep(Source source, Keyring keys, JobMonitor monitor) throws RecoveryException {
        return recognise(source, keys);
    }

    RecoverySession open(SourceNode node, Keyring keys) throws RecoveryException;
}
