package org.salvor.recovery;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.salvor.text.Messages;

/** What a scan knows that the source held, and that is no row because it is lost: sentences, each once. */
final class Losses {
    /** Told in words; of more only that there are. */
    private static final int MAX = 100;

    private final List<String> sentences = new CopyOnWriteArrayList<>();

    /** On one thread. */
    void add(String sentence) {
        if (sentences.size() == MAX) {
            sentences.add(Messages.get("catalog.more-losses"));
        } else if (sentences.size() < MAX && !sentences.contains(sentence)) {
            sentences.add(sentence);
        }
    }

    List<String> all() {
        return List.copyOf(sentences);
    }
}
