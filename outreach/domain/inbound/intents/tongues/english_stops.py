"""What people say in English replies that want no more mail, politely or not."""

from __future__ import annotations

from collections.abc import Mapping

STOPS: Mapping[str, tuple[str, ...]] = {
    "unsubscribe": (
        "(do not|don't|never|didn't|not) (consent|agree|opt in|subscribe) to ~2 (marketing"
        "|mails|e-mails|mailings|receive|being|this)",
        "(receive|receiving|get|hear|hearing|send (me|us)) nothing (further|more|else) from",
        "(receive|receiving|get) no (further|more) (communication*|e-mails|mails|messages|marketing)",
        "no (more|further) (solicitation*|mailings|marketing|sales (pitches|mails|e-mails))",
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
        "(give it|give us|give me) a (rest|break)",
        "for (crying out loud|heaven's sake|pity's sake)",
        "(are|do) you (deaf|dense|thick|blind|read)",
        "^ (pathetic|despicable|shameless|insulting|moronic) $",
        "(for (fuck's|god's|christ's) sake|ffs)",
        "insult to (my|our|anyone's|human)",
        "(you|people|lot|guys|spammers) never (get tired|stop|learn|give up)",
        "(enough is enough|enough of (your|these (mails|e-mails|messages)|this (spam|nonsense)))",
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
}
