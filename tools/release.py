"""Makes a release of what is committed, in dist/: `make release`, with the image too by `make release IMAGE=1`.

    bhxh_tu_nguyen-VERSION-py3-none-any.whl    installed in a fresh environment and asked a question before it counts
    bhxh_tu_nguyen-VERSION.tar.gz              the sources, with deploy/, docs/ and requirements.lock
    bhxh-VERSION.cdx.json                      what is installed with it, in which versions (SBOM, CycloneDX)
    bhxh-VERSION-image.tar.gz                  the image, for `docker load`; by IMAGE=1, where docker or podman works
    SHA256SUMS                                 of all these

A version that ends in `.dev0` is made in the same way, and said to be no release. Ends with 2 where there is something
to be put right first.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIST = ROOT / "dist"
_TOOLS = ("build", "hatchling", "cyclonedx-bom")
_QUESTION, _ANSWERED = "muc dong thap nhat la bao nhieu", r"\d đ\b"


class NotReady(Exception):
    """What is to be put right before a release can be made."""


def checked(version: str, changelog: str, changed: str) -> str:
    """What is said of the version; raises NotReady.

    `changed` are the files with changes that are not committed, as git tells them.
    """
    if changed:
        raise NotReady(f"a release is made of what is committed; these are not:\n{changed.rstrip()}")
    section = re.search(r"^## (\S+)(.*)$", changelog, re.MULTILINE)
    base = version.partition(".dev")[0]
    if section is None or section[1] != base:
        raise NotReady(f"CHANGELOG.md begins with no section «## {base}»")
    is_open = "not released" in section[2]
    if version != base:
        return f"{version}: a trial of what {base} is to be, and no release"
    if is_open:
        raise NotReady(f"CHANGELOG.md says that {version} is not released: give it its day")
    return f"{version}: a release"


def sums(folder: Path) -> str:
    """The lines of SHA256SUMS for every other file of a folder."""
    files = sorted(each for each in folder.iterdir() if each.is_file() and each.name != "SHA256SUMS")
    return "".join(f"{hashlib.sha256(each.read_bytes()).hexdigest()}  {each.name}\n" for each in files)


def main() -> int:
    """Make it, and say what was made."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    try:
        changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        said = checked(version, changelog, _run("git", "status", "--porcelain"))
        shutil.rmtree(DIST, ignore_errors=True)
        DIST.mkdir()
        with tempfile.TemporaryDirectory() as folder:
            _packages(Path(folder) / "tools")
            _installed(Path(folder) / "tools", Path(folder) / "fresh", version)
        image = _image(version) if os.environ.get("IMAGE") else "no image was asked for (IMAGE=1)"
    except NotReady as not_ready:
        print(f"no release: {not_ready}")
        return 2
    (DIST / "SHA256SUMS").write_text(sums(DIST), encoding="utf-8")
    print(*(each.name for each in sorted(DIST.iterdir())), image, said, sep="\n")
    return 0


def _packages(tools: Path) -> None:
    """Wheel and sources; the same commit gives the same bytes."""
    _run(sys.executable, "-m", "venv", tools)
    _run(tools / "bin" / "pip", "install", "--quiet", "--disable-pip-version-check", *_TOOLS)
    day = _run("git", "log", "-1", "--format=%ct").strip()
    _run(tools / "bin" / "python", "-m", "build", "--no-isolation", "--outdir", DIST, ROOT, SOURCE_DATE_EPOCH=day)


def _installed(tools: Path, fresh: Path, version: str) -> None:
    """The wheel alone in an environment, in the versions of the lock: it answers, and what is in it is told."""
    (wheel,) = DIST.glob("*.whl")
    _run(sys.executable, "-m", "venv", "--without-pip", fresh)
    pip = (tools / "bin" / "pip", "--python", fresh / "bin" / "python", "--disable-pip-version-check")
    _run(*pip, "install", "--quiet", "--only-binary", ":all:", "--constraint", ROOT / "requirements.lock", wheel)
    answer = _run(fresh / "bin" / "bhxh", "ask", _QUESTION, folder=fresh)
    if not re.search(_ANSWERED, answer):
        raise NotReady(f"the wheel, installed, does not answer «{_QUESTION}»: {answer}")
    bill = DIST / f"bhxh-{version}.cdx.json"
    telling = ("environment", "--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--output-file", bill)
    _run(tools / "bin" / "cyclonedx-py", *telling, fresh / "bin" / "python")


def _image(version: str) -> str:
    """The image as a file; what is said of it."""
    engine = next((each for each in ("docker", "podman") if shutil.which(each) and _works(each)), None)
    if engine is None:
        raise NotReady("an image was asked for, and neither docker nor podman works here")
    tag, revision = f"bhxh:{version}", _run("git", "rev-parse", "HEAD").strip()
    given = ("--build-arg", f"VERSION={version}", "--build-arg", f"REVISION={revision}")
    kind = ("--format", "docker") if engine == "podman" else ()  # the other one has no health check
    _run(engine, "build", *kind, *given, "--file", ROOT / "deploy" / "image" / "Dockerfile", "--tag", tag, ROOT)
    plain = DIST / "image.tar"
    _run(engine, "save", "--output", plain, tag)
    with plain.open("rb") as whole, gzip.open(DIST / f"bhxh-{version}-image.tar.gz", "wb", compresslevel=6) as packed:
        shutil.copyfileobj(whole, packed)
    plain.unlink()
    return f"image {tag}, made by {engine}"


def _works(engine: str) -> bool:
    return subprocess.run([engine, "info"], check=False, capture_output=True).returncode == 0


def _run(*words: str | Path, folder: Path = ROOT, **given: str) -> str:
    done = subprocess.run(
        [str(each) for each in words],
        check=False,
        cwd=folder,
        env=os.environ | given,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NotReady(f"{Path(words[0]).name} {words[1]} ended with {done.returncode}:\n{done.stderr or done.stdout}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
