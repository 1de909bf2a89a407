package org.salvor.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.salvor.backup.BackupOpener;
import org.salvor.backup.efs.EfsArchive;
import org.salvor.backup.efs.LiveOpener;
import org.salvor.backup.mtf.MtfOpener;
import org.salvor.backup.streams.BackupStreams;
import org.salvor.cli.SalvorCli;
import org.salvor.cli.Terminal;
import org.salvor.device.BlockDevice;
import org.salvor.device.DeviceOpener;
import org.salvor.device.MemoryDevice;
import org.salvor.engine.backup.BackupEngine;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.posix.LinuxDevices;
import org.salvor.posix.LinuxFiles;
import org.salvor.posix.LinuxPlaces;
import org.salvor.recovery.CodePage;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.PlaceResolver;
import org.salvor.recovery.Source;
import org.salvor.recovery.SourceNames;
import org.salvor.recovery.SystemTarget;
import org.salvor.restore.FileRestorer;
import org.salvor.restore.SidecarNotes;
import org.salvor.service.Workbench;
import org.salvor.text.Messages;
import org.salvor.ui.SalvorApplication;
import org.salvor.windows.CommandWords;
import org.salvor.windows.WindowsFiles;
import org.salvor.windows.backup.BackupWriteSystem;
import org.salvor.windows.disk.WindowsDevices;
import org.salvor.windows.disk.WindowsPlaces;
import org.salvor.windows.efs.EncryptedFileRaw;

/** Every constructor is called here: which parts make the program, and in which order engines are asked. */
public final class Wiring {
    private static final String PRACTICE_DISK = "/org/salvor/practice/practice.img.gz";
    private static final int SECTOR = 512;

    /** Set when the program is packed; see {@code packaging}. */
    private static final String REHEARSAL = "salvor.rehearsal";

    private final Workbench workbench;
    private final LogFile log;

    /** @param log where the window's messages go once a source is chosen */
    Wiring(LogFile log) {
        this.log = log;
        boolean linux = runsOn("linux");
        boolean windows = runsOn("windows");
        List<DeviceOpener> openers = List.of();
        PlaceResolver places = new UnknownPlaces();
        HostFiles host = HostFiles.PLAIN;
        SystemTarget system = SystemTarget.NONE;
        EncryptedFiles encrypted = EncryptedFiles.NONE;
        if (linux) {
            openers = List.of(new LinuxDevices());
            places = new LinuxPlaces();
            host = new LinuxFiles();
        } else if (windows) {
            openers = List.of(WindowsDevices.ofSystem());
            places = WindowsPlaces.ofSystem();
            host = new WindowsFiles();
            system = BackupWriteSystem.ofSystem();
            encrypted = EncryptedFileRaw.ofSystem();
        }
        CodePage codePage = new CodePage();
        workbench = new Workbench(
                List.of(
                        new BackupEngine(backups(codePage, encrypted), new SidecarNotes()),
                        new VolumeEngine(openers, Wiring::practiceDisk)),
                new FileRestorer(places, host, system, encrypted),
                codePage);
    }

    /** Asked in this order for every file and folder; each knows its own by the first bytes, which an encrypted file does not give. */
    private static List<BackupOpener> backups(CodePage codePage, EncryptedFiles encrypted) {
        MtfOpener media = MtfOpener.here(codePage::chosen);
        BackupOpener live =
                new LiveOpener(encrypted::attributes, (file, to) -> encrypted.save(file, to, JobMonitor.SILENT));
        return List.of(live, media, new BackupStreams(), EfsArchive::open, media::openFolder);
    }

    private static boolean runsOn(String system) {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith(system);
    }

    /** The words of the command line as they were typed. @param seen what Java made of them */
    static String[] words(String[] seen) {
        return runsOn("windows") && seen.length > 0 ? CommandWords.typed(Launcher.class.getName(), seen) : seen;
    }

    /** The real program without a window or a log, for the walks of the tests. */
    public static Workbench assemble() {
        return new Wiring(LogFile.none()).workbench;
    }

    Workbench workbench() {
        return workbench;
    }

    SalvorCli cli(Terminal terminal) {
        return new SalvorCli(workbench, terminal);
    }

    /** Opens the window, at this source if one is given, and returns when it is closed. */
    void openWizard(Optional<String> source) {
        try (log) {
            Settings settings = new Settings(ProgramFiles.ofUser(), workbench, log);
            @Nullable Source first = source.map(Wiring::source).orElse(null);
            SalvorApplication.run(new SalvorApplication.Setup(workbench, settings, first, rehearses()));
        }
    }

    /** Whether this start is the rehearsal of later ones, when the program is packed. */
    static boolean rehearses() {
        return Boolean.getBoolean(REHEARSAL);
    }

    private static @Nullable Source source(String name) {
        try {
            return SourceNames.parse(name);
        } catch (RecoveryException e) {
            return null; // no path at all: the window opens at its first page
        }
    }

    private static BlockDevice practiceDisk() throws RecoveryException {
        try (InputStream in = Wiring.class.getResourceAsStream(PRACTICE_DISK)) {
            if (in == null) {
                throw new IllegalStateException("The program was built without its practice disk");
            }
            return MemoryDevice.gunzip(in, SECTOR, SourceNames.PRACTICE);
        } catch (IOException e) {
            throw new IllegalStateException("The practice disk in the program cannot be read", e);
        }
    }

    /** For systems whose disks the program does not know yet: refusing is the only honest answer of a write guard. */
    private static final class UnknownPlaces implements PlaceResolver {
        @Override
        public Places holding(Path path) {
            return new Places(List.of(), "", never());
        }

        @Override
        public Places source(Path path) {
            return holding(path);
        }

        @Override
        public String never() {
            return Messages.get("launch.placesUnknown");
        }
    }
}
