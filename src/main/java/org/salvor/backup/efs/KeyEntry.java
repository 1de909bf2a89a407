package org.salvor.backup.efs;

import java.util.HexFormat;
import org.salvor.backup.CertificateNeeded;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * One entry of a key list: the file's key, encrypted for one certificate (docs/formats/efs.md, section 2).
 *
 * @param certificate whose private key opens it
 * @param encryptedFek as stored, little-endian
 * @param rsa false where a smart card made the wrapping key: no file of keys opens it
 */
record KeyEntry(CertificateNeeded certificate, byte[] encryptedFek, boolean rsa) {
    /** A wrapped key of RSA 8192 has 1024 bytes; no structure of it is larger. */
    private static final int MAX_FEK = 1086;

    private static final int SHA1 = 20;
    private static final int HEADER = 0x14;
    private static final int TYPE_CERTIFICATE = 3;

    /**
     * +00 length; +04 offset of the public key information; +08 length of the encrypted FEK; +0C its offset; +10 flags: 0 RSA, 1
     * smart card. Offsets count from the start of the entry.
     */
    static KeyEntry parse(ByteView entry, boolean recovery) throws FormatException {
        long fekLength = entry.u32(0x08);
        if (fekLength == 0 || fekLength > MAX_FEK) {
            throw entry.broken(0x08, "an encrypted key of 1 to " + MAX_FEK + " bytes", fekLength);
        }
        long fek = entry.u32(0x0c);
        byte[] encrypted = entry.slice(fek, fekLength, "encrypted FEK").bytes(0, (int) fekLength);
        long info = entry.u32(0x04);
        if (info < HEADER) {
            throw entry.broken(0x04, "an offset behind the header", info);
        }
        CertificateNeeded certificate =
                certificate(entry.slice(info, entry.length() - info, "public key information"), recovery);
        return new KeyEntry(certificate, encrypted, entry.i32(0x10) == 0);
    }

    /** +00 length; +04 offset of the owner's SID; +08 type, 3 for a certificate; +0C length and +10 offset of the certificate data. */
    private static CertificateNeeded certificate(ByteView info, boolean recovery) throws FormatException {
        if (info.i32(0x08) != TYPE_CERTIFICATE) {
            return new CertificateNeeded("", "", recovery);
        }
        ByteView data = info.slice(info.u32(0x10), info.u32(0x0c), "certificate data");
        return new CertificateNeeded(thumbprint(data), name(data), recovery);
    }

    /** +00 offset and +04 length of the thumbprint; +08 container name; +0C provider; +10 offset of the display name, 0 for none. */
    private static String thumbprint(ByteView data) throws FormatException {
        long offset = data.u32(0);
        return offset == 0 || data.u32(4) != SHA1
                ? ""
                : HexFormat.of()
                        .withUpperCase()
                        .formatHex(data.slice(offset, SHA1, "thumbprint").bytes(0, SHA1));
    }

    private static String name(ByteView data) throws FormatException {
        long offset = data.u32(0x10);
        return offset == 0 || offset >= data.length()
                ? ""
                : Names.text(data.slice(offset, data.length() - offset, "display name"));
    }
}
