/** NTFS, read-only: one class for each structure on disk. Format notes in docs/formats/ntfs.md. */
@NullMarked
package org.salvor.filesystem.ntfs;

import org.jspecify.annotations.NullMarked;
