package org.salvor.recovery;

/** The stable id of a restorable file, the same in every scan of the same source; forms as in the contract, section 2. */
public record FileId(String text) {
    @Override
    public String toString() {
        return text;
    }
}
