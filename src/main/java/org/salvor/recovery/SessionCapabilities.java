package org.salvor.recovery;

/** What a session can do: preview of contents, contents while a scan runs, saved scans, cancelling a scan. */
public record SessionCapabilities(
        boolean preview, boolean contentWhileScanning, boolean savedScan, boolean cancelScan) {}
