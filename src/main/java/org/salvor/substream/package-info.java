/** The common currency: typed streams of a file, made of bytes, holes and losses. */
@NullMarked
package org.salvor.substream;

import org.jspecify.annotations.NullMarked;
