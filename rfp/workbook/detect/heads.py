"""The words of column heads, as data: role, strength, and patterns that the whole head must match.

Earlier rows win. English comes first in each row, then other languages. ``{}`` stands for any words before.
"""

from __future__ import annotations

from enum import StrEnum

from rfp.workbook.model import ColumnRole


class Reserved(StrEnum):
    """Columns that are nobody's answer."""

    REVIEWER = "reviewer"  # the buyer fills it after the vendor


Words = tuple[str, ...]

HEADS: tuple[tuple[ColumnRole | Reserved, float, Words], ...] = (
    (
        Reserved.REVIEWER,
        1.0,
        (
            r"(?:analyst|reviewer|evaluator|buyer|client|customer|auditor|assessor|scorer|procurement|purchaser|tprm"
            r"|internal|institution|evaluation|evaluation team|review team)'?s?(?: \w+)? (?:notes?|comments?|review"
            r"|assessment|score|scoring|rating|use(?: only)?|evaluation|remarks?|follow[- ]?up|decision"
            r"|feedback|verdict"
            r"|response|answer|poc)",
            r"(?:for )?(?:internal|office|official|\w+) use(?: only)?|evaluation",
            r"assessor|reviewer|analyst|do not (?:edit|fill|complete)|leave blank",
            r"not for (?:vendor|supplier).*",
            r"to be completed by (?:the )?(?:buyer|client|customer|procurement|evaluator).*",
            r"(?:max(?:imum)?\.? |weighted |total |vendor |possible )(?:score|points|marks"
            r"|weight(?:ing|age)?)",
            r"marks|weight(?:ing|age)?|(?:points|score|marks) (?:awarded|obtained|achieved|given|allocated|available)",
            r"% ?weight|(?:risk|vendor|supplier) (?:rating|score)|priority",
            r"criticality|severity|(?:prior|previous|last year'?s?) .*",
            r"gewichtung|(?:max\.? ?|maximale )?punkt(?:e|zahl)|bewertung (?:durch|des) .*|priorität",
            r"nur intern|vom auftraggeber auszufüllen",
            r"pondération|note (?:maximale|obtenue)|priorité|évaluation de l'acheteur|barème",
            r"(?:puntuación|puntaje) (?:máxim[ao]|total|obtenid[ao])|puntaje|ponderación|peso|prioridad|evaluación",
            r"peso|权重",
        ),
    ),
    (
        Reserved.REVIEWER,
        0.5,  # a form may ask for a score or a rating of one's own, when it asks for nothing else
        (r"(?:overall )?(?:score|points|rating)|bewertung|punkte|évaluation|puntuación|punteggio|pontuação|得分|评分",),
    ),
    (
        ColumnRole.GUIDANCE,
        1.0,
        (
            r"(?:response|answer|input|question|field|data) (?:type|format|options?|choices)",
            r"(?:allowed|possible|valid|permitted|available|acceptable) (?:answers?|values?|responses?"
            r"|options?|choices)",
            r"answer options?|response options?|options?|type|format|choices|(?:.* )?guidance(?: .*)?",
            r"help(?: text)?|hints?|tips?",
            r"instructions?(?: .*)?|explanatory notes?|(?:buyer |additional )?explanation of .*|examples?",
            r"what good looks like|why (?:we|is|this|it|ask).*|expected (?:response|answer|evidence|content)",
            r"purpose|intent",
            r"evidence (?:required|expected|requested|needed|examples?|we (?:need|expect))",
            r"(?:required|suggested|expected) evidence",
            r"notes? (?:to|for) (?:the )?(?:vendors?|suppliers?|bidders?|respondents?)|supplier guidance|examine",
            r"interview|test",
            r"(?:additional |further |more )?info(?: link)?|mandatory|required\??",
            r"applicab(?:le|ility)(?: to)?",
            r"hinweise?(?: .*)?|ausfüllhinweise?|antworttyp|antwortmöglichkeiten|auswahl",
            r"beispiele?|pflicht",
            r"aide|consignes?|indications?|type de réponse|réponses possibles|exemples?|obligatoire|guide",
            r"guía|orientación|instrucciones|tipo de respuesta|respuestas posibles|ejemplos?|obligatorio|ayuda",
            r"istruzioni|esempio|orientações|instruções|toelichting bij de vraag|填写说明|指引|答案选项",
        ),
    ),
    (
        ColumnRole.ID,
        1.0,
        (
            r"#|no\.?|nr\.?|n[°ºo]\.?|num(?:ber)?|ids?|guid|q ?(?:#|no\.?|id|nr\.?)?|ref\.?|index|line|pos\.?",
            r"position|code",
            r"ref(?:erence)?[ _-]?(?:no\.?|id|#|number|code)|s\.? ?/? ?n(?:o|r)?\.?|s[lr]\.? ?no\.?",
            r"serial(?: no\.?| number)?",
            r"(?:question|control|item|requirement|req|rqmt|sub|criteri(?:on|a)|clause|test|check|sub[- ]?control"
            r"|section)\.?[ _-]?(?:ids?|no\.?|nr\.?|#|number|ref\.?(?:erence)?|code)",
            r"item ?/ ?no\.?|lfd\.? ?nr\.?|laufende nummer|nummer|frage[- ]?nr\.?|ziffer|kennung|id[- ]?nummer",
            r"numéro|réf(?:érence)?\.?|n° ?(?:de )?(?:question|exigence)|número|núm\.?|n\.º|código|codice|numero",
            r"volgnr\.?|lp\.?",
            r"编号|序号|番号|项次",
        ),
    ),
    (
        ColumnRole.QUESTION,
        1.0,
        (
            r"{}questions?(?: text| description| wording| statement| asked)?|{}questionnaire|query|queries|{}inquiry",
            r"{}requirements?(?: text| description| statement| wording| details?)?|{}checklist item|ask|prompt",
            r"{}(?:assessment|control|security|evaluation)"
            r" (?:criteria|criterion|objective|question|statement|item|requirement)s?",
            r"criteri(?:a|on)|{}what we (?:ask|need|want|would like to know)(?: .*)?|we ask|tell us(?: .*)?",
            r"{}information (?:request(?:ed)?|required|sought|needed)|request(?:ed information)?|{}item requested",
            r"request description|documents? (?:requested|required)|compliance topic|statement|information item",
            r"frage(?:n|stellung)?|{}anforderung(?:en)?|{}anforderungsbeschreibung|prüffragen?|prüfpunkt|fragetext",
            r"fragenkatalog",
            r"(?:la )?questions?(?: posée)?|{}exigences?|énoncé(?: de la question)?|points? de contrôle|critères?",
            r"demande",
            r"preguntas?|{}requisitos?|{}requerimientos?|cuestión|cuestiones|criterios?|pergunta|perguntas|questão",
            r"requisiti",
            r"domand[ae]|quesit[io]|{}requisito|vraag|vragen|eis(?:en)?|pytanie|pytania|wymaganie|fråga|frågor",
            r"spørgsmål",
            r"问题(?:描述)?|要求|评估问题|检查项|质問|質問|質問事項",
        ),
    ),
    (
        ColumnRole.QUESTION,
        0.6,
        (
            r"(?:control |item |detailed |full |short )?(?:descriptions?|specifications?)|controls?",
            r"control (?:text|name|title|description)|items?|topics?|subject|clause|expectation|practice|measure",
            r"task|check|safeguard|deliverables?",
            r"questions? ?/ ?.*|requirements? ?/ ?.*|.*\bquestions?\b.*|attributes?|capability|feature",
            r"function(?:ality)?|document",
            r"beschreibung|maßnahmen?|thema|kontrolle|kriterium|merkmal|gegenstand",
            r"libellé|énoncé|mesure|sujet|thématique|description|descripción|descrizione|tema|medida|descrição",
            r"omschrijving",
            r"控制项|内容|描述",
        ),
    ),
    (
        ColumnRole.ANSWER,
        1.0,
        (
            r"{}(?:answers?|responses?|reply|replies)(?: ?\(.*| here| \w+ ?/ ?\w+.*)?",
            r"(?!n ?/ ?a$)[a-z]{1,2} ?/ ?[a-z]{1,2}(?: ?/ ?[a-z]{1,3})*|yes ?/ ?no.*|y ?/ ?n.*",
            r"true ?/ ?false",
            r"(?:fully |is it |are you )?compliant.*|{}compliance(?: status| level| y/n| response)?|comply.*",
            r"complies.*",
            r"(?:fully )?implemented.*|in place.*|met|meets? (?:the )?requirements?.*|fulfil+(?:ed|ment)?",
            r"supported.*|can you .*",
            r"your (?:answer|response|position|input|reply|selection)|vendor|supplier|bidder|provider|respondent",
            r"tenderer|offeror",
            r"in use.*|self[- ]assessment.*|offered.*|maturity(?: level)?|capability level",
            r"conformity",
            r"(?:level of )?(?:conformance|compliance)(?: level)?|agree.*|selection|select(?: one)?|choice",
            r"pick(?: one)?",
            r"to be completed by (?:the )?(?:vendor|supplier|bidder|tenderer|respondent).*",
            r"please (?:select|choose|pick)\b.*|what do you do.*",
            r"(?:vendor|supplier|bidder|tenderer) to complete.*|current (?:state|status|situation|practice)",
            r"(?:response|answer|compliance) codes?|applies\??|score \(\d.*\)",
            r"(?:ihre )?antwort(?:en)?(?: .*)?|erfüllt.*|erfüllung(?:sgrad)?|umgesetzt.*|umsetzungs(?:status|grad)",
            r"ja ?/ ?nein.*|angabe|(?:des )?(?:anbieters?|bieters?|lieferanten?)(?:angabe|antwort)?|konform.*",
            r"vorhanden.*|vom (?:bieter|anbieter) auszufüllen.*",
            r"(?:votre |vos )?réponses?(?: .*)?|oui ?/ ?non.*|conformité|conforme.*|fournisseur",
            r"soumissionnaire|couvert.*",
            r"(?:su |sus )?respuestas?(?: .*)?|cumple.*|cumplimiento|s[ií] ?/ ?no.*|conformidad|proveedor|licitador",
            r"estado",
            r"respostas?(?: .*)?|rispost[ae](?: .*)?|antwoord(?:en)?(?: .*)?|odpowied[zź].*|svar|conforme|atende.*",
            r"voldoet.*",
            r"回答|答复|答案|响应|回复|是/否|是否符合|符合性|供应商回复|供应商答复",
        ),
    ),
    (
        ColumnRole.ANSWER,
        0.7,  # lists of things have these as well
        (
            r"{}status|valid|result|assessment result|value|input|available.*|confirm(?:ed|ation)?.*|accepted.*|state",
            r"statut|état|estado|stato|状态",
        ),
    ),
    (
        ColumnRole.COMMENT,
        1.0,
        (
            r"{}(?:comments?|remarks?|notes?)(?: .*)?",
            r"(?:additional|supporting|further|more|other) (?:information|details?|comments?|notes?|explanation|info)",
            r"explanations?.*|{}justifications?.*|{}details?|{}narratives?(?: .*)?|elaborat.*|{}observations?.*",
            r"(?:please )?(?:explain|describe|elaborate|provide details).*",
            r"{}implementation (?:description|details?|summary|notes?).*",
            r"how (?:is|are|do|does|it) .*|description of .*|(?:if .*, )?please .*|if .*|free text.*|rationale for .*",
            r"clarifications?|reason|rationale|background|context|{}deviations?(?: .*)?|exceptions? ?/ ?.*|explain .*",
            r"kommentare?(?: .*)?|bemerkung(?:en)?(?: .*)?|anmerkung(?:en)?(?: .*)?|begründung.*|erklärung.*"
            r"|erläuterung(?:en)?(?: .*)?|stellungnahme.*",
            r"ergänzung(?:en)?.*|freitext|details zur .*|abweichung(?:en)?.*",
            r"commentaires?(?: .*)?|remarques?(?: .*)?|précisions?(?: .*)?|observations?|justification.*",
            r"explications?(?: .*)?|détails?",
            r"observaciones(?: .*)?|comentarios?(?: .*)?|explicaci[oó]n(?:es)?|notas|detalles?|aclaraciones",
            r"justificación.*",
            r"commenti|note|osservazioni|comentários?|observações|opmerking(?:en)?|toelichting|uwagi|komentarz",
            r"kommentar(?:er)?",
            r"备注|说明|评论|意见|コメント|備考",
        ),
    ),
    (
        ColumnRole.EVIDENCE,
        1.0,
        (
            r"{}(?:evidence|attachments?|artefacts?|artifacts?|proof)(?: .*)?",
            r"(?:supporting )?document(?:s|ation)?"
            r"(?: (?:names?|titles?|references?|links?|attached|provided|supplied))?",
            r"(?:document )?file ?names?|(?:source code |document |evidence |page |policy )?references?(?: .*)?",
            r"{}(?:links?|urls?)(?: to .*)?|hyperlink|where (?:is|can).* (?:documented|found).*|certificates?",
            r"nachweise?.*|belege?|anlagen?|dokument(?:ation|e)?|referenz(?:en)?|verweis(?:e)?",
            r"preuves?(?: .*)?|justificatifs?|pièces? (?:jointes?|justificatives?)|documents? (?:joints?|associés?)",
            r"références?",
            r"evidencias?(?: .*)?|adjuntos?|documentos?(?: .*)?|documentación|referencias?|enlace|prove|evidenz[ae]",
            r"allegati|anexos?",
            r"bewijs.*|bijlagen?|dowody?|证据|证明材料?|附件|証跡",
        ),
    ),
    (
        ColumnRole.DATE,
        1.0,
        (
            r"{}dates?(?: of .*| \(.*)?|as of|valid (?:until|to|from)|expir(?:y|es|ation).*",
            r"last (?:tested|reviewed|performed|updated|completed)|datum|stand|gültig bis",
            r"(?:umsetzung|erledigt|umgesetzt) bis|(?:ziel)?termin|zieldatum|échéance|fecha|data|date de .*|日期",
        ),
    ),
    (
        ColumnRole.SECTION,
        1.0,
        (
            r"{}(?:domains?|categor(?:y|ies)|sections?|areas?|sub-?areas?|famil(?:y|ies)|themes?|groups?|chapters?"
            r"|modules?|pillars?|functions?|sub-?categor(?:y|ies)|sub-?domains?)(?: (?:name|title))?",
            r"topic area|control (?:family|domain|group|area)",
            r"bereich|kategorie|abschnitt|themengebiet|themenbereich|themenfeld|kapitel|gruppe",
            r"domaine|rubrique|thème|catégorie|chapitre|famille|categoría|sección|dominio|ámbito|área|apartado",
            r"bloque|capítulo",
            r"categoria|sezione|ambito|seção|categorie|hoofdstuk|obszar|类别|领域|分类|章节|模块|大项",
        ),
    ),
    (
        ColumnRole.OTHER,
        0.7,
        (
            r"{}(?:owner(?:ship)?|responsib(?:le|ility|ilities)(?: .*)?|contact(?: person)?|tools? used|tool|timeline"
            r"|version(?: ?#| no\.?)?|document (?:version|owner|status).*|target date|due date|planned date"
            r"|completion date|roadmap"
            r"|exceptions?|compensating controls?|residual risk|identified risk|remediation(?: plan)?|action plan"
            r"|answered by|completed by)",
            r"verantwortlich\w*|zuständig\w*|ansprechpartner|responsable|responsabile|responsável|负责人",
        ),
    ),
)

