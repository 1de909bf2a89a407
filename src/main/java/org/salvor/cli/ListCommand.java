package org.salvor.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.salvor.recovery.DiskDetails;
import org.salvor.recovery.Source;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;
import org.salvor.text.Units;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}: disks and volumes of this computer. */
@Command(name = "list", resourceBundle = SalvorCli.BUNDLE)
final class ListCommand implements Callable<Integer> {
    @Option(names = "--json", descriptionKey = "cli.option.json")
    private boolean json;

    private final Context context;

    ListCommand(Context context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        List<Source> sources = context.workbench().discover();
        if (json) {
            Events events = new Events(context.terminal().out());
            int count = 0;
            for (Source source : sources) {
                count += tell(events, source, "");
            }
            int total = count;
            events.event(
                    "done",
                    end -> end.field("sources", total)
                            .field("seconds", (System.nanoTime() - start) / 1_000_000 / 1000.0));
            return ExitCode.DONE.code();
        }
        if (sources.stream().noneMatch(Source.Device.class::isInstance)) {
            context.terminal().line(Messages.get("cli.list.none"));
        }
        sources.forEach(source -> show(source, ""));
        return ExitCode.DONE.code();
    }

    private static int tell(Events events, Source source, String parent) {
        DiskDetails details = source instanceof Source.Device device ? device.details() : DiskDetails.UNKNOWN;
        events.event(
                "source",
                json -> json.field("source", source.text())
                        .field("parent", parent)
                        .field("model", details.model())
                        .field("serial", details.serial())
                        .field("bus", details.bus())
                        .field("size", details.size())
                        .field("sectorSize", details.sectorSize())
                        .field("removable", details.removable())
                        .field("readable", details.readable())
                        .field("fileSystem", details.fileSystem())
                        .field("label", details.label())
                        .field(
                                "mountPoints",
                                details.mountPoints().stream()
                                        .map(Path::toString)
                                        .toList()));
        int count = 1;
        for (Source.Device part : details.parts()) {
            count += tell(events, part, source.text());
        }
        return count;
    }

    private void show(Source source, String indent) {
        if (!(source instanceof Source.Device device)) {
            context.terminal().line(Messages.get("cli.list.practice", source.text()));
            return;
        }
        DiskDetails details = device.details();
        List<String> parts = new ArrayList<>();
        parts.add("%-16s".formatted(indent + source.text()));
        parts.add("%9s".formatted(Units.bytes(details.size())));
        parts.add(details.bus());
        parts.add(details.model());
        parts.add(details.fileSystem());
        parts.add(details.label().isEmpty() ? "" : "\"" + details.label() + "\"");
        parts.add(details.removable() ? Messages.get("cli.list.removable") : "");
        parts.add(
                details.mountPoints().isEmpty()
                        ? ""
                        : Messages.get(
                                "cli.list.mounted",
                                String.join(
                                        ", ",
                                        details.mountPoints().stream()
                                                .map(Path::toString)
                                                .toList())));
        parts.add(details.readable() ? "" : Messages.get("cli.list.unreadable"));
        context.terminal()
                .line(Terminal.printable(String.join(
                        "  ", parts.stream().filter(part -> !part.isEmpty()).toList())));
        details.parts().forEach(part -> show(part, indent + "  "));
    }
}
