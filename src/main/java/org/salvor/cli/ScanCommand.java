package org.salvor.cli;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.KeyNeed;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.ScanPlan;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SourceNames;
import org.salvor.restore.ExitCode;
import org.salvor.restore.TargetException;
import org.salvor.service.Job;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code scan}: what can come back, and how much of it. */
@Command(name = "scan", resourceBundle = SalvorCli.BUNDLE)
final class ScanCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SOURCE", descriptionKey = "cli.option.source")
    private String source = "";

    @Mixin
    private ChoiceArguments choice = new ChoiceArguments();

    @Option(names = "--json", descriptionKey = "cli.option.json")
    private boolean json;

    @Option(names = "--save", paramLabel = "FILE.salvorscan", descriptionKey = "cli.option.save")
    private @Nullable Path save;

    @Option(names = "--select-to", paramLabel = "FILE.json", descriptionKey = "cli.option.selectTo")
    private @Nullable Path selectTo;

    @Mixin
    private KeyArguments keys = new KeyArguments();

    @Mixin
    private NameArguments names = new NameArguments();

    private final Context context;

    ScanCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Exception {
        if (save != null && !SourceNames.isSavedScan(save.toString())) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.save.ending", save));
        }
        Events events = json ? new Events(context.terminal().out()) : null;
        names.apply(context);
        try (Keyring keyring = keys.keyring(context.terminal());
                OpenPlace place = OpenPlace.open(context, source, choice.at(), choice.thorough(), keyring)) {
            place.compare(context.terminal(), choice);
            Scanned scanned = Scanned.of(context, place, choice.scanPlan(place), events);
            Catalog catalog = scanned.catalog();
            keys.tellUseless(catalog, context.terminal());
            BitSet rows = new BitSet();
            ChoiceArguments.Filter filter = choice.filter(place);
            for (int row = 0; row < catalog.size(); row++) {
                rows.set(row, filter.takes(catalog, row));
            }
            if (save != null) {
                context.workbench().checkPlace(place.source(), save);
                written(context.workbench()
                        .saveScan(save, place.session(), scanned.plan(), scanned.problems(), catalog));
            }
            if (selectTo != null) {
                context.workbench().checkPlace(place.source(), selectTo);
                Selection selection = new Selection(rows);
                Path file = selectTo;
                written(Job.start("selection", monitor -> {
                    context.workbench().saveSelection(file, place.session(), catalog, selection);
                    return file;
                }));
            }
            Totals totals = Totals.of(catalog, rows);
            List<KeyNeed> needs = KeyNeed.of(catalog, rows::get);
            if (events != null) {
                rows.stream().forEach(row -> events.file(catalog, row));
                needs.forEach(events::encryption);
                events.done(totals.files(), totals.folders(), totals.deleted(), scanned.problems(), scanned.seconds());
            } else {
                new CatalogTable(context.terminal()).print(catalog, rows);
                summary(totals, scanned, place.backup());
                needs.forEach(need -> KeyWords.tell(need, context.terminal()));
            }
            return keys.exit(
                            rows.isEmpty() ? ExitCode.NOTHING_MATCHED : ExitCode.DONE,
                            rows.stream().filter(row -> !catalog.folder(row)).mapToObj(catalog::ratingClass))
                    .code();
        }
    }

    /** A file of ours that cannot be written is a matter of the target, not of the source. */
    private void written(Job<Path> job) throws Exception {
        try {
            context.watch().await(job);
        } catch (CancelledException | TargetException e) {
            throw e;
        } catch (RecoveryException e) {
            throw new CommandFailure(ExitCode.TARGET_GONE, String.valueOf(e.getMessage()));
        }
    }

    private void summary(Totals totals, Scanned scanned, boolean backup) {
        Terminal terminal = context.terminal();
        terminal.flush();
        terminal.note(totals.sentence(scanned.seconds()));
        if (scanned.problems() > 0) {
            terminal.note(
                    scanned.problems() == 1
                            ? Messages.get("cli.scan.problem")
                            : Messages.get("cli.scan.problems", Units.count(scanned.problems())));
        }
        if (scanned.catalog().size() == 0 && !scanned.plan().thorough() && !backup) {
            terminal.note(Messages.get("cli.scan.thorough"));
        }
        if (totals.deleted() > 0) {
            terminal.note(Messages.get("cli.scan.next", choice.words(source)));
        }
    }

    /** A catalog, and how it came about. */
    record Scanned(Catalog catalog, ScanPlan plan, long problems, double seconds) {
        static Scanned of(Context context, OpenPlace place, ScanPlan plan, @Nullable Events events) throws Exception {
            Workbench.OpenedScan saved = place.saved();
            if (saved != null) {
                return new Scanned(saved.catalog(), saved.plan(), saved.problems(), 0);
            }
            Job<Catalog> job = context.workbench().scan(place.session(), plan).job();
            Catalog catalog = new JobWatch(context.terminal(), context.running(), events).await(job);
            return new Scanned(catalog, plan, job.problemCount() - job.noteCount(), job.seconds());
        }
    }
}
