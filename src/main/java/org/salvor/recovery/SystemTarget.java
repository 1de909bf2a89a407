package org.salvor.recovery;

import java.util.Optional;

/** The operating system's own way to write files with all that belongs to them, where it has one; implemented in windows. */
public interface SystemTarget {
    /**
     * What it can hold on a file system, or empty where only the portable way is possible.
     *
     * @param portable what the portable way can hold there
     */
    Optional<TargetCapabilities> on(TargetCapabilities portable);

    /**
     * Opens it; only where {@link #on} gave something.
     *
     * @param capabilities what {@link #on} gave
     */
    RestoreTarget open(TargetCapabilities capabilities, Keeping keeping);

    /** For systems that have none. */
    SystemTarget NONE = new SystemTarget() {
        @Override
        public Optional<TargetCapabilities> on(TargetCapabilities portable) {
            return Optional.empty();
        }

        @Override
        public RestoreTarget open(TargetCapabilities capabilities, Keeping keeping) {
            throw new IllegalStateException("this system has no target of its own");
        }
    };
}
