package org.salvor.ui.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
    @Test
    @DisplayName("Numbers count as numbers, case and accents do not part what belongs together")
    void ordersAsAPersonExpects() {
        List<String> names = new ArrayList<>(List.of(
                "photo 10.jpg",
                "Zebra",
                "photo 9.jpg",
                "Änderung 2",
                "angebot",
                "Änderung 10",
                "photo 009.jpg",
                "7",
                "10",
                "_a"));
        Collections.shuffle(names, new Random(1));
        names.sort(NaturalOrder.INSTANCE);
        assertThat(names)
                .containsExactly(
                        "7",
                        "10",
                        "_a",
                        "Änderung 2",
                        "Änderung 10",
                        "angebot",
                        "photo 009.jpg",
                        "photo 9.jpg",
                        "photo 10.jpg",
                        "Zebra");
    }

    @Test
    @DisplayName("Where the 16-byte keys of two names differ, they say the same as comparing the names")
    void keysAgreeWithNames() {
        String alphabet = "aAbäÄ0019._ -日中\u00ff\u0100zZ";
        Random random = new Random(3);
        byte[] a = new byte[16];
        byte[] b = new byte[16];
        int differing = 0;
        for (int i = 0; i < 200_000; i++) {
            String x = word(random, alphabet);
            String y = word(random, alphabet);
            NaturalOrder.key(x, a);
            NaturalOrder.key(y, b);
            int byKey = Arrays.compareUnsigned(a, b);
            if (byKey != 0) {
                differing++;
                assertThat(Integer.signum(byKey))
                        .as("%s and %s", x, y)
                        .isEqualTo(Integer.signum(NaturalOrder.INSTANCE.compare(x, y)));
            }
        }
        assertThat(differing).isGreaterThan(100_000);
    }

    private static String word(Random random, String alphabet) {
        StringBuilder word = new StringBuilder();
        for (int n = random.nextInt(14); n >= 0; n--) {
            word.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return word.toString();
    }
}
