package org.salvor.backup.mtf;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;

/** The first names of a medium that are single bytes and not all ASCII. */
final class NameSample {
    /** So many blocks are looked at, and so many names are enough. */
    private static final int BLOCKS = 20_000;

    private static final int NAMES = 500;

    /** So many are enough for a person, and none that is longer. */
    private static final int SHOWN = 5;

    private static final int LONGEST_SHOWN = 255;

    /** Gives each byte as the character of that number. */
    private static final Charset BYTES = StandardCharsets.ISO_8859_1;

    private static final int SINGLE_BYTES = 1;

    private static final int TAPE_NAME = 68;
    private static final int SET_NAME = 64;
    private static final int SET_DESCRIPTION = 68;
    private static final int FOLDER_NAME = 80;
    private static final int FILE_NAME = 84;

    private final TapeText text = new TapeText(BYTES);
    private final List<byte[]> names = new ArrayList<>();

    private NameSample() {}

    static List<byte[]> of(Media media) throws RecoveryException {
        NameSample sample = new NameSample();
        Frame frame = new Frame(media.get(0).tape().logicalBlock());
        Walker walker = new Walker(media, new Place(0, 0), frame, WalkListener.SILENT);
        Block block = walker.next();
        for (int i = 0; block != null && i < BLOCKS && sample.names.size() < NAMES; i++) {
            if (block.header().strings() == SINGLE_BYTES) {
                sample.add(block);
            } else if (block.header().type() == BlockType.FILE) {
                break; // a medium has strings of one kind
            }
            block = walker.next();
        }
        return sample.names;
    }

    /** A few different ones in which the most bytes depend on the code page, for a person to look at. */
    static List<byte[]> mostTelling(List<byte[]> names) {
        return names.stream()
                .map(name -> new String(name, BYTES))
                .filter(name -> name.length() <= LONGEST_SHOWN)
                .distinct()
                .sorted(Comparator.comparingLong((String name) ->
                                name.chars().filter(c -> c >= 0x80).count())
                        .reversed())
                .limit(SHOWN)
                .map(name -> name.getBytes(BYTES))
                .toList();
    }

    private void add(Block block) {
        try {
            switch (block.header().type()) {
                case TAPE -> take(text.of(block, TAPE_NAME));
                case SET -> {
                    take(text.of(block, SET_NAME));
                    take(text.of(block, SET_DESCRIPTION));
                }
                case VOLUME -> take(VolumeBlock.parse(block, text).name());
                case FOLDER -> take(text.of(block, FOLDER_NAME));
                case FILE -> take(text.of(block, FILE_NAME));
                case CORRUPT, SET_PAD, SET_END, TAPE_END, FILEMARK, DATABASE, OTHER -> {}
            }
        } catch (FormatException e) {
            return; // a block that lies about itself; the listing tells it
        }
    }

    private void take(String name) {
        for (String part : name.split("\0")) {
            if (part.chars().anyMatch(c -> c >= 0x80)) {
                names.add(part.getBytes(BYTES));
            }
        }
    }
}
