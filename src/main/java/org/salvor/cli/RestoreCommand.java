package org.salvor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceMismatchException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.FileId;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.Selection;
import org.salvor.recovery.SelectionFile;
import org.salvor.restore.ExitCode;
import org.salvor.restore.PlanIssue;
import org.salvor.restore.RestoreOptions;
import org.salvor.restore.RestorePlan;
import org.salvor.restore.RestoreReport;
import org.salvor.service.Job;
import org.salvor.text.Messages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code restore}: from a source to files in a folder. */
@Command(name = "restore", resourceBundle = SalvorCli.BUNDLE)
class RestoreCommand implements Callable<Integer> {
    /** Values of {@code --layout}. */
    enum Layout {
        original,
        flat
    }

    /** Values of {@code --partial}. */
    enum Partial {
        rename,
        skip
    }

    /** Values of {@code --engine}. */
    enum Engine {
        auto,
        portable,
        windows
    }

    @Parameters(index = "0", paramLabel = "SOURCE", descriptionKey = "cli.option.source")
    private String source = "";

    @Option(names = "--to", required = true, paramLabel = "FOLDER", descriptionKey = "cli.option.to")
    private Path to = Path.of("");

    @Mixin
    private ChoiceArguments choice = new ChoiceArguments();

    @Option(names = "--id", paramLabel = "ID", descriptionKey = "cli.option.id")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--selection", paramLabel = "FILE.json", descriptionKey = "cli.option.selection")
    private @Nullable Path selection;

    @Option(names = "--layout", paramLabel = "original|flat", descriptionKey = "cli.option.layout")
    private Layout layout = Layout.original;

    @Option(
            names = "--on-conflict",
            paramLabel = "keep-both|skip|replace|replace-older|fail",
            descriptionKey = "cli.option.onConflict",
            converter = ConflictConverter.class)
    private RestoreOptions.OnConflict onConflict = RestoreOptions.OnConflict.KEEP_BOTH;

    @Option(names = "--partial", paramLabel = "rename|skip", descriptionKey = "cli.option.partial")
    private Partial partial = Partial.rename;

    @Option(names = "--permissions", descriptionKey = "cli.option.permissions")
    private boolean permissions;

    @Option(names = "--verify", descriptionKey = "cli.option.verify")
    private boolean verify;

    @Option(names = "--dry-run", descriptionKey = "cli.option.dryRun")
    private boolean dryRun;

    @Option(names = "--report", paramLabel = "FILE.json|.csv|.html", descriptionKey = "cli.option.report")
    private List<Path> reports = new ArrayList<>();

    @Option(names = "--yes", descriptionKey = "cli.option.yes")
    private boolean yes;

    @Option(names = "--engine", paramLabel = "auto|portable|windows", descriptionKey = "cli.option.engine")
    private Engine engine = Engine.auto;

    @Mixin
    private KeyArguments keys = new KeyArguments();

    @Mixin
    private NameArguments names = new NameArguments();

    private final Context context;

    private final RestoreOptions.Form form;

    RestoreCommand(Context context) {
        this(context, RestoreOptions.Form.FILES);
    }

    RestoreCommand(Context context, RestoreOptions.Form form) {
        this.context = context;
        this.form = form;
    }

