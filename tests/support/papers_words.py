"""Wordings of labels as different bodies would print them. Chosen by template, so that no two templates read alike."""

from __future__ import annotations

WORDINGS: dict[str, tuple[str, ...]] = {
    "ect_name": ("Name of ECT", "ECT's full name", "Early career teacher", "Teacher's name", "Full name of teacher", "Name of Early Career Teacher",
                 "ECT name (as on TRA record)", "Participant name", "Name of NQT", "ECT Name", "Full name of the ECT being reviewed"),
    "ect_first_name": ("First name", "Forename(s)", "Given name(s)", "First name(s) of ECT", "ECT forename"),
    "ect_last_name": ("Surname", "Last name", "Family name", "ECT surname", "Current surname"),
    "ect_former_name": ("Previous name", "Former name (if applicable)", "Maiden / previous name", "Previous surname(s)", "Any former names"),
    "date_of_birth": ("Date of birth", "DOB", "D.O.B.", "ECT date of birth", "Date of Birth (dd/mm/yyyy)", "Teacher's date of birth"),
    "trn": ("TRN", "Teacher Reference Number", "Teacher reference number (7 digits)", "ECT's TRN", "DfE reference number", "Teacher Ref. No.", "Teacher Reference No. (TRN)"),
    "national_insurance_number": ("NI number", "National Insurance No.", "National Insurance Number", "N.I. No."),
    "qts_date": ("Date QTS awarded", "QTS date", "Date of QTS award", "Date of achieving QTS", "When was QTS awarded?"),
    "induction_start": ("Induction start date", "Date induction began", "Start of induction", "Date of commencement of induction", "Start date for induction"),
    "period_start": ("Period start date", "Start of review period", "Date assessment period began", "Assessment period from", "Date of start of this period",
                     "Start date of reporting period", "Review period: start date"),
    "period_end": ("Period end date", "End of review period", "Date assessment period ended", "Assessment period to", "Date of end of this period",
                   "End date of reporting period", "Review period: end date"),
    "school_name": ("School", "Name of school", "School name", "School / Academy / Setting", "Name of employing school", "Institution", "School or college name"),
    "school_dfe_number": ("DfE number", "School DfE number", "DfE School No.", "LA/Estab number", "Establishment number (LA and DfE)", "DfE No."),
    "school_urn": ("URN", "School URN", "Unique Reference Number (URN)"),
    "appropriate_body": ("Appropriate body", "Name of Appropriate Body", "Appropriate Body (AB)"),
    "induction_tutor_name": ("Induction tutor", "Name of induction tutor", "Induction Tutor name", "Tutor's name", "Induction tutor (name and role)"),
    "mentor_name": ("Mentor", "Name of mentor", "ECT mentor", "Mentor's name", "Mentor (name and role)"),
    "headteacher_name": ("Headteacher", "Name of headteacher", "Head teacher's name", "Principal / Headteacher", "Headteacher name"),
    "ect_email": ("ECT email", "Email address of ECT", "ECT's email address", "Teacher e-mail"),
    "induction_tutor_email": ("Induction tutor email", "Tutor's email address", "Email of induction tutor"),
    "term_number": ("Term", "Which term of induction? (1-6)", "Induction term number", "Term number", "Term (1, 2, 4 or 5)"),
    "terms_completed": ("Number of terms completed", "Terms of induction completed to date", "FTE terms completed", "How many terms have been completed?"),
    "days_served": ("Days served", "Number of days served in this period", "Days worked in the period", "Total days served this period (including absence)"),
    "days_absent": ("Days absent", "Number of days absent this period", "Absence in this period (days)", "Days of absence during this assessment period",
                    "Total number of days absent this term"),
    "days_absent_total": ("Total days absent during induction", "Total days of absence to date", "Days absent over the whole induction period", "Cumulative absence to date (days)"),
    "fte": ("FTE", "FTE (e.g. 0.6)", "Proportion of full time", "Full-time equivalent", "If part time, FTE"),
    "leaving_date": ("Leaving date", "Date of leaving", "Last day at school", "Date ECT leaves the school", "Last working day"),
    "next_school": ("New school", "Name of next school", "School moving to (if known)", "Destination school"),
    "strengths": ("Strengths", "Areas of strength", "What is going well?", "Key strengths identified", "Summary of strengths"),
    "areas_for_development": ("Areas for development", "Development needs", "Areas for improvement", "Aspects to develop further", "Areas of development identified"),
    "evidence": ("Evidence", "Evidence considered", "Sources of evidence", "Summary of evidence", "Evidence used to inform this review"),
    "targets": ("Targets", "Agreed targets", "Targets for next term", "Next steps", "Development targets for the next period", "Objectives agreed"),
    "support_plan": ("Support plan", "Support to be put in place", "Details of support plan (if not on track)", "If no, what additional support will be provided?"),
    "ect_comments": ("ECT comments", "Comments from the ECT", "ECT's comments", "Teacher's own comments", "Reflections of the early career teacher"),
    "on_track": ("Is the ECT on track?", "Is the ECT currently on track to complete induction successfully?", "On track to meet the Teachers' Standards?",
                 "Is the teacher making expected progress towards the Teachers' Standards?"),
    "remaining_at_school": ("Will the ECT remain at this school next term?", "Is the ECT continuing at this school?", "Will the teacher be staying in this post for the next period?"),
    "support_confirmed": ("Has the ECT received their statutory entitlement to support?", "I confirm that the ECT has received the induction programme and support due",
                          "The ECT has had a programme of monitoring and support"),
}  # fmt: skip

STANDARDS = (
    "Set high expectations which inspire, motivate and challenge pupils", "Promote good progress and outcomes by pupils",
    "Demonstrate good subject and curriculum knowledge", "Plan and teach well structured lessons",
    "Adapt teaching to respond to the strengths and needs of all pupils", "Make accurate and productive use of assessment",
    "Manage behaviour effectively to ensure a good and safe learning environment", "Fulfil wider professional responsibilities",
)  # fmt: skip

JUDGEMENTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("satisfactory", "The ECT's performance against the Teachers' Standards is satisfactory"),
     ("unsatisfactory", "The ECT's performance against the Teachers' Standards is not satisfactory"),
     ("extension", "An extension of the induction period is recommended")),
    (("satisfactory", "is making satisfactory progress towards meeting the Teachers' Standards"),
     ("unsatisfactory", "is not making satisfactory progress towards meeting the Teachers' Standards")),
    (("satisfactory", "Has met the Teachers' Standards"), ("unsatisfactory", "Has not met the Teachers' Standards"),
     ("extension", "Should have their induction extended")),
    (("satisfactory", "Satisfactory"), ("unsatisfactory", "Unsatisfactory"), ("extension", "Extension")),
)  # fmt: skip

POINTS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("first", "End of first assessment period"), ("final", "End of second or final assessment period"), ("interim", "Interim assessment (ECT is leaving)")),
    (("first", "End of First Assessment Period"), ("second", "End of Second Assessment Period"), ("interim", "Interim (if NQT leaving school mid-term)")),
    (("first", "First formal assessment"), ("final", "Final formal assessment"), ("interim", "Interim")),
)  # fmt: skip
