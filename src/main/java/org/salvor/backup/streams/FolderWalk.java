package org.salvor.backup.streams;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.salvor.fault.RecoveryException;
import org.salvor.text.IoReasons;
import org.salvor.text.Messages;

/**
 * Goes through a folder of backup streams, the files of each folder before the folders in it, in the order of their names. Links
 * are not followed. What an export leaves beside its streams is passed over.
 */
final class FolderWalk {
    /** Deeper nesting is not read. */
    private static final int MAX_DEPTH = 1000;

    /** The report, the journal and the common sidecar of an export, and files it was writing. */
    private static final Pattern OF_EXPORT =
            Pattern.compile("salvor-report(-\\d+)?\\.json|salvor-sidecar(-\\d+)?|\\.salvor-journal.*|.*\\.salvor-part");

    /** What is told of a walk. */
    interface Visitor {
        /** @param path names from the top, its own last. Returns whether to go on. */
        boolean folder(List<String> path, Path folder) throws RecoveryException;

        /** A regular file in the folder told last. Returns whether to go on. */
        boolean file(Path file, String name, long size) throws RecoveryException;

        /** Something that could not be looked at. */
        void unreadable(RecoveryException problem) throws RecoveryException;
    }

    private final Visitor visitor;

    FolderWalk(Visitor visitor) {
        this.visitor = visitor;
    }

    /** Whether the visitor wanted to go on to the end. */
    boolean all(Path top) throws RecoveryException {
        return below(top, new ArrayList<>());
    }

    private boolean below(Path folder, List<String> path) throws RecoveryException {
        if (!path.isEmpty() && !visitor.folder(List.copyOf(path), folder)) {
            return false;
        }
        List<String> folders = new ArrayList<>();
        for (String name : names(folder)) {
            Path entry = folder.resolve(name);
            try {
                BasicFileAttributes attributes =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory()) {
                    folders.add(name);
                } else if (attributes.isRegularFile() && !visitor.file(entry, name, attributes.size())) {
                    return false;
                }
            } catch (IOException e) {
                visitor.unreadable(problem(entry, e));
            }
        }
        for (String name : folders) {
            Path entry = folder.resolve(name);
            if (path.size() == MAX_DEPTH) {
                visitor.unreadable(new RecoveryException(Messages.get("backup.too-deep", entry)));
                continue;
            }
            path.add(name);
            boolean more = below(entry, path);
            path.removeLast();
            if (!more) {
                return false;
            }
        }
        return true;
    }

    private List<String> names(Path folder) throws RecoveryException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!OF_EXPORT.matcher(name).matches()) {
                    names.add(name);
                }
            }
        } catch (IOException e) {
            visitor.unreadable(problem(folder, e));
        } catch (DirectoryIteratorException e) {
            visitor.unreadable(problem(folder, e));
        }
        Collections.sort(names);
        return names;
    }

    private static RecoveryException problem(Path entry, Exception e) {
        String reason = e instanceof IOException io ? IoReasons.of(io) : String.valueOf(e.getMessage());
        return new RecoveryException(Messages.get("device.unreadable", entry, reason), e);
    }
}
