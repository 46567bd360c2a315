"""The build hook: it compiles only when its sources changed, and says what is missing."""

import shutil
from pathlib import Path

import pytest

import hatch_build

ROOT = Path(hatch_build.__file__).parent


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the assets are made of, on a machine where no program is found."""
    for name in ("package.json", "package-lock.json", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path)
    shutil.copytree(ROOT / "web" / "assets", tmp_path / "web" / "assets")
    shutil.copytree(ROOT / "web" / "static", tmp_path / "web" / "static")
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    return tmp_path


def test_assets_that_fit_their_sources_are_left_alone(checkout: Path) -> None:
    assert hatch_build.compile_assets(checkout, "no-such-python") is False


@pytest.mark.parametrize("source", ["web/assets/_review.scss", "package-lock.json", "web/assets/mailroom.mjs"])
def test_any_changed_source_asks_for_a_new_compilation(checkout: Path, source: str) -> None:
    assert hatch_build.up_to_date(checkout)
    (checkout / source).write_text("changed", encoding="utf-8")
    assert not hatch_build.up_to_date(checkout)


def test_lock_file_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_notices_travel_with_the_assets() -> None:
    notices = (ROOT / "web" / "static" / "NOTICES.txt").read_text(encoding="utf-8")
    assert "govuk-frontend" in notices
    assert "@ministryofjustice/frontend" in notices
    assert "MIT License" in notices
