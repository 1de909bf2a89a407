package org.salvor.app;

/** Where the program starts: the wizard, or the command line. */
public final class Launcher {
    private Launcher() {}

    public static void main(String[] arguments) {
        System.exit(0);
    }
}
