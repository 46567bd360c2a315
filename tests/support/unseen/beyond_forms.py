"""Assessments, a review and an observation as a borough, a trust, a national body and a school hand them out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from tests.support.papers_fill import choice
from tests.support.papers_model import Cell, Gap, P, Piece, Run, Sketch, T, Tick, a, cell, p
from tests.support.unseen.ahead_words import Draft, Met
from tests.support.unseen.form import left

_FIRST = (
    "Abigail", "Bronagh", "Callum", "Danuta", "Emmanuel", "Frances", "Gurpreet", "Harriet", "Ifan", "Jean-Paul", "Keziah", "Lewis", "Mary Beth", "Niamh",
    "Oluchi", "Patrick", "Ra’ees", "Siân", "Tia-Louise", "Vikram", "William", "Zsófia",
)  # fmt: skip
_LAST = (
    "Abernathy", "Blackett", "Chaudhry", "D’Angelo", "Eccles-Ward", "Flanagan", "Goodchild", "Hargreaves", "Iqbal", "Jessop", "Kowalczyk", "Lightfoot",
    "McNamara", "N’Diaye", "O’Shaughnessy", "Parr", "Rimmer", "Stott-Bailey", "Teague", "van den Berg", "Wainwright", "Young",
)  # fmt: skip
_SCHOOLS = (
    "Hartsmere Academy", "St Bede’s Catholic Primary School", "Castle Hill Junior School", "Marshgate Infant and Nursery School", "Penn Street Primary School", "The Ellison Academy",
    "St Mary Magdalene C of E (VC) Primary School", "Great Stanmouth High School", "Whitebeam Special School", "Thornley Green Community School", "Bishop Aldred Church of England Academy",
    "King Edmund’s School", "Sandpiper Primary Academy", "West Stanmouth College",
)  # fmt: skip
_BODIES = ("Stanmouth Borough Council", "Teachers First National Induction", "Three Rivers Teaching School Hub", "University of Calderbank Partnership")  # fmt: skip
_PARAGRAPHS = (
    "{n} has had a positive term. Relationships with pupils are strong and the classroom is a purposeful place in which to learn.",
    "In a drop-in on 8 November pupils were able to explain what they were learning in {s} and why it mattered.",
    "Subject knowledge is good. {n} has made effective use of the scheme of work and has begun to adapt it for the lower attainers.",
    "Feedback from parents at the autumn consultation was very positive, with several mentioning how quickly {n} replied to concerns.",
    "Low-level disruption in the afternoons is still an issue at times, although {n} now applies the behaviour policy more consistently.",
    "Planning is detailed and submitted on time. Lessons follow a clear structure of review, new content, guided and independent practice.",
    "{n} has attended all of the training sessions and has completed Modules 1 to 3 of the programme.",
    "Books show that pupils’ work is marked regularly, but pupils are not always given time to respond.",
    "{n} works well with the teaching assistants and briefs them before the lesson.",
    "The ECT took part in moderation across the year group, and judgements were found to be accurate.",
)
_POINTS = (
    "TS1 – clear routines, warm and consistent",
    "TS2: gap analysis used after the mock examinations",
    "TS4: pace of {s} lessons improved since half term",
    "TS5 – scaffolds for EAL pupils are in place",
    "TS6: marking in line with policy",
    "TS7: fewer referrals than in the autumn",
    "TS8 – runs the lunchtime chess club",
    "Lesson observations 4/10 and 22/11",
    "Mentor meeting notes; planning file; pupil voice",
    "Pupil progress meeting held on 17 January",
)
_SEEN = (
    "Pupils were greeted at the door and settled to the starter at once.",
    "Vocabulary was introduced clearly with pictures and repeated by the class.",
    "The model on the board made the steps plain; two pupils came up to try.",
    "Pupils in the front row were asked more often than the others.",
    "Task sheets at two levels; the TA worked with the group by the window",
    "Misconception about {s} picked up and dealt with straight away",
    "Good use of praise – no sanctions needed",
    "The plenary was short of time",
)
_PLANS = (
    "To improve the quality of questioning in {s} by planning at least three key questions for each lesson, reviewed with the mentor in six weeks.",
    "To make sure that pupils have time to respond to feedback each week.",
    "{n} will visit a local school to observe the teaching of {s} before the end of March.",
    "To take greater responsibility for the work of the teaching assistant during independent tasks.",
)
_STEPS = (
    "Plan key questions in advance (TS2, TS6)",
    "Observe {s} in Year 6",
    "Use exit tickets twice a week and act on them",
    "Read the EEF guidance on metacognition",
    "Team-teach one lesson with the mentor by February half term",
)
_OWN = (
    "I have really enjoyed this term and feel very well supported by my mentor and induction tutor.",
    "I have found the behaviour of one group challenging but I feel more confident since I observed {s}.",
    "I agree with the targets set.",
    "I would like some more time to plan with my year group partner.",
    "My ECT time has been protected and I have used it to visit other classes.",
    "I look forward to next year.",
)
_TOPICS = ("reading", "maths", "GCSE history", "Year 7 science", "writing", "art and design", "French", "early language")


_NEVER_FORGOTTEN = {"ect_name", "ect_first_name", "ect_last_name", "school_name"}


class Caller(Met):
    """Facts of the group: other people, schools and bodies, dates as they are mostly typed."""

    firsts = _FIRST
    lasts = _LAST
    schools = _SCHOOLS
    bodies = _BODIES
    host = "stanmouth.sch.example"

    def written_date(self, day: date) -> str:
        month = day.strftime("%B")
        suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
        return (
            f"{day:%d/%m/%Y}", f"{day:%d/%m/%y}", f"{day.day} {month} {day.year}", f"{day.day}{suffix} {month} {day.year}", f"{day:%d.%m.%Y}",
            f"{day.day}/{day.month}/{day:%y}", f"{day.day} {month[:3]} {day:%y}", f"{day:%d-%m-%Y}", f"{month} {day.day}{suffix} {day.year}",
        )[self._pen]  # fmt: skip


class Blank(Draft):
    """A form of the group."""

    facts: Caller
    found = Caller
    own = _OWN
    subjects = _TOPICS

    def answer(self, key: str, *, blank: float = 0.08) -> Run:
        """As in every form; nobody forgets who it is about."""
        return super().answer(key, blank=blank if key not in _NEVER_FORGOTTEN or blank == 1 else 0.0)

    def pools(self, key: str) -> tuple[Sequence[str], Sequence[str]]:
        """What lies ahead is planned; all else looks back."""
        if key.startswith("standard_"):
            return _SEEN, _SEEN
        return (_PLANS, _STEPS) if key in {"targets", "support_plan"} else (_PARAGRAPHS, _POINTS)

    def hours(self, look: str, words: tuple[str, str] = ("Full time", "Part time")) -> tuple[Piece, ...]:
        """Full or part time, now and then left open."""
        full = None if self.blank or self.c.random() < 0.03 else self.facts.full_time
        self.sketch.truth["working_pattern"] = None if full is None else "full_time" if full else "part_time"
        some = [(words[0], full is True), (words[1], full is False)]
        return choice(some, look) if look in {"highlight", "bold"} else self.options(some, look)

    def share(self) -> Run:
        """The proportion that only a part-timer gives."""
        return self.answer("fte", blank=1.0 if self.facts.full_time else 0.05)

    def beside(self, keys: Sequence[str], shares: tuple[float, ...] = (0.22, 0.3, 0.22, 0.26), *, shaded: bool = True) -> T:
        """Two labels a row, each with its answer behind it."""
        return T(shares, tuple(left(self, *keys[n : n + 2], shaded=shaded) for n in range(0, len(keys), 2)))


def renamed_nqt(t: Random, c: Random) -> Sketch:
    """A borough's NQT form with ECT typed over it: capitals with the answer behind them, a support checklist, statements to cross, dotted signatures."""
    who = t.choice(("ECT", "NQT/ECT", "EARLY CAREER TEACHER"))
    final = c.random() < 0.5
    f = Blank("renamed_nqt", t, c, "formal_assessment", {
        "ect_name": (f"NAME OF {who}", f"{who} FULL NAME", "FULL NAME"), "ect_former_name": ("FORMER NAME(S)", "PREVIOUS NAME (IF ANY)", "FORMER NAME IF APPLICABLE"), "date_of_birth": ("DATE OF BIRTH", "D.O.B."), "trn": ("TEACHER REFERENCE NUMBER", "DfE REFERENCE NO. (TRN)", "DfE TEACHER REF NO"), "qts_date": ("DATE OF AWARD OF QTS", "QTS AWARDED", "DATE QTS GAINED"), "national_insurance_number": ("NATIONAL INSURANCE NO", "NI NUMBER"),
        "school_name": ("SCHOOL", "NAME OF SCHOOL", "SCHOOL/ACADEMY NAME"), "school_dfe_number": ("DfE SCHOOL NUMBER", "DfE NO.", "SCHOOL DfE NUMBER"), "headteacher_name": ("HEADTEACHER", "NAME OF HEADTEACHER"), "fte": ("IF PART TIME, FTE", "If part-time, proportion of full-time (e.g. 0.6)"),
        "period_start": ("Date assessment period started", "Start date of assessment period", "Assessment period: start date"), "period_end": ("Date assessment period ended", "End date of assessment period", "Assessment period: end date"), "days_served": ("Number of days served in this period (including absences)", "Days served during the assessment period", "Number of days served"), "days_absent": ("Number of days absent in this period", "Days absent during the assessment period", "Days’ absence in the period"), "days_absent_total": ("Total days absent since the start of induction", "Days’ absence during the whole of induction", "Number of days absent in the whole induction period"),
        "strengths": ("Strengths", "Key strengths", "Areas of strength"), "areas_for_development": ("Areas for development", "Areas for further development", "Development areas"), "targets": ("Targets for the next period", "Targets", "Objectives for the coming year"), "ect_comments": (f"{who.title() if ' ' in who else who} comments", "Teacher’s comments", "Comments by the teacher"),
    })  # fmt: skip
    s = f.page(f.words("STANMOUTH BOROUGH COUNCIL   Learning and Schools", "Stanmouth Borough Council – NQT/ECT Induction"), f.words("ECT1 (replaces NQT1) Sept 2021", "Page 1"), f.words("ECT Assessment Form", "Early Career Teacher Induction: Assessment Form", "Induction Assessment Form (ECTs)"))  # fmt: skip
    s.truth["assessment_point"] = "final" if final else "first"
    f.facts.whole_year()
    f.facts.served = Decimal(c.randint(178, 192)) * f.facts.fte // 1
    s.add(p(f.words("This form is for the (please tick)", "Please tick which assessment this is:"), bold=True))
    first, last = t.choice((("END OF FIRST ASSESSMENT PERIOD", "END OF SECOND/FINAL ASSESSMENT PERIOD"), ("FIRST FORMAL ASSESSMENT (YEAR 1)", "FINAL ASSESSMENT (YEAR 2)")))  # fmt: skip
    s.add(p(*f.options(((first, not final), (last, final)), f.words("tick", "behind"))))
    s.add(p(f.words("TEACHER’S DETAILS", "PERSONAL DETAILS"), bold=True))
    pairs = (("ect_name", "ect_former_name"), ("trn", "date_of_birth"), ("qts_date", "national_insurance_number"), ("school_name", "school_dfe_number"))  # fmt: skip
    rows = [tuple(f.inside(key) for key in pair) for pair in pairs]
    rows.append((f.inside("headteacher_name"), cell(p(Run("TELEPHONE: ", bold=f.bold_labels), f.noted("01632 960 128")))))
    s.add(T((0.55, 0.45), tuple(rows)))
    s.add(p(f.words(f"DOES THE {who} WORK: ", "HOURS: "), *f.hours(f.words("tick", "behind", "strike", "bold")), Gap(210.0), f"{f.label('fte', colon=True)} ", f.share()))  # fmt: skip
    s.add(f.rows_of(("period_start", "period_end", "days_served", "days_absent", "days_absent_total"), 0.62, shaded=t.random() < 0.4))  # fmt: skip
    s.add(p(f.words("SUPPORT AND MONITORING", "SUPPORT ARRANGEMENTS (tick those in place)"), bold=True))
    for one in ("10% reduced timetable (5% in year 2) in addition to PPA", "Regular meetings with the mentor", "Half-termly observation with written feedback"):  # fmt: skip
        s.add(p(Tick(c.random() < 0.9 and not f.blank), f" {one}", after=1))
    confirmed = c.random() < 0.93
    s.truth["support_confirmed"] = confirmed
    s.add(p(Tick(confirmed and not f.blank), f.words(" I confirm that the teacher has received a personalised programme of support and monitoring", " We confirm that the programme of support and monitoring required by the guidance has been provided")))  # fmt: skip
    s.add(p(f.words("RECOMMENDATION (insert X)", "HEADTEACHER’S JUDGEMENT – mark one box with X"), bold=True))
    good, bad = t.choice((("The teacher’s performance against the Teachers’ Standards is satisfactory", "The teacher’s performance against the Teachers’ Standards is not satisfactory"), ("Performance indicates that the teacher is making satisfactory progress against the Teachers’ Standards", "Performance indicates that the teacher is not making satisfactory progress against the Teachers’ Standards")))  # fmt: skip
    made = f.outcome((("satisfactory", good), ("unsatisfactory", bad)))
    s.add(T((0.08, 0.92), tuple((f.cross(one), cell(text)) for text, one in made)))
    s.add(*(f.box(key, most=4) for key in ("strengths", "areas_for_development", "targets", "ect_comments")))
    for one, role in (("head", "Headteacher"), ("tutor", "Induction tutor"), ("ect", f.words("Teacher", "ECT"))):
        name, day = f.signed(one)
        s.add(
            p(f"Signed ({role}) ...............................", Gap(200.0), "Print name: ", name, Gap(370.0), "Date: ", day)
        )
    return s


