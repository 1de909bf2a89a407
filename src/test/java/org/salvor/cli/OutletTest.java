package org.salvor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.salvor.app.Wiring;

@DisplayName("Results that do not get where they should")
class OutletTest {
    private final StringWriter errors = new StringWriter();

    /** Takes so many bytes, then fails with this message. */
    private static OutputStream failing(int after, String message) {
        return new OutputStream() {
            private int taken;

            @Override
            public void write(int one) throws IOException {
                if (++taken > after) {
                    throw new IOException(message);
                }
            }
        };
    }

    private int scan(OutputStream to) {
        Outlet results = new Outlet(to);
        Terminal terminal =
                new Terminal(new PrintWriter(results, true), new PrintWriter(errors), false, () -> null, results::lost);
        return new SalvorCli(Wiring.assemble(), terminal).run("scan", "practice:", "--json");
    }

    @Test
    @DisplayName("are told, and the command did not succeed")
    void lost() {
        assertThat(scan(failing(1000, "No space left on device"))).isEqualTo(10);
        assertThat(errors.toString()).contains("did not get there: No space left on device");
    }

    @Test
    @DisplayName("because their reader has seen enough are no loss")
    void left() {
        assertThat(scan(failing(1000, "Broken pipe"))).isZero();
        assertThat(errors.toString()).doesNotContain("did not get there");
    }

    @Test
    @DisplayName("are no matter as long as all get there")
    void all() {
        assertThat(scan(OutputStream.nullOutputStream())).isZero();
        assertThat(errors.toString()).doesNotContain("did not get there");
    }
}
