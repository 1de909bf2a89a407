package org.salvor.backup.mtf;

/**
 * VOLB, the start of a volume (docs/formats/mtf.md, section 3).
 *
 * @param device 56: "C:", "\\server\share", "System State"
 * @param label 60: for a person
 * @param machine 64
 */
record VolumeBlock(String device, String label, String machine) {
    static VolumeBlock parse(Block block, TapeText text) {
        return new VolumeBlock(text.told(block, 56), text.told(block, 60), text.told(block, 64));
    }

    /** What it is called in a path; empty if it has no name at all. */
    String name() {
        return device.isEmpty() ? label : device;
    }
}
