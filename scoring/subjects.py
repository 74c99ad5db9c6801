"""What a text must mention for a requirement: the subject that makes the requirement what it is."""

from __future__ import annotations

import re

_SUBJECTS = {
    "LR-6": r"\bAI\b|artificial intelligence|machine[- ]learning|\bmodels?\b",
    "RA-1": r"(?s)\A(?=.*\bgovern)(?=.*\bmap)(?=.*\bmeasur)(?=.*\bmanag)|\b(?:all )?four functions",
    "RA-2": r"\bgovern|\bpolic|\boversight|\bcommittee",
    "RA-3": r"\bmap(?:ped|ping|s)?\b|\bcontext|\bintended (?:use|purpose)|\bstakeholder|\bcategori[sz]",
    "RA-4": r"\bmeasur|\bmetric|\btest results?",
    "RA-5": r"\btreatment|\brisk plan|\bmitigation plan|\baction plan|\btreated",
    "RA-6": r"\bresidual|\brisk acceptance|\baccepted risks?",
    "RA-7": r"\bmonitor|\bindicator|\bKRI",
    "RA-11": r"\bleak|\bretention|\btraining use|\bdata[- ](?:handling|flow|risk|protection)|\bused for training"
    r"|\bcustomer data",
    "AT-1": r"(?<!in)\bdirect (?:prompt[- ])?(?:injection|attack)"
    r"|(?<!indirect )(?<!indirect-)\bprompt[- ]injection(?! via| through| in (?:documents|retrieved))"
    r"|\binstruction (?:override|hijack)|\badversarial prompts?\b|\bdirect and indirect|\bLLM01\b",
    "AT-2": r"\bjail ?-?break|\b(?:guardrail|safety|filter|policy|refusal)\w*(?: policy| filter)? (?:bypass|evasion"
    r"|circumvent)"
    r"|\b(?:bypass|evad|circumvent|defeat)\w*\s+(?:\w+\s+){0,3}(?:guardrail|safety|polic|filter|refusal)"
    r"|\brole[- ]play attack",
    "AT-3": r"\bother (?:\w+ )?\w+s[’']|\bsystem prompt (?:extract|leak|disclos|theft)"
    r"|\b(?:obtain|steal|reveal|retriev|read out|pull|harvest|siphon)\w*\b[^.;\n]{0,40}\b(?:data|records?|secrets?"
    r"|system prompt"
    r"|credentials|notes)\b|\bexfiltrat|\bextract(?:ion|ing)|\bleak|\bdata theft|\bmembership inference"
    r"|\bmodel inversion"
    r"|\bcross[- ]tenant"
    r"|\bother tenants?|\bdisclos",
    "AT-4": r"\binjections? (?:via|through|embedded in|hidden in|planted in|inside|from)\s+(?!(?:the |a )?(?:chat"
    r"|prompt|user|conversation|dialog"
    r"|input field|API|console))|\binstructions? in (?:\w+\s+){0,2}(?:documents?|files?|pages?|e-?mails?|letters?"
    r"|attachments?|images?)"
    r"|\bindirect|\bplanted (?:instruction|prompt|content)|\bembedded instruction|\bhidden (?:instruction"
    r"|prompt)|\bXPIA\b"
    r"|\bcross[- ](?:prompt|domain prompt)|\binstructions? (?:planted|hidden|embedded)"
    r"|\binjection (?:via|through|in) (?:\w+\s+){0,3}(?:documents?|files?|web|e-?mails?|content|tool)",
    "AT-6": r"\bagents?\b|\bagentic|\btool[- ](?:use|misuse|abuse|call|chain|permission|access|invocation|output"
    r"|privilege)"
    r"|\btools? (?:and|,|in scope|permission|misuse|abuse)|\bfunction[- ]call|\bconnectors?\b|\bplug-?ins?\b"
    r"|\bprivilege",
    "AT-7": r"\bdisposition|\bremediat|\bfix(?:ed|es)?\b|\bmitigat|\baccepted\b|\bclosed\b|\bresolved\b",
    "AT-9": r"\bpoison|\badversarial (?:input|example|perturbation|sample|robust)|\bevasion attack"
    r"|\bsupply[- ]chain|\bprovenance"
    r"|\bbackdoor|\btrojan",
    "BF-1": r"\bcharacteristic|\bsex\b|\bgender|\bage\b|\brac(?:e|ial)\b|\bethnic|\bnationalit|\borigin\b|\bdisab"
    r"|\breligio"
    r"|\bprotected\b|\bgroups?\b|\bno (?:material )?effect on (?:people|persons|individuals)"
    r"|\bdoes not affect (?:people|persons)"
    r"|\bdetermination\b",
    "BF-2": r"\bdomains?\b|\bemploy(?:ment|er|ee select)|\bhiring|\brecruit|\bapplicants?\b|\bcredit|\bloans?\b"
    r"|\blending|\bmortgage"
    r"|\bhealth|\bmedical|\bclinical|\bpatient|\beducation|\bstudent|\badmission|\binsurance|\bunderwriting"
    r"|\bhousing|\btenanc"
    r"|\bbenefits?\b|\bwelfare|\bjustice|\bpolic(?:e|ing)\b|\bessential",
    "BF-3": r"\bmetrics?\b|\bimpact ratio|\bparity|\bodds|\bcalibration|\bselection rate|\bfour[- ]fifths"
    r"|\bstandardi[sz]ed mean"
    r"|\bequal opportunity|\bfalse (?:positive|negative) rate",
    # A number that a result is judged by; "limits in section 3" are none.
    "BF-4": r"\bthresholds?\b|\bacceptance criteri|\btolerances?\b|\bfour[- ]fifths rule"
    r"|(?:\bat least\b|\bat most\b|\bminimum\b|\bmaximum\b|\blimit of\b|\bno (?:more|less) than\b"
    r"|\bnot (?:above|below)\b|[<>≤≥])\s*(?:of\s*)?\d",
    # The action and its effect, or the statement that there was nothing to mitigate.
    "BF-5": r"(?s)\A(?=.*(?:\bmitigat|\bremedia|\bcorrective|\bre-?weigh|\bre-?train|\bre-?sampl|\bre-?calibrat"
    r"|\bremov"
    r"|\badjust|\baction|\bfix|\btun(?:ed|ing)|\bchang(?:ed|e)\b|\bcorrect))(?=.*(?:\bre-?measure|\bre-?test"
    r"|\bre-?run|\bre-?comput|\bre-?evaluat|\bre-?assess"
    r"|\bafter(?:wards)?\b|\bbefore\b|\bpost-|\bsecond (?:measurement|run|test)|\bimproved (?:from|to)|\b(?:rose"
    r"|raised"
    r"|reduced|fell|narrowed|went|up|down|increased|decreased|dropped) (?:from|to)|\bnow\b|\bmeasured again"
    r"|\beffect\b"
    r"|\bfrom 0?\.\d+ to|\bnew (?:value|ratio|result)))|\bno (?:\w+ ){0,3}(?:mitigation"
    r"|action)s? (?:\w+ ){0,2}(?:necessary"
    r"|needed|required|called for)|\bnothing to mitigate",
    "BF-6": r"\bdrift|\bstability index|\bperformance (?:decay|degradation)|\bPSI\b",
    # Of groups in production: an audit that reports its results per group monitors nothing.
    "BF-7": r"(?s)\A(?=.*(?:\bmonitor|\bin production\b|\bongoing\b|\bcontinuous|\b(?:dai|week|month|quarter)ly\b"
    r"|\b(?:each|every|per) (?:day|week|month|quarter)\b))"
    r"(?=.*(?:\b(?:sub)?groups?\b|\bgroup-level|\bemergent bias|\bimpact ratio|\bdemographic|\bcohort|\bparity"
    r"|\boutcomes? (?:per|by|for each)|\b(?:by|per|across|for each) (?:sex|gender|age|origin|ethnic\w*"
    r"|nationalit\w+|disability|region"
    r"|protected)"
    r"|\bprotected characteristic|\bdisparit|\bselection rates?))",
    "IR-1": r"\bincident",
    "IR-2": r"\bseverit|\bsev ?-?\d|\bcriticality|\bpriority (?:level|class)|\bP[1-4]\b",
    "IR-3": r"\bescalat|\bon[- ]call|\bcall (?:tree|chain)",
    "IR-5": r"\broll(?:ed|ing|s)?[- ]?back|\bknown[- ]good|\brevert|\brestor\w+ (?:\w+\s+){0,3}(?:previous|earlier"
    r"|prior|last)",
    "IR-6": r"\bkill[- ]?switch|\bdisabl|\bswitch(?:ed|ing)? off|\bturn(?:ed|ing)? off|\bshut(?:ting)?[- ]?(?:down"
    r"|off)|\bdeactivat"
    r"|\b(?:models?|agents?|systems?|assistants?|bots?|copilots?)\b[^.;\n]{0,40}\b(?:suspend|stopp|halt|pulled"
    r"|taken (?:down|out|off)|cut off)"
    r"|\bstop(?:s|ping|ped)? (?:the |an? |any )?(?:\w+ )?(?:models?|agents?|assistants?|bots?|inference)"
    r"|\bemergency (?:stop|shut)|\btak(?:e|en|ing) (?:\w+\s+){0,3}offline|\bsuspend(?:ed|ing)? (?:the |a )?(?:model"
    r"|agent)|\bhalt",
    "IR-7": r"\bsupervisors?\b(?! of staff)|\bnotif|\bregulator|\bsupervisory authorit|\bauthorit(?:y|ies)\b",
    "IR-8": r"\bpost[- ]?(?:incident|mortem)|\broot[- ]cause|\bafter[- ]action|\blessons|\bretrospective",
    "IR-9": r"\bimprovement|\baction (?:register|log|list|tracker|items?)|\bcorrective|\btrack(?:ed|ing|s)?\b"
    r"|\bclosure|\bCAPA\b",
    "LR-9": r"\bregulation|\blaws?\b|\bAI Act\b|\bframeworks?\b|\brisk class|\bannex\b|\bconformity",
    "SX-EU-1": r"\brisk class|\bhigh[- ]risk|\b(?:limited|minimal)[- ]risk|\bannex III\b|\bclassif\w+",
    "SX-EU-2": r"\bannex (?:VI|VII|IV)\b|\bconformity|\bdeclaration|\btechnical documentation",
    "SX-EU-3": r"\btransparen|\bdisclosure|\bmarking|\bmarked\b|\blabel|\bwatermark|\binform(?:s|ed|ation)\b"
    r"|\b(?:article|art\.?) 50\b",
    "SX-DO-1": r"\bDORA\b|\b2022/2554\b|\b(?:article|art\.?) 30\b|\bexit (?:plan|strategy)|\bsubcontract",
    "SX-DO-2": r"\bDORA\b|\b2022/2554\b|\bTLPT\b|\bthreat[- ]led|\bresilience test|\bfinancial (?:entit|customer)",
    "SX-MR-1": r"\bconceptual soundness|\boutcomes? analysis|\bSR ?(?:26-2|11-7)\b|\bmodel risk",
    "SX-HI-1": r"\bHIPAA\b|\be?PHI\b|\bhealth information|\bbusiness associate",
    "SX-CI-1": r"\bsafe failure|\bfail[- ]?safe|\bhuman control|\boperational technology|\bOT\b"
    r"|\bcritical infrastructure",
}
SUBJECTS = {name: re.compile(pattern, re.I) for name, pattern in _SUBJECTS.items()}
# What a paper must not say to be left out: the subject, or an element without which the requirement is not met.
_OWNER = r"\bowners?\b|\bresponsible (?:person|role)"
_TRIGGER = r"\btriggers?\b|\balert (?:level|threshold)|\bthreshold|\blimits?\b"
_GROUPS = (
    r"\b(?:sub-?)?groups?\b|\bgroup-level|\bbreak-?down|\bdisaggregat|\bby (?:sex|gender|age|group|origin)"
    r"|\bdemographic"
    r"|\bper[- ]group|\bselection rates?|\bcohorts?\b|\bprotected|\bemergent bias|\bstrat"
)
DENIALS = {
    name: re.compile(pattern, re.I)
    for name, pattern in {
        "RA-1": r"\bgovern|\bmap\b|\bmeasur|\bmanage\b",
        "RA-4": r"\bmeasur|\bmetrics?\b|\btests?\b|\btesting\b",
        "RA-5": rf"{_SUBJECTS['RA-5']}|\bmanage\b|{_OWNER}|\bdue dates?|\bdeadlines?",
        "RA-6": rf"{_SUBJECTS['RA-6']}|\bmanage\b|\bacceptor|\bacceptance",
        "RA-7": rf"{_SUBJECTS['RA-7']}|\bmanage\b|\blatest output",
        "AT-7": rf"\b[CHML]-?\d{{1,3}}\b|\bfindings?\b|\bdisposition|{_OWNER}|\bremediation dates?",
        "BF-3": r"\bmetrics?\b|\bdefinitions?\b|\brationale|\bjustification",
        "BF-4": r"\bthresholds?\b|\bacceptance criteri|\btolerances?\b|\bcut-?offs?\b|\bpass marks?\b|\btargets?\b"
        r"|\bacceptable (?:level|value|limit)",
        "BF-5": r"\bre-?measur|\bre-?test|\bre-?run|\bre-?comput|\bre-?evaluat|\bre-?assess|\bsecond measurement"
        r"|\bmitigat|\bremedia|\beffect(?:iveness)?\b|\bafter(?:wards)?\b|\bpost-mitigation|\bactions?\b",
        "BF-6": rf"\bdrift|{_TRIGGER}|{_OWNER}|\bstability index",
        "BF-7": rf"{_GROUPS}",
        "IR-1": r"\b(?:AI|models?|agents?)\b[^.;\n]{0,30}\bincidents?|\bincidents?\b[^.;\n]{0,25}\b(?:AI|models?"
        r"|agents?)\b",
        "IR-2": r"\bseverit|\bcriteria\b|\bclassification\b",
        "IR-3": r"\bescalat|\btime limits?|\bcontacts?\b",
        "IR-5": r"\broll(?:ed|ing)?[- ]?back|\brevert|\btime objective|\bauthority\b|\bknown[- ]good",
        "IR-6": r"\bkill[- ]?switch|\bdisabl|\bswitch(?:ed|ing)? off|\bturn\w* (?:it |the \w+ )?off"
        r"|\bshut(?:ting)?[- ]?(?:down"
        r"|off)|\bdeactivat|\bemergency (?:stop|shut)|\bfall-?back|\bwho may\b|\bhalt",
        "IR-7": r"\bnotif|\bregulator|\bauthorit(?:y|ies)\b|\breporting (?:dut|deadline|obligation)"
        r"|\bcustomer notice",
        "IR-8": r"\bpost[- ]?(?:incident|mortem)|\broot[- ]cause|\blessons|\bretrospective",
        "IR-9": r"\baction (?:register|log|list|tracker|items?)|\btrack(?:ed|ing|s)?\b|\bclosure|\bimprovement"
        r"|\bactions?\b",
        "SX-EU-1": r"\brisk class|\brole\b|\bclassif|\bannex III|\bgeneral[- ]purpose",
        "LR-6": r"\bAI[- ]specific|\bspecific to AI|\bAI (?:controls?|annex|extensions?)|\bcontrols? (?:for"
        r"|on) (?:AI|models)"
        r"|\bAI assets?|\bimplementation status",
        "SX-EU-2": r"\btechnical documentation|\bregistration|\bdeclaration|\bconformity",
        "SX-EU-3": r"\bdisclos|\bmark(?:ing|ed)|\blabel|\bwatermark|\binformation for|\bdeployers?\b",
        "SX-DO-1": r"\bexit\b|\bsubcontract|\blocations?\b|\b(?:article|art\.?) 30",
        "SX-DO-2": r"\btime limits?|\bTLPT\b|\btest(?:ing)?\b|\bincident",
        "SX-MR-1": r"\bconceptual soundness|\boutcomes? analysis|\bongoing monitoring|\blimit(?:s|ations)\b"
        r"|\bassumptions\b",
        "SX-HI-1": r"\brisk analysis|\bbusiness associate|\baudit (?:controls?|logs?|trail)|\bsubcontract|\bBAA\b",
        "SX-CI-1": r"\bsafe failure|\bfail[- ]?safe|\bfails? safe|\bsafe(?:ly)? fail|\bhuman (?:control|override)"
        r"|\boperational technology|\bOT\b",
        "RA-11": r"\bleak|\bretention|\bdeletion|\bdata[- ](?:handling|flow|risk)|\bleakage",
        "LR-9": r"\bmethod|\brisk class|\bindependence\b|\bconclusion\b",
        "MG-8": r"\bdata class|\bproviders?\b|\bautonomy|\bpurpose|\bsystems?\b",
    }.items()
}
# The decision domains: an audit for hiring says nothing about credit.
DOMAINS = {
    "credit": r"\bcredit|\bloans?\b|\blending|\bmortgage|\bborrow|\bfinanc|\bbank",
    "employment": r"\bemploy|\bhiring|\brecruit|\bcandidates?\b|\bjob\b|\bworkforce|\bapplicants?\b|\bstaff",
    "health": r"\bhealth|\bmedic|\bclinic|\bpatient|\bdiagnos|\btriage|\bcare\b",
    "education": r"\beducat|\bstudent|\bpupil|\badmission|\bexam|\bschool|\buniversit|\blearn",
    "insurance": r"\binsur|\bclaims?\b|\bunderwrit|\bpolicyholder|\bpremium",
    "housing": r"\bhous|\btenan|\brent|\blease",
    "essential services": r"\bessential|\butilit|\bbenefits?\b|\bwelfare|\bpublic service|\benergy|\bwater",
    "justice": r"\bjustice|\bcourt|\bsentenc|\bpolic(?:e|ing)\b|\blaw enforcement|\bmigration|\basylum",
}
# Seen or not: for these, silence is not vouched for by anybody, unless the paper is a vendor's own that was validated.
MUST_BE_SEEN = frozenset(
    {"AT-1", "AT-2", "AT-3", "AT-4", "AT-6", "AT-9", "BF-3", "BF-4", "BF-5", "BF-6", "BF-7", "RA-11"}
    | {"SX-EU-3", "SX-DO-2", "SX-CI-1"}
)
# Words by which a paper says that it leaves part of the requirement open.
FALLS_SHORT = {
    "AT-6": re.compile(
        r"\b(?:agents?|tools?)\b[^.;\n]{0,40}\b(?:disabled|switched off|turned off)\b|\bchat(?: interface)? only\b",
        re.I,
    ),
    "BF-5": re.compile(
        r"\b(?:propos(?:es|ed|al)|suggest(?:s|ed)|recommend(?:s|ed)|intends?|plans?"
        r"|planned)\b[^.;\n]{0,60}\b(?:re-?weigh|re-?train"
        r"|mitigat|re-?measur|re-?test)\w*(?![^\n]{0,300}\b(?:re-?measured|after (?:mitigation|re-?\w+)|now)\b)"
        r"|\b(?:nothing|none of (?:this|these|it|them))\b[^.;\n]{0,40}\b(?:implemented|done|carried out|applied"
        r"|in place)\b",
        re.I,
    ),
    "BF-7": re.compile(
        r"\b(?:in total|in aggregate|in the aggregate|aggregate(?:d)?|overall|totals?|as a whole|global(?:ly)?"
        r"|population-level)"
        r"(?: (?:level|figures|numbers|results|values|basis))?,? only\b"
        r"|\bonly (?:\w+ )?(?:in total|in (?:the )?aggregate|aggregate|overall|totals?|globally|as a whole"
        r"|for the whole)\b",
        re.I,
    ),
    "AT-7": re.compile(
        r"\bonly (?:the )?(?:critical|high)\b|\b(?:critical|high)(?: and (?:critical"
        r"|high))?(?:[- ]severity)? findings? only\b",
        re.I,
    ),
}
