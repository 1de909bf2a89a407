package org.salvor.ui.shell;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Executor;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNode;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;

/**
 * Everything a person decided and the program found in one run of the wizard. Pages know this object and not each other. A
 * change upstream clears what was made of it: another source forgets the session, another scan forgets the selection. Confined
 * to the UI thread.
 */
public final class WizardState {
    private final Workbench workbench;
    private final UiSettings settings;
    private final Executor ui;
    private final Background background;
    private final Keyring keys = new Keyring();
    private final Works works = new Works();
    private final Certificates certificates;
    private FileDialogs dialogs = FileDialogs.OF_SYSTEM;

    private final ObjectProperty<Step> step = new SimpleObjectProperty<>(Step.START);
    private final ObjectProperty<@Nullable Source> source = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable SourceNode> places = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable SourceNode> node = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable RecoverySession> session = new SimpleObjectProperty<>();
    private final ObjectProperty<ScanPlan> plan = new SimpleObjectProperty<>(ScanPlan.QUICK);
    private final ObjectProperty<Workbench.@Nullable Scan> scan = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Catalog> catalog = new SimpleObjectProperty<>();
    private final ObjectProperty<Selection> selection = new SimpleObjectProperty<>(new Selection());
    private final IntegerProperty chosenFiles = new SimpleIntegerProperty();
    private final LongProperty chosenBytes = new SimpleLongProperty();
    private final ObjectProperty<@Nullable RestoreOptions> options = new SimpleObjectProperty<>();
    private final ObjectProperty<Engine> engine = new SimpleObjectProperty<>(Engine.AUTO);
    private final ObjectProperty<@Nullable RestorePlan> restorePlan = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Job<RestoreReport>> restoreJob = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable RestoreReport> report = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable RestoreReport> before = new SimpleObjectProperty<>();
    private final ObjectProperty<@Nullable Path> journal = new SimpleObjectProperty<>();
    private final BooleanProperty images = new SimpleBooleanProperty();
    private final BooleanProperty technical = new SimpleBooleanProperty();
    private final BooleanProperty dark = new SimpleBooleanProperty();

    /** @param ui runs what is given to it on the UI thread; {@code Runnable::run} in tests of view models */
    public WizardState(Workbench workbench, UiSettings settings, Executor ui) {
        this.workbench = workbench;
        this.settings = settings;
        this.ui = ui;
        this.background = new Background(ui);
        technical.set(settings.technical());
        dark.set(settings.dark());
        technical.subscribe(on -> settings.technical(on));
        dark.subscribe(on -> settings.dark(on));
        source.subscribe((was, is) -> {
            places.set(null);
            workbench.codePage().choose(null); // that of the source before says nothing of this one
            // a saved scan only leads to its source
            if (is != null && !(is instanceof Source.SavedScan)) {
                var unused = Job.start("settings", monitor -> {
                    settings.sourceChosen(is);
                    return true;
                });
            }
        });
        places.subscribe((was, is) -> node.set(null));
        node.subscribe((was, is) -> session.set(null));
        session.subscribe(this::sessionChanged);
        scan.subscribe((was, is) -> catalog.set(is == null ? null : is.catalog()));
        scan.subscribe(now -> {
            if (now != null) {
                var unused = works.show(Messages.get("work.scan"), now.job());
            }
        });
        restoreJob.subscribe(job -> {
            if (job != null) {
                var unused = works.show(Messages.get("work.copy"), job);
            }
        });
        catalog.subscribe((was, is) -> selection.set(new Selection()));
        selection.subscribe((was, is) -> {
            chosenFiles.set(0);
            chosenBytes.set(0);
            restorePlan.set(null);
        });
        options.subscribe((was, is) -> restorePlan.set(null));
        certificates = new Certificates(this);
    }

    /** The old place is closed once nothing reads it any more; closing may wait for a read and is no work for the UI thread. */
    private void sessionChanged(@Nullable RecoverySession was, @Nullable RecoverySession is) {
        Workbench.Scan running = scan.get();
        if (running != null) {
            running.job().cancel();
        }
        Job<?> trying = certificates.stop();
        scan.set(null);
        catalog.set(null);
        if (was != null) {
            var unused = Job.start("close", monitor -> {
                if (running != null) {
                    awaitEnd(running.job());
                }
                if (trying != null) {
                    awaitEnd(trying);
                }
                was.close();
                return true;
            });
        }
    }

