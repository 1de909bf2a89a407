package org.salvor.backup.mtf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.salvor.codec.ByteView;
import org.salvor.fault.FormatException;

/**
 * TSMP, a catalogue at the end of a medium of all sets and their volumes (docs/formats/mtf.md, section 8). Only what a set cannot tell at
 * its start is taken from it: its volumes.
 */
final class SetMap {
    private static final int ENTRIES = 4;
    private static final int FIRST = 8;

    /** Of a set: length u16 at 0, number u16 at 30, volumes u16 at 60; 91 bytes and strings. */
    private static final int SET_SIZE = 91;

    private static final int SET_NUMBER = 30;
    private static final int SET_VOLUMES = 60;

    /** Of a volume: length u16 at 0, type at 2, strings u8 at 34, addresses at 40 device, 44 label, 48 machine. */
    private static final int VOLUME_SIZE = 61;

    private static final int VOLUME_STRINGS = 34;

    private SetMap() {}

    /** The volumes of each set, by its number. */
    static Map<Integer, List<VolumeBlock>> volumes(ByteView map, TapeText text) throws FormatException {
        Map<Integer, List<VolumeBlock>> sets = new HashMap<>();
        int at = FIRST;
        for (int left = map.u16(ENTRIES); left > 0; left--) {
            ByteView set = entry(map, at, SET_SIZE);
            at += set.length();
            List<VolumeBlock> volumes = new ArrayList<>();
            for (int more = set.u16(SET_VOLUMES); more > 0; more--) {
                ByteView volume = entry(map, at, VOLUME_SIZE);
                at += volume.length();
                if (volume.i32(2) != BlockType.id("VOLB")) {
                    throw volume.broken(2, "a volume", volume.i32(2));
                }
                volumes.add(
                        new VolumeBlock(string(volume, 40, text), string(volume, 44, text), string(volume, 48, text)));
            }
            sets.put(set.u16(SET_NUMBER), volumes);
        }
        return sets;
    }

    private static ByteView entry(ByteView map, int at, int least) throws FormatException {
        ByteView entry = map.slice(at, map.slice(at, 2, "set map entry").u16(0), "set map entry");
        if (entry.length() < least) {
            throw entry.broken(0, least + " bytes or more", entry.length());
        }
        return entry;
    }

    private static String string(ByteView volume, int field, TapeText text) throws FormatException {
        TapeAddress address = TapeAddress.at(volume, field);
        if (address.size() == 0) {
            return "";
        }
        ByteView bytes = volume.slice(address.offset(), address.size(), "string");
        return TapeText.withoutEnd(text.decode(volume.u8(VOLUME_STRINGS), bytes));
    }
}
