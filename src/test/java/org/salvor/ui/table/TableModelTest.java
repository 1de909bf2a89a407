package org.salvor.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.recovery.Selection;

class TableModelTest {
    @Test
    @DisplayName("A new order reaches the table as one replacement, however long it is")
    void oneEvent() {
        IndexList list = new IndexList();
        list.show(new int[] {1, 2, 3});
        List<String> events = new ArrayList<>();
        list.addListener((ListChangeListener<Integer>) change -> {
            while (change.next()) {
                events.add(change.getFrom() + "-" + change.getTo() + " was " + change.getRemovedSize());
            }
        });
        list.show(new int[] {9, 7});
        assertThat(events).containsExactly("0-2 was 3");
        assertThat(list).containsExactly(9, 7);
        assertThat(list.indexOf(7)).isEqualTo(1);
    }

    @Test
    @DisplayName("Ticks survive as bits, and tell of a change once, however many rows change")
    void ticks() {
        Selection selection = new Selection();
        Ticks ticks = new Ticks(selection);
        ticks.setAll(new int[] {5, 1_000_000}, true);
        assertThat(ticks.revisionProperty().get()).isEqualTo(1);
        ticks.set(5, true);
        assertThat(ticks.revisionProperty().get()).isEqualTo(1);
        BitSet gone = new BitSet();
        gone.set(5);
        ticks.setAll(gone, false);
        assertThat(ticks.has(5)).isFalse();
        assertThat(selection.count()).isEqualTo(1);
    }

    @Test
    @DisplayName("A newer request makes the older one stale, and only the newest result arrives")
    void onlyTheNewestResult() throws InterruptedException {
        List<String> results = new ArrayList<>();
        CountDownLatch started = new CountDownLatch(1);
        BlockingQueue<Runnable> arrived = new LinkedBlockingQueue<>();
        try (LatestWorker worker = new LatestWorker("test", arrived::add)) {
            worker.submit(
                    ticket -> {
                        started.countDown();
                        while (!ticket.stale()) {
                            Thread.onSpinWait();
                        }
                        return "old";
                    },
                    results::add,
                    failure -> results.add("failed"));
            assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
            worker.submit(ticket -> "skipped", results::add, failure -> results.add("failed"));
            worker.submit(ticket -> "newest", results::add, failure -> results.add("failed"));
            while (results.isEmpty()) {
                Runnable result = arrived.poll(10, TimeUnit.SECONDS);
                assertThat(result).as("a result within 10 s").isNotNull();
                result.run();
            }
        }
        assertThat(results).containsExactly("newest");
    }

    @Test
    @DisplayName("A folder's children are made when it opens, and kept open ones stay open over a refresh")
    void lazyItems() {
        List<String> names = new ArrayList<>(List.of("a", "b"));
        LazyItem<String> root = LazyItem.root(
                "", value -> value.isEmpty() ? List.copyOf(names) : List.of(value + "x"), v -> v.length() > 1);
        assertThat(root.getChildren()).isEmpty();
        root.setExpanded(true);
        assertThat(root.getChildren()).extracting("value").containsExactly("a", "b");
        root.getChildren().getFirst().setExpanded(true);
        names.add(1, "aa");
        assertThat(root.refresh(100)).isTrue();
        assertThat(root.getChildren()).extracting("value").containsExactly("a", "aa", "b");
        assertThat(root.getChildren().getFirst().isExpanded()).isTrue();
        assertThat(root.isExpanded()).isTrue();
        assertThat(root.refresh(100)).isFalse();
    }
}
