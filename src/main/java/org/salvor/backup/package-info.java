/** Reading backups: what a medium, a backup file or a folder of them holds, listed without reading file data, and its contents. */
@NullMarked
package org.salvor.backup;

import org.jspecify.annotations.NullMarked;
