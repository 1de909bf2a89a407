/** Backups behind the ports of recovery: what a backup holds becomes places, rows, ratings and contents. */
@NullMarked
package org.salvor.engine.backup;

import org.jspecify.annotations.NullMarked;
