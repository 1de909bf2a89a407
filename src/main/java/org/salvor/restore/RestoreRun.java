package org.salvor.restore;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.CancelledException;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.EncryptedFiles;
import org.salvor.recovery.HostFiles;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Problem;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.RestoreTarget;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * Writes the files of a job with two workers. Each file goes to a temporary name and is hashed on the way; {@link Batch} syncs
 * and renames many at once. One bad file never ends the job; a bad target does, and then everything finished stays.
 */
final class RestoreRun {
    private static final int WORKERS = 2;

    private final List<Task> tasks;
    private final AtomicReferenceArray<@Nullable RestoredFile> results;

    /** Names of security descriptors by index; null where a file has none. */
    private final AtomicReferenceArray<@Nullable String> security;

    private final Queue<Task> queue = new ArrayDeque<>();
    private final RecoverySession session;
    private final TargetFolders folders;
    private final RestoreTarget target;
    private final TargetNames names;
    private final RestoreOptions options;
    private final Journal journal;
    private final String job;
    private final TargetHealth health;
    private final Batch batch;
    private final Gate gate;
    private final JobMonitor monitor;
    private final RestoreFinish finish;
    private final Links links;
    private final EncryptedReturn encryptedReturn;

    private final LinkMaker linkMaker;
    private final OneFile oneFile;

    private boolean resumed;
    private volatile RestoreReport.Stop stop = RestoreReport.Stop.NONE;
    private volatile @Nullable Throwable failure;

    RestoreRun(
            List<Task> tasks,
            RecoverySession session,
            TargetFolders folders,
            RestoreTarget target,
            RestoreOptions options,
            Journal journal,
            String job,
            TargetHealth health,
            HostFiles host,
            EncryptedFiles encrypted,
            Batch.Maker batches,
            Aside kept,
            JobMonitor monitor) {
        this.tasks = tasks;
        this.results = new AtomicReferenceArray<>(tasks.size());
        this.security = new AtomicReferenceArray<>(tasks.size());
        this.session = session;
        this.folders = folders;
        this.target = target;
        this.names = new TargetNames(target.capabilities());
        this.options = options;
        this.journal = journal;
        this.job = job;
        this.health = health;
        this.monitor = monitor;
        long bytes =
                tasks.stream().filter(RestoreRun::written).mapToLong(Task::size).sum();
        long files = tasks.stream().filter(task -> !task.folder()).count();
        gate = new Gate(monitor, bytes, files);
        batch = batches.make(names, tasks, this::done);
        finish = new RestoreFinish(
                session,
                folders,
                target,
                names,
                journal,
                job,
                options,
                host,
                new EncryptedFolders(encrypted, session, folders));
        encryptedReturn =
                new EncryptedReturn(encrypted, folders, names, journal, job, options.verify(), finish::times, batch);
        boolean noLinks =
                options.layout() == RestoreOptions.Layout.FLAT || options.form() == RestoreOptions.Form.BACKUP_STREAMS;
        links = new Links(session, names, noLinks, kept, tasks);
        oneFile = new OneFile(session, target, names, options, finish, batch, this::done);
        linkMaker = new LinkMaker(session, target, names, host, health, job, options.permissions());
    }

    private static boolean written(Task task) {
        return task.action() == PlannedFile.Action.WRITE || task.action() == PlannedFile.Action.REPLACE;
    }

    /** An earlier run of the same job may have left half written files. */
    void resumed() {
        resumed = true;
    }

    /** Results of an earlier run of the same job. */
    void already(int index, RestoredFile result, String descriptor) {
        security.set(index, descriptor);
        done(index, result);
    }

    /** A file of an earlier run that had been put back encrypted; its export may still be there. */
    void putBack(Journal.Written written) {
        encryptedReturn.begun(written);
    }

    /** Files of an earlier run that lie whole under their temporary names. */
    void ready(Journal.Written written, Task task) {
        results.set(task.index(), written.result());
        security.set(task.index(), written.security());
        batch.take(written, task);
    }

