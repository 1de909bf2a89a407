package org.salvor.ui.start;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.salvor.fault.RecoveryException;
import org.salvor.restore.JournalInfo;
import org.salvor.service.Workbench;
import org.salvor.ui.shell.EarlierWork;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.WizardState;

/** What can be gone on with: of what is remembered, that which is still there and not finished. */
final class EarlierViewModel {
    /** A person remembers the last few; older ones are opened by their file. */
    static final int MOST_SHOWN = 4;

    private static final int MOST_TRIED = 20;

    private final WizardState state;
    private final ObservableList<Offer> offers = FXCollections.observableArrayList();

    /**
     * @param done of its files; for a scan all of them
     */
    record Offer(EarlierWork work, long done) {}

    EarlierViewModel(WizardState state) {
        this.state = state;
    }

    ObservableList<Offer> offers() {
        return offers;
    }

    /** Looks again what is there, in the background: a drive may sleep. */
    void look() {
        state.background()
                .run(
                        "earlier",
                        monitor -> find(state.workbench(), state.settings().earlier()),
                        offers::setAll,
                        Faults::tellIfBug);
    }

    private static List<Offer> find(Workbench workbench, List<EarlierWork> earlier) {
        List<Offer> found = new ArrayList<>();
        for (EarlierWork work : earlier.subList(0, Math.min(MOST_TRIED, earlier.size()))) {
            if (found.size() < MOST_SHOWN && Files.isRegularFile(work.file())) {
                switch (work.kind()) {
                    case SCAN -> found.add(new Offer(work, work.files()));
                    case COPY -> addCopy(workbench, work, found);
                }
            }
        }
        return found;
    }

    private static void addCopy(Workbench workbench, EarlierWork work, List<Offer> found) {
        try {
            JournalInfo info = workbench.journal(work.file());
            if (!info.finished()) {
                found.add(new Offer(work, info.done()));
            }
        } catch (RecoveryException e) {
            // another program's file, or a damaged one: nothing that could be gone on with
            return;
        }
    }

    void forget(Offer offer) {
        offers.remove(offer);
        state.forget(offer.work().file());
    }
}