    @Override
    public Integer call() throws Exception {
        if (engine == Engine.windows && !context.workbench().systemTarget()) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.engine.windows"));
        }
        ReportOutput.checkNames(reports);
        ReportOutput.checkFolders(reports, to);
        names.apply(context);
        try (Keyring keyring = keys.keyring(context.terminal());
                OpenPlace place = OpenPlace.open(context, source, choice.at(), choice.thorough(), keyring)) {
            for (Path report : reports) {
                context.workbench().checkPlace(place.source(), report);
            }
            place.compare(context.terminal(), choice);
            Catalog catalog = ScanCommand.Scanned.of(context, place, choice.scanPlan(place), null)
                    .catalog();
            keys.tellUseless(catalog, context.terminal());
            Chosen chosen = chosen(place, catalog);
            RestorePlan plan = plan(place, catalog, chosen.selection());
            if (engine == Engine.windows && !context.workbench().systemTarget(to)) {
                context.terminal().note(Messages.get("cli.engine.portable", to));
            }
            PlanWords words = new PlanWords(context.terminal());
            if (dryRun) {
                words.everything(plan);
                return keys.exit(dryRunExit(plan, chosen), PlanWords.ratings(plan))
                        .code();
            }
            words.issues(plan);
            if (!plan.possible()) {
                return ExitCode.of(plan).code();
            }
            Job<RestoreReport> job = context.workbench().restore(place.source(), place.session(), catalog, plan);
            RestoreReport report = context.quietWatch().await(job);
            new ReportWords(context.terminal(), form == RestoreOptions.Form.BACKUP_STREAMS)
                    .print(report, job.problems());
            ReportOutput.write(context.workbench(), report, reports);
            ExitCode exit = keys.exit(report);
            boolean missing = exit == ExitCode.DONE && chosen.missing() > 0;
            return (missing ? ExitCode.PROBLEMS : exit).code();
        }
    }

    /** What was chosen, and how many ids of it the catalog does not have. */
    private record Chosen(Selection selection, int missing) {}

    private Chosen chosen(OpenPlace place, Catalog catalog) throws RecoveryException {
        BitSet rows = new BitSet();
        int missing = 0;
        ChoiceArguments.Filter filter = choice.filter(place);
        if (ids.isEmpty() && selection == null) {
            for (int row = 0; row < catalog.size(); row++) {
                rows.set(row, filter.takes(catalog, row));
            }
        } else {
            for (String id : ids) {
                int row = catalog.find(new FileId(id));
                missing += row == Catalog.NONE ? missing(id) : 0;
                if (row != Catalog.NONE) {
                    rows.set(row);
                }
            }
            if (selection != null) {
                SelectionFile.Loaded loaded = load(selection, place, catalog);
                rows.or(loaded.selection().rows());
                missing += loaded.missing().stream().mapToInt(this::missing).sum();
            }
            addContents(place, catalog, rows);
            rows.stream().filter(row -> !filter.matches(catalog, row)).forEach(rows::clear);
        }
        if (rows.isEmpty()) {
            throw new CommandFailure(ExitCode.NOTHING_MATCHED, Messages.get("cli.restore.nothing"));
        }
        return new Chosen(new Selection(rows), missing);
    }

    /** A selection that is not there or is none is a mistake of the command line, not of the source. */
    private static SelectionFile.Loaded load(Path file, OpenPlace place, Catalog catalog) throws RecoveryException {
        try {
            return SelectionFile.load(file, place.session().identity(), catalog);
        } catch (SourceMismatchException e) {
            throw e;
        } catch (RecoveryException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private int missing(String id) {
        context.terminal().note(Messages.get("cli.restore.missing", Terminal.printable(id)));
        return 1;
    }

    /** A folder that was chosen by its id brings what lies in it, as far as {@code --what} wants that. */
    private void addContents(OpenPlace place, Catalog catalog, BitSet rows) {
        BitSet folders = new BitSet();
        rows.stream()
                .filter(catalog::folder)
                .filter(row -> ids.contains(catalog.id(row).text()))
                .forEach(folders::set);
        if (folders.isEmpty()) {
            return;
        }
        for (int row = 0; row < catalog.size(); row++) {
            int steps = 0;
            for (int at = catalog.parent(row);
                    at != Catalog.NONE && steps < catalog.size();
                    at = catalog.parent(at), steps++) {
                if (folders.get(at)) {
                    rows.set(row, rows.get(row) || choice.filter(place).takes(catalog, row));
                    break;
                }
            }
        }
    }

    /** Asks where a confirmation is needed; without a person, and without --yes, that is a no. */
    private RestorePlan plan(OpenPlace place, Catalog catalog, Selection chosen) throws Exception {
        RestorePlan plan = plan(place, catalog, chosen, yes);
        List<PlanIssue> open = plan.issues().stream()
                .filter(issue -> issue.blocking() && issue.kind() == PlanIssue.Kind.SAME_DISK)
                .toList();
        if (open.isEmpty() || yes || dryRun) {
            return plan;
        }
        open.forEach(issue -> context.terminal().note(issue.text()));
        return context.terminal().agrees(Messages.get("cli.restore.sure")) ? plan(place, catalog, chosen, true) : plan;
    }

    private RestoreOptions.Form formOfFiles() {
        boolean portable = engine == Engine.portable && form == RestoreOptions.Form.FILES;
        return portable ? RestoreOptions.Form.PORTABLE_FILES : form;
    }

    private RestorePlan plan(OpenPlace place, Catalog catalog, Selection chosen, boolean confirmed) throws Exception {
        RestoreOptions options = new RestoreOptions(
                to,
                layout == Layout.flat ? RestoreOptions.Layout.FLAT : RestoreOptions.Layout.ORIGINAL,
                onConflict,
                partial == Partial.skip ? RestoreOptions.Partial.SKIP : RestoreOptions.Partial.RENAME,
                permissions,
                verify,
                confirmed,
                formOfFiles());
        return context.watch()
                .await(context.workbench().plan(place.source(), place.session(), catalog, chosen, options));
    }

    private static ExitCode dryRunExit(RestorePlan plan, Chosen chosen) {
        ExitCode exit = ExitCode.of(plan);
        return exit == ExitCode.DONE && (chosen.missing() > 0 || PlanWords.nothingLeft(plan))
                ? ExitCode.PROBLEMS
                : exit;
    }

    /** {@code keep-both} as the contract writes it. */
    static final class ConflictConverter implements picocli.CommandLine.ITypeConverter<RestoreOptions.OnConflict> {
        @Override
        public RestoreOptions.OnConflict convert(String value) {
            for (RestoreOptions.OnConflict rule : RestoreOptions.OnConflict.values()) {
                if (rule.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(value)) {
                    return rule;
                }
            }
            throw new picocli.CommandLine.TypeConversionException(Messages.get("cli.conflict.unknown", value));
        }
    }
}
