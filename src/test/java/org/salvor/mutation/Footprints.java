package org.salvor.mutation;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.salvor.EditableImage;
import org.salvor.Road;
import org.salvor.device.BlockDevice;
import org.salvor.engine.volume.VolumeEngine;
import org.salvor.fault.RecoveryException;
import org.salvor.fault.SourceReadException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.JobMonitor;
import org.salvor.recovery.Keyring;
import org.salvor.recovery.RecoverySession;
import org.salvor.recovery.SourceNode;
import org.salvor.substream.Substream;

/**
 * Where on the undamaged image the content of each file comes from: its record, its clusters, and what every file needs. Damage
 * that lies elsewhere cannot change what is read, so most of these files need not be unpacked again.
 */
final class Footprints {
    private static final int BLOCK = 4096;

    private final Map<String, BitSet> all = new HashMap<>();
    private final long size;

    private Footprints(long size) {
        this.size = size;
    }

    static Footprints of(EditableImage image) throws RecoveryException {
        Footprints footprints = new Footprints(image.size());
        Tracing device = new Tracing(image);
        VolumeEngine engine = Road.engine(device);
        SourceNode tree = engine.recognise(Road.memory(), new Keyring()).orElseThrow();
        List<SourceNode> places = Road.nodes(tree)
                .filter(n -> n.state() == SourceNode.State.READABLE)
                .toList();
        for (SourceNode place : places) {
            device.read.clear();
            try (RecoverySession session = engine.open(place, new Keyring())) {
                BitSet common = (BitSet) device.read.clone();
                Catalog catalog = Road.scan(session, Road.EVERYTHING, JobMonitor.SILENT);
                for (int row = 0; row < catalog.size(); row++) {
                    readAll(session, catalog, row); // once for what is read at first use only
                    device.read.clear();
                    readAll(session, catalog, row);
                    BitSet blocks = (BitSet) device.read.clone();
                    blocks.or(common);
                    footprints.all.put(place.id() + " " + catalog.id(row).text(), blocks);
                }
            }
        }
        return footprints;
    }

    private static void readAll(RecoverySession session, Catalog catalog, int row) {
        try {
            session.rateContent(catalog, row);
            read(session, catalog, row);
        } catch (RecoveryException e) {
            return; // what was read until then is what decides
        }
    }

    static void read(RecoverySession session, Catalog catalog, int row) throws RecoveryException {
        try (Content content = session.content(catalog.id(row))) {
            if (content instanceof Content.Substreams streams) {
                for (Substream s = streams.next(); s != null; s = streams.next()) {
                    ReadEverything.drain(s);
                }
            }
        }
    }

    /** Whether nothing of what this file's content is made of was changed. */
    boolean untouched(EditableImage damaged, BitSet changed, SourceNode place, String id) {
        BitSet blocks = all.get(place.id() + " " + id);
        return blocks != null && damaged.size() == size && !blocks.intersects(changed);
    }

    /** Notes the blocks that are read. */
    private static final class Tracing implements BlockDevice {
        private final BlockDevice device;
        private final BitSet read = new BitSet();

        Tracing(BlockDevice device) {
            this.device = device;
        }

        @Override
        public long size() {
            return device.size();
        }

        @Override
        public int sectorSize() {
            return device.sectorSize();
        }

        @Override
        public String describe() {
            return device.describe();
        }

        @Override
        public void read(long position, ByteBuffer target) throws SourceReadException {
            if (target.hasRemaining()) {
                read.set((int) (position / BLOCK), (int) ((position + target.remaining() - 1) / BLOCK) + 1);
            }
            device.read(position, target);
        }

        @Override
        public void close() {}
    }
}
