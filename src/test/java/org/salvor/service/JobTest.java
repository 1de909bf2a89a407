package org.salvor.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.salvor.recovery.Problem;

@Timeout(30)
class JobTest {
    private final AtomicLong steps = new AtomicLong();

    @Test
    void a_paused_job_does_nothing_until_it_proceeds_and_a_cancelled_one_ends_at_once() throws Exception {
        Job<String> job = Job.start("counting", monitor -> {
            while (true) {
                monitor.checkpoint();
                steps.incrementAndGet();
            }
        });
        waitForMore(0);
        job.pause();
        Thread.sleep(50);
        long paused = steps.get();
        Thread.sleep(100);
        assertThat(steps.get()).isEqualTo(paused);
        assertThat(job.state()).isEqualTo(Job.State.PAUSED);
        job.proceed();
        waitForMore(paused);
        job.pause();
        long asked = System.nanoTime();
        job.cancel();
        assertThat(job.result()).failsWithin(Duration.ofSeconds(1));
        assertThat(System.nanoTime() - asked).isLessThan(1_000_000_000L);
        assertThat(job.state()).isEqualTo(Job.State.CANCELLED);
    }

    @Test
    void problems_are_all_counted_though_only_the_first_are_kept() throws Exception {
        Job<String> job = Job.start("complaining", monitor -> {
            for (int i = 0; i < 25_000; i++) {
                monitor.problem(new Problem(Problem.Severity.NOTE, "", "x"));
            }
            return "done";
        });
        assertThat(job.result().get()).isEqualTo("done");
        assertThat(job.problemCount()).isEqualTo(25_000);
        assertThat(job.problems()).hasSize(10_000);
    }

    private void waitForMore(long than) throws InterruptedException {
        while (steps.get() <= than) {
            Thread.sleep(5);
        }
    }
}
