package org.salvor.recovery;

/** The keys a person gave: a live object, in memory only, zeroed when closed. */
public final class Keyring implements AutoCloseable {
    @Override
    public void close() {}
}
