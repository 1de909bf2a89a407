package org.salvor.ui.start;

import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.JournalInfo;
import org.salvor.restore.RestoreReport;
import org.salvor.restore.Unfinished;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.ui.shell.Faults;
import org.salvor.ui.shell.Step;
import org.salvor.ui.shell.WizardState;

/** Takes up a stopped copy: the journal names the source and the place; the files are found again, and copying goes on. */
final class ResumeViewModel {
    private final WizardState state;
    private final StringProperty activity = new SimpleStringProperty("");
    private final StringProperty error = new SimpleStringProperty("");

    /** What a journal leads to. */
    private record Opened(
            Path journal,
            JournalInfo info,
            Optional<RestoreReport> before,
            Source source,
            SourceNode tree,
            SourceNode node,
            RecoverySession session) {}

    ResumeViewModel(WizardState state) {
        this.state = state;
    }

    /** What is done now, in words; empty if nothing is. */
    StringProperty activity() {
        return activity;
    }

    /** Why it cannot go on; empty if it can. */
    StringProperty error() {
        return error;
    }

    void resume(Path journal) {
        error.set("");
        activity.set(Messages.get("start.resume.reading"));
        state.background().run("journal", monitor -> open(journal), this::scan, this::failed);
    }

    private Opened open(Path journal) throws RecoveryException {
        Workbench workbench = state.workbench();
        JournalInfo info = workbench.journal(journal);
        if (info.finished()) {
            throw new RecoveryException(Messages.get("start.resume.finished"));
        }
        Source source = SourceNames.parse(info.source().text());
        SourceNode tree = workbench.recognise(source, state.keys());
        SourceNode node = find(tree, info.source().node())
                .orElseThrow(() -> new RecoveryException(
                        Messages.get("start.resume.place", info.source().node(), source.text())));
        RecoverySession session = workbench.open(node, state.keys());
        return new Opened(journal, info, Unfinished.asLeft(journal), source, tree, node, session);
    }

    private static Optional<SourceNode> find(SourceNode at, String id) {
        if (at.id().equals(id) && at.state() == SourceNode.State.READABLE) {
            return Optional.of(at);
        }
        return at.children().stream().flatMap(child -> find(child, id).stream()).findFirst();
    }

    private void scan(Opened opened) {
        activity.set(Messages.get("start.resume.scanning"));
        state.source().set(opened.source());
        state.places().set(opened.tree());
        state.node().set(opened.node());
        state.session().set(opened.session());
        ScanPlan plan = new ScanPlan(opened.info().thorough(), true, true);
        state.plan().set(plan);
        Workbench.Scan scan = state.workbench().scan(opened.session(), plan);
        state.scan().set(scan);
        state.background().watch(scan.job(), catalog -> copy(opened), this::failed);
    }

    private void copy(Opened opened) {
        activity.set("");
        if (state.session().get() == opened.session()) {
            state.report().set(null);
            state.before().set(opened.before().orElse(null));
            state.journal().set(opened.journal());
            state.restoreJob().set(state.workbench().resume(opened.journal(), opened.source(), opened.session()));
            state.step().set(Step.RESTORE);
        }
    }

    private void failed(Throwable failure) {
        activity.set("");
        error.set(Faults.text(failure));
    }
}
