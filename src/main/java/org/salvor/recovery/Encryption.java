package org.salvor.recovery;

import java.util.List;
import java.util.stream.Collectors;
import org.salvor.text.Messages;

/**
 * How a file is encrypted (EFS), and what opens it.
 *
 * @param certificates any one of them opens it; users before recovery agents
 */
public record Encryption(Kind kind, List<NeededCertificate> certificates) {
    /** What can be done about it. */
    public enum Kind {
        /** A certificate opens it. */
        CERTIFICATE,
        /** A certificate opens it, but only in Windows. */
        WINDOWS_ONLY,
        /** Its key record is gone or damaged: nothing opens it any more. */
        KEY_LOST
    }

    /** Nothing opens it. */
    public static final Encryption LOST = new Encryption(Kind.KEY_LOST, List.of());

    public Encryption {
        certificates = List.copyOf(certificates);
    }

    /** The certificates with "or" between them; empty if none is known. */
    public String text() {
        return certificates.stream()
                .map(NeededCertificate::text)
                .collect(Collectors.joining(Messages.get("certificate.or")));
    }

    /** The same, short. */
    public String shortText() {
        return certificates.stream()
                .map(NeededCertificate::shortText)
                .collect(Collectors.joining(Messages.get("certificate.or")));
    }
}
