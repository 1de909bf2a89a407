package org.salvor.backup;

import java.util.HexFormat;

/**
 * A certificate whose private key opens an EFS file.
 *
 * @param thumbprint SHA-1 of the certificate, 40 hexadecimal digits in upper case; empty if the file does not tell it
 * @param name as the file shows it, for example "ann(ann@EXAMPLE)"; empty if the file does not tell it
 * @param recovery a recovery agent's, not a user's
 */
public record CertificateNeeded(String thumbprint, String name, boolean recovery) {
    public static CertificateNeeded of(byte[] sha1, String name, boolean recovery) {
        return new CertificateNeeded(HexFormat.of().withUpperCase().formatHex(sha1), name, recovery);
    }
}
