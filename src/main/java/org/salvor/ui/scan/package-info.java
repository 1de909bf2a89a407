/** The page that shows a running scan. */
@NullMarked
package org.salvor.ui.scan;

import org.jspecify.annotations.NullMarked;
