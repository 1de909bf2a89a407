package org.salvor.windows;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.WString;
import com.sun.jna.ptr.IntByReference;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The words of the command line as they were typed. The Java launcher of Windows hands them on in the code page of the system, where
 * letters of other languages become question marks, and it puts the names of files in the place of words with * and ?.
 */
public final class CommandWords {
    private CommandWords() {}

    /** What was typed behind the program. @param seen what the launcher made of it, taken where nothing better can be had */
    public static String[] typed(String mainClass, String[] seen) {
        try {
            List<String> words = Calls.words();
            int from = behindProgram(words, mainClass);
            return from < 0 ? seen : words.subList(from, words.size()).toArray(String[]::new);
        } catch (LinkageError | RuntimeException e) {
            System.getLogger("org.salvor.windows")
                    .log(System.Logger.Level.WARNING, "the command line as it was typed cannot be had", e);
            return seen;
        }
    }

    /** Where the words for the program begin, -1 if that cannot be told. */
    static int behindProgram(List<String> words, String mainClass) {
        if (words.isEmpty()) {
            return -1;
        }
        String name = words.getFirst().replace('\\', '/').toLowerCase(Locale.ROOT);
        name = name.substring(name.lastIndexOf('/') + 1);
        boolean java = List.of("java", "java.exe", "javaw", "javaw.exe").contains(name);
        if (!java) {
            return 1; // a launcher of its own
        }
        int main = words.indexOf(mainClass);
        int jar = words.indexOf("-jar");
        if (main >= 0 && (jar < 0 || main < jar)) {
            return main + 1;
        }
        return jar >= 0 && jar + 1 < words.size() ? jar + 2 : -1;
    }

    /** Two libraries of Windows. */
    private static final class Calls {
        private static final class Kernel {
            static {
                Native.register("kernel32");
            }

            static native WString GetCommandLineW();

            static native Pointer LocalFree(Pointer memory);
        }

        private static final class Shell {
            static {
                Native.register("shell32");
            }

            static native Pointer CommandLineToArgvW(WString line, IntByReference count);
        }

        static List<String> words() {
            IntByReference count = new IntByReference();
            Pointer words = Shell.CommandLineToArgvW(Kernel.GetCommandLineW(), count);
            if (words == null) {
                return List.of();
            }
            try {
                return Arrays.asList(words.getWideStringArray(0, count.getValue()));
            } finally {
                var unused = Kernel.LocalFree(words);
            }
        }
    }
}
