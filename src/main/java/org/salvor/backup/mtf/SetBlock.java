package org.salvor.backup.mtf;

import java.time.ZoneId;
import java.util.OptionalLong;
import org.salvor.backup.BackupSet.Method;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * SSET, the start of a set (docs/formats/mtf.md, section 3).
 *
 * @param method 52, u32: bits
 * @param number 62, u16: from 1 in the family
 * @param name 64
 * @param description 68
 * @param password 72: whether there is one
 * @param user 76
 * @param written 88
 * @param zone 95, i8
 * @param encrypted block attribute 17: its streams are encrypted by the program that wrote it
 */
record SetBlock(
        Method method,
        int number,
        String name,
        String description,
        boolean password,
        String user,
        OptionalLong written,
        TapeZone zone,
        boolean encrypted) {
    /** Up to the catalogue version at 97. */
    static final int SIZE = 98;

    static final int NUMBER = 62;

    private static final int ENCRYPTION = 1 << 17;
    private static final Method[] METHODS = {
        Method.TRANSFER, Method.COPY, Method.NORMAL, Method.DIFFERENTIAL, Method.INCREMENTAL, Method.DAILY
    };

    static SetBlock parse(Block block, TapeText text, ZoneId otherwise) throws FormatException {
        ByteView body = block.body();
        TapeZone zone = TapeZone.of((byte) body.u8(95), otherwise);
        return new SetBlock(
                method(body.i32(52)),
                body.u16(NUMBER),
                text.told(block, 64),
                text.told(block, 68),
                TapeAddress.at(body, 72).size() > 0,
                text.told(block, 76),
                TapeDate.at(body, 88, zone),
                zone,
                (block.header().attributes() & ENCRYPTION) != 0);
    }

    /** Its number in the family. */
    static int number(Block block) throws FormatException {
        return block.body().u16(NUMBER);
    }

    private static Method method(int bits) {
        for (int i = 0; i < METHODS.length; i++) {
            if ((bits & 1 << i) != 0) {
                return METHODS[i];
            }
        }
        return Method.UNKNOWN;
    }
}
