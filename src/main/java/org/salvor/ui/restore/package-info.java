/** The page that shows files being copied. */
@NullMarked
package org.salvor.ui.restore;

import org.jspecify.annotations.NullMarked;
