package org.salvor.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.salvor.fault.FormatException;

class JsonTest {
    @Test
    void what_is_written_is_read_again_with_lone_surrogates_and_control_characters() throws Exception {
        StringBuilder out = new StringBuilder();
        String name = "a\"b\\c\n\u0001\ud800 \ud83d\ude00 \u00e4";
        new JsonWriter(out)
                .object()
                .field("name", name)
                .field("size", Long.MAX_VALUE)
                .field("flag", true)
                .field("reasons", List.of("x", "y"))
                .name("empty")
                .array()
                .end()
                .name("half")
                .value(0.5)
                .end();
        Json read = Json.parse(out.toString());
        assertThat(read.string("name")).isEqualTo(name);
        assertThat(read.number("size")).isEqualTo(Long.MAX_VALUE);
        assertThat(read.flag("flag", false)).isTrue();
        assertThat(read.strings("reasons")).containsExactly("x", "y");
        assertThat(read.list("empty")).isEmpty();
        assertThat(read.get("half").real()).isEqualTo(0.5);
        assertThat(out.toString()).doesNotContain("\ud800 ").contains("\\ud800");
    }

    @Test
    void lines_of_json_are_read_one_after_the_other() throws Exception {
        StringBuilder out = new StringBuilder();
        JsonWriter writer = new JsonWriter(out);
        writer.object().field("a", 1).end().newLine();
        writer.object().field("a", 2).end().newLine();
        assertThat(out.toString()).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
        JsonReader reader = new JsonReader(new StringReader(out.toString()));
        assertThat(Json.value(reader, reader.next()).number("a")).isEqualTo(1);
        assertThat(Json.value(reader, reader.next()).number("a")).isEqualTo(2);
        assertThat(reader.next()).isEqualTo(JsonReader.Token.END);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":}",
                "{\"a\" 1}",
                "{,}",
                "01",
                "1 2",
                "\"a",
                "tru",
                "\"\\x\"",
                "{\"a\":1,}",
                "-",
                "[1 2]"
            })
    void what_is_not_json_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void brackets_without_end_are_refused_before_they_cost_memory() {
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000))).isInstanceOf(FormatException.class);
    }

    @Test
    void a_missing_field_is_named() throws IOException, FormatException {
        Json object = Json.parse("{\"a\":\"x\"}");
        assertThatThrownBy(() -> object.number("size")).hasMessageContaining("size");
        assertThatThrownBy(() -> object.number("a")).isInstanceOf(FormatException.class);
        assertThat(object.number("size", 7)).isEqualTo(7);
    }
}
