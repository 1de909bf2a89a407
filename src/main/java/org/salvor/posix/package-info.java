/** What Linux offers and Java does not: extended attributes, the mount table, devices. */
@NullMarked
package org.salvor.posix;

import org.jspecify.annotations.NullMarked;
