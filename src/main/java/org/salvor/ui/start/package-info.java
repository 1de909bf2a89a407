/** The first page: what was lost, and where to begin. */
@NullMarked
package org.salvor.ui.start;

import org.jspecify.annotations.NullMarked;
