package org.salvor.backup.mtf;

import org.salvor.codec.ByteView;

/** A descriptor block: where it lies, its header, and its bytes up to its first stream. */
record Block(Place place, BlockHeader header, ByteView body) {}
