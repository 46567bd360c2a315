"""A second family of generated papers, drawn independently of the readers: wordings, orders and mechanics that none was made for.

Some layouts may be looked at when the readers are mended ("tried"); of the others ("held", and "fresh", drawn last) only the figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from tests.support.papers_fill import Copy
from tests.support.papers_model import Sketch, Truth
from tests.support.papers_pdf import to_pdf
from tests.support.unseen import (
    ahead_assessments,
    ahead_notices,
    ahead_reviews,
    beyond_forms,
    beyond_notices,
    coming_assessments,
    coming_notices,
    coming_reviews,
    fresh,
    fresh_again,
    further_assessments,
    further_notices,
    further_reviews,
    held_assessments,
    held_notices,
    held_reviews,
    later_reports,
    later_reviews,
    newest,
    newest_again,
    plain_assessments,
    plain_leavers,
    plain_notices,
    plain_reviews,
    tried_again,
    tried_assessments,
    tried_mixed,
    tried_notices,
    tried_reviews,
    wide_assessments,
    wide_notices,
    wide_reviews,
)
from tests.support.unseen.converted import SOFFICE, convert, flatten
from tests.support.unseen.remixed import remixed
from tests.support.unseen.word import to_word

Drawing = Callable[[Random, Random], Sketch]


def _named(*drawings: Drawing) -> dict[str, Drawing]:
    return {one.__name__: one for one in drawings}


TRIED = _named(
    tried_reviews.cover_page, tried_reviews.two_columns, tried_reviews.frames, tried_reviews.dotted,
    tried_assessments.caption_below, tried_assessments.header_over, tried_assessments.misspelt, tried_assessments.three_periods, tried_assessments.merged,
    tried_notices.people_blocks, tried_notices.people_grid, tried_notices.leaver_lines, tried_notices.sentences,
    tried_mixed.mixed_review, tried_mixed.mixed_assessment, tried_mixed.mixed_registration, tried_mixed.mixed_leaver,
    tried_again.lesson_seen, tried_again.online_page, tried_again.standards_met, tried_again.turned_names,
)  # fmt: skip
HELD = _named(
    held_reviews.cards, held_reviews.stacked_print, held_reviews.radio_review, held_reviews.observation_two,
    held_assessments.letterhead, held_assessments.outcome_typed, held_assessments.standards_ticks, held_assessments.signoff_rows, held_assessments.interim_questions,
    held_notices.registration_cells, held_notices.plan_grid, held_notices.change_ticks,
)  # fmt: skip
FRESH = _named(
    fresh.borough_form,
    fresh.hub_template,
    fresh.trust_registration,
    fresh.moving_on,
    fresh.two_page_final,
    fresh.support_record,
)
LAST = _named(
    fresh_again.county_interim,
    fresh_again.tidy_review,
    fresh_again.alliance_registration,
    fresh_again.closing_report,
)
WIDE = _named(
    wide_reviews.trust_cover, wide_reviews.two_languages, wide_reviews.numbered_questions, wide_reviews.guidance_right, wide_reviews.digit_boxes, wide_reviews.landscape_record, wide_reviews.lesson_grid,
    wide_assessments.term_columns, wide_assessments.old_nqt, wide_assessments.five_signatories, wide_assessments.options_across, wide_assessments.each_standard, wide_assessments.leaving_interim,
    wide_notices.coded_rows, wide_notices.old_and_new, wide_notices.release_letter, wide_notices.hub_people, wide_notices.plan_cycle,
)  # fmt: skip
LATER = _named(
    later_reviews.city_review, later_reviews.web_export, later_reviews.entitlement_list, later_reviews.learning_walk, later_reviews.weekly_plan, later_reviews.small_caps,
    later_reports.absence_table, later_reports.sentences_final, later_reports.sheet_row, later_reports.leaver_slip, later_reports.standards_pairs, later_reports.changes_one_column, later_reports.part_time_interim,
)  # fmt: skip
NEWEST = _named(
    newest.helped_labels, newest.grouped_left, newest.period_range, newest.transfer_in, newest.both_years, newest.email_leaver,
    newest.wide_table_review, newest.people_cards, newest.plan_letter, newest.interim_columns,
    newest_again.council_letter, newest_again.hub_final, newest_again.quick_register, newest_again.meeting_record,
    newest_again.three_options, newest_again.goodbye_form, newest_again.details_update, newest_again.class_visit,
)  # fmt: skip
PLAIN = _named(
    plain_assessments.model_heir, plain_assessments.on_track_columns, plain_assessments.absence_by_term, plain_assessments.leaving_before_end,
    plain_reviews.three_across, plain_reviews.rated_standards, plain_reviews.lines_and_boxes,
    plain_notices.hub_registration, plain_notices.people_rows, plain_notices.delete_as_appropriate,
    plain_leavers.leaver_sections, plain_leavers.from_and_to, plain_leavers.short_slip,
)  # fmt: skip
COMING = _named(
    coming_assessments.writers_parts, coming_assessments.standards_grid, coming_assessments.boxed_dates, coming_assessments.strip_final,
    coming_reviews.side_by_side, coming_reviews.notes_at_foot, coming_reviews.entitlement_rows, coming_reviews.survey_print, coming_reviews.labels_above,
    coming_notices.office_registration, coming_notices.roles_table, coming_notices.two_schools, coming_notices.leaver_statement, coming_notices.moved_in,
)  # fmt: skip
FURTHER = _named(
    further_assessments.university_report, further_assessments.national_recommendation, further_assessments.year_columns, further_assessments.council_interim,
    further_reviews.diocesan_review, further_reviews.council_record, further_reviews.trust_conversation,
    further_notices.national_enrolment, further_notices.transfer_record, further_notices.help_programme,
)  # fmt: skip
AHEAD = _named(
    ahead_assessments.county_recommendation, ahead_assessments.hub_formal, ahead_assessments.trust_year_end, ahead_assessments.diocesan_interim,
    ahead_reviews.partnership_review, ahead_reviews.county_termly, ahead_reviews.coded_review, ahead_reviews.lesson_record,
    ahead_notices.hub_intake, ahead_notices.leaving_notice, ahead_notices.change_sheet, ahead_notices.coaching_plan,
)  # fmt: skip
BEYOND = _named(
    beyond_forms.renamed_nqt, beyond_forms.one_page_review, beyond_forms.checked_answers, beyond_forms.seen_teaching,
    beyond_notices.church_register, beyond_notices.finished_with_us, beyond_notices.details_changed, beyond_notices.aims_in_blocks,
)  # fmt: skip
GROUPS = {
    "tried": TRIED,
    "held": HELD,
    "fresh": FRESH,
    "last": LAST,
    "wide": WIDE,
    "later": LATER,
    "newest": NEWEST,
    "plain": PLAIN,
    "coming": COMING,
    "further": FURTHER,
    "ahead": AHEAD,
    "beyond": BEYOND,
}
"""Every group by its name, in the order in which they were drawn."""
LAYOUTS = {layout: drawing for group in GROUPS.values() for layout, drawing in group.items()}

DRAWN: dict[str, Callable[[Sketch], bytes]] = {
    "docx": to_word,
    "controls": lambda sketch: to_word(sketch, "controls"),
    "legacy": lambda sketch: to_word(sketch, "legacy"),
    "set": to_pdf,
    "acro": lambda sketch: to_pdf(sketch, fields=True),
    "flat": lambda sketch: flatten(to_pdf(sketch, fields=True)),
}
CONVERTED = {
    "print": ("docx", "pdf"),
    "odt": ("docx", "odt"),
    "print-controls": ("controls", "pdf"),
    "odt-legacy": ("legacy", "odt"),
}
"""Renderings that LibreOffice makes, from which of ours, and to what."""


@dataclass(frozen=True)
class Made:
    name: str
    layout: str
    rendering: str
    content: bytes
    truth: Truth


def draw(layout: str, template: int, copy: int, designer: int | None = None) -> Sketch:
    """A filled-in form. The template seed chooses wordings and design, the copy seed who filled it in and how.

    With a `designer` it is set anew as that one would set it.
    """
    sketch = LAYOUTS[layout](Random(f"unseen/{layout}/{template}"), Random(f"unseen/{layout}/{template}/{copy}"))
    return sketch if designer is None else remixed(sketch, Random(f"unseen/{layout}/{template}/by {designer}"))


def draw_blank(layout: str, template: int) -> Sketch:
    """The template as a body hands it out."""
    copy = Copy(f"unseen/{layout}/{template}/blank")
    copy.blank = True
    sketch = LAYOUTS[layout](Random(f"unseen/{layout}/{template}"), copy)
    kept = {key: sketch.truth[key] for key in ("form_kind", "assessment_point") if sketch.truth.get(key)}
    sketch.truth = {**kept, "blank": True}
    return sketch


def make(layout: str, template: int, copy: int, rendering: str, designer: int | None = None) -> Made:
    """One paper of a rendering that needs no LibreOffice."""
    sketch = draw(layout, template, copy, designer)
    by = "" if designer is None else f"-by{designer}"
    return Made(f"{layout}-{template}-{copy}{by}-{rendering}", layout, rendering, DRAWN[rendering](sketch), sketch.truth)


def make_all(
    layouts: Iterable[str], templates: Iterable[int], renderings: Iterable[str] | None = None, designers: int = 0
) -> Iterator[Made]:
    """Every layout in several templates and renderings, one copy each; those of LibreOffice where it is installed.

    With `designers` every form is set anew by so many, instead of as its author drew it.
    """
    wanted = [*DRAWN, *(CONVERTED if SOFFICE else ())] if renderings is None else list(renderings)
    settings: list[int | None] = [*range(designers)] or [None]
    papers = [(layout, template, one) for layout in layouts for template in templates for one in settings]
    for rendering in wanted:
        if rendering in DRAWN:
            yield from (make(layout, template, 0, rendering, by) for layout, template, by in papers)
            continue
        source, to = CONVERTED[rendering]
        rest = iter(papers)
        while some := [make(layout, template, 0, source, by) for layout, template, by in islice(rest, 40)]:
            converted = convert({one.name: one.content for one in some}, to)
            for one in some:
                yield Made(f"{one.name}-{rendering}", one.layout, rendering, converted[one.name], one.truth)
