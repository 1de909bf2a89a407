package org.salvor.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.KeyRequiredException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RatingClass;
import org.salvor.restore.ExitCode;
import org.salvor.restore.RestoreReport;
import org.salvor.text.Messages;
import picocli.CommandLine.Option;

/** Keys come from files, never from an argument: arguments of a process can be seen by every user of a computer. */
final class KeyArguments {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    @Option(names = "--recovery-password-file", paramLabel = "F", descriptionKey = "cli.option.recoveryPassword")
    private @Nullable Path recoveryPassword;

    @Option(names = "--startup-key", paramLabel = "F.bek", descriptionKey = "cli.option.startupKey")
    private @Nullable Path startupKey;

    @Option(names = "--password-file", paramLabel = "F", descriptionKey = "cli.option.password")
    private @Nullable Path password;

    @Option(names = "--pfx", paramLabel = "F.pfx", descriptionKey = "cli.option.pfx")
    private List<Path> pfx = new ArrayList<>();

    @Option(names = "--pfx-password-file", paramLabel = "F", descriptionKey = "cli.option.pfxPassword")
    private List<Path> pfxPasswords = new ArrayList<>();

    private boolean refused;

    /** The certificates of each file that was taken. */
    private final Map<Path, List<Keyring.Held>> given = new LinkedHashMap<>();

    /**
     * The keys that were given. One whose password is not right is said and left out, because the work may do without it; a key file
     * that cannot be read is a mistake in the command.
     */
    Keyring keyring(Terminal terminal) throws CommandFailure {
        refused = false;
        given.clear();
        List<Path> others = new ArrayList<>();
        for (Path file : Arrays.<@Nullable Path>asList(recoveryPassword, startupKey, password)) {
            if (file != null) {
                others.add(file);
            }
        }
        List<Path> all = new ArrayList<>(others);
        all.addAll(pfx);
        all.addAll(pfxPasswords);
        for (Path file : all) {
            if (!Files.isReadable(file)) {
                throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.key.unreadable", file));
            }
        }
        if (!others.isEmpty()) {
            terminal.note(Messages.get("cli.key.unused"));
        }
        if (pfxPasswords.size() > 1 && pfxPasswords.size() != pfx.size() || pfx.isEmpty() && !pfxPasswords.isEmpty()) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.key.passwords"));
        }
        Keyring keys = new Keyring();
        try {
            for (int i = 0; i < pfx.size(); i++) {
                add(keys, i, terminal);
            }
            return keys;
        } catch (CommandFailure e) {
            keys.close();
            throw e;
        }
    }

    private void add(Keyring keys, int index, Terminal terminal) throws CommandFailure {
        Path file = pfx.get(index);
        try {
            given.put(
                    file,
                    keys.addPfx(
                            file,
                            pfxPasswords.isEmpty()
                                    ? new char[0]
                                    : secret(pfxPasswords.get(pfxPasswords.size() == 1 ? 0 : index))));
        } catch (KeyRequiredException e) {
            refused = true;
            String hint = pfxPasswords.isEmpty() ? " " + Messages.get("cli.key.no-password") : "";
            terminal.note(e.getMessage() + hint);
        } catch (RecoveryException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** The first line of a file, and nothing of it kept elsewhere. */
    private static char[] secret(Path file) throws CommandFailure {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.USAGE, Messages.get("cli.key.unreadable", file));
        }
        CharBuffer text = charset(bytes).decode(ByteBuffer.wrap(bytes));
        int from = text.hasRemaining() && text.get(0) == BYTE_ORDER_MARK ? 1 : 0;
        int to = from;
        while (to < text.limit() && text.get(to) != '\n' && text.get(to) != '\r') {
            to++;
        }
        char[] secret = new char[to - from];
        text.get(from, secret);
        Arrays.fill(bytes, (byte) 0);
        Arrays.fill(text.array(), '\0');
        return secret;
    }

    /** What the mark at the beginning says: PowerShell writes UTF-16. */
    private static Charset charset(byte[] bytes) {
        int mark = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return switch (mark) {
            case 0xfffe -> StandardCharsets.UTF_16LE;
            case 0xfeff -> StandardCharsets.UTF_16BE;
            default -> StandardCharsets.UTF_8;
        };
    }

    /** Says which of the files that were given hold no certificate of any encrypted file that was found, be it chosen or not. */
    void tellUseless(Catalog catalog, Terminal terminal) {
        Map<Path, List<Keyring.Held>> useless = new LinkedHashMap<>(given);
        Set<Encryption> seen = new HashSet<>();
        for (int row = 0; row < catalog.size() && !useless.isEmpty(); row++) {
            Encryption encryption = catalog.encryption(row);
            if (encryption != null && seen.add(encryption)) {
                useless.values().removeIf(held -> held.stream().anyMatch(each -> names(encryption, each)));
            }
        }
        useless.forEach((file, held) -> terminal.note(Messages.get(
                "cli.key.opens-none",
                file,
                Terminal.printable(
                        held.stream().map(Keyring.Held::name).distinct().collect(Collectors.joining(", "))))));
    }

    private static boolean names(Encryption encryption, Keyring.Held held) {
        return encryption.certificates().stream()
                .anyMatch(certificate -> certificate.thumbprint().equals(held.thumbprint()));
    }

    /** The same of what was restored: what is on the target only as it was encrypted counts as locked. */
    ExitCode exit(RestoreReport report) {
        return exit(
                ExitCode.of(report),
                report.files().stream()
                        .filter(file -> !file.folder())
                        .map(file -> file.keptEncrypted() ? RatingClass.LOCKED : file.rating()));
    }

    /**
     * How a command ends where a key was refused (docs/decisions/0033-where-a-key-is-refused.md).
     *
     * @param exit how it ends otherwise
     * @param files ratings of the files that were chosen
     */
    ExitCode exit(ExitCode exit, Stream<RatingClass> files) {
        if (!refused || exit != ExitCode.DONE && exit != ExitCode.PROBLEMS) {
            return exit;
        }
        Map<Boolean, Long> locked =
                files.collect(Collectors.partitioningBy(rating -> rating == RatingClass.LOCKED, Collectors.counting()));
        if (locked.getOrDefault(true, 0L) == 0) {
            return exit;
        }
        return locked.getOrDefault(false, 0L) == 0 ? ExitCode.KEY_NEEDED : ExitCode.PROBLEMS;
    }
}
