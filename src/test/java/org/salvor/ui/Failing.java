package org.salvor.ui;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.salvor.fault.RecoveryException;

/** What a made-up engine throws instead of answering, by the name of the call. */
final class Failing {
    private final Map<String, Exception> calls = new ConcurrentHashMap<>();

    /** From now on this call fails: with a {@link RecoveryException} as expected, with anything unchecked by a bug. */
    void with(String call, Exception failure) {
        calls.put(call, failure);
    }

    /** From now on nothing fails. */
    void no() {
        calls.clear();
    }

    void at(String call) throws RecoveryException {
        unchecked(call);
        if (calls.get(call) instanceof RecoveryException expected) {
            throw expected;
        }
    }

    /** For calls that may only fail by a bug. */
    void unchecked(String call) {
        if (calls.get(call) instanceof RuntimeException bug) {
            // a new one each time, as from a real place
            throw new IllegalStateException(bug.getMessage(), bug);
        }
    }
}
