"""Judges of a .pptx that others wrote: each gives a list of problems, empty for a good file."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from shutil import which


def find_sdk_validator() -> Path | None:
    """Microsoft's Open XML SDK as one program (`npm ci --prefix tests/ooxml`), if installed.

    OOXML_VALIDATOR in the environment may name it instead.
    """
    named = os.environ.get("OOXML_VALIDATOR", "")
    if named and which(named):
        return Path(named)
    modules = Path(__file__).parent / "ooxml" / "node_modules" / "@xarsh"
    found = (path for path in modules.glob("*/ooxml-validator*") if which(path))
    return next(found, None)


def sdk_problems(path: Path, validator: Path | None = None) -> list[str]:
    """What Microsoft's Open XML SDK finds in a file, each as `part: description (xpath)`."""
    program = validator or find_sdk_validator()
    if program is None:
        raise FileNotFoundError("ooxml-validator")
    # Without ICU on the machine .NET refuses to start unless told to do without.
    env = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run([program, path], capture_output=True, env=env, timeout=120, check=False)
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        return [f"{program.name} gave no answer ({done.returncode}): {done.stderr[-300:]!r}"]
    problems = [
        f"{error['path']}: {error['description']} ({error['xPath']})" for error in answer["errors"]
    ]
    return problems or ([] if answer["ok"] else [f"{program.name} says no, but not why"])


def audit_problems(path: Path) -> list[str]:
    """What openxml-audit, a second opinion in pure Python, finds in a file."""
    from openxml_audit import validate_pptx

    return [str(error) for error in validate_pptx(path).errors]
