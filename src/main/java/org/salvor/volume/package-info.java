/** What turns a disk into volumes: partition tables and lost volumes. */
@NullMarked
package org.salvor.volume;

import org.jspecify.annotations.NullMarked;
