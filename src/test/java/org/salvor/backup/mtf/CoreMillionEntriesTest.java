package org.salvor.backup.mtf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.salvor.ChildJvm;

@DisplayName("A medium of more than 2 GiB with a million files")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class CoreMillionEntriesTest {
    private static final int FILES = 1_000_000;

    @Test
    @DisplayName("is listed in 256 MB, with the sets it has, and each file can be read")
    void isListedWithinItsBudget() throws Exception {
        List<String> lines = ChildJvm.run(MillionListed.class, List.of("-Xmx256m"), "" + FILES);
        System.out.println("a million entries: " + lines);
        Map<String, Long> found = lines.stream()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(parts -> parts[0], parts -> Long.valueOf(parts[1])));
        assertThat(found.get("bytes")).isGreaterThan(2L << 30);
        assertThat(found)
                .containsEntry("files", (long) FILES)
                .containsEntry("named", (long) FILES)
                .containsEntry("intact", (long) FILES)
                .containsEntry("folders", FILES / MillionListed.IN_FOLDER + 1L)
                .containsEntry("problems", 0L)
                .containsEntry("right", 4L);
        assertThat(found.get("busy")).as("seconds of the processor").isLessThan(60);
    }
}
