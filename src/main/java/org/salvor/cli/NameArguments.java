package org.salvor.cli;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import org.salvor.restore.ExitCode;
import org.salvor.text.Messages;
import picocli.CommandLine.Option;

/** How names are read that are single bytes of a code page which is told nowhere. */
final class NameArguments {
    @Option(names = "--code-page", paramLabel = "NAME", descriptionKey = "cli.option.codePage")
    private String codePage = "";

    /** Before a source is opened. A number is taken as Windows writes it: 1251 for windows-1251, 866 for IBM866. */
    void apply(Context context) throws CommandFailure {
        if (!codePage.isEmpty()) {
            context.workbench().codePage().choose(charset(codePage));
        }
    }

    private static Charset charset(String name) throws CommandFailure {
        boolean number = name.matches("[0-9]{3,5}");
        for (String each :
                number ? new String[] {"windows-" + name, "IBM" + name, "x-IBM" + name} : new String[] {name}) {
            try {
                Charset page = Charset.forName(each);
                if (likeAscii(page)) {
                    return page;
                }
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                continue; // perhaps the next one
            }
        }
        throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.code-page.unknown", name));
    }

    /** As every code page of Windows and DOS: what has two bytes for a Latin letter, as UTF-16, makes nonsense of all names. */
    private static boolean likeAscii(Charset page) {
        return page.canEncode() && Arrays.equals("A~".getBytes(page), new byte[] {'A', '~'});
    }
}