def one_page_review(t: Random, c: Random) -> Sketch:
    """A trust's review on one page: labels over answers three across, two boxes side by side, questions answered with Y or N, names typed at the end."""
    f = Blank("one_page_review", t, c, "progress_review", {
        "ect_name": ("ECT", "ECT name", "Teacher (ECT)"), "trn": ("TRN", "Teacher reference number"), "school_name": ("Academy", "School", "Academy/school"), "induction_tutor_name": ("Induction tutor", "Induction lead (tutor)", "ECT induction tutor"), "mentor_name": ("Mentor", "ECT mentor", "Name of mentor"), "term_number": ("Term (1, 2, 4 or 5)", "Term of induction", "ECT term no."), "period_start": ("Review period start", "Review period from", "Start of period"), "period_end": ("Review period end", "Review period to", "End of period"), "days_absent": ("Days absent", "Absence this term (days)", "Days absent this term"), "fte": ("FTE", "Contract (FTE)", "FTE (1.0 if full-time)"),
        "strengths": ("What is going well?", "Going well", "Successes this term"), "areas_for_development": ("What needs more work?", "Even better if", "Areas to develop"), "targets": ("Targets for next term (max. 3)", "Agreed next steps", "Next term’s targets"), "support_plan": ("If not on track: support to be put in place", "Support plan if not on track", "If N, what support will be given?"), "ect_comments": ("ECT voice", "ECT’s comments", "Comments from the ECT"),
    })  # fmt: skip
    s = f.page(f.words("Sandpiper Multi-Academy Trust", "SANDPIPER MAT | ECT programme 2025/26"), f.words("Keep to one page. Send to the Trust ECT lead by the end of term.", ""), f.words("ECT Progress Review", "Termly progress review", "ECT progress review (terms 1, 2, 4, 5)"))  # fmt: skip
    heads = (("ect_name", "school_name", "trn"), ("induction_tutor_name", "mentor_name", "term_number"))
    s.add(T((0.36, 0.38, 0.26), tuple(row for keys in heads for row in f.over(*keys))))
    s.add(T((0.25,) * 4, f.over("period_start", "period_end", "days_absent", "fte")))
    two = ("strengths", "areas_for_development")
    s.add(T((0.5, 0.5), (tuple(cell(f.label(key, colon=False), bold=True, shaded=True) for key in two), tuple(cell(*f.long(key, most=2)) for key in two)), least=30))  # fmt: skip
    s.add(f.box("targets", most=2))
    yes, no = t.choice((("Y", "N"), ("Yes", "No"), ("YES", "NO")))
    asked = (
        ("on_track", f.words("Is the ECT on track to pass induction?", "On track to complete induction successfully?", "Is progress on track?"), 0.88),
        ("support_confirmed", f.words("Has the ECT received their full entitlement (time, mentor, training)?", "ECT entitlements met this term?"), 0.95),
        ("remaining_at_school", f.words("Will the ECT be with us next term?", "Is the ECT staying at this academy next term?"), 0.94),
    )  # fmt: skip
    value = {key: f.asked(key, yes=share) for key, _, share in asked}
    look = f.words("typed", "ring", "highlight")

    def mark(one: bool | None) -> tuple[Piece, ...]:
        if look == "typed":
            return (a("" if one is None else yes if one else no),)
        some = [(yes, one is True), (no, one is False)]
        return choice(some, look) if look == "highlight" else f.options(some, look)

    s.add(T((0.82, 0.18), tuple((cell(text), cell(p(*mark(value[key])))) for key, text, _ in asked)))
    plan = f.long("support_plan", most=2) if value["on_track"] is False else f.untouched("support_plan")
    s.add(T((0.34, 0.66), ((cell(f.label("support_plan"), shaded=True), cell(*plan)), (cell(f.label("ect_comments"), shaded=True), cell(*f.long("ect_comments"))))))  # fmt: skip
    tutor, ect = f.signed("tutor"), f.signed("ect")
    roles = t.choice((("Induction tutor (type name)", "ECT (type name)"), ("Agreed: induction tutor", "Agreed: ECT")))
    s.add(T((0.3, 0.36, 0.12, 0.22), tuple((cell(role, shaded=True), cell(p(name)), cell("Date", shaded=True), cell(p(day))) for role, (name, day) in zip(roles, (tutor, ect), strict=True))))  # fmt: skip
    return s


