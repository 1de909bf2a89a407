package org.salvor.ui.shell;

import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.concurrent.Task;
import org.salvor.service.Job;

/** The long work that runs now, for the list in the status line. Confined to the UI thread. */
public final class Works {
    private final ObservableList<Task<?>> running = FXCollections.observableArrayList();

    /** Lists the job until it ends; a person may cancel it there. */
    public <T> Job<T> show(String title, Job<T> job) {
        JobTask task = new JobTask(title, job);
        task.setOnSucceeded(event -> running.remove(task));
        task.setOnFailed(event -> running.remove(task));
        task.setOnCancelled(event -> running.remove(task));
        running.add(task);
        Thread.ofPlatform().daemon().name("work").start(task);
        return job;
    }

    ObservableList<Task<?>> running() {
        return running;
    }
}
