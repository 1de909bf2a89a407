package org.salvor.backup.mtf;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.ArchiveInfo;
import org.salvor.backup.BackupArchive;
import org.salvor.backup.BackupOpener;
import org.salvor.device.BlockDevice;
import org.salvor.device.RawImage;
import org.salvor.device.ResilientDevice;
import org.salvor.fault.FormatException;
import org.salvor.fault.RecoveryException;
import org.salvor.text.ByteNames;
import org.salvor.text.Messages;

/**
 * Opens media of the Microsoft Tape Format. Other media of the same family are looked for in the same folder, where the one that was picked says that
 * there are others.
 */
public final class MtfOpener implements BackupOpener {
    /** What most computers wrote that had no Unicode in their backups. */
    public static final Charset WESTERN = CodePages.WESTERN;

    private static final int SQL_SERVER_CATALOGUE = 3;
    private static final int SQL_SERVER_VENDOR = 0x1200;

    /** So many files beside a medium are looked at. */
    private static final int MAX_BESIDE = 10_000;

    /** So many files are named where a folder holds several backups. */
    private static final int MAX_NAMED = 5;

    /** The code page that a person chose for strings that are not Unicode; the media do not name it. */
    @FunctionalInterface
    public interface Chosen {
        /** Null where it is left to the names themselves. */
        @Nullable
        Charset codePage();
    }

    private final Chosen chosen;
    private final Charset usual;
    private final ZoneId zone;
    private final MediumOpener media;

    /**
     * @param chosen asked at each opening
     * @param usual taken where none was chosen, unless the names clearly are in another one
     * @param zone of times whose zone is not told
     */
    public MtfOpener(Chosen chosen, Charset usual, ZoneId zone) {
        this.chosen = chosen;
        this.usual = usual;
        this.zone = zone;
        media = new MediumOpener(new TapeText(usual));
    }

    /** Where nothing is chosen. */
    public MtfOpener(Charset usual, ZoneId zone) {
        this(() -> null, usual, zone);
    }

    /** As the program has it: the usual code page is that of the computer's language. */
    public static MtfOpener here(Chosen chosen) {
        return new MtfOpener(chosen, CodePages.of(Locale.getDefault()), ZoneId.systemDefault());
    }

    /** A medium that was recognised and not yet gone over. */
    private record Candidate(BlockDevice device, TapeBlock tape) {}

    @Override
    public Optional<BackupArchive> open(Path path) throws RecoveryException {
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        Optional<Candidate> picked = candidate(path);
        if (picked.isEmpty()) {
            return Optional.empty();
        }
        List<Candidate> found = new ArrayList<>(List.of(picked.get()));
        try {
            Medium medium = media.open(picked.get().device(), picked.get().tape());
            if (medium.continued()
                    || medium.tape().sequence() > 1
                    || !medium.repeated().isEmpty()) {
                beside(path, picked.get(), found);
            }
            return Optional.of(archive(found));
        } catch (RecoveryException e) {
            found.forEach(candidate -> candidate.device().close());
            throw e;
        }
    }

