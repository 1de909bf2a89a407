package org.salvor.ui.shell;

/** How files are written (contract, section 4: {@code --engine}). */
public enum Engine {
    /** By the system's own functions where it has some and the target fits them, else the portable way. */
    AUTO,
    /** By Windows' own functions; only where they are available. */
    WINDOWS,
    /** Without functions of the system beyond what Java has. */
    PORTABLE
}