# Heads that name one of several vendors, each with a column of its own.
VENDOR: Words = (
    r"(?:vendor|supplier|bidder|provider|offeror|tenderer|proponent|company|candidate"
    r"|contractor) ?(?:#|no\.? ?)?(?:[a-z]|\d{1,2})",
    r"(?:anbieter|bieter|lieferant|fournisseur|soumissionnaire|candidat|proveedor|licitador"
    r"|fornitore) ?(?:[a-z]|\d{1,2})",
)

# Heads of lists that are no questionnaires: registers of risks, assets, changes, people, prices, terms.
REGISTER: Words = (
    r"{}owner|author|{}(?:likelihood|impact|probability)(?: level| rating| score)?|term|definition|acronym",
    r"abbreviation|meaning",
    r"{}price|{}cost|unit(?: price)?|qty|quantity|amount|currency|salary|department|e-?mail.*|phone.*|first name",
    r"last name",
    r"employee(?: .*)?|{}asset(?: .*)?|hostname|ip address|vendor name|supplier name|revision|change(?:d by| log)?",
    r"description of changes?|approved by|reviewed by|release|share|responses|respondents|percent(?:age)?|total|month",
    r"{}risk (?:exposure|level|rating|score|statement|owner)(?: level)?|.* poc|start(?: date)?|end(?: date)?|city",
    r"country",
    r"job title|model|manufacturer|serial|licen[cs]e|renewal(?: date)?|invoice.*|inherent risk|residual risk",
    r"version|author\(s\)",
    r"findings?(?: id| no\.?)?|recommendations?(?: .*)?|root cause|corrective action|observation(?: id)?",
    r"field(?: name)?|data type|column name|default value|nullable|story points|trainer|duration|acceptance criteria",
    r"assigned to|assignee|due date|opened|closed|sprint|budget|spend|contract (?:value|end|start).*|full name",
    r"office location",
)
