package org.salvor.filesystem.ntfs;

/** File references: on disk the record number in the low 48 bits and the sequence number above; as keys the other way round. */
final class Reference {
    private static final long NUMBER = (1L << 48) - 1;

    private Reference() {}

    static long number(long reference) {
        return reference & NUMBER;
    }

    static int sequence(long reference) {
        return (int) (reference >>> 48);
    }

    /** Record number &lt;&lt; 16 | sequence number; the sign bit is never set for real volumes. */
    static long key(long reference) {
        return number(reference) << 16 | sequence(reference);
    }

    /** The reference that a record would be quoted by. */
    static long to(MftRecord record) {
        return (long) record.sequence() << 48 | record.number;
    }

    static long key(long number, int sequence) {
        return number << 16 | sequence & 0xffff;
    }

    /** Deletion counts the sequence number up and leaves 0 out. */
    static int before(int sequence) {
        return sequence <= 1 ? 0xffff : sequence - 1;
    }
}
