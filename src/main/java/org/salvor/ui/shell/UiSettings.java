package org.salvor.ui.shell;

/** What the wizard remembers from one start to the next. Implementations may write it late, and never on a chosen source. */
public interface UiSettings {
    /** Whether columns and details for technicians are shown. */
    boolean technical();

    void technical(boolean on);

    boolean dark();

    void dark(boolean on);

    /** Remembers nothing: for tests, and where nothing may be written. */
    static UiSettings inMemory() {
        return new UiSettings() {
            private boolean technical;
            private boolean dark;

            @Override
            public boolean technical() {
                return technical;
            }

            @Override
            public void technical(boolean on) {
                technical = on;
            }

            @Override
            public boolean dark() {
                return dark;
            }

            @Override
            public void dark(boolean on) {
                dark = on;
            }
        };
    }
}
