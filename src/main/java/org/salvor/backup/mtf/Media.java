package org.salvor.backup.mtf;

import java.util.List;
import java.util.Optional;

/** The media of one family that are here, in their order; some may be missing in between. */
final class Media {
    private final List<Medium> all;

    Media(List<Medium> all) {
        this.all = List.copyOf(all);
    }

    int count() {
        return all.size();
    }

    Medium get(int index) {
        return all.get(index);
    }

    /** The index of the medium that follows directly, if it is here. */
    Optional<Integer> next(int index) {
        int following = index + 1;
        return following < all.size() && sequence(following) == sequence(index) + 1
                ? Optional.of(following)
                : Optional.empty();
    }

    /** The number of a medium in its family, from 1. */
    int sequence(int index) {
        return all.get(index).tape().sequence();
    }

    /** Whether something must or may follow behind the end of a medium. */
    boolean followed(int index) {
        return all.get(index).continued() || next(index).isPresent();
    }

    /** Bytes of the media before a place, and of its own before it. */
    long passed(Place place) {
        long bytes = place.position();
        for (int i = 0; i < place.medium(); i++) {
            bytes += all.get(i).device().size();
        }
        return bytes;
    }

    long size() {
        return all.stream().mapToLong(medium -> medium.device().size()).sum();
    }

    void close() {
        all.forEach(medium -> medium.device().close());
    }
}
