package org.salvor.recovery;

/** Whether an engine can work here; {@code why} is a sentence for a person where it cannot. */
public record Availability(boolean available, String why) {
    public static final Availability HERE = new Availability(true, "");
}
