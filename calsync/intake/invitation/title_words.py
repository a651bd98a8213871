"""Words by which the title of an invitation is read: English, German, French, Spanish, Swedish; Japanese apart.

Each is the source of a regular expression without groups of its own. A word
that is missing is one more in its list.
"""

__all__ = [
    "ABOUT",
    "ACRONYMS",
    "AND",
    "AT",
    "FIRM",
    "FOR",
    "FOR_ROLE",
    "GENDERS",
    "INTERVIEW",
    "NOBODY",
    "NOISE",
    "NUMBER",
    "PREFIX",
    "ROLE",
    "TALK",
    "WITH",
]


def _any(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_STAGE = _any(
    r"(?:first|second|third|final|last|next|1st|2nd|3rd|initial)(?:[- ]round)?",
    r"round \d(?: of \d)?",
    r"on-?site",
    r"in[- ]person",
    r"face[- ]to[- ]face",
    r"intro(?:ductory)?",
    r"screening|virtual|video|remote|online|zoom|teams|technical|tech|behaviou?ral|panel|cultur(?:e|al)(?: fit)?",
    r"hr|job|phone|telephone|coding|live coding|system design|case(?: study)?|hiring manager|recruiter|loop|peer",
    r"hirevue|candidate|team|skills?|competency|practical|pair programming|code|portfolio|values|executive|exploratory",
    r"erste[srn]?|zweite[srn]?|persönliche[sn]?|telefonische[sn]?|digitale[sn]?|virtuelle[sn]?",
    r"premier|deuxième|dernier|2e|1er|\d(?:er|re|e|ème)",
    r"primera?|segunda|última",
    r"första|andra|sista|digital",
    r"\d{1,3}[- ]?min(?:ute[ns]?|utos|uter)?\.?",
)
_STAGE_BEHIND = _any(
    "téléphonique", "vidéo", "physique", "final", "technique", "visio", "rh", "en visio(?:conférence)?",
    "telefónica", "técnica", "personal", "virtual", "por (?:teléfono|video(?:llamada)?|zoom|teams)", "en línea",
    r"(?:nr\.? ?)?\d{1,2}", r"round \d", r"runde \d",
)  # fmt: skip
INTERVIEW = (
    rf"(?:{_STAGE}[ -])*"
    + _any(
        "interviews?",
        "(?:phone|tech(?:nical)?|recruiter|initial|hr)[- ]?screen(?:ing)?",
        "trial (?:day|shift)|working interview|super ?day|assessment cent(?:er|re)",
        "probearbeit(?:en|stag)|probetag|schnuppertag|hospitation",
        "screening(?: call)?",
        "vorstellungsgespräch",
        "bewerbungsgespräch",
        "jobinterview",
        "videointerview",
        "telefoninterview",
        "kennenlerngespräch",
        "erstgespräch",
        "zweitgespräch",
        "bewerbergespräch",
        "entretien(?: d['’]embauche| de recrutement| d['’]évaluation)?",
        "entrevistas?(?: de trabajo| laboral)?",
        "(?:jobb|anställnings|telefon|video)?intervju",
        "rekryteringsmöte",
        "面接",
        "面談",
    )
    + rf"(?: {_STAGE_BEHIND})*"
    + r"(?: (?:call|meeting|termin|loop|day|session|invitation|confirmation|invite|schedule[d]?|details|round(?: \d)?|\d{1,2}))*"
)
"""A conversation that can be nothing else, with the words that say which one."""

TALK = (
    rf"(?:{_STAGE}[ -])*"
    r"(?:call|chat|meeting|conversation|coffee|catch[- ]?up|discussion|sync|gespräch|termin|telefonat|austausch|"
    r"bewerbung|application|candidature|candidatura|ansökan|appel|échange|rendez-vous|réunion|llamada|reunión|charla|conversación|samtal|möte|fika)"
)
"""A conversation that may be one."""

PREFIX = (
    _any(
        "re",
        "fwd?",
        "aw",
        "wg",
        "tr",
        "rv",
        "sv",
        "vb",
        "(?:updated )?invitation(?: with note)?",
        "cancell?ed(?: event)?",
        "accepted",
        "tentative",
        "confirmed",
        "confirmation",
        "reminder",
        "(?:re-?)?scheduled?",
        "updated?",
        "hold",
        "placeholder",
        "save the date",
        "blocker",
        "block",
        "external",
        "(?:aktualisierte )?einladung",
        "abgesagt(?:er termin)?",
        "bestätigung",
        "erinnerung",
        "platzhalter",
        "vorbehalten",
        "new event",
        "invitation(?: mise à jour)?",
        "annulé(?:e)?",
        "rappel",
        "option",
        "invitación(?: actualizada)?",
        "cancelad[oa]",
        "recordatorio",
        "reserva(?:do)?",
        "inbjudan",
        "inställt",
        "påminnelse",
        "preliminärt?",
        "仮",
        "確定",
    )
    + r"\s*[:：]\s*"
)
"""What mail programs put in front, and what only keeps the time free."""

AT = _any(r"at\b", "@", r"bei(?: der| dem)?\b", r"beim\b", r"chez\b", r"en\b", r"hos\b", r"på\b", r"vid\b")
WITH = _any("with(?: the)?", "w/", "mit(?: der| dem)?", "avec(?: le| la| l['’])?", "con(?: el| la)?", "med")
FOR = _any(
    "for(?: the| an?| our)?",
    "für(?: die| den| das| eine?n?)?",
    "pour(?: le| la| une?)?",
    "para(?: el| la| una?)?",
    "för(?: en| ett)?",
    "till",
)
ABOUT = _any(
    "about(?: the| our| an?)?", "regarding(?: the)?", "über(?: die| den)?", "zu(?:r|m)?", "bezüglich(?: der)?",
    "à propos d[eu']", "concernant(?: le| la)?", "sobre(?: el| la)?", "om", "angående", "gällande",
)  # fmt: skip
FOR_ROLE = _any(
    r"(?:for|about|regarding|re:?) (?:the |our )?(?:role|position|post|job|opening) (?:of|as)(?: an?| the)?",
    r"for (?:the )?(?:role|position)",
    r"as(?: an?| the| our)?",
    r"als",
    r"(?:für|um|auf|über) die (?:stelle|position|rolle)(?: als| des| der| einer| eines)?",
    r"zur (?:ausgeschriebenen )?(?:stelle|position)(?: als| des| der)?",
    r"(?:pour (?:le|un) |sur le |concernant le )?poste de",
    r"en tant que?",
    r"(?:(?:para|sobre) (?:el|la) )?(?:puesto|posición|vacante|cargo|plaza) (?:de|del?)",
    r"(?:för |till |om |angående )?(?:tjänsten|rollen|jobbet|positionen)(?: som)?",
    r"som",
)
AND = r"(?: and | und | & | x | <-?> | / |, | et | y | och | × |、|と)"

ROLE = (
    r"\b(?:(?:\w*(?:manager|engineer|developer|designer|analyst|architect|scientist|consultant|director|specialist|"
    r"coordinator|assistant|administrator|accountant|nurse|teacher|trainee|representative|associate|executive|"
    r"producer|editor|writer|researcher|technician|planner|buyer|clerk|controller|advis[eo]r|strategist|president|"
    r"officer|programmer|tester|supervisor|operator|driver|chef|cook|cashier|barista|electrician|mechanic|lawyer|"
    r"paralegal|pharmacist|therapist|physician|librarian|lecturer|professor|postdoc|translator|marketer|"
    r"copywriter|bookkeeper|receptionist|secretary|partner|principal|practitioner|recruiter|caregiver|carpenter|"
    r"plumber|welder|dentist|hygienist|midwife|paramedic|surveyor|inspector|machinist|seller|salesperson|host|waiter|"
    r"waitress|bartender|housekeeper|cleaner|gardener|tutor|instructor|counsell?or|psychologist|investigator|"
    r"entwickler|ingenieur|leiter|berater|referent|sachbearbeiter|mitarbeiter|werkstudent|praktikant|"
    r"buchhalter|pfleger|lehrer|erzieher|verkäufer|techniker|mechaniker|elektriker|redakteur|architekt|"
    r"assistent|verwalter|fahrer|vertriebler|informatiker|mechatroniker|therapeut|arzthelfer|handwerker)"
    r"(?:in|innen)?|köchin|koch|\wärztin|\w*arzt|internship|intern|lead|\w*leitung|\w*assistenz|praktikum|\w*kaufmann|\w*kauffrau|"
    r"\w*kraft|\w*angestellte[rn]?(?:/[rn])?|\w*beauftragte[rn]?|s?vp of|evp|\w*helferin|scrum master|product owner|head of|vice president|ausbildung|duales studium|"
    # French
    r"infirmi(?:er|ère)|développeu(?:r|se)|ingénieure?|chef(?:fe)? de \w+|comptable|responsable|gestionnaire|assistante?|"
    r"vendeu(?:r|se)|direct(?:eur|rice)|consultante?|technicien(?:ne)?|analyste|chargée? d\w*|conseill(?:er|ère)|"
    r"cuisini(?:er|ère)|serveu(?:r|se)|enseignante?|rédact(?:eur|rice)|juriste|avocate?|aide-soignante?|stagiaire|"
    r"alternante?|agente? d\w*|secrétaire|commercia(?:le?)|acheteu(?:r|se)|médecin|pharmacien(?:ne)?|graphiste|"
    # Spanish
    r"enfermer[oa]|desarrollador[a]?|ingenier[oa]|gerente|jef[ea] de \w+|contador[a]?|contable|analista|diseñador[a]?|"
    r"director[a]?|comercial|administrativ[oa]|cociner[oa]|camarer[oa]|profesor[a]?|técnic[oa]|asesor[a]?|vendedor[a]?|"
    r"encargad[oa]|auxiliar|ejecutiv[oa]|abogad[oa]|médic[oa]|programador[a]?|becari[oa]|asistente|recepcionista|"
    # Swedish
    r"\w*sköterska|\w*utvecklare|\w*ingenjör|\w*chef|\w*säljare|\w*ledare|\w*lärare|\w*konsult|\w*ekonom|\w*ansvarig|"
    r"\w*handläggare|kock|\w*tekniker|\w*assistent|\w*samordnare|\w*rådgivare|\w*koordinator|\w*mekaniker|\w*arbetare|"
    r"läkare|jurist|\w*biträde|\w*pedagog|praktikant|\w*analytiker|\w*arkitekt|\w*redovisare|undersköterska)"
    r"s?\b|\([mwfdx](?:/[mwfdx]){1,2}\))|"
    # Japanese
    r"(?:エンジニア|プログラマ|デザイナー|マネージャ|看護師|営業|開発|[経総][理務]|人事|事務|コンサル|アナリスト|ディレクター|"
    r"担当|職(?!務)|教師|講師|薬剤師|介護|販売|企画|マーケ|スタッフ|アシスタント|リーダー|研究員)"
)
"""A word that names a position."""

ACRONYMS = r"(?:(?:jr|sr|junior|senior|lead)\.? )?(?:PM|PO|TPM|APM|SWE|SDE|SDET|QA|SRE|UX|UI|BA|DBA|CEO|CFO|CIO|CMO|COO|CPO|CTO|VP|EM|RN|HRBP|PA|EA|SDR|BDR|CSM)"
"""Positions that are spelt."""

FIRM = (
    r"\b(?:inc|llc|ltd|limited|corp|corporation|gmbh|ag|se|kg|ohg|e\.?v|plc|group|labs?|technologies|systems|s\.?a\.?s?|"
    r"s\.?r\.?l|s\.?l|b\.?v|n\.?v|oy|ab|a/s|co|kita|klinik(?:um)?|clinique|"
    r"clinic|hospital|university|universität|société|boutique|hotel|hôtel|café|restaurant|brasserie|bistro|bakery|bäckerei|"
    r"konditorei|kanzlei|praxis|apotheke|pharmacy|pharmacie|farmacia|school|schule|école|escuela|agency|agentur|agence|"
    r"studios?|museum|verlag|bank|church|foundation|stiftung|stadt|landkreis|kommun|region|sjukhus|förskola|skola|"
    r"clínica|colegio|grupo|groupe|gruppe|solutions|services|partners|consulting|holding|industries)\b\.?|"
    r"株式会社|有限会社|合同会社|医療法人"
)
"""What only companies and houses are called by."""

GENDERS = (
    r"\(?\b(?:all genders|[mwfdxhi](?:\s?/\s?[mwfdxhi]){1,3}|w\|m\|d|m\|w\|d|h/f|f/h|gn)\b\)?|"
    r"\((?:mixte|gn\*?|divers)\)"
)

NUMBER = (
    r"[(\[]?\s*(?:(?:job|position|posting|vacancy|stellen?|req(?:uisition)?|ref(?:erence|erenz)?|réf(?:érence)?|kenn(?:ziffer|nummer)|"
    r"annons|opening)[ .-]?(?:id|nr|no|number|ziffer|#)?\s*[.:#]*\s*#?\s*(?=[A-Z-]{0,6}\d)[A-Z]{0,4}[-_ ]?\d[\w/-]{1,14}|"
    r"(?:JR|REQ|RQ|R|ID|J|P)[-_ ]?\d{4,10}(?:-\d{1,4})?|#\s?\d{3,10}|\d{4,10}BR)\s*[)\]]?"
)
"""What a requisition is numbered by."""

NOBODY = (
    r"(?:(?:the|das|dem|our|unser(?:em)?|l['’]|le|la|el|de|det)\s?)?(?:hiring|recruit(?:ing|ment)|talent(?: acquisition)?|interview|"
    r"engineering|product|design|leadership|people|hr|sales|marketing|data|finance|whole|entire|core)?\s?"
    r"(?:team|panel|committee|hiring managers?|recruiters?|hr|founders?|ceo|cto|interviewers?|us|you|staff|everyone|"
    r"fachbereich|personalabteilung|recruiting|fachabteilung|geschäftsführung|équipe(?: de recrutement| rh)?|rh|"
    r"equipo(?: de (?:contratación|selección|rrhh|trabajo))?|rrhh|teamet|rekryterare|rekryteraren|candidate|"
    r"採用チーム|採用担当|人事)"
)
"""Whom a title names without naming anybody."""

NOISE = (
    r"(?:(?:round|runde|part|teil|stage|day|tag|tour|ronda|omgång|etapp) ?\d{1,2}(?: (?:of|von|de|av|/) ?\d{1,2})?|"
    r"\d{1,3} ?min(?:ute[ns]?|utos|uter)?\.?|\d{1,2}(?:[:.]\d\d)? ?(?:[ap]\.?m\.?|uhr|h)?(?: [a-z]{2,4})?|zoom(?: meeting)?|teams|"
    r"microsoft teams(?: meeting)?|google meet|webex|phone|video|remote|on-?site|online|virtual|tbd|tbc|tentative|"
    r"confirmed|candidate|bewerber(?:in)?|kandidat(?:in)?|candidat(?:e|o|a)?|(?:tentative |calendar |interview )?hold(?: for .{1,60})?|placeholder|platzhalter|blocker|option|reserved|busy|"
    r"scheduled|rescheduled|save the date|portfolio(?: review)?|loop|final|external|extern|intern|invitation|einladung|"
    r"presentation|präsentation|case study|whiteboard|onsite loop|debrief|[^|]{0,40}'s zoom meeting|"
    r"[^|]{0,40}'s personal meeting room|visio(?:conférence)?|teams-möte|teamsmöte|distans|presencial|en ligne|様|さま|さん|仮|確定|調整中|ご案内|のご案内|について)"
)
"""What is neither a company nor a position."""
