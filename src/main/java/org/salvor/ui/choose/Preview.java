package org.salvor.ui.choose;

import javafx.scene.image.Image;

/** What can be shown of a file's content. */
sealed interface Preview {
    /** @param width of the picture itself, which may be shown smaller */
    record Picture(Image image, int width, int height) implements Preview {}

    /** @param encoding its name for a person @param cut whether there is more of it */
    record Text(String text, String encoding, boolean cut) implements Preview {}

    /** The bytes at the beginning. @param size of the whole file */
    record Hex(byte[] bytes, long size) implements Preview {}

    /** Nothing, and why. */
    record Nothing(String why) implements Preview {}
}
