package org.salvor.posix;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What udev noted about a device, from its own data base; empty where no udev runs. */
final class Udev {
    private final Map<String, String> properties;

    private Udev(Map<String, String> properties) {
        this.properties = properties;
    }

    /** @param number "8:17" */
    static Udev read(Path data, String number) {
        Map<String, String> properties = new HashMap<>();
        for (String line : Sysfs.text(data.resolve("b" + number)).split("\n", -1)) {
            int equals = line.indexOf('=');
            if (line.startsWith("E:") && equals > 0) {
                properties.put(line.substring(2, equals), line.substring(equals + 1));
            }
        }
        return new Udev(properties);
    }

    String get(String name) {
        return properties.getOrDefault(name, "");
    }
}