def checked_answers(t: Random, c: Random) -> Sketch:
    """Odd: a national body's web form saved from its last page: a question, its answer and a link to change it in each row, choices in words."""
    f = Blank("checked_answers", t, c, "interim_assessment", {
        "ect_name": ("ECT’s full name", "Name of early career teacher", "ECT name"), "trn": ("Teacher reference number (TRN)", "TRN"), "date_of_birth": ("Date of birth", "ECT’s date of birth"), "ect_email": ("ECT’s email address", "Email address of ECT"), "school_name": ("School name", "School", "Which school is this report from?"), "school_urn": ("School URN", "URN"), "induction_tutor_name": ("Induction tutor", "Induction tutor’s name"), "induction_tutor_email": ("Induction tutor’s email address", "Induction tutor email"), "headteacher_name": ("Headteacher or principal", "Headteacher’s name"),
        "period_start": ("Start of the period covered by this report", "Period start date", "When did this assessment period start?"), "period_end": ("End of the period covered by this report", "Period end date", "When did this assessment period end?"), "fte": ("Full-time equivalent (FTE)", "FTE if part-time", "Proportion of full time worked"), "terms_completed": ("FTE terms completed so far", "How many terms of induction has the ECT completed?", "Terms of induction completed"), "days_absent": ("Days absent in this period", "Days absent since the last assessment"), "leaving_date": ("Date the ECT leaves the school", "Leaving date", "When is the ECT’s last day?"), "next_school": ("School the ECT is moving to", "New school, if known", "Where is the ECT going next?"),
        "evidence": ("Evidence considered", "What evidence did you use?"), "strengths": ("Strengths", "What are the ECT’s strengths?"), "areas_for_development": ("Areas for development", "What should the ECT work on next?"), "ect_comments": ("ECT’s comments", "Comments from the ECT"),
    })  # fmt: skip
    s = f.page(f.words("Teachers First National Induction – online assessments", "Teachers First | Assessments | Interim assessment"), f"{f.facts.signing + timedelta(days=4):%d/%m/%Y}, {c.randint(8, 17)}:{c.randint(10, 59)}", f.words("Interim assessment: check your answers", "Your interim assessment"))  # fmt: skip
    s.truth["assessment_point"] = "interim"
    s.add(p(f.words("Status: Submitted", "Submitted to your appropriate body"), Gap(), "Reference ", f.noted(f"INT-{c.randint(10000, 99999)}")))  # fmt: skip
    link, empty = f.words("Change", "Edit", ""), f.words("Not provided", "–", "")
    ruled = t.random() < 0.4

    def row(label: str, *answer: P) -> tuple[Cell, ...]:
        shown = answer if f.blank or any(piece.text for one in answer for piece in one.pieces if isinstance(piece, Run)) else (p(a(empty)),)  # fmt: skip
        return (cell(label, bold=f.bold_labels), cell(*shown), *((cell(link),) if link else ()))

    def section(title: str, *rows: tuple[Cell, ...]) -> None:
        s.add(p(title, heading=2), T((0.36, 0.54, 0.1) if link else (0.38, 0.62), rows, ruled=ruled))

    def short(key: str, blank: float = 0.08) -> tuple[Cell, ...]:
        return row(f.label(key, colon=False), p(f.answer(key, blank=blank)))

    def long(key: str) -> tuple[Cell, ...]:
        return row(f.label(key, colon=False), *f.long(key, most=2))

    full = f.facts.full_time
    s.truth["working_pattern"] = "full_time" if full else "part_time"
    hours = row(f.words("Working pattern", "Does the ECT work full time or part time?"), p(f.noted("Full time" if full else "Part time")))  # fmt: skip
    good, bad = t.choice((("Satisfactory", "Unsatisfactory"), ("Making satisfactory progress", "Not making satisfactory progress")))  # fmt: skip
    verdict = next((text for text, one in f.outcome((("satisfactory", good), ("unsatisfactory", bad))) if one), "")
    judged = row(f.words("Progress against the Teachers’ Standards", "How is the ECT performing against the Teachers’ Standards?"), p(a(verdict)))  # fmt: skip
    helped = row(f.words("Has the ECT received the support and monitoring they are entitled to?", "Has the school provided the statutory induction programme?"), p(f.said("support_confirmed", yes=0.94)))  # fmt: skip
    section(f.words("About the ECT", "Early career teacher"), *(short(key, 0.03) for key in ("ect_name", "trn", "date_of_birth", "ect_email")))  # fmt: skip
    section(f.words("School", "About the school"), *(short(key, 0.03) for key in ("school_name", "school_urn", "headteacher_name", "induction_tutor_name", "induction_tutor_email")))  # fmt: skip
    section(f.words("Induction period", "This assessment period"), short("period_start"), short("period_end"), hours, short("fte", 1.0 if full else 0.0), short("terms_completed"), short("days_absent"), short("leaving_date"), short("next_school", 0.3))  # fmt: skip
    section("Assessment", helped, judged, long("strengths"), long("areas_for_development"), long("evidence"), long("ect_comments"))  # fmt: skip
    signed = [(role, *f.signed(who)) for who, role in (("head", "Headteacher"), ("ect", "ECT"))]
    name_of, day_of = t.choice((("{r} sign-off: name", "{r} sign-off: date"), ("Signed by ({r})", "Date signed ({r})")))
    section(f.words("Sign-off", "Declarations"), *(one for r, name, day in signed for one in (row(name_of.format(r=r), p(name)), row(day_of.format(r=r), p(day)))))  # fmt: skip
    return s


