/** The page that tells what became of each file. */
@NullMarked
package org.salvor.ui.report;

import org.jspecify.annotations.NullMarked;
