/** Reading file systems: what a volume lists, the evidence for it, and its contents. */
@NullMarked
package org.salvor.filesystem;

import org.jspecify.annotations.NullMarked;
