"""The phrases that tell what a reply means, in English, German and Hungarian.

A blank stands for any blank or line break. `NAME` stands for the name of a company or a product.
"""

from __future__ import annotations

from collections.abc import Mapping

DAY = (
    r"(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|montag|dienstag|mittwoch|donnerstag"
    r"|freitag|morgen)"
)
MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
TALK = r"(?:call|chat|talk|speak|meet|meeting|demo|zoom|conversation|appointment)"

PHRASES: Mapping[str, tuple[str, ...]] = {
    "unsubscribe": (
        r"unsubscribe (?:me|us|this)",
        r"(?:take|remove|delete) (?:me|us|my (?:e-?mail|address|name|details)(?: address)?"
        r"|this (?:e-?mail )?address) (?:off|from)",
        r"(?:remove me|take me off)",
        r"(?:delete|erase) (?:all )?(?:of )?my (?:personal )?(?:data|details|information|address)",
        r"(?:stop|quit) (?:e-?mailing|mailing|writing|contacting|sending|spamming|messaging|bothering)",
        r"(?:do not|don't|never) (?:ever )?(?:e-?mail|contact|write to|write|message|spam) (?:me"
        r"|us)\b(?!(?: again)? (?:until|till|before))",
        r"(?:do not|don't|never) send (?:me |us )?(?:any ?more|any|further|these|such|more)",
        r"no (?:more|further) (?:e-?)?mails?",
        r"(?:how (?:do|can) i|i (?:want|wish|would like|'d like)(?: to)?|like to|let me"
        r"|want to) (?:unsubscribe|opt out|be removed)",
        r"opt me out",
        r"(?:nehmen|streichen|entfernen|löschen) sie (?:mich|uns|meine (?:e-?mail-?)?adresse|meine daten)",
        r"keine (?:weiteren |mehr )?(?:e-?)?mails? mehr",
        r"keine weiteren (?:e-?mails?|nachrichten|zusendungen)",
        r"(?:möchte|will) (?:mich )?(?:abmelden|nichts mehr|keine)",
        r"(?:melden|tragen) sie mich .{0,20}(?:ab|aus)\b",
        r"(?:ne|többet ne) (?:írjanak|írjon|küldjenek|küldjön)",
        r"(?:töröljenek|töröljön|vegyenek le|iratkozzanak le|leiratkoz)",
    ),
    "wrong_person": (
        r"not the (?:right|correct|best) (?:person|contact)",
        r"(?:the )?wrong (?:person|contact)",
        r"no longer (?:with (?!you\b)|work(?:s|ing)? (?:at|for|in|here|there)|employed (?:at|by|here))",
        r"(?:don't|do not|doesn't|does not|not) work(?:ing)? (?:at|for|here|there)(?! you)",
        r"(?:has|have|she's|he's) left the (?:company|organi[sz]ation|firm|business)",
        r"not (?:in charge|responsible)",
        r"(?:please |you should |better )(?:contact|reach out to|speak to|speak with|write to|ask"
        r"|talk to) my colleague",
        r"(?:nicht|falsche[rn]?) (?:der|die)? ?(?:richtige|ansprechpartner)",
        r"(?:nicht|nicht mehr) zuständig",
        r"nicht mehr (?:bei (?:der|uns)|im unternehmen|in der firma)",
        r"nem (?:én foglalkozom|vagyok illetékes|hozzám tartozik)",
        r"már nem dolgoz",
    ),
    "already_bought": (
        r"(?:signed(?: a contract| up)?|went|gone|going|decided to go) with (?!you\b)(?:NAME|another"
        r"|a different|someone else|one of your competitors)",
        r"(?:bought|purchased) (?:it |one |ours |a system |a solution "
        r"|the software )?from (?!you\b)(?:NAME|another|a different|someone else|a competitor)",
        r"(?:already|just|recently) (?:bought|purchased|chose|chosen|selected|signed|implemented|introduced)",
        r"already (?:have|got|use|using) (?:a (?:solution|system|tool|supplier|vendor|provider|contract"
        r"|partner)|something|one in place|NAME)",
        r"(?:chose|chosen|picked|selected|decided (?:on|for)) (?:another|a different|NAME)",
        r"(?:use|using) NAME.{0,40}(?:contract|until|till|very happy|are happy|satisfied)",
        r"(?:under|in a|have a|has a) (?:\w+ )?contract with (?!you\b)",
        r"bereits (?:einen anbieter|eine lösung|ein system|gekauft|im einsatz|versorgt)",
        r"(?:haben uns )?(?:bereits )?für (?:NAME|einen anderen anbieter|eine andere lösung) entschieden",
        r"anderweitig entschieden",
        r"már (?:vettünk|vásároltunk|van (?:ilyen|megoldásunk|szállítónk)|szerződtünk|másik)",
        r"mást választottunk",
    ),
    "not_interested": (
        r"not (?:really |at all |currently |actually |very |longer )?interested",
        r"(?:no longer|aren't|isn't) interested",
        r"no interest",
        r"no,? thanks?(?: you)?",
        r"not (?:a (?:good )?fit|relevant|needed|of interest|something we need|for us)",
        r"(?:do not|don't|have no) need (?:this|it|any|for|your|such)",
        r"(?:we'll|we will|i'll|i will|going to) pass\b",
        r"kein(?:en|erlei)? (?:interesse|bedarf)",
        r"nicht interessiert",
        r"nein,? danke",
        r"nem érdekel",
        r"nincs (?:rá )?(?:szükség|igény)",
        r"köszön(?:jük|öm),? (?:de )?nem\b",
    ),
    "not_now": (
        r"not (?:interested |looking |buying |planned )?(?:right now|now|at (?:this|the) (?:moment|time"
        r"|point|stage)|at present|currently|yet|this (?:month|quarter|year))",
        r"(?:bad|not a good|not the (?:right|best)|wrong) (?:time|timing|moment)",
        r"timing (?:is not|isn't|is) (?:right|great|good|bad|off)",
        r"(?:reach out|check in|check back|get back|circle back|follow up|come back|touch base|contact me"
        r"|contact us|write|ping me|try)"
        r"(?: to (?:me|us)| with (?:me|us)| (?:me|us))?(?: again)? (?:in|after|later|next (?:month"
        r"|quarter|year)|around|then)",
        r"(?:maybe|perhaps) (?:later|next (?:month|quarter|year)|in (?:a|the|q[1-4]|\d))",
        r"later (?:this|in the) year",
        r"(?:no|don't have (?:the |any )?) ?budget",
        r"budget (?:is )?(?:frozen|spent|used up)",
        r"(?:too busy|swamped|up to my ears)",
        r"(?:do not|don't) (?:contact|write|e-?mail|call) (?:to )?(?:me|us)?(?: again)? ?(?:until|till"
        r"|before)",
        r"(?:momentan|derzeit|aktuell|zurzeit|im moment|gerade) (?:leider )?(?:kein|nicht)",
        r"(?:nächstes jahr|nächstes quartal|später) (?:wieder|noch einmal|nochmal)",
        r"(?:jelenleg|most|egyelőre|idén) (?:sajnos )?(?:nem|nincs)",
        r"(?:később|jövőre) (?:keress|térjünk|visszatér)",
    ),
    "meeting": (
        rf"(?:let's|let us|can we|could we|shall we|we (?:could|can|should)|happy to|glad to|love to"
        rf"|like to|want to|open to)"
        rf" (?:(?:have|schedule|set up|book|arrange|jump on|hop on|do|organi[sz]e|see|get on) )?(?:(?:a"
        rf"|an|the|another) )?(?:(?:quick|short|brief|first) )?{TALK}\b",
        rf"(?:schedule|book|arrange|set up|organi[sz]e|plan) (?:(?:a|an|some|the) )?(?:(?:quick|short"
        rf"|brief|first) )?(?:{TALK}|time|slot)",
        r"(?:call me|give (?:me|us) a (?:call|ring)|phone me|ring me)",
        rf"(?:i am|i'm|we are|we're|are you|would be) (?:free|available) (?:on |at |for |this |next |{DAY})",
        r"send (?:me |us |over )?(?:a |an |your |the )?(?:calendar )?(?:invite|invitation|calendly)",
        r"what times? (?:work|suit|would)",
        rf"(?:does|would|how about|what about) {DAY}",
        rf"{DAY} (?:(?:at \d\S{{0,7}} ?(?:am|pm)?|morning|afternoon) )?(?:works|suits|is (?:fine|good)"
        rf"|would work|passt)",
        r"(?:works|suits) (?:for )?(?:me|us)",
        r"termin (?:vereinbaren|ausmachen|machen|finden)",
        r"rufen sie (?:mich|uns)",
        r"(?:telefonieren|treffen) (?:wir|können)|(?:gerne|können wir) (?:telefonieren|treffen|sprechen)",
        r"hívj(?:on|anak|atok|ál) (?:fel|vissza)|(?:beszéljünk|találkozzunk|egyeztessünk)|időpontot",
    ),
    "interested": (
        r"(?:i'm|i am|we're|we are|would be|might be|very|definitely|quite|yes,?|still) interested",
        r"interested in",
        r"(?:sounds?|looks?) (?:very |really |quite )?(?:good|great|interesting|promising|useful)",
        r"tell (?:me|us) more",
        r"(?:send|share)(?: (?:me|us|over))? (?:(?:more|further|some|the|your|a|an"
        r"|additional) ?){0,2}(?:info|information|details|brochure|pricing|prices|quote|proposal|offer"
        r"|material)",
        r"(?:would like|'d like|want|keen|would love|'d love) to (?:know|learn|hear|see|try|test|buy"
        r"|order|evaluate)",
        r"(?:habe|haben|hätte|hätten|großes) (?:großes |durchaus |grundsätzlich )?interesse",
        r"klingt (?:sehr |wirklich )?(?:gut|interessant|spannend)",
        r"mehr (?:infos?|informationen|details)",
        r"(?:schicken|senden) sie (?:mir|uns) .{0,30}(?:angebot|unterlagen|infos?|informationen|preise)",
        r"érdekel|érdeklődnénk|érdekes(?:nek)? (?:hangzik|tűnik)",
        r"(?:bővebb|több) (?:információ|tájékoztatás)|ajánlatot",
    ),
}
"""Phrases by the intent they tell."""

