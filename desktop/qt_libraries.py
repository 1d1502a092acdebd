"""Which system libraries the window lacks on this Linux machine, by the names of their Debian packages.

The wheels of Qt bring everything but the libraries of the X server, fonts and graphics. Found out by asking the dynamic
linker (`ldd`), not by importing: a failed import names one library only, and a failed start of Qt aborts the process.
Standard library only; `make run` asks the same question with `python -m desktop.qt_libraries`, which prints the names.
"""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

# What the parts of Qt that the window needs are linked against; names of Debian 12, valid on Ubuntu from 22.04 too.
_PACKAGES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}
_NEEDED = ("QtWidgets.abi3.so", "QtSvg.abi3.so", "Qt/plugins/platforms/libqxcb.so")


def missing_packages() -> tuple[str, ...]:
    """Name the Debian packages the window still needs; empty when it can start, or where this cannot be told."""
    folder = _pyside_folder()
    if not sys.platform.startswith("linux") or folder is None or shutil.which("ldd") is None:
        return ()
    files = [str(folder / name) for name in _NEEDED if (folder / name).exists()]
    answer = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    return packages_for(answer.stdout)


def packages_for(ldd_output: str) -> tuple[str, ...]:
    """Read the libraries that `ldd` did not find and name their packages; an unknown library stands for itself."""
    missing = [line.split()[0] for line in ldd_output.splitlines() if line.rstrip().endswith("=> not found")]
    return tuple(sorted({_PACKAGES.get(library, library) for library in missing}))


def apt_command(packages: tuple[str, ...]) -> str:
    """Write the command that installs these packages on Debian and Ubuntu."""
    return f"sudo apt-get install {' '.join(packages)}"


def _pyside_folder() -> Path | None:
    found = importlib.util.find_spec("PySide6")
    return Path(found.origin).parent if found and found.origin else None


if __name__ == "__main__":
    print(" ".join(missing_packages()))
