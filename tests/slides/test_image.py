from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from deckgen.compose import compose
from deckgen.loader import load
from deckgen.parts.pictures import PictureError, load_picture
from deckgen.scene import Page, PictureItem
from deckgen.source import OutlineError
from outlines import words_of

FORMATS = {".png": "PNG", ".jpg": "JPEG", ".gif": "GIF"}


def draw(path: Path, width: int = 800, height: int = 400) -> Path:
    Image.new("RGB", (width, height), "#3A7C93").save(path, FORMATS[path.suffix])
    return path


def outline(folder: Path, fields: str) -> Path:
    path = folder / "deck.yaml"
    slide = f"  - {{kind: image, title: A picture, alt: A blue field, {fields}}}\n"
    path.write_text(f"title: T\nslides:\n{slide}", encoding="utf-8")
    return path


def page_of(folder: Path, fields: str) -> Page:
    (page,) = compose(load(outline(folder, fields))).pages
    return page


def picture_of(page: Page) -> PictureItem:
    (item,) = (item for item in page.items if isinstance(item, PictureItem))
    return item


def problem_of(folder: Path, fields: str) -> str:
    with pytest.raises(OutlineError) as caught:
        compose(load(outline(folder, fields)))
    (problem,) = caught.value.problems
    assert problem.mark.line == 3
    return str(problem)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_picture_keeps_its_proportions_and_its_bytes(tmp_path: Path, suffix: str) -> None:
    path = draw(tmp_path / f"plan{suffix}")
    item = picture_of(page_of(tmp_path, f"file: plan{suffix}"))
    assert item.data == path.read_bytes()
    assert item.media == {".png": "png", ".jpg": "jpeg", ".gif": "gif"}[suffix]
    assert item.box.w / item.box.h == pytest.approx(2, rel=0.001)
    assert item.alt == "A blue field"
    assert item.box.bottom <= 6_000_000


def test_fill_covers_the_frame_and_crops_evenly(tmp_path: Path) -> None:
    draw(tmp_path / "plan.png", 1000, 1000)
    item = picture_of(page_of(tmp_path, "file: plan.png, fit: fill"))
    left, top, right, bottom = item.crop
    assert left == right == 0
    assert top == bottom
    shown = 1000 * (1 - top - bottom)
    assert item.box.w / item.box.h == pytest.approx(1000 / shown, rel=0.001)
    assert item.box.w > 11_000_000


def test_a_caption_stands_below_a_wide_picture_and_beside_a_tall_one(tmp_path: Path) -> None:
    draw(tmp_path / "wide.png", 1600, 600)
    draw(tmp_path / "tall.png", 600, 900)
    for name, beside in (("wide", False), ("tall", True)):
        page = page_of(tmp_path, f"file: {name}.png, caption: Seen from above")
        picture = picture_of(page).box
        caption = next(i.box for i in page.items if "caption" in i.name)
        assert (caption.x >= picture.right) is beside
        assert (caption.y >= picture.bottom) is not beside


def test_small_pictures_are_not_blown_up(tmp_path: Path) -> None:
    draw(tmp_path / "small.png", 144, 72)
    item = picture_of(page_of(tmp_path, "file: small.png"))
    assert (item.box.w, item.box.h) == (144 * 12_700, 72 * 12_700)
    assert "144 × 72 pixels, too few to fill" in problem_of(tmp_path, "file: small.png, fit: fill")


def test_takeaways_stand_beside_the_picture(tmp_path: Path) -> None:
    draw(tmp_path / "plan.png")
    page = page_of(tmp_path, "file: plan.png, points: [One thing]")
    assert "One thing" in words_of(page)
    panel = next(item.box for item in page.items if item.name == "Panel head")
    assert picture_of(page).box.right < panel.x


def test_files_outside_the_folder_are_not_read(tmp_path: Path) -> None:
    inner = tmp_path / "deck"
    inner.mkdir()
    draw(tmp_path / "secret.png")
    (inner / "link.png").symlink_to(tmp_path / "secret.png")
    for name in ("../secret.png", "link.png", "x/../../secret.png"):
        told = problem_of(inner, f"file: {name}")
        assert "leads out of the outline’s folder; copy the file beside the outline" in told
    told = problem_of(inner, f"file: {tmp_path / 'secret.png'}")
    assert "must be a path from the outline’s folder" in told


def test_a_link_within_the_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    draw(tmp_path / "pictures" / "plan.png")
    (tmp_path / "link.png").symlink_to(tmp_path / "pictures" / "plan.png")
    assert picture_of(page_of(tmp_path, "file: pictures/plan.png")).media == "png"
    assert picture_of(page_of(tmp_path, "file: link.png")).media == "png"


def test_a_file_must_be_what_its_name_says(tmp_path: Path) -> None:
    draw(tmp_path / "photo.jpg").rename(tmp_path / "photo.png")
    assert "“photo.png” is a JPEG by its bytes" in problem_of(tmp_path, "file: photo.png")
    (tmp_path / "words.png").write_text("hello")
    assert "“words.png” holds no picture" in problem_of(tmp_path, "file: words.png")
    (tmp_path / "empty.gif").touch()
    assert "“empty.gif” holds no picture" in problem_of(tmp_path, "file: empty.gif")
    (tmp_path / "folder.png").mkdir()
    assert "“folder.png” is no regular file" in problem_of(tmp_path, "file: folder.png")
    (tmp_path / "plan.svg").write_text("<svg/>")
    assert "“plan.svg” is no picture by its name" in problem_of(tmp_path, "file: plan.svg")
    assert "there is no file “none.png”" in problem_of(tmp_path, "file: none.png")


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_damaged_file_is_told(tmp_path: Path, suffix: str) -> None:
    path = draw(tmp_path / f"plan{suffix}", 300, 200)
    data = path.read_bytes()
    for length in (7, 12, 30, len(data) // 2):
        path.write_bytes(data[:length])
        with pytest.raises(PictureError):
            load_picture(path.name, str(tmp_path / "deck.yaml"))


def test_a_picture_on_its_side_and_one_too_large_are_refused(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[274] = 6
    Image.new("RGB", (80, 60)).save(tmp_path / "side.jpg", exif=exif)
    assert "“side.jpg” is stored on its side" in problem_of(tmp_path, "file: side.jpg")
    path = draw(tmp_path / "large.png")
    with path.open("ab") as stream:
        stream.truncate(10_000_001)
    assert "“large.png” has 10.0 MB (at most 10)" in problem_of(tmp_path, "file: large.png")


def test_alt_text_is_asked_for(tmp_path: Path) -> None:
    draw(tmp_path / "plan.png")
    path = tmp_path / "deck.yaml"
    path.write_text("title: T\nslides:\n  - {kind: image, title: A, file: plan.png}\n", "utf-8")
    with pytest.raises(OutlineError, match="`alt` is missing"):
        load(path)
