package org.salvor.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.salvor.TestTools;

/**
 * The images of the benchmarks, made by src/test/scripts/make-speed-images.py (root, two minutes, 4 GB) in target/bench, or taken
 * from {@code -Dbench.images=FOLDER}.
 */
enum SpeedImages {
    /** 200,000 files in 400 folders, every second deleted. */
    MANY("speed-many.img"),
    /** 100,000 files in one folder, every second deleted. */
    FOLDER("speed-folder.img"),
    /** One deleted file of 1 GiB. */
    LARGE("speed-large.img");

    static final String LARGE_FILE = "large.bin";

    /** A name that some folders of {@link #MANY} have. */
    static final String ONE_OF_MANY = "file 000.bin";

    private static final Path PLACE = Path.of(System.getProperty("bench.images", "target/bench"));
    private static final String SCRIPTS = "src/test/scripts/";

    private final String file;

    SpeedImages(String file) {
        this.file = file;
    }

    /** The image, all its data in the page cache. Skips the test where it cannot be made. */
    Path ready() throws IOException, InterruptedException {
        Path image = PLACE.resolve(file);
        if (!Files.exists(PLACE.resolve(LARGE.file))) {
            TestTools.requireRoot();
            TestTools.require("mkntfs");
            TestTools.require("python3");
            Timed.run("python3", SCRIPTS + "make-speed-images.py", PLACE.toString());
        }
        Timed.run("python3", SCRIPTS + "read-data.py", image.toString());
        return image;
    }
}
