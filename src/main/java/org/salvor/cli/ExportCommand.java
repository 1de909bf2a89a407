package org.salvor.cli;

import org.salvor.restore.RestoreOptions;
import picocli.CommandLine.Command;

/** {@code export}: the same choices as {@code restore}; writes backup streams, one file each, for a Windows computer. */
@Command(name = "export", resourceBundle = SalvorCli.BUNDLE)
final class ExportCommand extends RestoreCommand {
    ExportCommand(Context context) {
        super(context, RestoreOptions.Form.BACKUP_STREAMS);
    }
}
