"""Names every skipped test of the last run, and fails when a test of the core list was skipped or did not run at all.

The core list: every test class that is called Core...Test or carries @Tag("core").
"""

import re
import sys
from pathlib import Path
from xml.etree import ElementTree

REPORTS = Path("target/surefire-reports")
SOURCES = Path("src/test/java")


def core_classes():
    for source in SOURCES.rglob("*.java"):
        text = source.read_text(encoding="utf-8")
        if re.fullmatch(r"Core\w*Test", source.stem) or re.search(r'^\s*@Tag\("core"\)', text, re.M):
            yield ".".join(source.relative_to(SOURCES).with_suffix("").parts)


ran, skipped, total = {}, [], 0
for report in sorted(REPORTS.rglob("TEST-*.xml")):
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        owner = case.get("classname").split("$")[0]
        reason = case.find("skipped")
        total += 1
        if reason is None:
            ran[owner] = ran.get(owner, 0) + 1
        else:
            skipped.append((owner, case.get("name"), (reason.get("message") or "").strip()))

print(f"\n{total} tests, {len(skipped)} skipped")
for owner, name, reason in skipped:
    print(f"  skipped: {owner}.{name}" + (f"  ({reason})" if reason else ""))

core = sorted(core_classes())
bad = [f"{name} has no test that ran" for name in core if not ran.get(name)]
bad += [f"{owner}.{name} was skipped" for owner, name, _ in skipped if owner in core]
print(f"core list: {sum(ran.get(name, 0) for name in core)} tests in {len(core)} classes ran")
for line in bad:
    print("  core list: " + line)
sys.exit(1 if bad or not core or not total else 0)
