package org.salvor.ui.choose;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import javafx.scene.image.Image;
import org.jspecify.annotations.Nullable;
import org.salvor.fault.RecoveryException;
import org.salvor.recovery.Catalog;
import org.salvor.recovery.Content;
import org.salvor.recovery.RatingClass;
import org.salvor.recovery.RecoverySession;
import org.salvor.substream.Chunk;
import org.salvor.substream.StreamType;
import org.salvor.substream.Substream;
import org.salvor.text.Messages;
import org.salvor.ui.table.Ticket;

/** Reads the beginning of a file and makes something to look at of it. Runs on a background thread; bounded whatever the file says. */
final class PreviewLoader {
    /** Text and everything that is no picture. */
    private static final int MAX_TEXT = 1 << 20;

    /** Text that is shown; a text control gets slow with more. */
    private static final int MAX_SHOWN = 100_000;

    private static final int MAX_HEX = 16 << 10;
    private static final int MAX_PICTURE = 16 << 20;
    private static final int PIECE = 256 << 10;
    private static final double SIDE = 1024;

    private PreviewLoader() {}

    static Preview load(RecoverySession session, Catalog catalog, int row, Ticket ticket) throws RecoveryException {
        if (catalog.folder(row)) {
            return new Preview.Nothing(Messages.get("choose.preview.folder"));
        }
        RatingClass rating = catalog.ratingClass(row);
        if (rating == RatingClass.LOCKED || rating == RatingClass.STUB) {
            return new Preview.Nothing(
                    Messages.get(rating == RatingClass.LOCKED ? "choose.preview.locked" : "choose.preview.away"));
        }
        long size = catalog.size(row);
        if (size == 0) {
            return new Preview.Nothing(Messages.get("choose.preview.empty"));
        }
        FileGroup group = FileGroup.ofEnding(FileGroup.ending(catalog.name(row)));
        int limit = group == FileGroup.PICTURES ? MAX_PICTURE : MAX_TEXT;
        byte[] bytes = read(session, catalog, row, (int) Math.min(limit, size), ticket);
        ticket.check();
        if (bytes.length == 0) {
            return new Preview.Nothing(Messages.get("choose.preview.nothing"));
        }
        return show(bytes, size);
    }

    static Preview show(byte[] bytes, long size) {
        if (allZero(bytes)) {
            return new Preview.Nothing(Messages.get("choose.preview.zeros"));
        }
        Optional<PictureSize> picture = PictureSize.of(bytes);
        if (picture.isPresent() && picture.get().safe()) {
            Preview shown = picture(bytes, picture.get());
            if (shown != null) {
                return shown;
            }
        }
        boolean whole = bytes.length >= size;
        Optional<TextDecoder.Decoded> text = TextDecoder.decode(bytes, whole);
        if (text.isPresent()) {
            String all = text.get().text();
            boolean cut = !whole || all.length() > MAX_SHOWN;
            return new Preview.Text(
                    all.substring(0, Math.min(all.length(), MAX_SHOWN)),
                    text.get().encoding(),
                    cut);
        }
        return new Preview.Hex(Arrays.copyOf(bytes, Math.min(bytes.length, MAX_HEX)), size);
    }

    /** Null if it cannot be decoded: then its bytes are shown. */
    private static @Nullable Preview picture(byte[] bytes, PictureSize size) {
        double scale = Math.min(1, SIDE / Math.max(size.width(), size.height()));
        Image image =
                new Image(new ByteArrayInputStream(bytes), size.width() * scale, size.height() * scale, true, true);
        return image.isError() || image.getWidth() < 1 ? null : new Preview.Picture(image, size.width(), size.height());
    }

    private static boolean allZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] read(RecoverySession session, Catalog catalog, int row, int limit, Ticket ticket)
            throws RecoveryException {
        try (Content content = session.content(catalog.id(row))) {
            return switch (content) {
                case Content.Substreams streams -> read(streams, limit, ticket);
                case Content.SelfWriting file -> new byte[0];
            };
        }
    }

    private static byte[] read(Content.Substreams streams, int limit, Ticket ticket) throws RecoveryException {
        ByteBuffer all = ByteBuffer.allocate(limit);
        Content.RandomAccess main = streams.main();
        if (main == null) {
            readOn(streams, all, ticket);
            return Arrays.copyOf(all.array(), all.position());
        }
        while (all.hasRemaining()) {
            ticket.check();
            ByteBuffer piece = all.slice(all.position(), Math.min(PIECE, all.remaining()));
            int read = main.read(all.position(), piece);
            if (read <= 0) {
                break;
            }
            all.position(all.position() + read);
        }
        return Arrays.copyOf(all.array(), all.position());
    }

    /** The main stream from front to back, where its source knows no other way. */
    private static void readOn(Content.Substreams streams, ByteBuffer all, Ticket ticket) throws RecoveryException {
        for (Substream stream = streams.next(); stream != null; stream = streams.next()) {
            if (stream.type() != StreamType.DATA || !stream.name().isEmpty()) {
                continue;
            }
            for (Chunk chunk = stream.next(); chunk != null && all.hasRemaining(); chunk = stream.next()) {
                ticket.check();
                int length = (int) Math.min(chunk.length(), all.remaining());
                switch (chunk) {
                    case Chunk.Bytes bytes -> all.put(bytes.data().slice().limit(length));
                    case Chunk.Hole hole -> all.position(all.position() + length);
                    case Chunk.Lost lost -> all.position(all.position() + length);
                }
            }
            return;
        }
    }
}
