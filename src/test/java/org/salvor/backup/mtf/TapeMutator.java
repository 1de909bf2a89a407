package org.salvor.backup.mtf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Damages media where a reader has to expect it: in the headers of blocks and streams, and between them. Half of the damaged headers get a
 * checksum that fits, as a writer gone wrong would make it. The same seed gives the same damage.
 */
final class TapeMutator {
    private static final Set<String> BLOCKS = Set.of(
            "TAPE", "SSET", "VOLB", "DIRB", "FILE", "CFIL", "ESPB", "ESET", "EOTM", "SFMB", "MSCI", "MSDA", "ABCD");
    private static final Set<String> STREAMS = Set.of(
            "STAN", "PNAM", "FNAM", "CSUM", "CRPT", "SPAD", "SPAR", "ADAT", "NACL", "NTEA", "NTOI", "NTRP", "NTPR",
            "NTQU", "NTED", "MQCI", "APAD", "MQDA", "QQQQ", "WXYZ");
    private static final long[] INTERESTING = {
        0,
        1,
        3,
        4,
        8,
        21,
        22,
        51,
        52,
        88,
        255,
        256,
        511,
        512,
        1023,
        1024,
        4096,
        0x7fff,
        0x8000,
        0xfffe,
        0xffff,
        0x10000,
        1 << 20,
        0x7fffffffL,
        0x80000000L,
        0xffffffffL,
        1L << 32,
        1L << 40,
        1L << 43,
        1L << 44,
        1L << 60,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1,
        -2,
        -512
    };

    private final List<byte[]> media;
    private final List<List<Integer>> blocks = new ArrayList<>();
    private final List<List<Integer>> streams = new ArrayList<>();

    TapeMutator(List<byte[]> media) {
        this.media = media;
        for (byte[] medium : media) {
            blocks.add(find(medium, BLOCKS, 50, 512));
            streams.add(find(medium, STREAMS, 20, 4));
        }
    }

    private static List<Integer> find(byte[] medium, Set<String> letters, int checked, int step) {
        List<Integer> found = new ArrayList<>();
        for (int at = 0; at + checked + 2 <= medium.length; at += step) {
            String four = new String(medium, at, 4, java.nio.charset.StandardCharsets.ISO_8859_1);
            if (letters.contains(four) && sum(medium, at, checked) == (short) u16(medium, at + checked)) {
                found.add(at);
            }
        }
        return found;
    }

    private static int u16(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    private static short sum(byte[] bytes, int at, int length) {
        return TapeWriter.words(Arrays.copyOfRange(bytes, at, at + length), length);
    }

    List<byte[]> mutate(long seed) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        List<byte[]> copy = new ArrayList<>();
        media.forEach(medium -> copy.add(medium.clone()));
        for (int left = 1 + random.nextInt(5); left > 0; left--) {
            int which = random.nextInt(copy.size());
            step(copy.get(which), blocks.get(which), streams.get(which), random);
        }
        if (random.nextInt(12) == 0) {
            int which = random.nextInt(copy.size());
            copy.set(which, Arrays.copyOf(copy.get(which), random.nextInt(copy.get(which).length)));
        }
        if (copy.size() > 1 && random.nextInt(8) == 0) {
            copy.remove(random.nextInt(copy.size()));
        }
        return copy;
    }

    private static void step(byte[] medium, List<Integer> blocks, List<Integer> streams, Random random) {
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> header(medium, pick(blocks, random), 50, 100, random);
            case 3, 4, 5 -> header(medium, pick(streams, random), 20, 40, random);
            case 6 -> copy(medium, pick(blocks, random), pick(blocks, random), 512 * (1 + random.nextInt(3)));
            case 7 -> copy(medium, pick(streams, random), pick(streams, random), 22 + random.nextInt(60));
            case 8 -> zero(medium, random);
            default -> {
                int at = random.nextInt(medium.length);
                medium[at] = (byte) random.nextInt();
            }
        }
    }

    private static int pick(List<Integer> places, Random random) {
        return places.isEmpty() ? 0 : places.get(random.nextInt(places.size()));
    }

    /** Puts a number that parsers stumble over into a header or what follows it. */
    private static void header(byte[] medium, int at, int checked, int range, Random random) {
        int width = 1 << random.nextInt(4);
        int field = at + random.nextInt(range) / Math.min(2, width) * Math.min(2, width);
        long number = switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> field < medium.length ? medium[field] + random.nextInt(33) - 16 : 0;
            default -> INTERESTING[random.nextInt(INTERESTING.length)];
        };
        for (int i = 0; i < width && field + i < medium.length; i++) {
            medium[field + i] = (byte) (number >>> 8 * i);
        }
        if (random.nextBoolean() && at + checked + 2 <= medium.length) {
            ByteBuffer.wrap(medium).order(ByteOrder.LITTLE_ENDIAN).putShort(at + checked, sum(medium, at, checked));
        }
    }

    private static void copy(byte[] medium, int from, int to, int length) {
        System.arraycopy(medium, from, medium, to, Math.min(length, medium.length - Math.max(from, to)));
    }

    private static void zero(byte[] medium, Random random) {
        int at = random.nextInt(medium.length);
        Arrays.fill(medium, at, Math.min(medium.length, at + random.nextInt(3000)), (byte) 0);
    }
}
