/** Decoders and checksums that know nothing of files: LZNT1, XPRESS, LZX, and the checked byte window. */
@NullMarked
package org.salvor.codec;

import org.jspecify.annotations.NullMarked;
