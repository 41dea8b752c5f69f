"""What people say in English replies: refusals and whole answers; the rest is in `english_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.english_wishes import WISHES

LATER = (
    "(in|after|later|next|around|then|towards|early|mid|when|once|come|at the (end|beginning|start)|q1"
    "|q2|q3|q4"
    "|january|february|march|april|may|june|july|august|september|october|november|december|new year)"
)

ENGLISH = Tongue(
    code="en",
    phrases={
        **WISHES,
        "unsubscribe": (
            "(get|take|want) (my|our) (name|e-mail|address|details) (off|removed|deleted)",
            "(off|from) (your|this|the) (mailing|e-mail|distribution|contact)? (list|lists|database)",
            "(exclude|block) (me|us|my address) from",
            "unsubscribe (me|us|this|my|from|immediately|please|asap|now)",
            "please unsubscribe",
            "(take|remove|delete|drop|strike) (me|us|my (e-mail|mail|address|name|details|contact"
            "|contacts|info)"
            "|(this|our) (e-mail|mail|address)) (address|details|information|and my name)? (off|from)",
            "(remove me|take me off|take us off|remove us|cross me off|get me off|opt me out|unlist me)",
            "(remove|delete|erase) (this|my|our) (e-mail|mail|address|contact) (address)? $",
            "(delete|erase|remove|deletion of|erasure of|removal of) (all)? (of)? (my|our) ~2 (data"
            "|details|information"
            "|records)",
            "(delete|erase|remove) all (the)? (data|details|information|records) (about|on|of"
            "|concerning) (me|us)",
            "(stop|quit|cease) (e-mailing|mailing|writing|contacting|spamming|messaging|bothering"
            "|pestering|harassing)",
            "(stop|quit|cease) (sending|with) (me|us|these|those|this|your|any|all)? (e-mails|mails"
            "|spam|messages"
            "|newsletters|stuff|crap|this|these|mail|e-mail)",
            "(do not|don't|never) (ever)? (e-mail|contact|write to|write|message|spam|mail|bother) (me"
            "|us|this address)",
            "(do not|don't|never) (ever)? send (me|us)? (any more|any|further|these|such|more|anything|this)",
            "(do not|don't) (want|wish) to (receive|get|be contacted|hear from you|be on|be e-mailed|be"
            " bothered)",
            "(would|d) (prefer|rather) not (to)? (receive|get|be contacted|be e-mailed)",
            "rather not be contacted",
            "no (more|further) (e-mails|mails|mail|e-mail|messages|contact|communication|correspondence)",
            "(want|wish|like|let me|how do i|how can i|can i|i'd) (to)? (unsubscribe|opt-out|be removed"
            "|be taken off)",
            "(my|our) (consent|permission) is (hereby)? (withdrawn|revoked)",
            "(withdraw|revoke) (my|our) (consent|permission)",
            "(object|objection) to (the)? (processing|use) of my",
            "(right to|right of) (erasure|be forgotten|object)",
            "(cease and desist|lawyer will|my lawyers|my solicitor|our legal (team|department)|take"
            " legal action)",
            "(lose|delete|forget) my (e-mail|mail|address|number|details|contact)",
        ),
        "angry": (
            "(you have|what|have) (some|a lot of) nerve",
            "(fuck|wtf|bullshit|crap|asshole|assholes|bastards)",
            "how dare you",
            "(this|that|it|your (e-mail|mail|message|e-mails)) (is|are) ~1 (spam|harassment|unsolicited"
            "|illegal"
            "|unacceptable|outrageous|a disgrace|disgraceful|a nuisance|garbage|rubbish|bullshit|crap"
            "|disgusting)",
            "(report|reporting|reported|mark|marking|marked|flagged|flagging|flag|block|blocking) (you"
            "|this|your"
            "|it|your (domain|e-mail|company)) (domain|e-mail|company|mail|mails)? (as spam|as junk|for"
            " spam|to)",
            "(reporting|report|reported|blocking) (you|your (company|domain))",
            "(you|you're|you are) (a|all|such|nothing but|just|people are)? (a)? (spammer|spammers"
            "|idiot|idiots|moron|"
            "morons|pathetic|scum|scammer|scammers|clowns|a disgrace|a joke|parasites|liar|liars)",
            "(shame on you|piss off|fuck off|fuck you|go to hell|get lost|bugger off|sod off|screw you"
            "|drop dead"
            "|leave me alone|leave us alone|get a life|shut up)",
            "(bloody|fucking|damn|stupid|idiotic|goddamn) (spam|e-mail|e-mails|mail|mails|spammers"
            "|nonsense|sales)",
            "(what a|load of|pile of|piece of|utter|total|complete) (load|bunch)? (of)? (rubbish"
            "|garbage|crap|nonsense"
            "|bullshit|joke|shit|disgrace)",
            "(are you kidding|are you serious|are you insane|you must be joking|have you no shame)",
            "(sick|tired|sick and tired|fed up) (of|with) (your|these|this|you|getting|receiving|being)",
            "(stop|quit) (wasting|spamming|harassing) (my|our|me|people) (time)?",
            "(waste|wasting) of (my|everyone's|our) time",
            "what part of no",
            "(you|this) (people)? (should be|ought to be) ashamed",
            "(harassing|harassment|stalking me|unsolicited (spam|garbage|junk))",
            "(file|filing|make|lodge) a complaint",
        ),
        "wrong_person": (
            "(moved|changed) (into|to) (a)? (different|another|new) (role|position|department|job|team)",
            "(best|right) person ~2 (is|now|would)",
            "(nothing|not anything) to do with (this|that|it|purchasing|maintenance)",
            "(not|wasn't|isn't|never) the (right|correct|best|appropriate|proper) (person|contact|one"
            "|guy|address|team"
            "|department|point of contact|recipient)",
            "(wrong|incorrect) (person|contact|address|guy|department|company|recipient|team)",
            "no longer (with (acme|us|the|this|our)|work|works|working|employed|at|part of|in charge"
            "|responsible"
            "|handle|handles|in this (role|position)|the right)",
            "(don't|doesn't|do not|does not|didn't|not) work (here|there|at|for|in) (any more|anymore"
            "|this|that|the)?",
            "(has|have|she's|he's|i've|they've) (since|now|recently)? left (the|our|this|us|acme|my)?"
            " (company|firm"
            "|organi*|business|team|us|role|position)",
            "(i|he|she) left (the company|the firm|in|last|acme|my job|that job|this job)",
            "(not|isn't) (in charge|responsible|involved|my (area|department|responsibility|field|remit"
            "|job|call|decision))",
            "(don't|do not|doesn't|does not) (handle|deal with|manage|look after|decide on|make"
            " decisions|make these"
            "|make this|make that|take care|have anything to do|do purchasing)",
            "(you'd be|you would be|you're|it's|be) better off (talking|speaking|contacting|asking"
            "|writing|emailing)",
            "(right|best|correct|appropriate) (person|contact) (to|for|is|would|here|in)",
            "(handed over|passed on) (my|this) (role|responsibilit*|duties)",
            "(i'm|i am|i have) (retired|now retired|moved to (another|a different)|changed (jobs|roles"
            "|companies))",
        ),
        "elsewhere": (
            "(passed|passing|forwarded|forwarding|sent|sending|handed) (your|this|the) (message|e-mail"
            "|mail|note|request|enquiry|inquiry|offer) ~2 (to|on to)",
            "(contact|reach out to|speak to|speak with|talk to|talk with|write to|get in touch with"
            "|contacting|talking to) <name>",
            "(contact|reach out to|speak to|speak with|talk to|talk with|write to|ask|e-mail|get in"
            " touch with|try"
            "|address this to|direct this to|send this to|approach) (my|our|the|his|her) ~3 (colleague"
            "|boss|manager"
            "|director|head|department|team|office|purchasing|procurement|cto|ceo|cfo|coo|lead"
            "|assistant|it|supervisor)",
            "(handles|handle|is responsible for|is in charge of|takes care of|looks after|deals with|is"
            " the one|manages"
            "|oversees|is your (man|best bet|contact|person)|would be the (right|best)|is the (right"
            "|best|person)) ~2"
            " (this|that|these|it|such|person|contact|all|our|maintenance|purchasing|procurement|who|to"
            " talk|to speak)",
            "(cc'd|ccd|cc-ed|copied|looped|cc'ing|copying|looping|adding|added|cced) (her|him|them|in"
            "|my|our|on|the)?",
            "(forwarded|forwarding|passed|passing|forward) (this|your|it|on) ~2 (to (my|our|the|her|him"
            "|them))",
            "(please|kindly|you should|you can|better|just|instead|then|would|could you|best to|suggest"
            " you|should|to)"
            " (contact|e-mail|write to|reach out to|speak to|speak with|talk to|get in touch with)"
            " (with|to)? (instead"
            "|directly)",
        ),
        "already_bought": (
            "(a|an) <name> (customer|user|shop|house)",
            "(no|see no|have no) (reason|need|plans|intention) to (change|switch|move|replace)",
            "(signed|signed up|signed a contract|went|gone|going|decided to go|gone ahead|moving"
            " forward|in bed|partnered"
            "|committed) with (another|a different|someone else|one of your|a competitor|your"
            " competitor|other)",
            "(signed|signed up|signed a contract|signed a deal|went|gone|going|decided to go|go"
            "|partnered|committed)"
            " with <name>",
            "signed (a|an|our) ~3 (deal|contract|agreement|license|licence) with",
            "(bought|purchased|ordered) (it|one|ours|a system|a solution|the software|something)? from"
            " (another|a"
            " different|someone else|a competitor)",
            "(bought|purchased|ordered) (it|one|ours|a system|a solution|the software)? from <name>",
            "(already|just|recently) (bought|purchased|chose|chosen|selected|signed|implemented"
            "|introduced|invested"
            "|rolled out|migrated|switched|renewed|committed|picked|went with)",
            "already (have|got|use|using|work with|working with|run|running|covered|employ) (a|an|our"
            "|one|something"
            "|another|such|this|that|someone|people|solution|in place|own)",
            "(already|currently) (use|using|work with|working with|run|running|on|have|with) <name>",
            "(are|we're|i'm|am|is) already (covered|sorted|set|served|equipped|provided for|taken care of)",
            "already (covered|sorted|set up|equipped) $",
            "(have|got|has) (a|an|our|this) ~2 (solution|system|tool|supplier|vendor|provider|partner)"
            " ~2 (already"
            "|in place)",
            "(happy|satisfied|pleased|content) with (our|the|my|it|what|them) (current|existing|present|we)?",
            "(chose|chosen|picked|selected|opted for|decided on|decided for|settled on|went for|awarded"
            " it to) (another|a"
            " different|someone else|a competitor)",
            "(chose|chosen|picked|selected|opted for|decided on|decided for|settled on) <name>",
            "(use|using|with) <name> ~5 (contract|until|till|very happy|happy|satisfied|through|works"
            " (well|fine))",
            "(under|in a|have a|has a|locked into a|bound by a|tied into a|got a) ~2 (contract"
            "|agreement|deal) (with"
            "|until|till|through|for)",
            "contract with ~3 (runs|ends|expires|until|till|through|is up|renews)",
            "(built|developed|made|wrote|building|developing|have) (our|it|one|a system|something)?"
            " (own)? ~2 (in-house"
            "|internally|ourselves)",
            "(have|use|using) (our|an) (own|in-house|internal) ~1 (system|solution|tool|software)",
        ),
        "no_budget": (
            "(pulled|cut|frozen|cancelled|stopped|slashed|paused) (all)? ~1 (spend|spending|budgets"
            "|investment|investments|projects|budget)",
            "(spend|spending|purchases|investments|projects) (has|have|is|are) ~2 (stopped|frozen|cut"
            "|blocked|halted|banned)",
            "(can't|cannot|couldn't) ~1 make it work",
            "at (that|this|your) (price|price point|cost)",
            "(money|cash|funds) (is|are) ~1 (tight|short|scarce)",
            "(no|don't have|do not have|haven't got|lack|without|have not|doesn't have|not have"
            "|haven't) (the|any|a|much"
            "|enough|sufficient|spare|more)? (budget|budgets|money|funds|funding|cash)",
            "(no|don't have|any) (money|funds|funding|budget) (left|available|for|allocated|set aside)",
            "budget (is|has been|was|is currently|has already been|got) ~1 (frozen|spent|used up"
            "|exhausted|cut|tight"
            "|gone|allocated|committed|limited|slashed)",
            "budget (freeze|cuts|constraints|restrictions|for this year is)",
            "(spending|hiring and spending|investment|cost) freeze",
            "(out of|beyond|over|outside|exceeds) (our|my|the) (budget|price range|means)",
            "(can't|cannot|can not|couldn't|unable to|not able to|can hardly|could never) (really"
            "|currently|simply"
            "|possibly)? (afford|justify (the|this|that) (cost|expense|price|spend))",
            "(too|way too|far too|much too|bit too|quite|very|rather) (expensive|pricey|costly|steep)",
            "(price|cost) is (too|way too|far too|just too) (high|much|steep)",
            "not (in (the|our|this) budget|budgeted|within (our|the) budget)",
            "(budget|money) (isn't|is not|not) (there|available|approved)",
            "(cut|cutting|reducing|reduce|slashing) (our)? (costs|spending|budgets|expenses)",
            "run out of (budget|money)",
        ),
        "not_now": (
            "(nudge|remind|prod|poke|chase|try|poke) (me|us) (again)? (in|after|later|next|around|mid"
            "|early|when|once)",
            "(won't|will not|not going to|unlikely to) be ~4 (before|until|till)",
            "(nothing|anything) will ~2 (before|until|till)",
            "drop (me|us) (a note|a line|an e-mail) (in|after|later|next|around|mid|early|again|when|once)",
            "(when|once|until) things (calm|quiet|settle|slow)",
            "(in|for) (a few|a couple of|several) (weeks|months)",
            "not (interested|looking|buying|planned|planning|relevant|a priority|ready|possible|on the"
            " market)? (right"
            " now|now|at (this|the|present) (moment|time|point|stage)|at present|currently|yet|just yet"
            "|for now|this"
            " (month|quarter|year|time|week)|today)",
            "(bad|not a good|not the right|not the best|wrong|terrible) (time|timing|moment)",
            "timing (is not|isn't|is|just isn't) ~1 (right|great|good|bad|off|ideal|poor|wrong)",
            "(isn't|not|hardly|no) (really|currently|exactly)? (a|our|on my|on our|the)? (top|big|high"
            "|first)?"
            " (priority|priorities|on the agenda|on the radar|on our radar|agenda|topic) (for us|for"
            " me)? (right now|now"
            "|at (the|this) (moment|time)|at present|currently|this|until|these days|for|$)",
            "(reach out|check in|check back|get back|circle back|follow up|come back|touch base|contact"
            " me|contact us"
            "|write|ping me|ping us|try|e-mail me|drop me a line|be in touch|get in touch|touch base"
            "|ask|call|speak|talk"
            f"|reconnect|try me) (to (me|us|this)|with (me|us)|me|us|on this)? (again|back)? {LATER}",
            "(contact|ping|try|e-mail|call|remind|ask|approach|catch) (me|us) (again|back)? (in|after"
            "|later|next|around"
            "|then|towards|early|mid|when|once)",
            "(maybe|perhaps|possibly) (again)? (later|next (month|quarter|year|spring|summer|autumn"
            "|fall|winter)|in (a|the"
            "|q1|q2|q3|q4|six|few|january|february|march|april|may|june|july|august|september|october"
            "|november"
            "|december))",
            "(revisit|re-visit|reconsider|look at|discuss|pick up|pick this up|re-evaluate|resume"
            "|return to|come back to)"
            f" (this|it|that|the topic|the subject)? (again)? {LATER}",
            "later (this|in the) year",
            "(too busy|swamped|up to my (ears|neck)|snowed under|too much (on|going on)|no capacity|no"
            " time (for|right now"
            "|at the moment|now)|hands full|hands are full|flat out|don't have (the)? (time|capacity"
            "|bandwidth))",
            "(do not|don't) (contact|write|e-mail|call|bother) (to)? (me|us)? (again)? (until|till|before)",
            "(in the middle of|tied up with|busy with|focused on|focusing on|concentrating on) (a|an"
            "|our|the|other|moving"
            "|another)",
            "(on hold|postponed|put off|shelved|pushed back|parked|on the back burner|deferred)",
            "(not|nothing) (before|until|till) (q1|q2|q3|q4|next|the|january|february|march|april|may"
            "|june|july|august"
            "|september|october|november|december|autumn|fall|spring|summer|winter|later|after)",
            "(too early|too soon) (for us|for that|to)?",
            "(love|happy|glad|like) to (talk|discuss|reconnect|look|revisit) (about)? (this|it)?"
            " (again)? (later|after|once)",
            "down the (road|line|track)",
        ),
        "not_interested": (
            "leave it (there|at that)",
            "(manage|managing|do|doing|get by|cope) (fine|well|perfectly|just fine|quite well|okay)"
            " (with|without|as)",
            "(stick|sticking|stay|staying) with (what we have|our current|the current|our existing|what"
            " we've got)",
            "(happy|fine) (as we are|the way we are|without)",
            "(no|don't have any|have no) (plans|intention|desire) (to|for|of)",
            "not (on our|on my|part of our) (radar|roadmap|plans)",
            "not (something|anything) (we|i|that)",
            "not (really|at all|currently|actually|very|longer|particularly|remotely|in the least|the"
            " least bit)?"
            " (interested|keen)",
            "(no longer|aren't|isn't|neither) (really)? interested",
            "(no|zero|never any|any|little) (interest|desire) (in|at|whatsoever|here|$|from)",
            "^ (no|nah|nope) (thanks|thank you|thx|ta|cheers|interest)",
            "(but|so|sorry) (no|nope) (thanks|thank you|thx)",
            "(but no thanks|but no thank you|no thanks|no thank you)",
            "(not|isn't|aren't|n't) (quite|really)? (a|of|the right|something|anything|for|what) (good"
            "|great)? (fit|match"
            "|interest|we need|we're looking|we are looking|that we|us|me|we want)",
            "(not|isn't) (really)? (relevant|needed|applicable|required|necessary|suitable|useful) (for"
            "|to|$|here|in our)",
            "(do not|don't|have no|see no|no) (really|actually|currently)? (need|require|want|use|call)"
            " (this|it|any|for"
            "|your|such|another|a|that)",
            "(do not|don't) (wish|want|intend|plan|care) to (pursue|proceed|continue|go (any)? further"
            "|take this|buy|move"
            " forward|discuss)",
            "(we'll|we will|i'll|i will|going to|have to|gonna|let me|decided to) (have to)? (pass|decline)",
            "(pass on this|hard pass|politely decline|respectfully decline)",
            "(decided|choose|chose|opted) (against|not to)",
            "not (for us|for me|our thing|my thing|going to happen|gonna happen|moving forward|looking for)",
            "(won't|will not) be (needing|moving forward|pursuing|proceeding|taking|buying)",
        ),
    },
    whole={
        "unsubscribe": (
            "(unsubscribe|stop|remove|opt-out|opt me out|remove me|no more|delete me|unsubscribe me"
            "|unsubscribe all|stop it|stop this|take me off|end|quit|cancel)",
        ),
        "not_interested": (
            "(no|nope|nah|no interest|not interested|pass|not for us|no need|not needed|no way|decline"
            "|declined)",
        ),
        "interested": (
            "(yes|yes please|sure|interested|absolutely|of course|ok|okay|yep|definitely|go ahead|i'm in)",
        ),
        "not_now": ("(not now|not yet|later|maybe later|not today|not this year|next year|some other time)",),
        "no_budget": ("(no budget|no money|too expensive|too pricey|no funds|budget frozen)",),
        "wrong_person": ("(wrong person|wrong address|wrong number|not me|wrong department|wrong contact)",),
        "question": ("(price|pricing|cost|how much|costs|prices|the price|and the price|what does it cost)",),
        "meeting": ("(call me|let's talk|let's meet|call me please|please call|let's chat|call|phone me)",),
        "angry": (
            "(spam|spammer|get lost|fuck off|piss off|go away|idiots|scam|scammer|shame on you|bullshit)",
        ),
        "already_bought": (
            "(already have one|already covered|all set|we're all set|we are all set|already got one)",
        ),
    },
    not_before="not,no,never,cannot,can't,won't,don't,doesn't,didn't,isn't,aren't,wasn't,haven't,hasn't,wouldn't,without"
    ",nor,neither,hardly,unlikely,nobody,rather than,instead of,couldn't,shouldn't,refuse",
    only_if="if,unless,when,in case,whenever,whoever,once,would be if",
)
