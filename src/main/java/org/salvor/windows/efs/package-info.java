/** Encrypted files (EFS) as Windows gives and takes them: still encrypted, without a key. Loads libraries of Windows only where one is asked for. */
@NullMarked
package org.salvor.windows.efs;

import org.jspecify.annotations.NullMarked;
