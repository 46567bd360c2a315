"""Further words of offices for the ideas of `parsers.labels.words`: what personnel departments and other bodies call the same things."""

from __future__ import annotations

FURTHER: dict[str, str] = {
    "ect": "early career colleague|early career practitioner|early career colleagues|newly appointed teacher|newly appointed ect|new entrant|entrant",
    "teacher": "practitioner|practitioners|post holder|postholder|member of teaching staff|class teacher|classroom teacher|staff",
    "ect+name": "teacher being assessed|ect being assessed|person being assessed|colleague being assessed|teacher being reviewed|ect being reviewed|"
    "teacher under review|ect under review|teacher under assessment|teacher concerned|ect concerned|teacher transferring|ect transferring|"
    "transferring teacher|transferring ect|teacher being transferred|ect being transferred|teacher moving|ect moving|teacher being registered|"
    "ect being registered|teacher to be registered|ect to be registered|ect joining your school|teacher joining your school|"
    "ect joining the school|teacher joining the school|joining teacher|joining ect|new appointee|appointee|"
    "to whom this report refers|to whom this report relates|to whom this form refers|to whom this form relates|to whom this review refers|"
    "to whom this review relates|to whom this notice relates|to whom the report refers|to whom the report relates|to whom the form relates|"
    "who is the review about|who is the report about|who is the form about|who was reviewed|who is being reviewed|who is being assessed|"
    "name as held by the tra|name as held by tra|name as on the qts certificate|name as it appears on the qts certificate",
    "tutor": "school based induction tutor|school based tutor|in school induction tutor|induction coordinator tutor|induction co ordinator tutor|tutor coordinator|tutor co ordinator|tutor and coordinator|assessor induction tutor",
    "head": "ceo|chief executive|chief executive officer|acting head|acting headteacher|acting head teacher|interim headteacher|interim head teacher|"
    "co headteacher|associate headteacher|headteacher of the school|headteacher of the releasing school|head teacher of the releasing school",
    "other": "invoices|invoicing|billing|accounts|accounts department|bursar|office manager|payroll contact|union representative|clerk|secretary|"
    "accounts payable|finance team|finance officer",
    "school": "employing establishment|employing institution|employing setting|employing college|current establishment|current setting|current academy|"
    "current institution|issuing school|school issuing this report|school making this report|school completing this form|school completing this report|"
    "school submitting this form|school where based|school where employed|school of employment|work place|educational setting|education setting|"
    "employer|home school|main school|releasing school|releasing establishment|school of origin|originating school|sending school|"
    "school releasing|school releasing the ect|school releasing the teacher|partnership school|partner school|federation school|"
    "school within the federation|school in the federation|school within the partnership|school in the partnership|member school|catholic school|"
    "catholic academy|church school|diocesan school|which academy|which establishment|which setting|which college|"
    "reporting school|school reporting|relinquishing school|school at which employed",
    "school+place": "employed as an early career teacher at|employed as an ect at|employed as a teacher at|employed as an early career teacher by|"
    "who works at|who is employed at|is employed at|who teaches at|is teaching at|currently employed at|currently working at",
    "period": "year 1|year 2|year one|year two",
    "absent+total": "all absence|all absences|all days absent|total absence|total absences",
    "next+school": "goes to|goes on to|forwarding school|forwarding establishment|onward school|onward destination|onward employment|onward employer|future school|"
    "future employer|future employment|next employment|next establishment|next setting|next academy|next place of work|next place of employment|"
    "new establishment|new setting|new academy|new workplace|new place of work|receiving establishment|receiving academy|receiving institution|"
    "school joined|school being joined|school to be joined|academy joined|academy being joined|school to which the ect is going|"
    "school to which the ect is moving|school to which the teacher is going|school to which the teacher is moving|school which the ect is joining|"
    "accepting school|gaining school|transferring to|transferring to school|transfer to|transferred to|taking up post at|taking up a post at|"
    "taking up a new post at|taking up employment at|moving on to|onward school or college|school to which the ect is transferring",
    "start": "resumes|resumed|resume|resuming|recommences|recommence|recommenced|recommencing|restart|restarts|restarting|to commence|to start|"
    "to begin|is to commence|is to start|is to begin|due to start|due to begin|due to commence|will commence|will start|will begin",
    "end": "conclusion of|concluding|concluded on|expiry|expires|up to and including",
    "leave+end": "leaves this school on|leaves the school on|leaves school on|employment ceases|employment ceased|cessation of employment|date of cessation|cessation date|termination date|date of termination|"
    "employment terminates|released on|release date|date of release|last day at releasing school|last day at the releasing school|"
    "last day at current school|last day of duty|last day in employment|end of employment|employment ended|employment ending|"
    "final day of employment|ceases to be employed|leaves our employment|leaves employment|last day in our employment|"
    "will leave our employment on|ceases to be employed here on|leaves us on|will leave us on|will be leaving on|will leave on|is leaving on|"
    "last day will be|final day will be|leave our employment",
    "absent": "working days lost|school days lost|teaching days lost|days lost through absence|time lost|time lost through absence|days not worked|"
    "days not worked through absence|not worked|non attendance|days out of school|out of school|days not in attendance|not in attendance|"
    "away from work|away from school|off work|time off work|days off work|days off school|time off sick|leave of absence",
    "so_far": "on record|all terms|every term|all terms to date|since induction commenced|since the beginning of induction|since commencing induction|since induction started|"
    "since starting induction|since beginning induction|since the induction began|since induction started|accumulated|grand total",
    "served": "credited|to be credited|recognised|to be recognised",
    "served+days": "days in employment|days employed|days under contract|contracted days|days on roll|days of service|days in service",
    "fte": "decimal|as a decimal|1 0 full time|1 full time|full time 1 0|full time 1|proportion worked|fraction of full time|fraction worked|"
    "percentage worked|percentage of full time|percentage of a full time contract|share of full time",
    "name": "name in capitals|name in block capitals|name in capital letters|name capitals|name block capitals|name in print",
    "term": "review after term|report after term|after term",
    "term+which": "which term|which term of induction|which induction term",
    "former": "outgoing|before the change|before change|until now",
    "next": "incoming|replacement",
    "effect": "with effect from|effective from|effective date|takes effect on|taking effect on|date from which the change takes effect|date from which this takes effect|"
    "date on which the change takes effect|date the change takes effect|change takes effect on|takes effect|date of change|date of the change",
    "former+name": "any other name|known by any other name|known by another name|other name used|other names by which known|alias|aliases|"
    "names previously used|previously used names",
    "qts+date": "qualified on|date qualified|date of qualification|qualified as a teacher on|date qualified as a teacher",
    "dfe": "establishment no|estab number|la and establishment number|la establishment number",
    "aside": "leave begins|leave began|leave starts|leave started|start of leave|leave start date|start date of leave|replaces|expected return|return expected|date of return|expected date of return|return to work|released on dfe service|released on the dfe service|released on dfe portal|released on the dfe portal|released on dfe system|"
    "released on the dfe system|released from trs|released on trs|released on the register|released by us on|record closed|school type|type of school|type of establishment|establishment type|type of setting|setting type|type of institution|type of academy|"
    "school phase|phase of education|phase of school",
    "_": "after the change|from that date|from now on|receiving this form|receiving this report|to which this report is sent|to which this form is sent|"
    "to which this report goes|to which this form goes|this is submitted to|this form is submitted to|this report is submitted to|this is sent to|"
    "copy to|copied to|for copy|copy for|responsible for the plan|responsible for this plan|responsible for the ect|review led by|review carried out by|review conducted by|review undertaken by|review completed by|led the review|leads the review|led this review|"
    "assessment led by|assessment carried out by|assessment conducted by|assessment undertaken by|report completed by|plan drawn up by|drawn up by|"
    "at time of leaving|at the time of leaving|at this time|for this period|for the period",
}  # fmt: skip
"""An idea and the phrases that stand for it, as in `words`; kept apart from the family's own labels."""

FILLING = "between seating designated allocated assigned appointed nominated chosen selected held recorded stated formally present presently whilst while inserted capitals uppercase clearly signing"
"""Words that change nothing in a label."""
