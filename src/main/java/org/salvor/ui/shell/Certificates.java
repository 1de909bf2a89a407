package org.salvor.ui.shell;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.NeededCertificate;
import org.salvor.recovery.RecoverySession;
import org.salvor.service.Job;
import org.salvor.service.Workbench;

/**
 * Which certificates the encrypted files of the present catalog need, known once a scan has ended; and what was given for them.
 * Confined to the UI thread.
 */
public final class Certificates {
    private final WizardState state;
    private final ReadOnlyObjectWrapper<List<KeyNeed>> needs = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<@Nullable Opened> opened = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper working = new ReadOnlyBooleanWrapper();
    private final BooleanProperty declined = new SimpleBooleanProperty();
    private @Nullable Job<?> job;

    /** What came of a certificate file. */
    public sealed interface Answer {}

    /** The password is not right; nothing was opened. */
    public record WrongPassword(String text) implements Answer {}

    /** None of the encrypted files needs one of these. */
    public record NotFitting(List<Keyring.Held> held) implements Answer {}

    /** The file cannot be used, or the files could not be read with it: why, in words. */
    public record Unusable(String text) implements Answer {}

    /**
     * Files were unlocked.
     *
     * @param fitting those of its certificates that are needed
     * @param files how many they opened
     */
    public record Opened(List<Keyring.Held> fitting, int files) implements Answer {}

    Certificates(WizardState state) {
        this.state = state;
        state.catalog().subscribe(this::catalogChanged);
        state.scan().subscribe(this::lookAfter);
    }

    private void catalogChanged(@Nullable Catalog catalog) {
        needs.set(List.of());
        opened.set(null);
        declined.set(false);
        if (catalog != null && state.scan().get() == null) {
            look(); // of a saved scan
        }
    }

    /** While files are still being found nobody is asked for anything. */
    private void lookAfter(Workbench.@Nullable Scan scan) {
        if (scan != null) {
            var unused = scan.job()
                    .result()
                    .whenComplete((found, failure) -> state.ui().execute(this::look));
        }
    }

    private void look() {
        Catalog catalog = state.catalog().get();
        if (catalog != null && !scanning()) {
            state.background()
                    .run(
                            "needs",
                            monitor -> KeyNeed.of(catalog),
                            found -> {
                                if (catalog == state.catalog().get()) {
                                    needs.set(found);
                                }
                            },
                            Faults::tellIfBug);
        }
    }

    private boolean scanning() {
        Workbench.Scan scan = state.scan().get();
        return scan != null && !scan.job().result().isDone();
    }

    /** What the encrypted files need, those with the most locked files first; empty while a scan runs. */
    public ReadOnlyObjectProperty<List<KeyNeed>> needs() {
        return needs.getReadOnlyProperty();
    }

    /** What was opened last in the present catalog; null if nothing was. */
    public ReadOnlyObjectProperty<@Nullable Opened> opened() {
        return opened.getReadOnlyProperty();
    }

    /** Whether a certificate is being tried. */
    public ReadOnlyBooleanProperty working() {
        return working.getReadOnlyProperty();
    }

    /** Whether the person goes on without a certificate: then nobody asks by itself until something else was scanned. */
    public BooleanProperty declined() {
        return declined;
    }

    /** How many files a certificate would open that is not here. */
    public int locked() {
        return needs.get().stream()
                .filter(need -> need.encryption().kind() == Encryption.Kind.CERTIFICATE)
                .mapToInt(KeyNeed::locked)
                .sum();
    }

    /** How many locked files one of these opens. */
    public int fits(List<Keyring.Held> held) {
        Set<String> prints = held.stream().map(Keyring.Held::thumbprint).collect(Collectors.toSet());
        return needs.get().stream()
                .filter(need -> need.encryption().kind() == Encryption.Kind.CERTIFICATE)
                .filter(need -> need.encryption().certificates().stream()
                        .anyMatch(certificate -> prints.contains(certificate.thumbprint())))
                .mapToInt(KeyNeed::locked)
                .sum();
    }

    /** The certificates that a file shows without its password; empty where it shows none. */
    public void peek(Path file, Consumer<List<Keyring.Held>> shown) {
        state.background().run("peek", monitor -> Keyring.shown(file), shown, failure -> shown.accept(List.of()));
    }

    /**
     * Tries a certificate file. What it opens is unlocked and rated again, in the background.
     *
     * @param password is zeroed
     */
    public void add(Path file, char[] password, Consumer<Answer> answer) {
        Catalog catalog = Objects.requireNonNull(state.catalog().get(), "nothing was scanned");
        RecoverySession session = state.openSession();
        working.set(true);
        Job<Answer> trying = state.background()
                .run(
                        "certificate",
                        monitor -> tried(file, password, session, catalog, monitor),
                        found -> answered(catalog, found, answer),
                        failure -> answered(catalog, new Unusable(Faults.text(failure)), answer));
        job = trying;
    }

    private Answer tried(Path file, char[] password, RecoverySession session, Catalog catalog, JobMonitor monitor)
            throws RecoveryException {
        List<KeyNeed> before = KeyNeed.of(catalog);
        List<Keyring.Held> shown = Keyring.shown(file);
        if (!shown.isEmpty() && needed(before, shown).isEmpty()) {
            Arrays.fill(password, '\0');
            return new NotFitting(shown); // whatever its password is
        }
        List<Keyring.Held> held;
        try {
            held = state.keys().addPfx(file, password);
        } catch (KeyRequiredException e) {
            return new WrongPassword(Faults.text(e));
        }
        session.keysChanged(catalog, monitor);
        int files = locked(before) - locked(KeyNeed.of(catalog));
        return files <= 0 ? new NotFitting(held) : new Opened(needed(before, held), files);
    }

    /** Those of the certificates that open some of the encrypted files. */
    private static List<Keyring.Held> needed(List<KeyNeed> needs, List<Keyring.Held> held) {
        Set<String> prints = needs.stream()
                .flatMap(need -> need.encryption().certificates().stream())
                .map(NeededCertificate::thumbprint)
                .collect(Collectors.toSet());
        return held.stream().filter(each -> prints.contains(each.thumbprint())).toList();
    }

    private static int locked(List<KeyNeed> needs) {
        return needs.stream().mapToInt(KeyNeed::locked).sum();
    }

    private void answered(Catalog catalog, Answer found, Consumer<Answer> answer) {
        working.set(false);
        if (catalog != state.catalog().get()) {
            return; // of a source that was left in the meantime
        }
        if (found instanceof Opened now) {
            opened.set(now);
            declined.set(false);
            state.restorePlan().set(null);
        }
        look();
        answer.accept(found);
    }

    /** Ends what is being tried. What was unlocked by then stays so. */
    public void cancel() {
        Job<?> now = stop();
        if (now != null) {
            state.restorePlan().set(null);
            var unused =
                    now.result().whenComplete((found, failure) -> state.ui().execute(this::look));
        }
    }

    /** The same for whoever closes the place and waits for the end; null if nothing is being tried. */
    @Nullable
    Job<?> stop() {
        Job<?> now = job;
        if (now == null || now.result().isDone()) {
            return null;
        }
        now.cancel();
        working.set(false);
        return now;
    }
}
