"""What people say in English replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(monday|tuesday|wednesday|thursday|friday|tomorrow|mon|tue|tues|wed|thu|thurs|fri)"
TALK = (
    "(call|phone call|chat|talk|speak|meet|meeting|demo|demonstration|zoom|teams call|conversation"
    "|appointment"
    "|walkthrough|presentation|webinar|discuss it|connect|catch up|coffee)"
)
QUICK = (
    "(a|an|the|another|some)? (quick|short|brief|first|proper|live|intro|introductory|30 minute|15"
    " minute|30 min)?"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "(put|stick|pop) (something|it|me|a slot|time) in (my|the|your|our) (diary|calendar)",
        "(let's|let us|shall we|could do|can do|happy with) (do|say|make it|go for)? ~1 ((8|9|10"
        "|11|12|1|2|3|4|5)(am|pm)|noon|half (past)? (eight|nine|ten|eleven|two|three|four)"
        "|(monday|tuesday|wednesday|thursday|friday|tomorrow|mon|tue|wed|thu|fri))",
        "(dial|buzz|text|whatsapp) me",
        "(swing|come|drop|pop|stop) (by|round) ~2 (one (afternoon|morning|day)|some time|any "
        "(time|day)|next|this|whenever|anytime|here|our|the (office|plant|factory|shop|site"
        "|works)|$)",
        "(i'm|we're|i am|we are|i'll be) (around|free|in the office|at my desk) ~1 (all|on"
        "|next|this|from|most|any|after|before|until|(monday|tuesday|wednesday|thursday|friday"
        "|tomorrow|mon|tue|wed|thu|fri))",
        "(talk|walk|run|go) (it|this|me|us|that) through ~2 (on|next|by phone|over the phone|in "
        "person|with you|together)",
        "(love|like|appreciate|fancy|welcome|suggest|want) (a|another|to have a) (quick|short"
        "|live|brief|proper|first|15 minute|30 minute)? (demo|demonstration|call|chat|meeting"
        "|walkthrough|conversation|zoom)",
        "(reach|catch|ring) me (any time|anytime|after|before|between|on (monday|tuesday"
        "|wednesday|thursday|friday|tomorrow|mon|tue|wed|thu|fri))",
        "pencil (me|us|it|something) in",
        "(what's|what is|share|send) (your|me your) (availability|calendar link|diary)",
        "(meet|see you|talk) (in person|face to face)",
        "(could|can|would) you (do|make) (monday|tuesday|wednesday|thursday|friday|tomorrow)",
        "(let's|let us|can we|could we|shall we|we could|we can|we should|happy to|glad to|love to"
        "|like to|want to"
        "|open to|keen to|up for|can you|could you|are you able to|may we|perhaps we could|why"
        " don't we|willing to"
        "|available for|free for|ready for|time for|suggest|propose|would appreciate|good for)"
        " (have|schedule|set up"
        "|book|arrange|jump on|hop on|do|organi*|get on|give|join|see|plan|find time for|us|you"
        f"|me)? {QUICK} {TALK}",
        f"(schedule|book|arrange|set up|organi*|plan|fix|put in|find) {QUICK} {TALK}",
        "(schedule|book|arrange|set up|organise|organize|find|grab|pick|choose) (a|an|some|the)?"
        " (time|slot|date)",
        "(call me|give (me|us) a (call|ring|bell|buzz)|phone me|ring me|call us|call my)",
        "(i am|i'm|we are|we're|are you|would be|am|you) (also|both|all)? (free|available) (on|at"
        "|for|this|next|from"
        f"|after|before|between|anytime|any time|most|in the|all|{DAY})",
        "(send|shoot|forward|drop) (me|us|over)? (a|an|your|the)? (calendar|meeting|teams|zoom"
        "|outlook)? (invite"
        "|invitation|calendly|calendar link|invites|calendar)",
        "(my|our) (calendar|calendly|booking) (link)? (is|here|https|below)",
        "(here is|here's|use|see) my (calendar|calendly|booking link|availability|diary)",
        "what (times|time|day|days|date|dates) (work|works|suit|suits|would|are you)",
        "when (are you|would you be|could you|can you|can we|could we|is a good time|works|would"
        " (work|suit))"
        " (free|available|talk|speak|meet|call|chat|for you|best)?",
        f"(does|would|how about|what about|say|is) (next)? {DAY}",
        f"{DAY} ~4 (works|suits|is (fine|good|ok|okay|great|perfect|best)|would (work|suit|be)|looks good)",
        "(works|suits|work|suit) (for)? (me|us)",
        f"(meet|speak|talk|chat|call) (you|with you)? (on|at|this|next) (week|the|{DAY})",
        "(pop|come|drop) (in|by|round) (to|for|at|and)? (our|a|see|the)",
        "(like|love|want|need|happy) (to see|to get|to have|a) (a)? (live)? (demo|demonstration|walkthrough)",
    ),
    "interested": (
        "send (me|us) (what|whatever|anything|everything) (you've got|you have)",
        "(add|put|include) us (to|on|in) ~3 (bidders|suppliers|tender|vendors|shortlist)",
        "(i'm|we're) in $",
        "(happy|glad|willing|keen|open|like) to (take|have|give it) a (quick|closer|proper)? "
        "(look|peek|try|go)",
        "(mind|would you mind|care) ~1 (sending|sharing|forwarding|showing)",
        "^ (send|ping|fire|drop|shoot|chuck|fling|sling) ~4 (over|across|through|my way|our way)",
        "(please|can you|could you|feel free to) (send|ping|fire|drop|shoot|chuck|fling) ~4 (over"
        "|across|through|my way|our way)",
        "(fire away|do tell|i'm all ears|we're all ears|i'm listening)",
        "what (do|would|will|else do) you need from (us|me)",
        "(considering|thinking (of|about)|looking (at|into)|planning on|contemplating|exploring) "
        "(replacing|switching|upgrading|changing|automating|buying|introducing|digitising"
        "|modernising|outsourcing)",
        "(could|can|would) (really|definitely|certainly)? use (something|one|a tool|a system|help)",
        "(on|for|make|making) (our|the|my|a) (shopping list|shortlist|short-list|vendor list|tender list)",
        "(was|were|been) (just|actually|only)? ~1 (talking|thinking|speaking) about (exactly|just) this",
        "(please|pls|kindly) quote",
        "count (us|me) in",
        "(started|starting|begun|beginning) (to look|looking) (at|into|for)",
        "(piqued|caught|got) (my|our) (interest|attention|curiosity)",
        "(worth|merits) (exploring|a look|a closer look|looking into|a try)",
        "how (do|can) (we|i) (get started|start|sign up|order|proceed|buy)",
        "(let's|let us) (explore|move forward|proceed|get started|get going|try it|give it a (try|go|shot))",
        "(would|could|might) be ~1 (of interest|useful|helpful|valuable|handy) (to|for) (us|me|our)",
        "(right up our (street|alley)|been looking for|ticks (all)? (the|our) boxes)",
        "^ what's next $",
        "(need|want|require|request|after) (a|your|some|the) ~1 (quote|quotation|price list"
        "|proposal|trial|datasheet|brochure)",
        "(be|is|sounds like|looks like) a (very|really)? (good|great|perfect) (fit|match)",
        "(would|could|might|may) ~1 (help|benefit|work for|suit) (us|our)",
        "next steps",
        "(i'm|i am|we're|we are|we'd be|i'd be|would be|might be|very|definitely|quite|yes|still"
        "|certainly|may be"
        "|could be|potentially|absolutely|really|also|sounds) ~1 (interested|keen|intrigued|curious)",
        "interested (in (learning|hearing|seeing|trying|getting|your|this|the|a|it|knowing)|to"
        " (learn|hear|see|know|try))",
        "(sounds|looks|seems|this is|that is|that's) (very|really|quite|pretty|like)? (good|great"
        "|interesting"
        "|promising|useful|exciting|amazing|intriguing|something we|just what we|exactly what we"
        "|like something)",
        "(i|we|i'd|we'd) (really)? (like|love) (what|this|the look|the sound|the idea|your)",
        "(tell|show) (me|us) more",
        "(count me in|sign me up|sign us up|let's do it|let's do this|let's go|go ahead)",
        "(send|share|forward|provide|e-mail|give|get) (me|us|over|through|across)? (over)? (more"
        "|further|some|the|your|a|an|any"
        "|additional|us)? (more|further|detailed|full|quick|short|formal)? (info|information"
        "|details|detail|brochure|pricing|prices"
        "|price list|quote|quotation|proposal|offer|material|materials|catalogue|catalog|datasheet"
        "|deck|case studies"
        "|documentation|contract|trial|examples|estimate)",
        "(would like|d like|want|keen|would love|d love|eager|happy|like) to (know|learn|hear|see"
        "|try|test|buy"
        "|order|evaluate|find out|explore|get|purchase|proceed|move forward|start|give it a) (it"
        "|this|a|more|how|what"
        "|about|your|the|out|started|with)?",
        "(more|further) (info|information|details) (please|would be|on|about)",
        "(could|can|may) (i|we) (get|have|see) (a|some|more|the|your) (quote|more|pricing|price"
        "|trial|information|info"
        "|details|offer|proposal|brochure)",
        "(something|exactly what|just what) (we|i) (could|can|might|have been|were|are|'ve been"
        "|need|'re) ~1 (use"
        "|looking|need|after)?",
        "(great|good|perfect) timing",
        "(evaluating|looking for|in the market for|shopping for|comparing) (vendors|a|an|some"
        "|suppliers|solutions"
        "|options|new|such|exactly)",
    ),
    "question": (
        "^ how (much (is|does|would|for|do)|long (does|is|would)|many (users|seats|people"
        "|licences|licenses)|does (it|this|that|your)|is (that|this|it|your ~1) (different|priced"
        "|licensed|hosted))",
        "^ (do|does|can|will) (you|it|this|your ~2) (offer|support|ship|integrate|work with"
        "|connect|run on|include|handle|come with|deliver)",
        "^ (what's|what is|what are) (the|your) ~1 (price*|cost*|pricing|lead time|moq|delivery "
        "time|warranty|difference|catch)",
        "(wondering|curious|wonder|like to know|want to know|need to know|tell me|know|check"
        "|clarify|understand|see) "
        "(whether|if (you|it|this|there|your)|how (much|many|does|do|your|it|the|long)|what (the"
        "|does|your|it))",
        "(have|got|had) (a|some|one|few|couple of|two|three|a few|a couple of) (quick|more|other)?"
        " (question|questions)",
        "(please|kindly|could you) (clarify|explain|confirm (whether|if|that))",
    ),
    "no_question": (
        "(how's (the|your|life|it|everything|things|business)|how (was|is|are) (your (weekend"
        "|family|holiday|trip|wife|husband)|the (family|kids|weather)|things|life|everything"
        "|business))",
        "(who are you|who is this|who the|how did you|how have you|where did you|where have you|why"
        " are you|why do you"
        "|why did you|why am i|why have i|why on earth|how many times|how often do i|what makes you"
        " think|do you"
        " (really|honestly|seriously|not|even|people|ever|know who|think)|don't you|can't you|is"
        " this (spam|a scam|some"
        "|automated|a bot|a joke|real)|are you (a bot|a robot|human|real|kidding|serious|crazy"
        "|stupid|sure|joking)"
        "|how are you|how is it going|hope you|what the|what is this|what's this|seriously|really"
        "|didn't i|did i not"
        "|have we met|do i know|haven't i|isn't it|wouldn't you)",
    ),
    "courtesy": (
        "(thanks|thank you|appreciate|grateful) (so much|very much|again|a lot)? (for)? (your|the)?"
        " (interest|reaching"
        " out|getting in touch|contacting|your interest)",
        "(your|of) interest in (our|us|my|acme|working)",
        "if (you|there) (have|are|is|need|require|should) (any|further|more|questions|anything)",
        "(feel free|don't hesitate|do not hesitate|let me know if|let us know if|please let me know"
        " if) ~1 (you (have"
        "|need|would)|to (call|contact|reach out|write|ask)) ~2 (any|questions|anything|me|us)?"
        " (question|questions)?",
        "(may|might|would|you are|you're|if you|are you|if you're|be) interested in (our|buying"
        "|selling|an|offering)",
        "(thank you|thanks) for (calling|the call|your call|our call|the meeting|meeting|the chat|the demo)",
    ),
    "temporary": (
        "(at the moment|at this (moment|time|point|stage)|right now|currently|for now|at present"
        "|presently|for the time"
        " being|just now|just yet|this (year|quarter|month|time)|until (further notice|next|q1|q2"
        "|q3|q4|the|later)"
        "|these days|as of now|as yet)",
    ),
    "denied": (
        "(not|n't|isn't|never) (saying|said|say|mean|imply|implying|to say|meaning|claiming) (that)?",
        "(not that|not as if|not like|doesn't mean|does not mean|don't think|do not think|don't get"
        " me wrong) (we|i"
        "|you|it|this|that)?",
        "(nobody|no one|who) (is|says|said) ~1 (not|we)",
    ),
    "irony": (
        "(hell freezes over|pigs fly|in your dreams|dream on|yeah right|yeah sure|in a million"
        " years|as if $|good luck"
        " with that|lol|haha|hahaha|over my dead body|you wish|ha ha|rofl|sarcasm)",
        "(oh|wow|great) (great|joy|wonderful|another|just what) (another|i needed|one)?",
    ),
    "supplier": (
        "(use|using|with|from|chose|chosen|picked|selected|on|for|have|having|implemented"
        "|introduced|bought|purchased"
        "|run|running|called|installed|rolled out) <name>",
    ),
}
