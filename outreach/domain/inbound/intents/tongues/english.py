"""What people say in English replies: refusals and whole answers; the rest is in `english_stops` and `_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.english_stops import STOPS
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
        **STOPS,
        "wrong_person": (
            "(haven't|have not|not) been (with|at) ~3 (company|firm|since|for)",
            "(no idea|not sure|don't know|unsure|unclear) why (this|you|i|it|your) ~3 (to me|me"
            "|contact*|sent|address*)",
            "(moved|transferred|switched|gone) (on)? (to|into) (a|another|my) (different|new"
            "|another|other)? ~1 (role|position|department|job|team|company)",
            "(i|i've|i have|i'm) (recently|now|already|since)? retired",
            "(my|his|her) (successor|replacement (is|will))",
            "(nothing|not anything|not something) (i|we) (can|could|get to) (decide|influence"
            "|approve|sign off)",
            "(above my pay grade|out of my hands|outside my (remit|area|responsibility)|not (mine"
            "|my place) to (decide|say))",
            "(has|have) taken over (from me|my (role|job|position|duties))",
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
            "(don't|doesn't|do not|does not|didn't|not) work (here|there|at|(for|in) (them|us"
            "|(this|that|the) (company|firm|department|team|role|business)))",
            "(don't|doesn't|do not|does not) work for <name>",
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
            "(one|question|matter|topic|decision|job) for <name>",
            "(suggest|recommend|advise|try) (you)? (contacting|contact|reaching out to|asking|ask"
            "|writing to|e-mailing|approaching|(speaking|talking|speak|talk) to (our|my|the))",
            "(should go|needs to go|best sent|best directed|best addressed) (with|to) (our|the|my)",
            "(question|one|matter|decision|topic|something|conversation) for (our|the|my) ~4 "
            "(team|department|head of ~2|manager|director|it|hr|boss|ceo|cto|purchasing"
            "|procurement|maintenance|colleague*|headquarters|guys)",
            "(handled|decided|dealt with|made|managed|controlled|done|purchased|organi*|taken"
            "|centralised|centralized) (by|at|centrally|in|from|through) ~3 (parent*|headquarter*"
            "|hq|head office|group|corporate|holding|central team|globally|mother company)",
            "(you want|you need|you're after|better ask|best ask|best person is|you should ask) <name>",
            "(looks after|has taken over|heads up) ~3 (now|instead|these days|nowadays|from now on)",
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
            "(we've|we have|i've) been with <name>",
            "(sorted|solved|covered) (this|it|that) ~4 (with|through|last|already|in|ago)",
            "(went|gone|go|going) live (with|on) <name>",
            "(we're|we are) (sorted|covered|all set|set|well served|well equipped) (already|by|with|here|$)",
            "(have|use|run|got) <name> (for (that|this|it)|already|in place)",
            "(locked in|tied in|locked into|tied into|committed) ~1 (with|to|until|till|for|at least)",
            "(standardi*|standardised|standardized) on",
            "(existing|current|long-standing|incumbent) (supplier|vendor|provider|partner"
            "|solution|tool|system|set-up|setup)"
            " (does|works|meets|suits) ~2 (job|well|fine|needs|us)",
            "(you're|you are) (just|too|a bit|a little|slightly|a touch) ~1 late",
            "(beat you to it|missed the boat|ship has sailed)",
            "(someone|somebody) else (already)? (does|handles|provides|supplies)",
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
            "(can't|couldn't|cannot|can not|won't) ~1 stretch to",
            "(finance|management|the board|our board|our cfo|the cfo|my boss|head office|accounts"
            "|the bank) (has|have|just)? (said no|won't (approve|release|sign|let)|refused"
            "|rejected|blocked|stopped|vetoed|turned|frozen)",
            "stretch to (that|it|this|anything)",
            "(that kind of|this kind of) (money|budget|cash)",
            "(prohibitive|prohibitively|shoestring|a bit rich|out of our price)",
            "(budget|budgets|funds|money|funding) ~1 (is|are|was|were|has been|have been) ~2 "
            "(frozen|spent|used up|exhausted|cut|tight|gone|allocated|committed|slashed|maxed out"
            "|locked|assigned|blocked)",
            "(beyond|above|out of) our (league|reach|means)",
            "(no|zero|not got|without) (capex|opex|spare cash|headroom)",
            "(can't|cannot|couldn't|won't) ~1 get (it|this|that|the spend|the budget|any budget"
            "|budget) ~1 (approved|funded|signed off|past)",
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
            "bigger fish to fry",
            "(not|nothing|isn't|hardly) ~3 (for|in) the (foreseeable|near future|near term|short "
            "term|coming (weeks|months))",
            "(not|nothing) ~2 (any time soon|anytime soon)",
            "(let's|let us|have to|decided to|better to) (park|shelve|pause|postpone|defer|hold "
            "off|put (this|it) off)",
            "(park|shelve|postpone|defer) (this|it|that) (until|till|for|to)",
            "(hold|holding|held) off (on|until|till|for|$)",
            "(keep|hold|file) (you|your (details|info|card|e-mail)|this|me|us) (on file|in mind"
            "|on record|on (our|my|the) (list|radar)|for (later|the future|future reference))",
            "(in|for) the (new year|future|second half|autumn|fall|spring) (perhaps|maybe|possibly)",
            "(maybe|perhaps|possibly) (some other|another|a different) time",
            "(too early|too soon|premature|early days) (for|to|at|$)",
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
        "when_needed": (
            "(get back to you|come back to you|be in touch|reach out|contact you|let you know"
            "|get in touch|ping you|call you) ~2 (if|when|once|as soon as|should) ~4 (need*"
            "|required|changes|relevant|arises|ready|budget)",
        ),
        "not_interested": (
            "(we'll|we will|i'll|i will|going to|have to|gonna|let me|decided to) (have to)? pass $",
            "all good (here|on our end|thanks)",
            "(won't|doesn't|does not|will not) (apply|fit|add up) $",
            "(no) (interest|use|value|need|benefit) $",
            "(it's|it is|is|be) ~1 no from (us|me)",
            "(holds|has|have) (no|little) (appeal|interest|value) (for|to)",
            "(answer|verdict|response|decision) ~1 (is|remains|was|stays) (still|therefore"
            "|unfortunately|a|simply)? (no|a no|negative)",
            "(don't|can't|cannot|fail to|do not|couldn't|didn't) (really|quite)? see (how (this"
            "|it|that|you) (would|could|can|will)|why (we|i)|the (need|point|value|benefit|fit"
            "|sense|use)|(a|any|much) (need|use|value|fit|benefit|point)|us (using|needing)"
            "|ourselves)",
            "not (our|my|really our|really my|quite our) (cup of tea|bag|area|thing|kind of thing"
            "|field|line of business|sort of thing)",
            "(have to|must|will|afraid|i'd|we'd) ~1 (say no|decline|turn (this|it|you|your)|give "
            "(this|it) a miss)",
            "(give (this|it) a miss|sit this one out|skip this|bow out|rule (this|it) out|count "
            "us out|count me out)",
            "(not|n't) (at all)? (convinced|tempted|persuaded)",
            "(nah|no|nope) (we're|i'm|we are|i am|all) (good|fine|okay|ok|all good)",
            "(we're|we are) (good|fine|okay|ok|all good) (thanks|thank you|as is|as it is|cheers"
            "|without|with what)",
            "(i'm|i am) (good|all good) (thanks|thank you|cheers)",
            "(do|handle|manage|cover) (all of this|this|it|everything|that|all that|it all|all "
            "of it|all this) (in-house|internally|ourselves)",
            "(no|isn't any|is no|not much|n't much|little) (value|benefit|use case|point|sense) (in|for|to)",
            "(doesn't|does not|won't|wouldn't) (really)? (apply|fit|appeal|make sense|meet|add) "
            "(to|for|with|us|our|any|in|$)",
            "(outside|out of) (our|the) scope",
            "not (in|on) the market",
            "(appreciate|thanks|thank you|flattered|sorry|interesting|nice) ~5 but (no $|we "
            "(won't|will not) (be|need|use|go|pursue|proceed|require))",
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
            "(we'll|we will|i'll|i will|going to|have to|gonna|let me|decided to) (have to)? decline",
            "(we'll|we will|i'll|i will|going to|have to|gonna|let me|decided to) (have to)? "
            "pass (on (this|it|that|the|your)|for now|thanks|thank|but|at this|$)",
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
            "(yes|yes please|sure|interested|absolutely|of course|yep|definitely|go ahead|i'm in)",
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
