package org.salvor.recovery;

import org.salvor.text.Messages;

/**
 * A certificate whose private key opens an encrypted file.
 *
 * @param thumbprint SHA-1 of the certificate, 40 hexadecimal digits in upper case; empty if the file does not tell it
 * @param name as the file shows it, for example "ann(ann@EXAMPLE)"; empty if the file does not tell it
 * @param recovery a recovery agent's, not a user's
 */
public record NeededCertificate(String thumbprint, String name, boolean recovery) {
    private static final int SHOWN = 4;

    /** What tells it from others: its thumbprint, or its name where the file tells no more; empty if it tells neither. */
    public String known() {
        return thumbprint.isEmpty() ? name : thumbprint;
    }

    /** Name and thumbprint, as far as they are known. */
    public String text() {
        return text(thumbprint);
    }

    /** The same with only the first and last digits of the thumbprint: "ann (1864…E250)". */
    public String shortText() {
        return text(
                thumbprint.length() <= 2 * SHOWN
                        ? thumbprint
                        : thumbprint.substring(0, SHOWN) + "\u2026"
                                + thumbprint.substring(thumbprint.length() - SHOWN));
    }

    private String text(String print) {
        String who = name.isEmpty() && print.isEmpty()
                ? Messages.get("certificate.unknown")
                : name.isEmpty() ? print : print.isEmpty() ? name : Messages.get("certificate.named", name, print);
        return recovery ? Messages.get("certificate.recovery", who) : who;
    }
}
