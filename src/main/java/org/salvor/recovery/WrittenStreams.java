package org.salvor.recovery;

import java.util.ArrayList;
import java.util.List;

/**
 * What a target has written of one file.
 *
 * @param size bytes of the main stream
 * @param sha256 of the main stream in hexadecimal, holes and losses taken as zeros
 * @param streams named data streams
 * @param lost bytes of all streams that are gone; their places read as zeros
 * @param sidecar whether anything went to the sidecar of this file
 * @param security under which name the sidecar of the restore keeps the security descriptor; empty if there is none
 * @param encrypted what was written is an encrypted export, not the content
 * @param notes sentences for a person: gaps, and what the target could not hold
 */
public record WrittenStreams(
        long size,
        String sha256,
        List<Named> streams,
        long lost,
        boolean sidecar,
        String security,
        boolean encrypted,
        List<String> notes) {
    /** The same with further notes. */
    public WrittenStreams noting(List<String> more) {
        List<String> all = new ArrayList<>(notes);
        all.addAll(more);
        return new WrittenStreams(size, sha256, streams, lost, sidecar, security, encrypted, all);
    }

    /** The same with another note in place of one, where it is there. */
    public WrittenStreams replacing(String note, String other) {
        List<String> all = new ArrayList<>(notes);
        all.replaceAll(each -> each.equals(note) ? other : each);
        return new WrittenStreams(size, sha256, streams, lost, sidecar, security, encrypted, all);
    }

    /**
     * One named stream.
     *
     * @param place where it was kept
     */
    public record Named(String name, long size, String sha256, Place place) {}

    /** Where a named stream is kept. */
    public enum Place {
        ATTRIBUTE,
        COLON,
        SIDECAR
    }
}