    /**
     * The backup whose media are the files of a folder; empty if none of them is one. Media of several backups in one folder are no
     * single one: which file to open is then said.
     */
    public Optional<BackupArchive> openFolder(Path folder) throws RecoveryException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        List<Seen> seen = new ArrayList<>();
        List<Path> backups = new ArrayList<>();
        for (Path file : files(folder)) {
            Optional<Seen> medium = look(file);
            if (medium.isPresent() && medium.get().beginsAnother(seen)) {
                backups.add(file);
            }
            medium.ifPresent(seen::add);
        }
        if (backups.size() > 1) {
            String names = backups.stream()
                    .limit(MAX_NAMED)
                    .map(file -> String.valueOf(file.getFileName()))
                    .collect(Collectors.joining(", "));
            throw new RecoveryException(Messages.get("mtf.families", folder, backups.size(), names));
        }
        return backups.isEmpty() ? Optional.empty() : open(backups.getFirst());
    }

    /** What one look tells of a medium: a family has one of each number; a second one of the same length is a copy. */
    private record Seen(long family, int sequence, long size) {
        boolean beginsAnother(List<Seen> before) {
            return before.stream().noneMatch(other -> other.family == family)
                    || before.stream()
                            .anyMatch(other ->
                                    other.family == family && other.sequence == sequence && other.size != size);
        }
    }

    private Optional<Seen> look(Path file) {
        try {
            Optional<Candidate> found = candidate(file);
            found.ifPresent(medium -> medium.device().close());
            return found.map(medium -> new Seen(
                    medium.tape().family(),
                    medium.tape().sequence(),
                    medium.device().size()));
        } catch (RecoveryException e) {
            // a file that cannot be read is no medium as far as anybody can tell
            System.getLogger(MtfOpener.class.getName()).log(System.Logger.Level.DEBUG, file.toString(), e);
            return Optional.empty();
        }
    }

    /** In the order of their names, so that the same folder always gives the same answer. */
    private static List<Path> files(Path folder) {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (Files.isRegularFile(file) && all.size() < MAX_BESIDE) {
                    all.add(file);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            System.getLogger(MtfOpener.class.getName()).log(System.Logger.Level.DEBUG, "looking for media in", e);
        }
        Collections.sort(all);
        return all;
    }

    /** Opens media that are known to be of one family, in any order; they are closed with the archive. */
    public BackupArchive open(List<BlockDevice> devices) throws RecoveryException {
        List<Candidate> found = new ArrayList<>();
        for (BlockDevice device : devices) {
            TapeBlock tape = media.recognise(device)
                    .orElseThrow(() -> new FormatException(device.describe(), 0, "a TAPE block", "something else"));
            found.add(new Candidate(device, tape));
        }
        return archive(found);
    }

    private Optional<Candidate> candidate(Path path) throws RecoveryException {
        BlockDevice device = new ResilientDevice(RawImage.open(path));
        Optional<TapeBlock> tape = media.recognise(device);
        if (tape.isEmpty()) {
            device.close();
        }
        return tape.map(block -> new Candidate(device, block));
    }

    private void beside(Path path, Candidate picked, List<Candidate> found) {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        int left = MAX_BESIDE;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (left-- == 0) {
                    return;
                }
                if (Files.isRegularFile(file) && !Files.isSameFile(file, path)) {
                    addIfOfFamily(file, picked.tape(), found);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            System.getLogger(MtfOpener.class.getName()).log(System.Logger.Level.DEBUG, "looking for media beside", e);
        }
    }

    private void addIfOfFamily(Path file, TapeBlock tape, List<Candidate> found) {
        try {
            Optional<Candidate> other = candidate(file);
            if (other.isPresent()) {
                boolean wanted = other.get().tape().family() == tape.family()
                        && found.stream()
                                .noneMatch(one -> one.tape().sequence()
                                        == other.get().tape().sequence());
                if (wanted) {
                    found.add(other.get());
                } else {
                    other.get().device().close();
                }
            }
        } catch (RecoveryException e) {
            // a file beside that cannot be read is no medium of this family as far as anybody can tell
            System.getLogger(MtfOpener.class.getName()).log(System.Logger.Level.DEBUG, file.toString(), e);
        }
    }

    private BackupArchive archive(List<Candidate> found) throws RecoveryException {
        List<Medium> opened = new ArrayList<>();
        found.sort(Comparator.comparingInt(candidate -> candidate.tape().sequence()));
        for (Candidate candidate : found) {
            if (candidate.tape().sequence() > Locators.MAX_SEQUENCE) {
                throw new FormatException(
                        "TAPE block",
                        60,
                        "a medium number up to " + Locators.MAX_SEQUENCE,
                        "" + candidate.tape().sequence());
            }
            opened.add(media.open(candidate.device(), candidate.tape()));
        }
        Media family = new Media(opened);
        List<byte[]> names = NameSample.of(family);
        Charset told = chosen.codePage();
        Charset page = told != null ? told : CodePages.likeliest(names, usual);
        TapeText text = new TapeText(page);
        if (!page.equals(usual)) {
            family = new Media(again(opened, text));
        }
        SetIndex index = new SetIndex(family, text, zone);
        List<SetRecord> sets = index.find();
        ByteNames doubtful = names.isEmpty() ? null : new ByteNames(page, NameSample.mostTelling(names));
        return new MtfArchive(family, text, sets, info(family, index, doubtful == null ? null : page), doubtful);
    }

    /** The same media with their names in another code page. */
    private static List<Medium> again(List<Medium> media, TapeText text) throws RecoveryException {
        MediumOpener opener = new MediumOpener(text);
        List<Medium> all = new ArrayList<>();
        for (Medium medium : media) {
            BlockDevice device = medium.device();
            all.add(opener.open(device, opener.recognise(device).orElse(medium.tape())));
        }
        return all;
    }

    /** @param page of names that are not Unicode; null where none shows a difference */
    private static ArchiveInfo info(Media family, SetIndex index, @Nullable Charset page) {
        TapeBlock tape = family.get(0).tape();
        boolean database = index.database()
                || tape.catalogue() == SQL_SERVER_CATALOGUE
                || tape.vendor() == SQL_SERVER_VENDOR
                        && !index.files(); // other programs of Microsoft may use the number
        String format = database
                ? Messages.get("mtf.format.database")
                : index.exchange() ? Messages.get("mtf.format.exchange") : Messages.get("mtf.format");
        return new ArchiveInfo(
                format,
                tape.name().isEmpty() ? label(tape.label()) : tape.name(),
                String.format(Locale.ROOT, "%08x", tape.family()),
                tape.software(),
                family.size(),
                notes(family, database, index.exchange(), page));
    }

    /** The cartridge of a media label, whose fields are separated by |, or a description as it stands. */
    private static String label(String label) {
        String[] fields = label.split("\\|", -1);
        return fields.length > 5 ? fields[5] : label;
    }

    private static List<String> notes(Media family, boolean database, boolean exchange, @Nullable Charset page) {
        List<String> notes = new ArrayList<>();
        if (database) {
            notes.add(Messages.get("mtf.database"));
        } else if (exchange) {
            notes.add(Messages.get("mtf.set.exchange"));
        }
        for (int i = 0; i < family.count(); i++) {
            Medium medium = family.get(i);
            if (medium.headerDamaged()) {
                notes.add(Messages.get("mtf.header-damaged", medium.device().describe()));
            }
            if (medium.tape().password()) {
                notes.add(Messages.get("mtf.password"));
            }
        }
        if (page != null) {
            notes.add(Messages.get("mtf.code-page", ByteNames.name(page)));
        }
        missing(family, notes);
        return List.copyOf(notes);
    }

    private static void missing(Media family, List<String> notes) {
        int expected = 1;
        for (int i = 0; i < family.count(); i++) {
            for (; expected < family.sequence(i) && i > 0; expected++) {
                notes.add(Messages.get("mtf.missing-medium", expected));
            }
            if (i == 0 && family.sequence(0) > 1 && !family.get(0).repeated().isEmpty()) {
                notes.add(Messages.get("mtf.missing-medium", family.sequence(0) - 1));
            }
            expected = family.sequence(i) + 1;
        }
        if (family.get(family.count() - 1).continued()) {
            notes.add(Messages.get("mtf.missing-medium", expected));
        }
    }
}
