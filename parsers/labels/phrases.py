"""The vocabulary of labels: the phrases that stand for each idea, and words that say nothing of what is asked for.

Words of personnel departments and further bodies are in `office_words`; which ideas together ask for which field, `parsers.labels` decides.
"""

from __future__ import annotations

PHRASES: dict[str, str] = {
    # Who
    "ect": "ect|ects|early career teacher|early career teachers|nqt|nqts|newly qualified teacher|mentee|participant|inductee|"
    "new teacher|teacher on induction|teacher undertaking induction|teacher serving induction|teacher in induction|nqt ect|"
    "ect nqt|candidate|person on induction|early career teachers ect|trainee|trainee ect",
    "teacher": "teacher|employee|applicant|colleague|member of staff|staff member",
    "tutor+name": "it name|name of it",
    "tutor": "induction tutor|tutor|tutors|induction mentor tutor|ect tutor|nqt tutor|induction tutor lead|induction lead tutor|"
    "lead induction tutor|school induction tutor|induction tutor coordinator",
    "mentor": "mentor|mentors|ect mentor|nqt mentor|school mentor|induction mentor|in school mentor|ecf mentor|ecte mentor|subject mentor|school based mentor|in house mentor|coach mentor|mentor coach|coach or mentor|mentor or coach|mentor and coach|ect coach",
    "head": "head teacher|headteacher|head|principal|headmaster|headmistress|head of school|executive headteacher|headteachers|"
    "executive head teacher|executive head|executive principal|head of academy|head of centre|heads|headteacher principal|"
    "head teacher principal|principal headteacher|head of establishment|head of organisation|head of setting|head of institution|head of provision",
    "coordinator": "induction coordinator|induction co ordinator|induction lead|coordinator|co ordinator|nqt coordinator|"
    "ect coordinator|ect lead|induction leader|induction manager|professional tutor",
    "observer": "visit by|visited by|person observing|observing|observer|observed by|name of observer|reviewer|lesson observed by|observation carried out by|seen by|lesson seen by|observation by|lesson observer",
    "other": "finance|finance contact|business manager|school business manager|line manager|hr|union|representative|governor|"
    "chair|chair of governors|assessor|verifier|witness|referee|emergency|kin|administrator|admin contact|data protection|"
    "named contact|main contact|invoice|delivery partner|lead provider|training provider|provider|parent|buddy|coach|"
    "head of department|department head|facilitator|officer|consultant|panel|office use|finance office|"
    "line manager name|second mentor|previous mentor|previous tutor",
    # Where
    "school": "organisation|current employer|present employer|employing organisation|school organisation|setting organisation|organisation setting|school provider|provision name|school trust|school or trust|school mat|school and trust|school|schools|academy|institution|educational establishment|establishment|college|setting|workplace|"
    "place of work|place of employment|employing school|employing academy|place of induction|inducting school|host school|current school|school or college|school academy|"
    "educational institution|school academy setting|school setting|school college|nursery|lead school|base school|employing school",
    "body": "hub|induction body|ab name|registering body|appropriate body|appropriate bodies|teaching school hub|ab|tsh|appropriate body service",
    "next+school": "school they go to|to school|they are joining|school joining|joining|the ect is joining|they will be joining|new school|new employer|school moving to|destination school|destination|moving to|going to|where they are going|where are they going|receiving school|next school|new post|next post|school they are going to|school they will join|subsequent school|next employer|where is the ect going|where is the teacher going|where is the ect moving to|where will the ect go next",
    "next": "next|future|new",
    "former+name": "name before marriage|names before marriage|other names used|any other names|other names known by|names used previously|formerly known as|also known as",
    "former": "former|previous|maiden|formerly|prior|birth name|name at birth|previously|also|aka|née|nee|earlier",
    "elsewhere": "elsewhere",
    # What
    "name": "who is|who are|who was|who has been|who will be|name|names|full name|full names|print name|printed name|name in full|name print|surname first|last name first|family name first|first and last name|fullname",
    "forename": "other names|other name|first name|forename|forenames|given name|given names|first names|firstname|christian name|christian names|fore name",
    "surname": "last name|surname|family name|lastname|last names|sur name|surnames",
    "birth": "date of birth|dob|d o b|birth date|birth|birthdate|born|born on|birthday",
    "trn": "teacher reference number|trn|teacher ref|teacher reference|teacher ref no|teacher reference no|teacher number|teacher no|teachers no|teacher num|7 digit trn|7 digit teacher reference number|"
    "gtc number|gtc|teacher dcsf number|dfe teacher reference number|dfe reference number|dfe reference|dfe teacher number|"
    "dcsf teacher reference number|dfes teacher reference number|teacher ref number|dcsf reference number|dfes reference|"
    "teachers ref|teachers reference|teachers reference number|ref no trn|trn number|trn no|"
    "tra reference number|tra reference|tra ref|tra number|teacher registration number|t r n|dfe ref|dfe ref no|dfe ref number",
    "ni": "national insurance|ni number|nino|ni no|ni|national insurance number|national insurance no|n i number|n i no|nat ins|nat insurance|n insurance",
    "qts": "qts|qualified teacher status|qualified status|qts certificate",
    "award": "award|awarded|achieved|gained|obtained|conferred|attained|confirmed",
    "date": "date|dates|dated|when|date on which|day month year|on what date",
    "start+date": "start date|start dates|starting date|commencement date",
    "end+date": "end date|end dates|ending date|finish date",
    "start": "opens|opened|opening|open|start|starts|started|starting|begin|begins|beginning|began|commence|commencement|commenced|commencing|commences|"
    "from|started on|first day|date from|effective|start on|covers from",
    "end": "completion|closes|closed|closing|concludes|concluded|end|ends|ended|ending|finish|finished|finishes|last day|until|till|date to|up to|close|to date of|covers to",
    "to": "to",
    "period": "window|assessment window|review window|period|assessment period|review period|reporting period|report period|progress review period|this period|"
    "induction assessment period|period covered|period of assessment|period of review|monitoring period|time covered|covers|covering|covering the period|covered by this report",
    "assessment": "assessment|assessments|report|reports|reporting|formal assessment|assessed",
    "review": "review|progress review|reviews|progress",
    "induction": "induction|statutory induction|induction programme|ecf|ecte|ecf induction|induction year",
    "entire": "induction period|entire induction period|whole induction period|full induction period|whole of induction|"
    "induction overall|entire induction|whole induction|total induction period|entire period|whole period",
    "interim": "interim",
    "final": "final|last|third",
    "first": "first",
    "second": "second",
    "days": "days|day|school days|working days|number of days|teaching days|half days|sessions",
    "terms": "terms|number of terms|school terms|fte terms",
    "term": "term|term covered|term reported|calendar term|school term|term of induction|induction term|which term|term number|term no",
    "absent": "absent|absence|absences|days absence|missed|not in school|days lost|days off|absense|days away|absenteeism|not attended",
    "served": "employed in the period|served|worked|employed|count|counted|counting|counts|accrued|in post|attended|work|attendance|present",
    "sick": "sickness|sick|illness|off sick|sick leave|sickness absence",
    "served+days": "school days in the period|days in the period|school days in period|working days in the period",
    "completed": "completed|complete|done|undertaken|claimed",
    "total": "total|in total",
    "so_far": "overall|altogether|in all|aggregate|entire|whole|to date|so far|cumulative|throughout|since induction began|running total|since start of induction|"
    "since the start of induction|across induction",
    "including": "including absence|including absences|inclusive of absence|including any absence|excluding absence|"
    "excluding absences|including days absent|including days of absence|less absence|minus absence|net of absence",
    "number": "number|no|num|nos|code|ref|reference|numbers|how many|amount",
    "dfe": "dfe|dfes|dcsf|dfee|laestab|estab|establishment number|institution number|la estab|department for education|"
    "dfe number|dfe no|la|school number|establishment code|la code|institution no|estab no|local authority|lea",
    "urn": "urn|unique reference number|unique ref no|unique reference|unique ref number|school urn|edubase|gias|unique reference no",
    "fte": "fte|f t e|full time equivalent|proportion|fraction|percentage|pro rata|proportion of time|proportion of week|contract fte|"
    "proportion of full time|contracted hours fte|equivalent|fte contract|timetable percentage",
    "full": "full time|ft|fulltime",
    "part": "part time|pt|parttime",
    "pattern": "working pattern|work pattern|hours of work|employment pattern|full time part time|full or part time|mode|"
    "contract hours|working hours|full part time",
    "email+ect": "personal or school email|personal or school e mail|school or personal email|personal email|personal e mail|private email",
    "email": "email|e mail|email address|e mail address|emails|mail",
    "phone": "telephone|phone|tel|mobile|fax|telephone number|contact number|phone number|tel no|telephone no",
    "address": "address|postcode|post code|street|town|county|home address|school address",
    "sign": "authorised by|authorised|authorised on behalf of|authorisation|endorsed by|signature|signed|sign|signatory|signatures|signature of|signed by|sign off|electronic signature|initials|"
    "signing|digital signature",
    "leave+ect": "leaver|leavers|departing ect|departing teacher|outgoing ect",
    "leave": "departing|departs|leaving|leave|left|departure|resignation|leaves on|date left|leaves|termination",
    "leave+end": "last working day|last day of employment|last day at school|last day in school|last day at this school|last day in post|"
    "final date of employment|last date in school|last date of service|final date of service|date of final day|contract end date|contract ends|end of contract|last day of contract|last day of the contract|last date of employment|date of last day|last day of employment here|employment end|last day here|leave date|last day at the school|last day of service|final day|final day at this school|final day in school|final working day|"
    "employment ends|employment end date|date employment ends|last day with us|last day at the academy",
    "observed": "observation|observed|lesson observation|observations|visit",
    "checked": "seen|sighted|certificate seen|certificate checked|checked on|verified on|evidence seen|date checked|date verified|date seen",
    "meeting": "meeting|meetings|discussion|visit date|discussed|conversation",
    "next_review": "next review|next meeting|review date|next visit|next observation|next assessment",
    # Places that forms have and the record has not
    "aside": "title|qualification|qualifications|degree|subject|subjects|subject s|key stage|age range|age group|phase|specialism|"
    "training institute|training institution|itt provider|ite provider|route|training route|programme type|programme|post title|position|post held|position held|"
    "job title|year group|class|gender|nationality|fee|fees|payroll|cost|room|topic|lesson|time|salary|grade|"
    "contract|contract type|permanent|temporary|contract length|specialist|post|purchase order|ukprn|po number|"
    "reduction|reduced|deduction|extension|version|reason|reasons|category|status|signed off|hours|minutes|"
    "trust|mat|local authority area|region|diocese|pupils|roll|known as|preferred name|pronouns|middle name|middle names|"
    "middle initial|nature|size|focus|duration|length|number of pupils|dbs|visa|country|pay|scale",
    # A post beside a name is no place of its own: "Induction tutor and position held"
    "ect+name": "who is leaving|this review is for|this report is for|this form is for|who is this review about|who is this report about|who is this about|this report is about|this review is about|"
    "this form is about|report on|name of the person under review",
    "school+place": "employed at|employed by|works at|working at|teaching at|where does the ect work|where does the teacher work|where do they work|where do they teach|where does the ect teach|which school do they work at|which school do they work in|which school do they teach at|which school do they teach in|which school does the ect work in|at which school|which school",
    "_": "to register|to be registered|within the trust|in the trust|within trust|carried out this review|carried out the review|who carried out this review|who carried out the review|conducted the review|conducted this review|conducted by|undertaken by|led by|leading the review|leading this review|writing this report|written by|report written by|plan written by|are you reporting on|is this report about|supporting the ect|carrying out the review|carrying out this review|completing this form|completing the form|and position|and position held|and post|and post held|and job title|and post title|and role|and their role|name and post|"
    "name and position|name role|name post",
    # The tick or the sentence that follows decides
    "remain": "remain|remaining|remains|staying|stay|continue|continuing|continues",
    "track": "on track|on course",
    "confirm": "confirm|confirmation|confirms|i confirm|confirmed that",
    "support": "support|monitoring|personalised|programme of support|entitlement|entitlements|programme of monitoring",
    "standards": "teachers standards|teacher standards|standards|core standards|relevant standards|standard",
    "outcome": "recommendation|judgement|judgment|outcome|decision|recommended outcome|overall judgement|conclusion|result",
    "satisfactory": "satisfactory|satisfactorily|successfully|meets|met|meeting|performance|making|performing",
    "details": "details|information|particulars",
    "agreed": "agreed|approved|granted|agreed by",
}
"""An idea and the phrases that stand for it, as they read after `normal`. Longer phrases win over shorter ones."""

IGNORED = """
reviewed assessed plan over across already recently concerned of the a an in on at for this that these their his her your our its is was be been has have had being are were
do does did and or & s please enter give state insert print block capital capitals letters type write typed in
which by any if where applicable appropriate as per with into including inclusive excluding include includes e
g eg i ie etc role roles job position who whom you they he she we it x tick one each during within under yyyy
dd mm yy dd mm yyyy dfe's current currently different both following above below here named covered relevant
only since all  other others contact personal qualified official legal registered undertaking serving
employment employer contracted  known towards induction's when required necessary will would can
being receiving used about box boxes total's name's please's should include must match shown listed exactly
letter calendar academic year years part of time proportionate sept september july august usually normally
weekend holidays bank training inset also per week so far no later than not than more per concerned
proposed anticipated confirmed under completing answer answering legal full since then used forward requested planned preferred intended agreed expected actual supporting supports supported named teach teaches teaching serve serving serves what are carried out they their electronically digitally sent
"""
"""Words of instructions and fillers, parted by spaces."""
