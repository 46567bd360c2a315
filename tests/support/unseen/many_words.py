"""Wordings of one label as dozens of offices would print them, for the layouts that mix them at random."""

from __future__ import annotations

MANY: dict[str, tuple[str, ...]] = {
    "ect_name": ("Name of ECT", "ECT’s name", "Teacher name", "Name of teacher", "Full name", "Early Career Teacher (full name)", "ECT full name (as it appears on the TRA record)",
                 "Name of the teacher being assessed", "Name of newly qualified teacher", "Mentee name", "Trainee / ECT name", "This report is about", "Teacher’s full name", "Name of inductee"),
    "trn": ("TRN", "Teacher Reference Number", "TRN (Teacher Reference Number)", "DfE teacher reference number", "Teacher ref. no. (TRN)", "7-digit TRN", "TRA reference number",
            "ECT TRN", "GTC / TRN number", "Teacher Reference No:", "DfES / TRN number", "Reference number (TRN)"),
    "date_of_birth": ("Date of birth", "D.O.B.", "DoB (dd/mm/yyyy)", "ECT date of birth", "Birth date", "Date of Birth of teacher", "DOB:", "Teacher’s DOB"),
    "national_insurance_number": ("National Insurance number", "NI No.", "NINO", "National Insurance (NI) number", "N.I. number", "NI Number of ECT"),
    "qts_date": ("Date QTS awarded", "QTS awarded (date)", "Date of award of QTS", "Date qualified teacher status gained", "QTS award date (from certificate)", "QTS date"),
    "induction_start": ("Induction start date", "Date induction started", "Start date of statutory induction", "Date of starting induction", "Induction commenced on", "First day of induction", "When will induction start?"),
    "period_start": ("Start date of assessment period", "Period start", "Date period started", "Reporting period start date", "Assessment period (from)", "Review period – start", "Period covered by this report: from",
                     "This period began on", "Date of start of period", "Beginning of period"),
    "period_end": ("End date of assessment period", "Period end", "Date period ended", "Reporting period end date", "Assessment period (to)", "Review period – end", "Period covered by this report: to",
                   "This period ended on", "Date of end of period", "Close of period"),
    "days_absent": ("Days absent", "Number of days absent", "No. of days absent this period", "Absence this period (days)", "Days of absence", "Days lost to absence this term", "How many days has the ECT been absent?",
                    "Sickness and other absence this period (days)", "Days absent since the last assessment", "Total days absent (this period)", "Number of school days missed"),
    "days_absent_total": ("Total days absent to date", "Days absent since induction began", "Cumulative absence", "Total absence during induction", "Days absent during the whole of induction", "Overall days absent in induction so far"),
    "days_served": ("Days served", "Number of days served", "Days worked this period", "School days served in the period", "Days in post this period", "Total days served (including absences)"),
    "terms_completed": ("Terms completed", "Number of terms completed", "FTE terms served to date", "Terms of induction completed so far", "How many terms of induction have been completed?"),
    "term_number": ("Term", "Term number", "Induction term", "Which term (1–6)?", "Term of induction", "Induction term (1, 2, 4, 5)"),
    "fte": ("FTE", "Full-time equivalent", "Proportion of full time", "Contracted FTE", "FTE (e.g. 0.8)", "Percentage of full time worked", "If part-time, give FTE"),
    "school_name": ("School", "School name", "Name of school", "Name of school or academy", "School/college", "Name of employing school", "Setting", "Name of setting", "Academy name", "Current school", "Place of work", "Inducting school"),
    "school_urn": ("URN", "School URN", "Unique Reference Number (URN)", "URN of school", "School’s unique reference number"),
    "school_dfe_number": ("DfE number", "School DfE number", "LA/DfE number", "DfE No. (LA/Estab)", "LAESTAB number", "Establishment number", "DfE school number"),
    "appropriate_body": ("Appropriate body", "Name of appropriate body", "Appropriate Body (AB)", "AB", "Your appropriate body", "Appropriate body for this ECT"),
    "induction_tutor_name": ("Induction tutor", "Name of induction tutor", "Induction tutor’s name", "Tutor name", "Induction Tutor (IT)", "Induction Lead / Tutor", "School induction tutor", "Who is the induction tutor?"),
    "mentor_name": ("Mentor", "Name of mentor", "ECT mentor", "Mentor’s full name", "ECF Mentor", "School-based mentor", "Name of the ECT’s mentor"),
    "headteacher_name": ("Headteacher", "Name of headteacher", "Head teacher / Principal", "Headteacher’s name", "Principal", "Name of head", "Head of school", "Executive Headteacher"),
    "ect_email": ("ECT email", "ECT’s email address", "Email address of teacher", "Teacher email", "ECT school email", "E-mail (ECT)"),
    "induction_tutor_email": ("Induction tutor email", "Tutor’s email", "Email of induction tutor", "Induction tutor’s e-mail address", "E-mail (tutor)"),
    "leaving_date": ("Leaving date", "Date of leaving", "Last day in school", "Date ECT leaves", "Date employment ends", "Final day at this school", "Date of departure"),
    "next_school": ("New school", "Name of new school", "Next school (if known)", "Destination school", "School the ECT is moving to", "Where is the ECT going?", "New employer"),
    "strengths": ("Strengths", "Key strengths", "Areas of strength", "What is going well", "Strengths and successes", "Achievements this term", "Summary of strengths with reference to the Teachers’ Standards", "Positive aspects of practice"),
    "areas_for_development": ("Areas for development", "Development areas", "Areas for improvement", "Next areas to develop", "What needs to improve", "Areas requiring further development", "Development needs identified", "Areas of concern"),
    "evidence": ("Evidence", "Evidence base", "Summary of evidence", "Evidence considered", "Sources of evidence used", "What evidence supports this?", "Please give brief details of the evidence", "Reasons for this judgement"),
    "targets": ("Targets", "Next steps", "Targets for next term", "Agreed targets", "Development targets", "Objectives for the next period", "Action points", "Priorities for next term", "SMART targets"),
    "support_plan": ("Support plan", "Additional support to be provided", "Details of support plan (if not on track)", "What additional support will be put in place?", "Support to be offered"),
    "ect_comments": ("ECT comments", "Comments from the ECT", "Comments by the teacher", "ECT’s comments", "Teacher’s response", "ECT reflection", "To be completed by the ECT", "Feedback from ECT", "ECT’s own view of progress", "ECT statement"),
}  # fmt: skip