_SHORT = ("High expectations", "Progress and outcomes", "Subject and curriculum knowledge", "Planning and teaching", "Adapting teaching", "Assessment", "Managing behaviour", "Wider responsibilities")  # fmt: skip


def seen_teaching(t: Random, c: Random) -> Sketch:
    """An observation: pairs about the lesson, a row for each standard of which only some were seen, then feedback and what is agreed."""
    f = Blank("seen_teaching", t, c, "lesson_observation", {
        "ect_name": ("Teacher", "ECT", "Name of ECT observed"), "school_name": ("School", "School name"), "mentor_name": ("Observer", "Name of observer", "Observed by"), "induction_tutor_name": ("Induction tutor", "ECT’s induction tutor"), "term_number": ("Term of induction", "Induction term (1–6)", "ECT term"), "trn": ("TRN", "Teacher ref number"),
        "standard_part_two": ("Part Two", "Part 2: Personal and professional conduct"), "strengths": ("Strengths of the lesson", "What went well", "Strengths"), "areas_for_development": ("Areas for development", "Points to develop", "Areas to improve"), "targets": ("Agreed actions", "Targets before the next observation", "Agreed next steps"), "ect_comments": ("ECT’s reflection on the lesson", "Teacher’s comments", "ECT comments"),
    })  # fmt: skip
    s = f.page(f.words("Three Rivers Teaching School Hub", "King Edmund’s School – ECT induction", ""), f.words("One copy to the ECT, one to the induction file.", ""), f.words("Lesson Observation Form (ECT)", "ECT Lesson Observation", "Observation of teaching: ECT"))  # fmt: skip
    shaded = t.random() < 0.6
    s.add(f.beside(("ect_name", "trn", "school_name", "term_number", "mentor_name", "induction_tutor_name"), shaded=shaded))
    day = f.day(f.facts.signing)
    grid = (("Date of observation", day, "Time", c.choice(("9.00–9.45", "P3", "1.15pm", ""))), ("Class", c.choice(("Y5", "9B2", "Nursery", "Year 11 set 3")), f.words("Number of pupils", "No. on roll"), c.choice(("27", "29", "31"))))  # fmt: skip
    s.add(T((0.22, 0.3, 0.22, 0.26), tuple(tuple(cell(p(f.noted(text))) if n % 2 else cell(text, shaded=shaded) for n, text in enumerate(row)) for row in grid)))  # fmt: skip
    s.add(p(f.words("Lesson / topic: ", "Lesson objective: "), f.noted(c.choice(("Equivalent fractions", "To write a diary entry in role", "The heart and circulation")))))  # fmt: skip
    s.add(
        p(f.words("Focus of observation: ", "Agreed focus: "), f.noted(c.choice(("TS7", "Questioning", "Use of the TA", ""))))
    )
    rows: list[tuple[Cell, ...]] = [tuple(cell(one, bold=True, shaded=True) for one in (f.words("Teachers’ Standard", "Standard"), f.words("Evidence seen in the lesson", "Comments")))]  # fmt: skip
    form = f.words("TS{n} {w}", "{n}. {w}", "S{n}: {w}")
    rows += [(cell(form.format(n=n, w=w)), cell(*f.long(f"standard_{n}", most=2, blank=0.4))) for n, w in enumerate(_SHORT, 1)]
    rows.append((cell(f.label("standard_part_two", colon=False)), cell(*f.long("standard_part_two", most=2, blank=0.6))))
    s.add(T((0.3, 0.7), tuple(rows)))
    for key in ("strengths", "areas_for_development", "targets", "ect_comments"):
        s.add(p(f.label(key, colon=True), bold=True), T((1.0,), ((cell(*f.long(key, most=2)),),), least=36))
    name, day_signed = f.signed("ect")
    s.add(p(f.words("Signed (ECT): ", "ECT: "), name, Gap(260.0), "Date: ", day_signed))
    s.add(p(f.words("Signed (observer): ", "Observer: "), "........................................"))
    return s
