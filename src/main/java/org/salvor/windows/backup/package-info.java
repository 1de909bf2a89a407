/** Files are written through BackupWrite, with everything that belongs to them. Loads libraries of Windows only where one is asked for. */
@NullMarked
package org.salvor.windows.backup;

import org.jspecify.annotations.NullMarked;
