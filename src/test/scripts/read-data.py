#!/usr/bin/env python3
"""Reads all data of sparse files, and not their holes, so that they are in the page cache.

usage: read-data.py FILE..."""
import errno, os, sys

for name in sys.argv[1:]:
    with open(name, 'rb', buffering=0) as f:
        at = 0
        while True:
            try:
                start = os.lseek(f.fileno(), at, os.SEEK_DATA)
            except OSError as e:
                if e.errno == errno.ENXIO:
                    break
                raise
            at = os.lseek(f.fileno(), start, os.SEEK_HOLE)
            os.lseek(f.fileno(), start, os.SEEK_SET)
            left = at - start
            while left > 0:
                got = len(f.read(min(left, 1 << 20)))
                if got == 0:
                    break
                left -= got
