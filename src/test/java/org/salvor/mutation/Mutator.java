package org.salvor.mutation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.salvor.EditableImage;

/**
 * Damages an image in ways that a parser has to expect, mostly where the metadata lies: boot sectors, partition tables, file
 * records, attribute headers, runlists, index blocks. The same seed gives the same damage.
 */
final class Mutator {
    private static final long[] INTERESTING = {
        0,
        1,
        2,
        7,
        8,
        15,
        16,
        24,
        255,
        256,
        511,
        512,
        1023,
        1024,
        4095,
        4096,
        0x7fff,
        0x8000,
        0xfffe,
        0xffff,
        0x10000,
        0x7fffffffL,
        0x80000000L,
        0xfffffff0L,
        0xffffffffL,
        1L << 32,
        1L << 40,
        1L << 48,
        1L << 52,
        1L << 60,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -4096
    };

    private final EditableImage original;
    private final List<Long> records = new ArrayList<>();
    private final List<Long> indexes = new ArrayList<>();
    private final List<Long> boots = new ArrayList<>();
    private final List<Long> others = new ArrayList<>();

    Mutator(EditableImage original) {
        this.original = original;
        for (long at = 0; at + 512 <= original.size(); at += 512) {
            if (original.blank(at)) {
                continue;
            }
            String magic = "" + (char) original.get(at) + (char) original.get(at + 1) + (char) original.get(at + 2)
                    + (char) original.get(at + 3);
            if (magic.equals("FILE")) {
                records.add(at);
            } else if (magic.equals("INDX")) {
                indexes.add(at);
            } else if (magic.equals("EFI ") || original.get(at + 510) == 0x55 && original.get(at + 511) == 0xaa) {
                boots.add(at);
            } else {
                others.add(at);
            }
        }
    }

    EditableImage mutate(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        EditableImage image = original.copy();
        for (int left = 1 + random.nextInt(8); left > 0; left--) {
            step(image, random);
        }
        return random.nextInt(50) == 0 ? image.truncated(cut(random)) : image;
    }

    private long cut(Random random) {
        return random.nextInt(4) == 0 ? random.nextInt(4096) : (long) (random.nextDouble() * original.size());
    }

    private void step(EditableImage image, Random random) {
        int kind = random.nextInt(100);
        if (kind < 8) {
            value(image, random, pick(boots, random), 512);
        } else if (kind < 20) {
            value(image, random, pick(records, random), 64);
        } else if (kind < 55) {
            attribute(image, random, pick(records, random));
        } else if (kind < 65) {
            bytes(image, random, pick(records, random), 1024);
        } else if (kind < 80) {
            long index = pick(indexes, random);
            if (random.nextBoolean()) {
                value(image, random, index, 64);
            } else {
                bytes(image, random, index, 4096);
            }
        } else if (kind < 85) {
            swap(image, random);
        } else if (kind < 90) {
            image.zero(clamp(pick(random.nextBoolean() ? records : indexes, random)), 512);
        } else {
            bytes(image, random, pick(others, random), 512);
        }
    }

    /** Damages the header, the body or the runlist of one attribute of a record. */
    private void attribute(EditableImage image, Random random, long record) {
        List<Integer> starts = new ArrayList<>();
        int at = image.get(record + 0x14) | image.get(record + 0x15) << 8;
        while (at >= 0x28 && at < 1000 && starts.size() < 40) {
            int type = image.get(record + at);
            int length = image.get(record + at + 4) | image.get(record + at + 5) << 8;
            starts.add(at);
            if (type == 0xff || length < 16 || at + length > 1024) {
                break;
            }
            at += length;
        }
        if (starts.isEmpty()) {
            bytes(image, random, record, 1024);
            return;
        }
        long start = record + starts.get(random.nextInt(starts.size()));
        int runs = image.get(start + 0x20);
        switch (random.nextInt(4)) {
            case 0 -> value(image, random, start, 24);
            case 1 -> value(image, random, start, 72);
            case 2 -> value(image, random, start + (image.get(start + 8) == 0 ? 0x18 : 0x10), 96);
            default -> bytes(image, random, start + runs, 24);
        }
    }

    /** Puts a number that parsers stumble over into an aligned field. */
    private void value(EditableImage image, Random random, long base, int range) {
        int width = 1 << random.nextInt(4);
        long at = clamp(base + (long) random.nextInt(range) / width * width);
        long number = switch (random.nextInt(3)) {
            case 0 -> random.nextLong();
            case 1 -> INTERESTING[random.nextInt(INTERESTING.length)];
            default -> image.get(at) + random.nextInt(33) - 16;
        };
        for (int i = 0; i < width && at + i < image.size(); i++) {
            image.set(at + i, (int) (number >>> 8 * i));
        }
    }

    private void bytes(EditableImage image, Random random, long base, int range) {
        for (int left = 1 + random.nextInt(4); left > 0; left--) {
            long at = clamp(base + random.nextInt(range));
            image.set(at, random.nextBoolean() ? random.nextInt(256) : image.get(at) ^ 1 << random.nextInt(8));
        }
    }

    /** Copies one record or index block over another, so that references meet the wrong one. */
    private void swap(EditableImage image, Random random) {
        List<Long> blocks = random.nextInt(3) > 0 ? records : indexes;
        long from = clamp(pick(blocks, random));
        long to = clamp(pick(blocks, random));
        for (int i = 0; i < 1024 && Math.max(from, to) + i < image.size(); i++) {
            image.set(to + i, image.get(from + i));
        }
    }

    private long clamp(long at) {
        return Math.max(0, Math.min(original.size() - 1, at));
    }

    private static long pick(List<Long> places, Random random) {
        return places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
    }
}
