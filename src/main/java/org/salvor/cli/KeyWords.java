package org.salvor.cli;

import org.salvor.recovery.KeyNeed;
import org.salvor.text.Messages;
import org.salvor.text.Units;

/** Which certificates are needed, for a person. */
final class KeyWords {
    private KeyWords() {}

    /** Says what is still locked; nothing where nothing is. */
    static void tell(KeyNeed need, Terminal terminal) {
        if (need.locked() > 0) {
            String certificates = Terminal.printable(need.encryption().text());
            terminal.note(
                    switch (need.encryption().kind()) {
                        case CERTIFICATE ->
                            certificates.isEmpty()
                                    ? Messages.get("cli.locked.unknown", Units.files(need.locked()))
                                    : Messages.get("cli.locked", Units.files(need.locked()), certificates);
                        case WINDOWS_ONLY ->
                            certificates.isEmpty()
                                    ? Messages.get("cli.locked.windows-only", Units.files(need.locked()))
                                    : Messages.get("cli.locked.windows", Units.files(need.locked()), certificates);
                        case KEY_LOST -> Messages.get("cli.locked.lost", Units.files(need.locked()));
                    });
        }
    }
}
