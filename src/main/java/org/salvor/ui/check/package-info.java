/** The page that shows the dry run before anything is written. */
@NullMarked
package org.salvor.ui.check;

import org.jspecify.annotations.NullMarked;
