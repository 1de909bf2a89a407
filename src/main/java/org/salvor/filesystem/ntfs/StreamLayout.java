package org.salvor.filesystem.ntfs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.salvor.filesystem.ClusterRuns;
import org.salvor.filesystem.FoundStream;
import org.salvor.filesystem.StreamDecoder;
import org.salvor.substream.BytesSource;
import org.salvor.substream.ChunkSource;

/** One stream (type and name) of a file, put together from all the attributes that describe a part of it. */
final class StreamLayout {
    private static final int EFS_SECTOR = 512;

    final Attribute first;
    final Runlist runs;
    final long size;
    final long initialized;

    private StreamLayout(Attribute first, Runlist runs, long size, long initialized) {
        this.first = first;
        this.runs = runs;
        this.size = size;
        this.initialized = initialized;
    }

    /** The streams of {@code type}, in the order of their first attribute. */
    static List<StreamLayout> of(List<Attribute> attributes, int type, Volume volume) {
        int first = -1;
        int count = 0;
        for (int i = 0; i < attributes.size(); i++) {
            if (attributes.get(i).type == type) {
                first = count == 0 ? i : first;
                count++;
            }
        }
        if (count < 2) {
            return count == 0 ? List.of() : List.of(one(attributes.get(first), volume));
        }
        List<StreamLayout> streams = new ArrayList<>(count);
        for (int i = first; i < attributes.size(); i++) {
            Attribute attribute = attributes.get(i);
            if (attribute.type == type && !seenBefore(attributes, i)) {
                streams.add(several(attributes, i, volume));
            }
        }
        return streams;
    }

    private static StreamLayout one(Attribute attribute, Volume volume) {
        Runlist runs = new Runlist();
        if (!attribute.nonResident) {
            return new StreamLayout(attribute, runs, attribute.valueLength, attribute.valueLength);
        }
        runs.append(attribute);
        return finish(attribute, runs, volume);
    }

    private static boolean seenBefore(List<Attribute> attributes, int index) {
        Attribute wanted = attributes.get(index);
        for (int i = 0; i < index; i++) {
            if (attributes.get(i).is(wanted.type, wanted.name)) {
                return true;
            }
        }
        return false;
    }

    private static StreamLayout several(List<Attribute> attributes, int index, Volume volume) {
        Attribute attribute = attributes.get(index);
        int parts = 0;
        for (int i = index; i < attributes.size(); i++) {
            parts += attributes.get(i).is(attribute.type, attribute.name) ? 1 : 0;
        }
        if (parts == 1) {
            return one(attribute, volume);
        }
        Runlist runs = new Runlist();
        Attribute[] all = new Attribute[parts];
        for (int i = index, at = 0; i < attributes.size(); i++) {
            if (attributes.get(i).is(attribute.type, attribute.name)) {
                all[at++] = attributes.get(i);
            }
        }
        Arrays.sort(all, Comparator.comparingLong(a -> a.lowestVcn()));
        if (!all[0].nonResident) {
            return new StreamLayout(all[0], runs, all[0].valueLength, all[0].valueLength);
        }
        for (Attribute part : all) {
            if (part.nonResident) {
                runs.append(part);
            }
        }
        return finish(all[0], runs, volume);
    }

    private static StreamLayout finish(Attribute first, Runlist runs, Volume volume) {
        int cluster = volume.clusterSize();
        if (runs.allocated() > volume.clusterCount()) { // clusters claimed over and over: such runs are no runs
            return finish(first, new Runlist(), volume);
        }
        if (first.lowestVcn() != 0) { // the part that tells the sizes is lost
            long known = runs.end() * cluster;
            return new StreamLayout(first, runs, known, known);
        }
        long size = first.dataSize();
        runs.missingUpTo(size / cluster + (size % cluster == 0 ? 0 : 1));
        return new StreamLayout(first, runs, size, first.initialized());
    }

    String name() {
        return first.name;
    }

    boolean complete() {
        return runs.complete();
    }

    boolean sparse() {
        return first.sparse();
    }

    FoundStream.Form form() {
        if (!first.nonResident) {
            return FoundStream.Form.RESIDENT;
        }
        if (first.encrypted()) {
            return FoundStream.Form.ENCRYPTED;
        }
        if (first.compressed()) {
            return FoundStream.Form.COMPRESSED;
        }
        return first.sparse() ? FoundStream.Form.SPARSE : FoundStream.Form.PLAIN;
    }

    FoundStream describe(Volume volume) {
        if (!first.nonResident) {
            return new FoundStream(name(), size, 0, FoundStream.Form.RESIDENT, ClusterRuns.NONE, true);
        }
        long allocated = runs.allocated() * volume.clusterSize();
        return new FoundStream(
                name(), size, Math.min(initialized, size), allocated, form(), runs.toClusterRuns(), complete());
    }

    /** As an encrypted file keeps it: encrypted bytes go on up to whole sectors of EFS. */
    StreamDecoder.Stored stored(Volume volume) {
        if (!first.encrypted()) {
            return new StreamDecoder.Stored(name(), false, source(volume), size, initialized, sparse());
        }
        long valid = Math.min(initialized, size);
        ChunkSource bytes = new RunSource(volume, runs, sectors(size), sectors(valid));
        return new StreamDecoder.Stored(name(), true, bytes, size, valid, sparse());
    }

    private static long sectors(long bytes) {
        return bytes > Long.MAX_VALUE - EFS_SECTOR ? bytes : (bytes + EFS_SECTOR - 1) / EFS_SECTOR * EFS_SECTOR;
    }

    /** The stream's bytes, decompressed where it is kept in compression units. */
    ChunkSource source(Volume volume) {
        if (!first.nonResident) {
            return new BytesSource(
                    Arrays.copyOfRange(first.record.data, first.valueStart, first.valueStart + first.valueLength));
        }
        return first.compressed()
                ? CompressedSource.open(volume, this)
                : new RunSource(volume, runs, possible(volume), initialized);
    }

    /** Without holes no stream is larger than its volume: the rest of such a size is a lie, and would be read as lost for hours. */
    private long possible(Volume volume) {
        return sparse() ? size : Math.min(size, volume.boot().volumeSize());
    }
}
