/** Read-only bytes at positions: images, devices, slices, and what to do about sectors that cannot be read. */
@NullMarked
package org.salvor.device;

import org.jspecify.annotations.NullMarked;