ON_TRACK = (
    "Is the ECT on track?", "Is the ECT currently on track to meet the Teachers’ Standards?", "On track to complete induction?", "Is progress satisfactory?",
    "Is the teacher on course to complete induction successfully?", "Based on current performance, is the ECT making expected progress?", "ECT on track (Y/N)",
    "Do you consider the ECT to be on track?",
)  # fmt: skip
REMAINING = (
    "Will the ECT remain at this school next term?", "Is the ECT staying at this school?", "Will the ECT continue in post next term?",
    "Will this ECT be at your school for the next assessment period?",
)  # fmt: skip
SUPPORT = (
    "Has the ECT received their full entitlement to support?", "I confirm that the ECT has received a programme of support and monitoring",
    "Has the ECT had 10% (year 1) or 5% (year 2) time off timetable and a programme of support?", "The statutory entitlements of the ECT have been met",
)  # fmt: skip
OUTCOMES: tuple[tuple[tuple[str, str], ...], ...] = (
    (("satisfactory", "The ECT is making satisfactory progress"), ("unsatisfactory", "The ECT is not making satisfactory progress")),
    (("satisfactory", "Performance is satisfactory"), ("unsatisfactory", "Performance is unsatisfactory"), ("extension", "An extension is recommended")),
    (("satisfactory", "Meeting the standards"), ("unsatisfactory", "Not meeting the standards")),
    (("satisfactory", "Pass"), ("unsatisfactory", "Fail"), ("extension", "Extend")),
    (("satisfactory", "has successfully completed induction"), ("unsatisfactory", "has failed to complete induction satisfactorily"), ("extension", "should have induction extended")),
    (("satisfactory", "I recommend that the ECT has met the standards for satisfactory completion of induction"), ("unsatisfactory", "I recommend that the ECT has not met the standards")),
)  # fmt: skip