WHOLE_LINES: Mapping[str, tuple[str, ...]] = {
    "unsubscribe": (
        r"(?:please )?(?:unsubscribe|stop|remove|opt[ -]?out|abmelden|abbestellen|leiratkozás"
        r"|leiratkozom)(?: please| bitte)?",
    ),
    "not_interested": (r"(?:no|nope|nein|nem)(?: thanks?| thank you| danke| köszönöm)?",),
    "interested": (r"(?:yes|yes please|sure|ja|ja gerne|gerne|igen)",),
}
"""What tells an intent only where it is all that stands in a line."""

QUESTIONS = (
    r"\b(?:how|what|which|when|where|does|do you|can you|could you|can it|is it|is there|are there|price"
    r"|pricing|cost)\b",
    r"\b(?:wie|was|welche\w*|wann|wo|können sie|kann man|gibt es|haben sie|kosten|preis)\b",
    r"\b(?:hogyan|mennyi\w*|milyen|mikor|hol|tudnak|van-e|lehet|ára)\b",
)
"""What makes a sentence with a question mark a question about the matter."""

NOT_QUESTIONS = (
    r"\b(?:who are you|how did you (?:get|find)|where did you (?:get|find)|woher haben sie|honnan (?:van"
    r"|szerezt))"
)

NEGATION = (
    r"\b(?:not|no|never|cannot|can't|won't|don't|doesn't|didn't|isn't|aren't|haven't|hasn't|wouldn't"
    r"|without|nor|if|unless|when"
    r"|nicht|nie|kein\w*|wenn|falls|ohne|nem|nincs\w*|sem|ha)\b"
)
"""What takes the meaning from a phrase that follows it in the same clause."""

BUYING = (
    r"\b(?:buy|buying|purchase|purchasing|order|decide|decision|implement|roll(?:ing)? out|go live"
    r"|going live|introduce"
    r"|switch|start(?:ing)? (?:with|using|the project)|replace|invest|procure|budget (?:is"
    r"|will be) (?:available|approved)"
    r"|need (?:it|this|a (?:solution|system|tool)))\b"
)
"""What makes a time that is stated in the same sentence the time of purchase."""

TIMES = (
    r"\b(?:(?:this|next) (?:week|month|quarter|year)"
    r"|(?:in|within)(?: the next)? (?:\d{1,3}|an?|one|two|three|four|five|six|nine|twelve) (?:day|week"
    r"|month|year)s?"
    r"|(?:in |by )?q[1-4](?: 20\d\d)?"
    r"|(?:by |at |before )?(?:the )?end of (?:the |this )?(?:month|quarter|year)"
    r"|(?:by |at |before )(?:the )?end of MONTH(?: 20\d\d)?"
    r"|(?:in|by|before) MONTH(?: 20\d\d)?"
    r"|20\d\d-\d\d-\d\d|as soon as possible|asap|immediately|right away|now)\b"
).replace("MONTH", MONTH)
