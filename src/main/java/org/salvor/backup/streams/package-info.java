/** Files that hold what BackupRead gave of a file, one by one or in folders. */
@NullMarked
package org.salvor.backup.streams;

import org.jspecify.annotations.NullMarked;