    private static void awaitEnd(Job<?> job) {
        var unused = job.result().handle((value, failure) -> true).join();
    }

    public Workbench workbench() {
        return workbench;
    }

    public UiSettings settings() {
        return settings;
    }

    /** Runs on the UI thread what other threads give it. */
    public Executor ui() {
        return ui;
    }

    public Background background() {
        return background;
    }

    public Keyring keys() {
        return keys;
    }

    /** Which certificates encrypted files need, and how one is given. */
    public Certificates certificates() {
        return certificates;
    }

    /** The page that is shown; set it to go there. */
    public ObjectProperty<Step> step() {
        return step;
    }

    /** What the person picked. */
    public ObjectProperty<@Nullable Source> source() {
        return source;
    }

    /** The tree of what the source holds, once recognised. */
    public ObjectProperty<@Nullable SourceNode> places() {
        return places;
    }

    /** The place chosen in that tree. */
    public ObjectProperty<@Nullable SourceNode> node() {
        return node;
    }

    /** The open place. */
    public ObjectProperty<@Nullable RecoverySession> session() {
        return session;
    }

    public ObjectProperty<ScanPlan> plan() {
        return plan;
    }

    /** The scan that runs or ran; none if the catalog was loaded. */
    public ObjectProperty<Workbench.@Nullable Scan> scan() {
        return scan;
    }

    /** What was found; grows while the scan runs. */
    public ObjectProperty<@Nullable Catalog> catalog() {
        return catalog;
    }

    /** The ticks. A new object for each new catalog; its content is changed in place by the page Choose. */
    public ObjectProperty<Selection> selection() {
        return selection;
    }

    /** How many files are ticked; kept by the page Choose. */
    public IntegerProperty chosenFiles() {
        return chosenFiles;
    }

    /** How many bytes the ticked files have together; kept by the page Choose. */
    public LongProperty chosenBytes() {
        return chosenBytes;
    }

    public ObjectProperty<@Nullable RestoreOptions> options() {
        return options;
    }

    /** How files are written. */
    public ObjectProperty<Engine> engine() {
        return engine;
    }

    /** The dry run for the present selection and options. */
    public ObjectProperty<@Nullable RestorePlan> restorePlan() {
        return restorePlan;
    }

    public ObjectProperty<@Nullable Job<RestoreReport>> restoreJob() {
        return restoreJob;
    }

    public ObjectProperty<@Nullable RestoreReport> report() {
        return report;
    }

    /** What was known of the copy before it was begun or gone on with, for the case that it ends without a report. */
    public ObjectProperty<@Nullable RestoreReport> before() {
        return before;
    }

    /** From which the copy of the report can go on; null if it came to its end, or had not begun. */
    public ObjectProperty<@Nullable Path> journal() {
        return journal;
    }

    /** Whether the page Source offers images and backups instead of disks. */
    public BooleanProperty images() {
        return images;
    }

    /** Whether columns and details for technicians are shown. */
    public BooleanProperty technical() {
        return technical;
    }

    public BooleanProperty dark() {
        return dark;
    }

    /** Long work that runs now. */
    public Works works() {
        return works;
    }

    /** How a person is asked for a file or a folder. */
    public FileDialogs dialogs() {
        return dialogs;
    }

    public void dialogs(FileDialogs other) {
        dialogs = other;
    }

    /** Takes over a saved scan with its source, as if that had been scanned now. */
    public void take(Workbench.OpenedScan opened) {
        source.set(opened.node().source());
        places.set(opened.node());
        node.set(opened.node());
        session.set(opened.session());
        plan.set(opened.plan());
        catalog.set(opened.catalog());
        step.set(Step.CHOOSE);
    }

    /** What a person may want to go on with after the next start. */
    public void remember(EarlierWork work) {
        var unused = Job.start("settings", monitor -> {
            settings.remember(work);
            return true;
        });
    }

    /** Nothing is left to do there. */
    public void forget(Path file) {
        var unused = Job.start("settings", monitor -> {
            settings.forget(file);
            return true;
        });
    }

    /** The open session; only for pages that come after it was opened. */
    public RecoverySession openSession() {
        return Objects.requireNonNull(session.get(), "no session is open");
    }

    /** Closes what is open, when the window closes. */
    public void close() {
        Job<RestoreReport> restoring = restoreJob.get();
        if (restoring != null) {
            restoring.cancel();
        }
        session.set(null);
        keys.close();
    }
}
