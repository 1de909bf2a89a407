/** Disks and volumes of Windows: their bytes, their names, and which of them holds a path. Nothing here can write to one. */
@NullMarked
package org.salvor.windows.disk;

import org.jspecify.annotations.NullMarked;
