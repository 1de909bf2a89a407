/** The page on which a person picks a disk or an image and a place on it. */
@NullMarked
package org.salvor.ui.source;

import org.jspecify.annotations.NullMarked;
