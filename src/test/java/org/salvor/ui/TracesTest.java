package org.salvor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * What is gone leaves no lines behind. The lines themselves are on real screens only, neither on the one of the tests nor in pictures of
 * a window; so this asks the toolkit whether it heeds what {@link SalvorApplication#beforeToolkit} told it.
 */
class TracesTest extends FxTest {
    @Test
    void theToolkitDrawsBackgroundsAnew() throws ReflectiveOperationException {
        Class<?> settings = Class.forName("com.sun.prism.impl.PrismSettings");
        assertThat(settings.getField("disableRegionCaching").getBoolean(null)).isTrue();
    }
}
