"""`mailroom layouts`: what accepted papers have taught about forms. With a file it needs no configuration and no database."""

from __future__ import annotations

import difflib
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from ingest.learning import layouts_of, learn_from
from ingest.reading import IsolatedReader
from mailroom import house
from mailroom.commands.options import DEFAULT_CONFIG, Config, Json, settings_of
from mailroom.screen import FAILED, OK, USAGE, leave, put, put_json, say
from parsers.forms import FIELD_TYPES, ReadFile, ReadPaper, Unreadable
from parsers.learned import Anchor, Layout, Layouts
from parsers.learning import Lesson, grow
from records import layouts as kept
from records.events import Actor
from records.values import counted

_group = typer.Typer(
    help="What accepted papers have taught about forms: places, never values.",
    epilog="Example: mailroom layouts list",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_KEYS = ("form_kind", *FIELD_TYPES)
ACTOR = Actor.machine("command line")
LayoutsFile = Annotated[Path | None, typer.Option("--from", help="A file of layouts instead of the database.")]


def add_to(application: typer.Typer) -> None:
    application.add_typer(_group, name="layouts")


@_group.command(epilog="Example: mailroom layouts learn form.docx --truth form.json --to layouts.json")
def learn(
    file: Annotated[Path, typer.Argument(help="A filled-in form.")],
    truth: Annotated[
        Path | None, typer.Option(help="JSON with every value of the paper: a key, its value, null where it is blank.")
    ] = None,
    corrected: Annotated[
        Path | None, typer.Option(help="JSON with only the values that were read wrongly; the others count as right.")
    ] = None,
    to: Annotated[
        Path | None, typer.Option(help="The file of layouts to write, added to where it exists. Without it: the database.")
    ] = None,
    config: Config = DEFAULT_CONFIG,
) -> None:
    """Teach the layout of one paper whose values are known. Only places are kept, in words of the form as numbers."""
    if (truth is None) == (corrected is None):
        leave(USAGE, "Give the values: either --truth or --corrected.")
    values = _values(truth or corrected or Path())
    if to is not None:
        known = _from_file(to) if to.exists() else Layouts()
        lesson = _lesson(file, values, known, whole=truth is not None)
        grown = _grown(known, lesson)
        learnt = next(one for one in grown.layouts if one.id == lesson.layout.id)
        _must_have_places(learnt, file)
        to.write_text(grown.to_json() + "\n", encoding="utf-8")
        _say_learnt(learnt)
        return
    with house.opened(settings_of(config)) as open_house:
        with open_house.database.reading() as session:
            known = layouts_of(session)
        lesson = _lesson(file, values, known, whole=truth is not None)
        _must_have_places(_grown(known, lesson).layouts[-1], file)
        with open_house.database.writing() as session:
            _say_learnt(learn_from(session, lesson, None, ACTOR, open_house.clock()))


@_group.command("list", epilog="Example: mailroom layouts list --json")
def list_layouts(config: Config = DEFAULT_CONFIG, source: LayoutsFile = None, as_json: Json = False) -> None:
    """Every layout that papers have taught."""
    layouts = _all(config, source).layouts
    if as_json:
        put_json([_summary(one) for one in layouts])
    elif not layouts:
        say("No paper has taught a layout yet. Accepting a form does.")
    for one in layouts if not as_json else ():
        put(
            f"{one.id}  {one.kind.replace('_', ' ')}  {one.title or 'no title known'}  {counted(one.papers, 'paper')}  {counted(_places(one), 'place')}"
        )


@_group.command(epilog="Example: mailroom layouts show 3f1c09ab77d2e6f0")
def show(
    layout: Annotated[str, typer.Argument(help="The layout's id, as `list` gives it.")],
    config: Config = DEFAULT_CONFIG,
    source: LayoutsFile = None,
    as_json: Json = False,
) -> None:
    """What one layout has taught: each field's place and how many papers agreed."""
    one = _one(_all(config, source), layout)
    if as_json:
        put_json(one.to_json())
        return
    put(f"{one.id}  {one.kind.replace('_', ' ')}  {one.title or 'no title known'}  {counted(one.papers, 'paper')}")
    for anchor in one.anchors:
        put(f"{anchor.key.replace('_', ' ')}: {_told(anchor)}")


@_group.command(epilog="Example: mailroom layouts forget 3f1c09ab77d2e6f0 --field trn --yes")
def forget(
    layout: Annotated[str, typer.Argument(help="The layout's id, as `list` gives it.")],
    field: Annotated[str | None, typer.Option(help="Forget the place of this field only.")] = None,
    config: Config = DEFAULT_CONFIG,
    source: LayoutsFile = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Forget a layout, or the place of one field. The next accepted paper teaches it anew."""
    one = _one(_all(config, source), layout)
    # `show` writes the keys with spaces.
    field = field and "_".join(field.split())
    if field is not None and field not in {anchor.key for anchor in one.anchors}:
        leave(FAILED, f"This layout has no place for {field}. `mailroom layouts show {one.id}` lists its places.")
    if not yes and not typer.confirm(f"Forget {field or 'the whole layout'} of {one.id}?", err=True):
        leave(OK, "Nothing was changed.")
    if source is not None:
        source.write_text(_without(_from_file(source), one, field).to_json() + "\n", encoding="utf-8")
    else:
        with house.opened(settings_of(config)) as open_house, open_house.database.writing() as session:
            kept.forget(session, one.id, field, ACTOR, open_house.clock())
    say("Forgotten.")


def _values(path: Path) -> dict[str, str | bool | None]:
    try:
        packed = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        leave(USAGE, f"{path}: this is no JSON file that can be read ({problem}).")
    if not isinstance(packed, dict):
        leave(USAGE, f"{path}: the values must be one JSON object.")
    unknown = [key for key in packed if key not in _KEYS]
    if unknown:
        leave(USAGE, f"{path}: {'; '.join(map(_no_such_key, unknown))}.\nThe keys are: {', '.join(_KEYS)}.")
    if not all(value is None or isinstance(value, str | bool) for value in packed.values()):
        leave(USAGE, f"{path}: a value is a text, true, false or null.")
    return packed


def _no_such_key(key: str) -> str:
    near = difflib.get_close_matches(key, _KEYS, 1)
    return f"there is no field {key}" + (f" (is it {near[0]}?)" if near else "")


def _lesson(file: Path, values: dict[str, str | bool | None], known: Layouts, *, whole: bool) -> Lesson:
    """What the file's paper teaches. Not `whole`: the values are corrections of what is read."""
    try:
        data = file.read_bytes()
    except OSError as problem:
        leave(FAILED, f"{file}: {problem.strerror or 'it cannot be opened'}.")
    with IsolatedReader() as reader:
        answer = reader.read(data, file.name, known.to_json())
        if isinstance(answer, Unreadable):
            leave(FAILED, f"{file.name}: {answer.reason}")
        paper = _paper(answer)
        if not whole:
            values = {key: one.value for key, one in paper.form.fields.items()} | values
        lesson = reader.learn(json.dumps(paper.sheet).encode(), values, known.to_json())
    if isinstance(lesson, Unreadable):
        leave(FAILED, f"{file.name}: {lesson.reason}")
    if lesson is None:
        leave(FAILED, f"{file.name}: nothing can be learnt from it. Say which kind of form it is (form_kind) if it is one.")
    return lesson


def _paper(answer: ReadFile) -> ReadPaper:
    """The paper that the values are of: the only one, or the first that is a form."""
    forms = [paper for paper in answer.papers if paper.form.kind is not None]
    return (forms or list(answer.papers))[0]


def _grown(known: Layouts, lesson: Lesson) -> Layouts:
    before = next((one for one in known.layouts if one.id == lesson.layout.id), None)
    others = [one for one in known.layouts if one is not before]
    return Layouts((*others, grow(before, lesson)))


def _must_have_places(layout: Layout, file: Path) -> None:
    if not _places(layout):
        leave(
            FAILED,
            f"{file.name}: nothing was learnt: none of the values stands on this paper as it was given. Are they its own?",
        )


def _say_learnt(layout: Layout) -> None:
    say(f"Layout {layout.id}: {counted(_places(layout), 'place')} known from {counted(layout.papers, 'paper')}.")


def _from_file(path: Path) -> Layouts:
    try:
        return Layouts.from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        leave(USAGE, f"{path}: this is no file of layouts ({problem}).")


def _all(config: Path, source: Path | None) -> Layouts:
    if source is not None:
        return _from_file(source)
    with house.opened(settings_of(config)) as open_house, open_house.database.reading() as session:
        return layouts_of(session)


def _one(layouts: Layouts, name: str) -> Layout:
    found = next((one for one in layouts.layouts if one.id == name), None)
    if found is None:
        leave(FAILED, f"There is no layout {name}. `mailroom layouts list` shows them all.")
    return found


def _without(layouts: Layouts, one: Layout, field: str | None) -> Layouts:
    rest = [other for other in layouts.layouts if other.id != one.id]
    if field is None:
        return Layouts(tuple(rest))
    kept_anchors = tuple(anchor for anchor in one.anchors if anchor.key != field)
    return Layouts((*rest, Layout(one.id, one.kind, one.printed, kept_anchors, one.read_as, one.title, one.papers)))


def _places(layout: Layout) -> int:
    return sum(not anchor.vacant for anchor in layout.anchors)


def _told(anchor: Anchor) -> str:
    if anchor.vacant:
        return "asked for, but empty on every accepted paper so far"
    state = "trusted" if anchor.trusted else "to be checked"
    return f"{state}, {counted(anchor.agreements, 'paper agrees', 'papers agree')}, {anchor.contradictions} spoke against it"


def _summary(layout: Layout) -> dict[str, Any]:
    return {"id": layout.id, "kind": layout.kind, "title": layout.title, "papers": layout.papers, "places": _places(layout)}
