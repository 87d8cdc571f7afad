"""Choose the newest allowed versions and pin them with hashes: `make lock`. No index is named in the result."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / "build" / "lock-venv"
FLAGS = ["--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade", "--quiet"]
SILENT = ["--no-header", "--no-emit-index-url", "--no-emit-find-links"]


def main() -> None:
    python = TOOLS / "bin" / "python"
    if not (TOOLS / "bin" / "uv").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(TOOLS)], check=True)  # noqa: S603
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "uv"], check=True)  # noqa: S603
    for name, extra in (("run", []), ("test", ["--extra", "test"])):
        out = ["--output-file", f"requirements/{name}.lock"]
        command = [str(python), "-m", "uv", "pip", "compile", "pyproject.toml", *extra, *FLAGS, *SILENT, *out]
        subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603


if __name__ == "__main__":
    main()
