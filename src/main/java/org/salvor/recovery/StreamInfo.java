package org.salvor.recovery;

/** A named data stream of a restorable file; size in bytes. */
public record StreamInfo(String name, long size) {}
