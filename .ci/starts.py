"""Starts the program as it is packed, with a display and without: target/salvor, from a folder with a blank and a letter beyond
ASCII in its name, and the application image where it was made. Fails when one of them does not come up. Takes seconds."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WIDTH, HEIGHT, PIXEL = 1280, 900, 4
COLOURS = 12  # an empty window has one or two; a page drawn with its texts has many
PATIENCE = 90
SCREEN = ":188"

failures = []


def check(what, good, told=""):
    print(("ok      " if good else "FAILED  ") + what + (f"\n{told}" if told and not good else ""))
    if not good:
        failures.append(what)


def run(program, *arguments, env, cwd=None):
    return subprocess.run([str(program), *arguments], env=env, cwd=cwd, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE)


def terminal(name, program, env):
    """Without a display: the version, a scan, and the practice recovery."""
    done = run(program, "--version", env=env)
    check(f"{name}: --version", done.returncode == 0 and done.stdout.startswith("Salvor "), done.stdout + done.stderr)
    done = run(program, "scan", "practice:", "--match", "*.txt", env=env)
    check(f"{name}: scan practice:", done.returncode == 0 and "Großmutters Apfelkuchen.txt" in done.stdout, done.stdout + done.stderr)
    with tempfile.TemporaryDirectory() as folder:
        done = run(program, env=env, cwd=folder)
        back = list(Path(folder).glob("*/Files/Documents/Recipes/Großmutters Apfelkuchen.txt"))
        report = list(Path(folder).glob("*/Salvor report.html"))
        check(f"{name}: recovers the practice disk without a display", done.returncode == 0 and back and report, done.stdout + done.stderr)


def colours(picture):
    found = set()
    with open(picture, "rb") as pixels:
        first = os.path.getsize(picture) - WIDTH * HEIGHT * PIXEL
        for y in range(120, 780, 40):
            pixels.seek(first + y * WIDTH * PIXEL)
            line = pixels.read(WIDTH * PIXEL)
            found.update(line[x : x + 3] for x in range(60 * PIXEL, 1220 * PIXEL, 5 * PIXEL))
    return len(found)


def window(name, program, env):
    """With a display of its own: waits for the first page to be drawn."""
    if not shutil.which("Xvfb"):
        print(f"skipped {name}: the window (no Xvfb here)")
        return
    with tempfile.TemporaryDirectory() as folder:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        screen = subprocess.Popen(
            ["Xvfb", SCREEN, "-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-fbdir", folder], **quiet)
        picture = Path(folder, "Xvfb_screen0")
        started = None
        begun = time.monotonic()
        try:
            while time.monotonic() - begun < 20 and (not picture.exists() or picture.stat().st_size < WIDTH * HEIGHT * PIXEL):
                time.sleep(0.05)
            time.sleep(0.3)
            begun = time.monotonic()
            started = subprocess.Popen([str(program)], env={**env, "DISPLAY": SCREEN, "HOME": folder}, **quiet)
            drawn = False
            while not drawn and started.poll() is None and time.monotonic() - begun < PATIENCE:
                time.sleep(0.1)
                drawn = colours(picture) > COLOURS
            check(f"{name}: the first page after {time.monotonic() - begun:.1f} s", drawn)
        finally:
            for process in (started, screen):
                if process is not None:
                    process.terminate()
                    process.wait(20)


def java(version):
    for home in sorted(Path("/usr/lib/jvm").glob("*")):
        release = home / "release"
        if release.exists() and f'JAVA_VERSION="{version}' in release.read_text():
            return str(home)
    return None


plain = {key: value for key, value in os.environ.items() if key not in ("DISPLAY", "WAYLAND_DISPLAY", "JAVA_HOME", "JAVA_TOOL_OPTIONS")}
with tempfile.TemporaryDirectory() as work:
    folder = Path(work, "Salvor für alle")
    shutil.copytree("target/salvor", folder, symlinks=True)
    salvor = folder / "bin/salvor"
    terminal("folder", salvor, plain)
    window("folder", salvor, plain)
    old = java("17")
    if old:
        done = run(salvor, "--version", env={**plain, "JAVA_HOME": old})
        check("folder: finds a newer Java than the one of JAVA_HOME", done.returncode == 0, done.stderr)
    image = Path("target/dist/image/Salvor")
    if image.exists():
        moved = Path(work, "Salvor ist umgezogen ü")
        shutil.copytree(image, moved, symlinks=True)
        terminal("image", moved / "bin/Salvor", plain)
        window("image", moved / "bin/Salvor", plain)
sys.exit(1 if failures else 0)