    private void done(int index, RestoredFile result) {
        results.set(index, result);
        if (!result.folder()) {
            gate.item();
        }
        if (result.outcome() == Outcome.PARTIAL || result.outcome() == Outcome.FAILED) {
            monitor.problem(new Problem(
                    result.outcome() == Outcome.FAILED ? Problem.Severity.ERROR : Problem.Severity.WARNING,
                    result.path(),
                    String.join(" ", result.reasons())));
        }
    }

    /** Blocks until all is done or the job has to stop. */
    RestoreReport.Stop run() {
        for (Task task : tasks) {
            if (results.get(task.index()) == null && !task.folder()) {
                switch (task.action()) {
                    case WRITE, REPLACE -> queue.add(task);
                    case LINK -> {
                        // Made when the file it names is there.
                    }
                    case SAME -> done(task.index(), finish.same(task));
                    case SKIP -> done(task.index(), task.result(Outcome.SKIPPED));
                    case IMPOSSIBLE -> done(task.index(), task.result(Outcome.FAILED));
                }
            }
        }
        List<Task> ordered = new ArrayList<>(queue);
        ordered.sort(Comparator.comparingLong(Task::order).thenComparingInt(Task::index));
        queue.clear();
        queue.addAll(ordered);
        gate.tell();
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(WORKERS, queue.size()); i++) {
            helpers.add(Thread.ofPlatform().daemon().name("restore-" + i).start(this::work));
        }
        work();
        helpers.forEach(RestoreRun::join);
        guarded(() -> batch.commit());
        if (stop == RestoreReport.Stop.NONE && failure == null) {
            guarded(this::otherLinks);
        }
        if (stop == RestoreReport.Stop.NONE && failure == null) {
            guarded(this::symbolicLinks);
        }
        if (stop == RestoreReport.Stop.NONE && failure == null) {
            guarded(() -> encryptedReturn.all(tasks, results, security, gate.forOneFile()));
        }
        if (stop == RestoreReport.Stop.NONE && failure == null) {
            guarded(() -> finish.foldersAndLinks(tasks, results, security, this::done, health, gate.forOneFile()));
        }
        gate.tell();
        rethrow();
        return stop;
    }

    /** Folders and further names; files were asked when it was their turn. */
    private void otherLinks() throws CancelledException {
        for (Task task : tasks) {
            boolean asked = !task.folder() && task.action() != PlannedFile.Action.LINK;
            if (!asked && results.get(task.index()) == null) {
                links.waits(task, gate.forOneFile());
            }
        }
    }

    private void symbolicLinks() throws IOException, RecoveryException {
        for (Task task : tasks) {
            Links.Link link = links.waiting(task);
            if (link == null) {
                continue;
            }
            JobMonitor mine = gate.forOneFile();
            mine.checkpoint();
            RestoredFile result;
            try (TargetFolders.Folder folder = folders.open(task.parent())) {
                result = linkMaker.make(task, link, folder, mine);
            } catch (IOException e) {
                notTaken(task, e);
                continue;
            }
            if (result != null) {
                security.set(task.index(), link.security());
                journal.done(task.index(), result, link.security());
                done(task.index(), result);
            } else if (!task.folder() && task.action() != PlannedFile.Action.LINK) {
                file(task, gate.forOneFile());
            }
        }
        batch.commit();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrow() {
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException bug) {
            throw bug;
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException, RecoveryException;
    }

    /** A step after which the job goes on, stops, or has a bug to show. */
    private void guarded(Step step) {
        try {
            step.run();
        } catch (CancelledException e) {
            stopFor(RestoreReport.Stop.CANCELLED);
        } catch (TargetException e) {
            stopFor(e);
        } catch (IOException e) {
            stopFor(health.sure(e));
        } catch (RecoveryException e) {
            monitor.problem(new Problem(Problem.Severity.ERROR, "", String.valueOf(e.getMessage())));
            stopFor(RestoreReport.Stop.TARGET_GONE);
        } catch (RuntimeException | Error e) {
            failure = e;
            gate.shut();
        }
    }

    /** What ended it first is told; the other worker meets the same. */
    private void stopFor(TargetException e) {
        boolean first = stopFor(
                e.kind() == TargetException.Kind.FULL
                        ? RestoreReport.Stop.TARGET_FULL
                        : RestoreReport.Stop.TARGET_GONE);
        if (first) {
            monitor.problem(
                    new Problem(Problem.Severity.ERROR, folders.root().toString(), String.valueOf(e.getMessage())));
        }
    }

    /** @return whether nothing had stopped it before */
    private synchronized boolean stopFor(RestoreReport.Stop cause) {
        boolean first = stop == RestoreReport.Stop.NONE;
        if (first) {
            stop = cause;
        }
        gate.shut();
        return first;
    }

    private void work() {
        for (Task task = next(); task != null; task = next()) {
            Task current = task;
            guarded(() -> one(current));
        }
    }

    private @Nullable Task next() {
        if (gate.isShut()) {
            return null;
        }
        synchronized (queue) {
            return queue.poll();
        }
    }

    private void one(Task task) throws IOException, RecoveryException {
        JobMonitor mine = gate.forOneFile();
        mine.checkpoint();
        if (!links.waits(task, mine)) {
            file(task, mine);
        }
    }

    private void file(Task task, JobMonitor mine) throws IOException, RecoveryException {
        String temporary = TargetNames.temporary(task.index(), job);
        try (TargetFolders.Folder folder = folders.open(task.parent())) {
            Journal.Written written;
            try {
                written = oneFile.write(task, folder, temporary, resumed, mine);
            } catch (CancelledException e) {
                OneFile.remove(folder, temporary);
                throw e;
            } catch (IOException e) {
                // Asked before the space that this file takes is free again.
                TargetException ends = health.failure(e, task.size());
                OneFile.remove(folder, temporary);
                if (ends != null) {
                    throw ends;
                }
                done(task.index(), task.result(Outcome.FAILED, Messages.get("restore.not-taken", IoReasons.of(e))));
                return;
            } catch (TargetException e) {
                throw e;
            } catch (RecoveryException e) {
                OneFile.remove(folder, temporary);
                done(task.index(), task.result(Outcome.FAILED, String.valueOf(e.getMessage())));
                return;
            }
            if (written == null) {
                return;
            }
            journal.written(written);
            security.set(task.index(), written.security());
            batch.take(written, task);
        } catch (FileSystemException e) {
            notTaken(task, e);
        }
        batch.commitIfFull();
    }

    /** Only this file is concerned, or the job cannot go on. */
    private void notTaken(Task task, IOException e) throws TargetException {
        TargetException ends = health.failure(e, 0);
        if (ends != null) {
            throw ends;
        }
        done(task.index(), task.result(Outcome.FAILED, Messages.get("restore.not-taken", IoReasons.of(e))));
    }

    /** The temporary name of a file's sidecar. */
    static String sidecar(String temporary) {
        return temporary.replace(TargetNames.TEMPORARY, TargetNames.SIDECAR + TargetNames.TEMPORARY);
    }

    /** Whether files that were written have permissions that were not put on them. */
    boolean permissionsWait() {
        boolean put = options.permissions() && target.capabilities().security();
        return !put && tasks.stream().anyMatch(task -> !security(task.index()).isEmpty());
    }

    /** The name of a file's security descriptor; empty if it has none. */
    String security(int index) {
        String name = security.get(index);
        return name == null ? Descriptors.NONE : name;
    }

    /** See {@link LinkStreams#unmet}. */
    String unmet(Task task) {
        return LinkStreams.unmet(task, session);
    }

    /** One result for each task; what a stop left undone is told as such. */
    List<RestoredFile> results() {
        List<RestoredFile> all = new ArrayList<>(tasks.size());
        for (Task task : tasks) {
            RestoredFile result = results.get(task.index());
            all.add(result != null ? result : task.result(Outcome.SKIPPED, Messages.get("restore.not-reached")));
        }
        return all;
    }
}
