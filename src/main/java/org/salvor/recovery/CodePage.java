package org.salvor.recovery;

import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * The code page of names that are single bytes, where a person chose one: old backup media do not name theirs. As the keyring it is
 * live: whatever opens a source asks it then.
 */
public final class CodePage {
    private volatile @Nullable Charset chosen;

    /** Null where it is left to the program, which looks at the names. */
    public @Nullable Charset chosen() {
        return chosen;
    }

    /** For what is opened from now on; null leaves it to the program again. */
    public void choose(@Nullable Charset page) {
        chosen = page;
    }
}
