package org.salvor.restore;

import java.nio.file.Path;
import java.util.List;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Encryption;
import org.salvor.recovery.Rating;
import org.salvor.recovery.ReasonKind;
import org.salvor.recovery.StreamInfo;
import org.salvor.recovery.TargetCapabilities;
import org.salvor.recovery.TargetCapabilities.NamedStreams;
import org.salvor.text.Messages;

/** What a plan adds up to, and the issues that come of it. */
final class PlanSums {
    private static final int SPARSE = 0x200;
    private static final int COMPRESSED = 0x800;

    /** The space a file takes is rounded up to this; a sidecar takes as much again. */
    private static final long BLOCK = 4096;

    /** An export begins with a key record, and has 512 bytes of headers for each 64 KiB. */
    private static final long EXPORT_START = 8192;

    private static final long EXPORT_RATIO = 128;

    private final TargetCapabilities capabilities;
    private final boolean encryptedAgain;
    private long bytes;
    private long needed;
    private long changed;
    private long impossible;
    private long conflicts;
    private long forbidden;
    private long streams;
    private long tooLarge;
    private long encrypted;
    private long closed;
    private long untimed;
    private String firstTooLarge = "";

    /** @param encryptedAgain whether the system is asked to put encrypted files back as they were */
    PlanSums(TargetCapabilities capabilities, boolean encryptedAgain) {
        this.capabilities = capabilities;
        this.encryptedAgain = encryptedAgain;
    }

    /** @param locked whether it is kept as an export, which has headers of its own */
    void written(Catalog catalog, int row, boolean locked) {
        if (locked) {
            if (opensWithCertificate(catalog, row)) {
                encrypted++;
            } else {
                closed++;
            }
            needed = plus(needed, plus(EXPORT_START, catalog.size(row) / EXPORT_RATIO));
        }
        if (catalog.modified(row) == Catalog.NO_TIME) {
            untimed++;
        }
        long size = catalog.size(row);
        bytes = plus(bytes, size);
        needed = plus(needed, plus(capabilities.sparse() ? filled(catalog, row) : size, 2 * BLOCK));
        for (StreamInfo stream : catalog.streams(row)) {
            bytes = plus(bytes, stream.size());
            needed = plus(needed, plus(capabilities.sparse() ? stream.filled() : stream.size(), BLOCK));
            streams++;
        }
    }

    /** What the file takes where holes take nothing. What is known to be lost of it becomes a hole, too: a size that is a lie takes no space. */
    private static long filled(Catalog catalog, int row) {
        long size = catalog.size(row);
        boolean holes = (catalog.attributes(row) & SPARSE) != 0 && (catalog.attributes(row) & COMPRESSED) == 0;
        if (holes) {
            return Math.min(size, catalog.allocated(row));
        }
        Rating rating = catalog.rating(row);
        return switch (rating.ratingClass()) {
            case PARTIAL, OVERWRITTEN, BLANK -> Math.min(size, left(catalog, row, rating));
            case PENDING, INTACT, PROBABLE, LOCKED, STUB -> size;
        };
    }

    /** A packed file takes more than what is stored of it. */
    private static long left(Catalog catalog, int row, Rating rating) {
        if ((catalog.attributes(row) & COMPRESSED) != 0) {
            return catalog.size(row);
        }
        long stored = catalog.allocated(row);
        boolean told = rating.reasons().contains(ReasonKind.TOLD_BY_BACKUP);
        return told ? Math.max(stored, catalog.size(row) / 100 * rating.intactPercent()) : stored;
    }

    private static boolean opensWithCertificate(Catalog catalog, int row) {
        Encryption encryption = catalog.encryption(row);
        return !catalog.keyDamaged(row) && (encryption == null || encryption.kind() == Encryption.Kind.CERTIFICATE);
    }

    /** Sizes come from the source and may be absurd. */
    private static long plus(long a, long b) {
        long sum = a + Math.max(0, b);
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    void changed() {
        changed++;
    }

    void impossible() {
        impossible++;
    }

    void conflict() {
        conflicts++;
    }

    void forbidden() {
        forbidden++;
    }

    void tooLarge(String path) {
        tooLarge++;
        if (firstTooLarge.isEmpty()) {
            firstTooLarge = path;
        }
    }

    long bytes() {
        return bytes;
    }

    /** Bytes of the target that are taken. */
    long needed() {
        return needed;
    }

    void issues(List<PlannedFile> files, RestoreOptions options, long space, Path target, List<PlanIssue> issues) {
        if (space >= 0 && needed > space) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.SPACE,
                    true,
                    ExitCode.NO_SPACE.code(),
                    Messages.get("plan.space", target, Sizes.text(needed), Sizes.text(space))));
        }
        if (tooLarge > 0) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.FILE_TOO_LARGE,
                    true,
                    ExitCode.TARGET_GONE.code(),
                    Messages.get(
                            "plan.files-too-large",
                            tooLarge,
                            firstTooLarge,
                            capabilities.fileSystem(),
                            Sizes.text(capabilities.largestFile()))));
        }
        if (forbidden > 0) {
            issues.add(new PlanIssue(
                    PlanIssue.Kind.CONFLICT,
                    true,
                    ExitCode.PROBLEMS.code(),
                    Messages.get("plan.conflicts-forbidden", forbidden)));
        } else if (conflicts > 0) {
            issues.add(note(PlanIssue.Kind.CONFLICT, Messages.get("plan.conflicts", conflicts)));
        }
        if (changed > 0) {
            issues.add(note(PlanIssue.Kind.NAMES_CHANGED, Messages.get("plan.names-changed", changed)));
        }
        if (impossible > 0) {
            long all = files.stream().filter(file -> !file.folder()).count();
            boolean export = options.form() == RestoreOptions.Form.BACKUP_STREAMS;
            String text = export ? "plan.not-exportable" : "plan.not-restorable";
            issues.add(note(PlanIssue.Kind.NOT_RESTORABLE, Messages.get(text, impossible, all)));
        }
        if (encrypted > 0) {
            String text = encryptedAgain ? "plan.encrypted-again" : "plan.kept-encrypted";
            issues.add(note(PlanIssue.Kind.KEPT_ENCRYPTED, Messages.get(text, encrypted)));
        }
        if (closed > 0) {
            issues.add(note(PlanIssue.Kind.KEPT_ENCRYPTED, Messages.get("plan.kept-closed", closed)));
        }
        if (options.form() == RestoreOptions.Form.BACKUP_STREAMS) {
            return;
        }
        if (untimed > 0) {
            issues.add(note(PlanIssue.Kind.FEATURES_LOST, Messages.get("plan.no-times", untimed)));
        }
        if (streams > 0 && capabilities.namedStreams() == NamedStreams.NONE) {
            issues.add(note(PlanIssue.Kind.FEATURES_LOST, Messages.get("plan.streams-aside", streams)));
        }
        if (options.permissions() && !capabilities.security()) {
            issues.add(note(PlanIssue.Kind.FEATURES_LOST, Messages.get("plan.permissions-aside")));
        }
    }

    private static PlanIssue note(PlanIssue.Kind kind, String text) {
        return new PlanIssue(kind, false, 0, text);
    }
}
