package org.salvor.text;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;

/**
 * Names that are single bytes of a code page which is told nowhere, as old backup media have them.
 *
 * @param page as which they are read
 * @param sample some of them, those first that look most different from one page to the other
 */
public record ByteNames(Charset page, List<byte[]> sample) {
    /** As a person reads them in another page. */
    public List<String> as(Charset other) {
        return sample.stream().map(name -> new String(name, other)).toList();
    }

    /** A page for a person: "windows-1251". */
    public static String name(Charset page) {
        List<String> all = new ArrayList<>(page.aliases());
        all.add(page.name());
        return all.stream()
                .filter(each -> each.startsWith("windows-"))
                .findFirst()
                .orElse(page.name());
    }
}
