/** The command line: one command for each page of the wizard. The only room that prints. */
@NullMarked
package org.salvor.cli;

import org.jspecify.annotations.NullMarked;
