package org.salvor.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.SourceNode;
import org.salvor.recovery.SourceTrees;
import org.salvor.restore.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code probe}: what a source holds, as a tree. */
@Command(name = "probe", resourceBundle = SalvorCli.BUNDLE)
final class ProbeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "SOURCE", descriptionKey = "cli.option.source")
    private String source = "";

    @Option(names = "--json", descriptionKey = "cli.option.json")
    private boolean json;

    @Mixin
    private KeyArguments keys = new KeyArguments();

    @Mixin
    private NameArguments names = new NameArguments();

    private final Context context;

    ProbeCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() throws RecoveryException {
        names.apply(context);
        try (Keyring keyring = keys.keyring(context.terminal())) {
            SourceNode root = OpenPlace.recognise(context.workbench(), source, keyring);
            if (json) {
                Events events = new Events(context.terminal().out());
                tell(events, root, null);
                events.event(
                        "done", end -> end.field("nodes", SourceTrees.all(root).size()));
            } else {
                show(root, "");
            }
        }
        // what is in a source is told without any key
        return ExitCode.DONE.code();
    }

    private static void tell(Events events, SourceNode node, @Nullable SourceNode parent) {
        events.event("node", json -> {
            json.field("id", node.id());
            if (parent != null) {
                json.field("parent", parent.id());
            }
            json.field("kind", node.kind().name()).field("title", node.title());
            json.field("offset", node.offset()).field("length", node.length());
            json.field("format", node.format()).field("label", node.label());
            json.field("state", node.state().name()).field("detail", node.detail());
        });
        node.children().forEach(child -> tell(events, child, node));
    }

    private void show(SourceNode node, String indent) {
        String id = node.id().isEmpty() ? source : node.id();
        context.terminal().line(indent + "%-12s  %s".formatted(id, Places.words(node)));
        node.children().forEach(child -> show(child, indent + "  "));
    }
}
