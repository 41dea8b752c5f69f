"""How people say that they are away or gone, and how they speak to somebody. Folded text."""

from __future__ import annotations

from outreach.domain.inbound.prose import Phrases

# The writer is away now.
AWAY = Phrases(r"""
    \b(?:i am|i'm|we are|i will be|i'll be|am|is) (?:\w+ ){0,3}?out of (?:the |my )?office
    \b(?:i am|i'm|we are|i will be|i'll be|am|is) (?:\w+ ){0,3}?(?:out of office|out of town)
    \b(?:i am|i'm|we are|i will be|i'll be|am|is) (?:\w+ ){0,3}?out of the country
    \b(?:i am|i'm|we are) (?:\w+ ){0,3}?away from (?:the|my) (?:office|desk|e-?mail|computer)
    \b(?:i will be|i'll be|am|is) (?:\w+ ){0,3}?away from (?:the|my) (?:office|desk|e-?mail|computer)
    \b(?:i am|i'm|we are|i will be|i'll be|am|is) (?:\w+ ){0,3}?not in (?:the )?office
    \b(?:i am|i'm) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?(?:vacation|holidays?|leave)
    \bwe are (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?(?:vacation|holidays?|leave)
    \b(?:i will be|i'll be) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?vacation
    \b(?:i will be|i'll be) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?(?:holidays?|leave)
    \b(?:i am|i'm) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?pto
    \b(?:i am|i'm) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?(?:sabbatical|business trip)
    \b(?:we are|i will be|i'll be) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?pto
    \bwe are (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?(?:sabbatical|business trip)
    \b(?:i will be|i'll be) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?sabbatical
    \b(?:i will be|i'll be) (?:currently |now |presently |away )?(?:on|taking) (?:\w+ )?business trip
    \b(?:i am|i'm) (?:currently |now )?(?:on )?(?:annual|maternity|paternity|parental) leave
    \b(?:i am|i'm) (?:currently |now )?(?:on )?(?:sick|medical|family|extended) leave
    \b(?:i am|i'm) (?:currently |presently )?(?:away|travell?ing|absent|unavailable) \b
    \b(?:i am|i'm|i will be) (?:away|out|absent|unavailable|off)(?: of office)?(?: work)? (?:until|till)
    \b(?:i am|i'm|i will be) (?:away|out)(?: of office)?(?: work)? (?:from|between|this week)
    \b(?:i am|i'm|i will be) (?:absent|unavailable|off)(?: of office)?(?: work)? (?:from|between|this week)
    \b(?:i am|i'm|i will be) (?:away|out)(?: of office)?(?: work)? (?:today|on|through|with|and will)
    \b(?:i am|i'm|i will be) (?:absent|unavailable|off)(?: of office)?(?: work)? (?:today|on)
    \b(?:i am|i'm|i will be) (?:absent|unavailable|off)(?: of office)?(?: work)? (?:through|with|and will)
    (?:currently|presently) (?:out of|away|unavailable|on leave)
    (?:currently|presently) (?:on vacation|on holiday|not available|travell?ing)
    out of (?:the )?office (?:until|till|from|today|this week|and)
    out of (?:the )?office (?:with|on|through|between|attending|for|without)
    ^(?:hi|hello|hey|dear)?[ ,\w]{0,30}(?:out of (?:the )?office|on (?:vacation|leave|holiday))\b
    (?:our|the) offices? (?:is|are|will be) (?:currently |now )?closed | we are (?:currently )?closed
    i have limited access
    thank you for your (?:e-?mail|message)[.!,]? (?:i am|i'm) (?:currently |away|out)
    (?:i'm|i am) not (?:currently )?(?:in the office|available|at my desk|working (?:today|this|until|on))
    i don't work on | i do not work on | my working days are
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?nicht im (?:buro|haus|hause|dienst)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?nicht (?:erreichbar|verfugbar)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?nicht (?:anwesend|da\b)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?nicht (?:am (?:platz|arbeitsplatz)|an meinem)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?(?:abwesend|auser haus)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?(?:ausser haus|im urlaub|in urlaub)
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?in elternzeit
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?(?:im mutterschutz|auf (?:dienstreise|geschaftsreise))
    (?:bin|sind) (?:ich |wir )?(?:[\w.,:-]+ ){0,8}?(?:erkrankt|unterwegs|verreist)
    (?:nicht|wieder) (?:im (?:buro|hause)|im dienst) (?:und|bis|ab)
    befinde (?:ich )?mich (?:[\w.,:-]+ ){0,6}?(?:im urlaub|in urlaub|in elternzeit|auf)
    ich (?:habe|hab) (?:[\w.,:-]+ ){0,5}urlaub | unser (?:buro|betrieb) (?:ist|bleibt) [^?]{0,50}geschlossen
    wegen (?:urlaub|betriebsferien) | szabadsagon (?:vagyok|leszek|tartozkod)
    hazon kivul (?:vagyok|tartozkod|leszek) | irodan kivul
    nem (?:vagyok|leszek) (?:az )?(?:iroda|elerheto|bent) | (?:tavol|szabin) (?:vagyok|leszek)
    nem tartozkodom | szabadsagomat toltom | irodank (?:[\w.-]+ ){0,4}zarva
    je suis (?:\w+ )?(?:absent|en conge|en vacances|en deplacement)
    je suis (?:\w+ )?(?:hors du bureau|en arret|en formation|indisponible|en rtt)
    je serai (?:\w+ )?(?:absent|en conge|en vacances|indisponible|de retour)
    actuellement (?:absent|en conge|en deplacement|indisponible|en vacances)
    (?:nos|notre) (?:bureaux|entreprise|societe) (?:sont|est|seront|sera) (?:\w+ )?ferme | en mon absence
    pendant mon absence | durant mon absence
    (?:estoy|estare) (?:\w+ ){0,2}?(?:fuera de (?:la |mi )?oficina|de vacaciones)
    (?:me encuentro|encuentro|estamos) (?:\w+ ){0,2}?(?:fuera de (?:la |mi )?oficina|de vacaciones)
    (?:estoy|estare|me encuentro|encuentro|estamos) (?:\w+ ){0,2}?(?:ausente|de viaje)
    (?:estoy|estare|me encuentro|encuentro|estamos) (?:\w+ ){0,2}?(?:de baja|de permiso)
    (?:estoy|estare) (?:\w+ ){0,2}?(?:fuera del despacho|fuera hasta|fuera del)
    (?:me encuentro|encuentro|estamos) (?:\w+ ){0,2}?(?:fuera del despacho|fuera hasta|fuera del)
    no estoy en la oficina | no me encuentro en | durante mi ausencia
    nuestras oficinas (?:\w+ ){0,3}cerrad
    (?:sono|saro|siamo) (?:\w+ ){0,3}?(?:assent|in ferie|fuori (?:ufficio|sede|dall'ufficio))
    (?:sono|saro|siamo) (?:\w+ ){0,3}?(?:in trasferta|in maternita|fuori per) | sono fuori
    non sono in ufficio | i nostri uffici (?:\w+ ){0,3}chius | in mia assenza | durante la mia assenza
    attualmente (?:assente|fuori|in ferie) | (?:ben|ik) (?:\w+ ){0,5}?afwezig
    (?:ben|ik) (?:\w+ ){0,5}?niet (?:op kantoor|aanwezig|bereikbaar|beschikbaar|werkzaam)
    (?:ben|ik) (?:\w+ ){0,5}?met (?:vakantie|verlof|zwangerschapsverlof)
    (?:ben|ik) (?:\w+ ){0,5}?(?:op vakantie|buiten kantoor|op zakenreis)
    (?:tijdens|gedurende|in) mijn afwezigheid | ons kantoor is (?:\w+ ){0,4}gesloten
    momenteel (?:afwezig|niet)
    (?:jestem|bede|przebywam|jestesmy) (?:[\w.,]+ ){0,5}?(?:nieobecn|na urlopie|poza biurem|na zwolnieniu)
    (?:jestem|bede|przebywam|jestesmy) (?:[\w.,]+ ){0,5}?(?:na wyjezdzie|w podrozy)
    (?:jestem|bede|przebywam|jestesmy) (?:[\w.,]+ ){0,5}?(?:niedostepn|w delegacji|na delegacji)
    przebywam (?:obecnie )?na | nie ma mnie w (?:biurze|pracy)
    (?:podczas|w czasie|w trakcie) mojej nieobecnosci | nasze biuro (?:\w+ ){0,3}zamkniete
    estou (?:\w+ ){0,2}?(?:ausente|de ferias|fora d[oe]|em viagem)
    estarei (?:\w+ )?(?:ausente|de ferias|fora)
    (?:jag|jeg) (?:ar|er) (?:\w+ ){0,3}?(?:pa semester|ledig|bortrest|pa ferie|bortreist)
    (?:jag|jeg) (?:ar|er) (?:\w+ ){0,3}?(?:ikke pa kontoret|inte pa kontoret|foraldraledig)
    (?:jag|jeg) (?:ar|er) (?:\w+ ){0,3}?(?:pa barsel|franvarande|pa reise)
    (?:jsem|budu|nejsem) (?:\w+ ){0,3}?(?:na dovolene|mimo kancelar|nepritom|v kancelari) | som na dovolenke
    sunt (?:\w+ )?(?:plecat|in concediu|in afara) | я (?:\w+ )?(?:в отпуске|отсутств) | нахожусь в отпуске
    不在にして | 休暇 | 我正在休假 | 不在办公室 | 外出 | \bi(?:'m| am) (?:\w+ )?(?:ooo|off (?:work|today|this|until|sick))
    \bi(?:'m| am) (?:\w+ )?(?:out (?:sick|on)|on pto|unable to respond) | currently (?:ooo|out\b)
    (?:will have|have|with) (?:very )?(?:limited|no) (?:or no )?access to (?:my )?(?:e-?mail|mail|inbox)
    (?:will have|have|with) (?:very )?little (?:or no )?access to (?:my )?(?:e-?mail|mail|inbox)
    (?:will have|have|with) (?:very )?intermittent (?:or no )?access to (?:my )?(?:e-?mail|mail|inbox)
    (?:will have|have|with) (?:very )?restricted (?:or no )?access to (?:my )?(?:e-?mail|mail|inbox)
    (?:i am|i'm) (?:currently )?(?:attending|away (?:on|at|attending))
    (?:i am|i'm) (?:currently )?(?:at a (?:conference|trade|fair)|in meetings all|in training) | i only work
    i work part[ -]time | will be (?:unavailable|offline|off work)
    (?:e-?mail|message|mail)s? will not be (?:forwarded|read|monitored|checked)
    (?:am|ab|bis|erst) [^.?!]{3,40} wieder (?:im (?:buro|haus|dienst)|fur sie)
    (?:am|ab|bis|erst) [^.?!]{3,40} wieder (?:zu erreichen|erreichbar|zur verfugung)
    bin ich [^.?!]{0,40}wieder (?:im|fur|er)
    wird (?:\w+ )?nicht (?:automatisch )?(?:weitergeleitet|gelesen|bearbeitet)
    (?:wird|werden) (?:\w+ )?automatisch weitergeleitet
    (?:keinen|eingeschrankten|nur eingeschrankt|begrenzten) zugriff auf (?:meine|mein)
    ich bin (?:\w+ ){0,4}(?:krank|erkrankt)
    ich bin (?:\w+ ){0,4}auf (?:fortbildung|schulung|einer messe|der messe|reisen|konferenz|tagung)
    ich bin (?:\w+ ){0,4}nur eingeschrankt | wegen (?:krankheit|feiertag)
    (?:uzenet|level)\w{0,6} nem (?:kerul )?tovabbit\w* | (?:betegseg|szabadsag) miatt
    ne (?:sera|seront) pas (?:lu|transfer|redirig)\w* | no (?:sera|seran) (?:reenviad|leid)\w*
    non (?:sara|verra|saranno) (?:inoltrat|lett)\w* | (?:wordt|worden) niet (?:doorgestuurd|gelezen)
    nie (?:bedzie|jest) (?:przekierowan|przekazywan|czytan)\w*
    (?:^|[.!,;:] )absente? (?:du|de mon|jusqu|pour|de|a partir) | (?:^|[.!,;:] )en (?:conges?|vacances|rtt) (?:jusqu|du)
    (?:^|[.!,;:] )ausente (?:hasta|del?|desde|ate|do) | (?:^|[.!,;:] )de (?:vacaciones|ferias) (?:hasta|del|ate|desde)
    (?:^|[.!,;:] )(?:assente|in ferie|fuori ufficio) (?:fino|dal|per|da) | (?:^|[.!,;:] )poza biurem (?:do|od)
    (?:^|[.!,;:] )(?:afwezig|met vakantie|op vakantie|met verlof) (?:tot|van|t/m|wegens)
    (?:^|[.!,;:] )(?:nieobecn\w|na urlopie) (?:do|od|w dniach)
    (?:^|[.!,;:] )(?:bin )?(?:abwesend|im urlaub|nicht im (?:buro|haus|hause)|auser haus|unterwegs) (?:bis|vom|von|ab)
    (?:^|[.!,;:] )(?:ooo|away|off|on (?:leave|vacation|holiday|pto)|out) (?:until|till|til|through|from|returning)
    (?:^|[.!,;:] )(?:szabadsag|tavol)\w{0,5} \d | (?:^|[.!,;:] )(?:dovolena|nepritom\w+) (?:do|od)
    (?:enjoying|taking) (?:\w+ ){0,3}(?:vacation|holidays?|time off|days off|break|leave)
    geniese (?:\w+ ){0,3}(?:urlaub|ferien|auszeit|freien tage) | (?:verbringe|nehme|mache) (?:\w+ ){0,3}urlaub
    profite (?:\w+ ){0,3}de (?:mes|quelques) (?:conges|vacances|jours) | disfrut\w+ (?:\w+ ){0,3}de (?:mis|unas|unos)
    god\w+ (?:\w+ ){0,3}(?:ferie|vacanze) | geniet (?:\w+ ){0,3}van (?:mijn|een|de) (?:\w+ )?(?:vakantie|verlof|vrije)
    korzystam (?:\w+ ){0,3}z urlopu | szabadsagomat (?:toltom|elvezem)
    (?:office|school|company|plant|factory|warehouse|shop)s? (?:is|are|will be|remains?) (?:\w+ )?closed (?:for|from|until)
    (?:office|school|company|plant|factory|warehouse|shop)s? (?:is|are|will be|remains?) (?:\w+ )?closed (?:due|on|between)
    (?:office|school|company|plant|factory|warehouse|shop)s? (?:is|are|will be|remains?) (?:\w+ )?closed (?:through|over)
    (?:store|practice|clinic|firm|studio|business|showroom)s? (?:is|are|will be|remains?) (?:\w+ )?closed (?:for|from|until)
    (?:store|practice|clinic|firm|studio|business|showroom)s? (?:is|are|will be|remains?) (?:\w+ )?closed (?:due|between)
    (?:werk|praxis|kanzlei|firma|buro|unternehmen|betrieb|laden|lager) (?:ist|bleibt|hat) (?:[\w.,:-]+ ){0,12}geschlossen
    (?:werke|praxen|buros|geschafte?|produktion) (?:ist|sind|bleibt|bleiben|haben) (?:[\w.,:-]+ ){0,12}geschlossen
    wir (?:haben|machen) (?:[\w.,:-]+ ){0,10}(?:geschlossen|betriebsferien|betriebsurlaub|werksferien|betriebsruhe)
    (?:betriebsferien|betriebsurlaub|betriebsruhe|werksferien|betriebsferien:) (?:vom|von|bis|ab|vor)
    ferme\w{0,2} pour (?:conges|les fetes|inventaire|cause) | fermeture (?:annuelle|estivale|hivernale|de fin)
    cerrad[oa]s? (?:por|del|desde|hasta) | cerramos (?:por|del) | permaneceremos cerrad
    chius[ioae] (?:per ferie|per le|dal|fino|nel) | chiusura (?:estiva|natalizia|aziendale|per ferie)
    gesloten (?:wegens|van|tot|i\.v\.m|in verband) | zarva (?:tart|leszunk|vagyunk|lesz) | uzemi? ?szunet
    (?:nieczynn|zamkniet)\w+ (?:w dniach|od|do|z powodu) | przerwa (?:swiateczna|urlopowa|wakacyjna)
    (?:yillik )?izindeyim | izinli (?:olacagim|oldugum) | ofis disindayim | (?:lomalla|poissa toimistolta|vuosilomalla)
    (?:nevychazim|cerpam|mam) dovolen\w+ | в отпуске (?:до|с|по) | буду отсутствовать | меня не будет
    휴가 | 부재중 | 休假 | 出差
""")
# What goes with an absence: the return, who stands in, what becomes of the mail.
ABSENCE = Phrases(r"""
    (?:i will|i'll|will) (?:be )?(?:back|return|reply|respond)\b [^?]{0,60}(?:on|when|upon|after)
    (?:i will|i'll|will) (?:be )?(?:back|return|reply|respond)\b [^?]{0,60}(?:once|as soon|in|by|from)
    (?:i will|i'll|will) (?:be )?(?:answer|get back|read|attend|check)\b [^?]{0,60}(?:on|when|upon|after)
    (?:i will|i'll|will) (?:be )?(?:answer|get back)\b [^?]{0,60}(?:once|as soon|in|by|from)
    (?:i will|i'll|will) (?:be )?(?:read|attend|check)\b [^?]{0,60}(?:once|as soon|in|by|from)
    back (?:in the office |to (?:the )?office |to work )?(?:on|from|again|by|in)
    (?:return(?:ing)?|available) (?:in the office |to (?:the )?office |to work )?(?:on|from|again|by|in)
    (?:limited|no|intermittent|sporadic|little|restricted|without) (?:or no )?(?:access|connectivity)
    limited (?:e-?mail |internet )?access
    (?:urgent|emergency|immediate|pressing) (?:\w+ ){0,3}(?:matter|issue|request|assistance)
    (?:urgent|emergency|immediate|pressing) (?:\w+ ){0,3}(?:please|contact|case|help)
    (?:urgent|emergency|immediate|pressing) (?:\w+ ){0,3}(?:call|attention|support|question)
    (?:urgent|emergency|immediate|pressing) (?:\w+ ){0,3}(?:quer|need|enquir|inquir)
    (?:matter|this|it|request|issue) is urgent | if urgent | for urgent | in my absence | during my absence
    while i(?:'m| am) away | upon my return | on my return | when i (?:return|get back|am back)
    as soon as (?:i|possible after)
    your (?:e-?mail|message|mail) will (?:not )?be (?:forwarded|read|answered)
    (?:wieder|zuruck) (?:da|erreichbar|im (?:buro|haus|hause)|fur sie|verfugbar|zur verfugung|am) | ab dem
    dringend\w* (?:\w+ )?(?:fall|falle|fallen|angelegenheit|anfrage|anliegen|themen|ruckfragen|wenden)
    in meiner abwesenheit | wahrend meiner abwesenheit | meine(?:r|n)? vertretung | vertret(?:en|ung)
    wird nicht (?:automatisch )?(?:weitergeleitet|gelesen|bearbeitet)
    nicht (?:automatisch )?weitergeleitet | nach meiner ruckkehr | eingeschrankt
    surgos (?:\w+ )?(?:eset|ugy|kerdes) | tavolletem | vissza(?:terek|jovok|erkez|teres)\w*
    (?:ismet|ujra) (?:elerheto|bent|iroda|dolgoz)\w* | helyettes\w* | leveleimet | korlatozott
    kollega(?:m|im|nk)\w* | (?:cas d'|en cas de |toute )(?:urgence|besoin|demande urgente|question urgente)
    de retour | mon retour | a partir du | vous pouvez (?:contacter|joindre|vous adresser)
    acces (?:limite|restreint) | (?:caso|asunto|tema|consulta)s? (?:de )?urgen\w+ | de urgencia | mi regreso
    a mi vuelta | de vuelta | me reincorpor\w* | (?:volvere|regreso|regresare|vuelvo) | acceso limitado
    puede (?:contactar|dirigirse)
    (?:caso di|questioni|motivi di|comunicazioni|richieste) (?:di )?(?:urgen\w+|necessita) | per urgenze
    al mio (?:rientro|ritorno) | rientr(?:o|ero|ando) | torner\w+ | accesso limitato
    potete (?:contattare|rivolgervi)
    (?:dringende|spoedeisende|urgente) (?:zaken|gevallen|vragen|aangelegenheden)
    bij (?:spoed|urgentie|dringende) | terug op | weer (?:aanwezig|bereikbaar|op kantoor|beschikbaar)
    bij terugkomst | na mijn (?:terugkeer|vakantie|verlof) | beperkt (?:toegang|bereikbaar)
    (?:pilnych|naglych) (?:\w+ )?(?:spraw|przypad|kwesti) | pilne sprawy
    w (?:razie|przypadku) (?:pilnej|pilnych|potrzeby) | po (?:moim )?powrocie | wracam
    bede (?:ponownie )?dostepn | z powrotem | ograniczony dostep | zastepuje mnie | prosze o kontakt z
    em caso de urgencia | tillbaka | tilbake | tilbage | vid bradskande | naleha\w+ | urgentn\w+ | срочн\w+
    вернусь
""")
# Somebody's work at the company is over.
LEFT = Phrases(r"""
    (?:no longer|not) (?:be )?(?:work(?:ing|s)?|employed|with) (?:here|for|at|with|by|the|in)? ?(?:\w+)?
    (?:no longer|not) (?:be )?(?:at|part of|associated|affiliated) (?:here|for|at|with|by|the|in)? ?(?:\w+)?
    is no longer (?:with|at|employed|working|part)
    (?:i have|has|have|i've) left (?:the )?(?:company|organi[sz]ation)
    (?:i have|has|have|i've) left (?:the )?(?:firm|business|\w+ (?:gmbh|ltd|inc|as|to|on|and))
    my last (?:working )?day (?:at|was|with|is) | (?:have|has) (?:retired|moved on) | am no longer
    (?:nicht mehr|nicht langer) (?:\w+ ){0,3}(?:tatig|beschaftigt|unternehmen|im hause)
    (?:nicht mehr|nicht langer) (?:\w+ ){0,3}(?:mitarbeiter|teil|angestellt|bei)
    (?:habe|hat) (?:\w+ ){0,4}(?:unternehmen|firma|gmbh) verlassen | (?:unternehmen|firma) verlassen
    ausgeschieden | im ruhestand | (?:mar )?nem dolgoz(?:om|ik)
    (?:kollegank|munkatarsunk|munkaviszonyom)\w* (?:\w+ ){0,3}(?:megszunt|tavozott|nem)
    ne (?:travaille|fait) plus | fais plus partie
    (?:ai|a) quitte (?:l'entreprise|la societe|le groupe|mes fonctions|ses fonctions)
    ya no (?:trabaj|forma|pertene)\w+ | non lavor[oa] piu
    non (?:e|fa|faccio) piu (?:parte|in azienda|dipendente) | ha lasciato (?:l'azienda|la societa)
    (?:niet (?:langer|meer)) (?:\w+ )?(?:werkzaam|in dienst) | (?:ben|is) uit dienst
    nie (?:pracuj|jest juz)\w* | juz nie pracuj\w* | nao trabalh\w+ mais | i(?:'ve| have) left \w+
    i(?:'m| am) leaving | (?:arbeite|bin) (?:ich )?(?:seit [^.]{3,30} )?nicht (?:mehr|langer)
    nie pracuje juz | e-?mail address (?:has changed|is changing) | neue e-?mail-?adresse
    (?:i|we) no longer (?:use|check|read|monitor) | (?:reached|written to|mailed) (?:my|an|our) old (?:e-?mail )?address
""")
# What a person says to somebody, and no machine.
PERSONAL = Phrases(r"""
    \b(?:call|ring|phone|ping|text) me\b (?:on|at|tomorrow|next|this|then|when|any|after|in|back) | let'?s
    let me know | (?:can|could|would|shall) (?:we|you|i)
    (?:happy|glad|keen|love|like) to (?:talk|chat|meet|discuss|hear|connect|see|learn|know)
    (?:are|is) (?:you|your|there)
    your (?:product|proposal|offer|pricing|price|solution|tool|platform|demo|software|service)s?\b
    send (?:me|us|over|it) | not interested | we (?:already|currently) use
    sounds (?:good|great|interesting) | looks (?:good|great|interesting) | speak (?:then|soon|next)
    talk (?:then|soon|next) | (?:next|this coming) week,? (?:but|so|call|let)
    (?:away|out of (?:the )?office|on (?:vacation|holiday|leave)|travell?ing) (?:for the )?next | how about
    works for me | reach out (?:again|to me) | try (?:me )?again | come back to me | remind me
    rufen sie mich | ruf mich
    melden sie sich (?:doch |bitte )?(?:gerne )?(?:wieder |nochmal |danach |dann |im |in |nach |ab |am )
    konnen (?:sie|wir) | konnten (?:sie|wir) | schicken sie | senden sie mir | kein interesse
    lassen sie uns | gerne (?:telefon|sprech|hor|treff|konn|nach meinem) | passt (?:mir|es|gut) | wie ware
    ihr (?:angebot|produkt) | (?:nachste|kommende) woche (?:im urlaub|nicht|unterwegs) | hivjon | kuldjon
    nem erdekel | beszeljunk | egyeztessunk | jo lenne | jovo heten (?:szabad|nem|hazon) | erdekel(?:ne)?\b
    tudna | tudnank | keressen (?:meg )?(?:ujra|majd|utana) | appelez-moi | rappelez | pouvez-vous
    pourriez-vous | envoyez-moi | pas interesse | parlons | la semaine prochaine,? (?:je|mais|rapp)
    votre (?:offre|produit|solution|proposition) | llameme | me puede | podria | podemos | envieme
    no me interesa | hablemos | su (?:oferta|producto|propuesta) | la proxima semana estoy | mi chiami
    puo (?:inviar|mandar|chiam)\w* | potrebbe | mi mandi | mi invii | non (?:mi )?interessa | sentiamoci
    la prossima settimana sono | bel mij | bel me\b | kunt u (?:me|mij|ons) | kunnen we | stuur (?:me|mij)
    geen interesse | volgende week ben ik | laten we | prosze (?:zadzwonic|o telefon|przeslac|wyslac)
    czy mozemy | nie jestem zainteresowan | nie jestesmy zainteresowan | w przyszlym tygodniu jestem
""")
# The same of oneself.
LEFT_MYSELF = Phrases(r"""
    \bi(?:'ve| have) left | \bi(?:'m| am) (?:no longer|leaving) | \bi no longer | my last (?:working )?day
    have (?:retired|moved on (?:from|to)) | \bi no longer (?:use|check|read|monitor) | (?:my|an) old (?:e-?mail )?address
    \bich (?:bin|arbeite|habe) [^.]{0,60}(?:nicht mehr|nicht langer|verlassen|ruhestand|ausgeschieden)
    nem dolgozom | je ne (?:travaille|fais) plus | j'ai quitte | ya no trabajo | ya no formo
    non lavoro piu | non faccio piu | ho lasciato | ik (?:ben|werk) (?:\w+ )?niet (?:meer|langer)
    nie pracuje | nao trabalho
""")
