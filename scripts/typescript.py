"""The desk's scripts are plain JavaScript with types in their comments: the TypeScript compiler checks them, nothing is built."""

from __future__ import annotations

import subprocess

from scripts.frontend import PACKAGES, ROOT, node_program


def main() -> int:
    compiler = PACKAGES / "typescript" / "bin" / "tsc"
    return subprocess.run([node_program(), str(compiler), "--project", str(ROOT)], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
