"""The induction tutor and the mentor of a post: looking at them and correcting them, with the reason."""

from __future__ import annotations

from starlette.responses import Response

from records import colleagues, school_people
from records.access import Act
from records.models.inductions import Post
from records.models.people import Person
from records.values import Wrong
from web.forms import Faults
from web.pages.school_users import newcomer_of
from web.visit import Missing, Visit

NEW = "new"
TITLES = {"induction_tutor": "Induction tutor", "mentor": "Mentor"}
NAMED = ("person-first-name", "person-last-name", "person-address")


def show(visit: Visit) -> Response:
    return _page(visit, _found(visit))


def correct(visit: Visit) -> Response:
    post, faults = _found(visit), Faults()
    why = visit.written.text("why")[:2000]
    if not why:
        faults.add("why", "Say why it is corrected")
    newcomer = newcomer_of(visit, faults) if NEW in {visit.written.text(which) for which in TITLES} else None
    known = {str(one.id): one for one in colleagues.choices(visit.session, post, visit.today)}
    if any(visit.written.text(which) not in {"", NEW, *known} for which in TITLES):
        raise Missing
    if faults:
        return _page(visit, post, faults)
    try:
        # A refusal leaves the record as it was, and the page shows that record.
        with visit.session.begin_nested():
            made = school_people.person_of(visit.session, newcomer, visit.now) if newcomer is not None else None
            chosen: dict[str, Person | None] = {}
            for which in TITLES:
                written = visit.written.text(which)
                chosen[which] = made if written == NEW else known.get(written)
            changed = colleagues.correct(visit.session, post, chosen, why, visit.actor, visit.now)
    except Wrong as wrong:
        faults.add("person-address" if newcomer is not None else "induction_tutor", str(wrong))
        return _page(visit, post, faults)
    return visit.go(f"/ects/{post.induction_id}#course", "Corrected" if changed else "Nothing was changed")


def _found(visit: Visit) -> Post:
    post = visit.session.get(Post, visit.id)
    if post is None:
        raise Missing
    visit.require(Act.CORRECT, post.induction)
    return post


def _page(visit: Visit, post: Post, faults: Faults | None = None) -> Response:
    people = colleagues.choices(visit.session, post, visit.today)
    options = [
        ("", "Nobody, or not known"),
        *((str(one.id), one.full_name) for one in people),
        (NEW, "Somebody else, named below"),
    ]
    stands = {which: str(person.id) if person else "" for which, person in colleagues.present(post).items()}
    typed = "why" in visit.written
    return visit.page(
        "colleagues.html",
        422 if faults else 200,
        post=post,
        induction=post.induction,
        titles=TITLES,
        options=options,
        chosen={which: visit.written.text(which) if typed else stands[which] for which in TITLES},
        named={name: visit.written.raw(name) for name in NAMED},
        why=visit.written.text("why"),
        faults=faults,
    )
