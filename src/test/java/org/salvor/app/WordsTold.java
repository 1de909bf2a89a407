package org.salvor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A program that writes the words it was started with into a file. */
final class WordsTold {
    private WordsTold() {}

    public static void main(String[] words) throws IOException {
        String told = String.join("|", Arrays.copyOfRange(words, 1, words.length)) + "|";
        Files.writeString(Path.of(words[0]), told);
    }
}
