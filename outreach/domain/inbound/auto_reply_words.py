"""How answers that nobody wrote are headed and worded, in many languages. Folded text."""

from __future__ import annotations

import re

from outreach.domain.inbound.prose import Phrases

# What a subject begins with.
SUBJECTS = Phrases(r"""
    (?:vacation|away|leave|absence|absent|unavailable|ferien|conges?|urlop|vakantie|vacaciones) ?[:!]
    auto(?:mat(?:ic|ed|isch\w*))?[ _-]?(?:reply|replies|response|respond\w*|answer|repl)\b | autoresponse
    auto-?res(?:p|ponse)?: | auto: | automatic mail | auto ?mail\b | automailer
    \[?auto(?:-?reply|matic|mated)?\] | out[ -]of[ -](?:the[ -])?(?:office|town|work) | ooo\b | oof\b
    i(?:'m| am) (?:away|out of|on (?:vacation|holiday|leave)|currently)
    (?:away|absent) from (?:the |my )?(?:office|mail|desk)
    (?:currently )?(?:away|on|in) (?:vacation|holidays?|leave|annual leave|maternity leave|parental leave)
    (?:annual|maternity|parental|sick|paternity) leave | vacation (?:notice|reply|message|response)
    holiday (?:notice|closure|reply|message) | office (?:is )?closed | not in (?:the )?office
    absence (?:notice|message) | delayed response | (?:i|we) will be (?:back|out|away)
    no longer (?:with|working|at|employed|in use) | left the company
    automatische (?:antwort|ruckantwort|ruckmeldung|eingangsbestatigung)
    automatische (?:empfangsbestatigung|abwesenheit\w*|nachricht|e-?mail|mail)
    autom\. (?:antwort|ruckmeldung) | automatisch generiert\w* (?:antwort|nachricht) | abwesenheit\w*
    abwesend\b | ausser haus | auser haus
    ich bin (?:bis |derzeit |zurzeit |aktuell |momentan |am |ab |vom )?[^.]{0,40}?nicht im (?:buro|hause)
    ich bin (?:bis |derzeit |zurzeit |aktuell |momentan |am |ab |vom )?[^.]{0,40}?im urlaub
    ich bin (?:bis |derzeit |zurzeit |aktuell |momentan |am |ab |vom )?[^.]{0,40}?(?:abwesend|auser haus)
    (?:bin |derzeit )?im urlaub
    (?:derzeit |zurzeit |aktuell )?nicht (?:im (?:buro|haus|hause)|erreichbar|am (?:platz|arbeitsplatz))
    betriebsferien | betriebsurlaub | elternzeit | mutterschutz | krankheitsbedingt
    automatikus (?:valasz|uzenet|level) | autom\. valasz | hazon kivul | tavollet\w*
    nem vagyok (?:az )?iroda | irodan kivul | (?:jelenleg )?nem vagyok elerheto | gyes\b | gyed\b
    reponse automatique | message automatique | absence (?:du bureau|de mon bureau|et|pour|jusqu)
    absence ?: | je suis (?:absent|en (?:conge|vacances)) | en (?:conge|vacances)
    hors (?:du|de mon) bureau | notification d'absence | avis d'absence | indisponible
    respuesta automatica | mensaje automatico | contestacion automatica | auto-?respuesta | autorespuesta
    fuera de (?:la )?oficina | ausente\b | ausencia\b | estoy (?:de vacaciones|fuera|ausente)
    de vacaciones | no disponible | risposta automatica | messaggio automatico | autorisposta
    fuori (?:ufficio|sede) | assen(?:te|za)\b | sono (?:assente|in ferie|fuori) | in ferie
    automatisch(?:e)? (?:antwoord|bericht|beantwoording|reactie) | afwezig\w* | niet op kantoor
    niet aanwezig | met (?:vakantie|verlof) | buiten kantoor | afwezigheids\w*
    automatyczna odpowiedz | odpowiedz automatyczna | autoodpowiedz | autoresponder | nieobecn\w*
    poza biurem | jestem na urlopie | wiadomosc automatyczna | resposta automatica
    resposta autom | ausencia temporaria | fora do escritorio | estou (?:ausente|de ferias)
    autosvar | automatisk(?:t)? (?:svar|svarmail) | automatsvar | franvaro | fravaer\w* | fravaersbesked
    ikke pa kontoret | ikke til stede | inte pa kontoret | paa ferie
    ude af kontoret | automaattinen vastaus | poissa | lomalla | automaticka odpoved
    automatick[ae] (?:odpoved|zprava|sprava) | mimo kancelar | nepritomnost | dovolena | neprítomnost
    raspuns automat | absent din | automatski odgovor | samodejni odgovor | otomatik (?:yanit|cevap)
    automatinis atsakymas | automaatvastus | automatiska atbilde | автоответ\w* | автоматический ответ
    автоматична відповідь | вне офиса | отсутстви[ея] | в отпуске | отпуск\b | αυτοματη απαντηση | 自動応答
    自動返信 | 不在 | 自动回复 | 自動回覆 | 自动答复 | 外出
    자동 ?회신 | 부재중 | מענה אוטומטי | رد تلقائي | الرد التلقائي | تلقائي:
""")

# What else a machine says in a subject: that a mail arrived, and its number.
ACKNOWLEDGED = Phrases(r"""
    we(?:'ve| have) received
    (?:your )?(?:request|message|e-?mail|mail) (?:has been |was )?(?:received|created)
    (?:your )?(?:request|message|e-?mail|mail) (?:has been |was )?(?:opened|registered|logged)
    (?:your )?(?:enquiry|inquiry|query|ticket|case) (?:has been |was )?(?:received|created)
    (?:your )?(?:enquiry|inquiry|query|ticket|case) (?:has been |was )?(?:opened|registered|logged)
    request received | ticket (?:received|created|opened) | received: | acknowledge?ment | receipt of your
    confirmation of receipt
    thank(?:s| you) for (?:contacting|your (?:enquiry|inquiry|request|interest in|submission|application))
    new (?:support )?ticket | eingangsbestatigung | empfangsbestatigung
    bestatigung (?:ihrer|uber den eingang) | ihre (?:anfrage|nachricht|e-?mail|mail) (?:ist|wurde|an|bei)
    wir haben ihre | ticket ?(?:#|nr|erstellt|eroffnet)
    vielen dank fur ihre (?:anfrage|nachricht|e-?mail|mail|kontakt) | megkaptuk | levelet megkaptuk
    visszaigazolas | beerkezett | koszonjuk (?:megkereses|leve) | accuse de reception
    confirmation de reception | nous avons (?:bien )?recu | votre (?:demande|message) a (?:bien )?ete
    confirmacion de recepcion | acuse de recibo | hemos recibido
    conferma (?:di )?(?:ricezione|ricevimento) | abbiamo ricevuto | ontvangstbevestiging
    (?:wij|we) hebben uw | bedankt voor uw (?:bericht|e-?mail|mail|aanvraag)
    potwierdzenie (?:otrzymania|przyjecia|odbioru) | otrzymalismy
    dziekujemy za (?:kontakt|wiadomosc|zgloszenie) | recebemos | confirmacao de recebimento
""")

# What programs tell on their own, and no mail of ours was the cause of.
NOTICES = re.compile(
    r"(?:your |ihre |votre |tu |su |la tua |uw |a |die |new |neue )?(?:(?:order|bestell|auftrags)\w* (?:confirm|#|nr|no)"
    r"|invoice|rechnung|e-?rechnung|facture|factura|fattura|factuur|faktura|szamla|payment|zahlung|paiement|pago"
    r"|pagamento|betaling|receipt for|statement|kontoauszug|password|passwort|mot de passe|contrasena|jelszo|wachtwoord"
    r"|(?:verification|security|login|sign-in|one-time) code|verify your e-?mail|backup|cron|logwatch|alert\b|alarm\b"
    r"|\[?(?:warning|critical|error|failure|success|down|up)\]?:|(?:daily|weekly|monthly) (?:report|digest|summary)|digest\b"
    r"|shipp(?:ed|ing)|your (?:package|parcel)"
    r"|(?:order|package|parcel) (?:has |was )?(?:been )?(?:shipped|delivered)"
    r"|subscription (?:renew|expir)|certificate expir|invoice\w*)"
)

# A machine says that it is one.
AUTOMATIC = Phrases(r"""
    this (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:reply|response)
    this (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?reply
    this (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?response
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:reply|response)
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:reply|response)
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?reply
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?response
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:reply|response)
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?reply
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?response
    the above (?:e-?mail |message )?is (?:an? )?automated[ -](?:\w+ ){0,3}?(?:reply|response)
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:reply|response)
    following (?:e-?mail |message )?is (?:an? )?automated[ -](?:\w+ ){0,3}?(?:reply|response)
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:reply|response)
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?answer
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?answer
    this (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    this (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?message
    this (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?e-?mail
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?answer
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?answer
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?answer
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?answer
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?message
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?e-?mail
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?message
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?e-?mail
    the above (?:e-?mail |message )?is (?:an? )?automated[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    following (?:e-?mail |message )?is (?:an? )?automated[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:message|e-?mail)
    this (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    this (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?acknowledg\w+
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    the above (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    the above (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    following (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    following (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?acknowledg\w+
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?acknowledg\w+
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?acknowledg\w+
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?notification
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?respon\w+
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?respon\w+
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    the above (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    the above (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    following (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    following (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?notification
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?notification
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?notification
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?respon\w+
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?respon\w+
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?respon\w+
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?respon\w+
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?respon\w+
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?respon\w+
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?generated
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?generated
    this (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    this (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    this (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    this (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:sent|created)
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?generated
    the above (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?generated
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?generated
    following (?:e-?mail |message )?(?:was|has been) (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?generated
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?generated
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?generated
    the above (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    the above (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    the above (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    following (?:e-?mail |message )?is (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    following (?:e-?mail |message )?was (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    following (?:e-?mail |message )?has been (?:an? )?automatic(?:ally)?[ -](?:\w+ ){0,3}?(?:sent|created)
    the above (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:sent|created)
    following (?:e-?mail |message )?(?:is|was|has been) (?:an? )?automated[ -](?:\w+ ){0,3}?(?:sent|created)
    automatically generated (?:reply|response|message|e-?mail|answer)
    auto-?generated (?:reply|response|message|e-?mail) | (?:i am|i'm) an auto-?(?:matic |mated )?respon\w+
    this is an auto-?(?:reply|respon\w+) | automated (?:reply|response|acknowledgement)
    automatic (?:reply|response)\b
    (?:please )?do not reply (?:directly )?to this (?:automat\w+ |automatically generated )?e-?mail
    (?:please )?don't reply (?:directly )?to this (?:automat\w+ |automatically generated )?e-?mail
    (?:please )?do not respond (?:directly )?to this (?:automat\w+ |automatically generated )?e-?mail
    (?:please )?don't respond (?:directly )?to this (?:automat\w+ |automatically generated )?e-?mail
    (?:please )?do not reply (?:directly )?to this (?:automat\w+ |automatically generated )?message
    (?:please )?don't reply (?:directly )?to this (?:automat\w+ |automatically generated )?message
    (?:please )?do not respond (?:directly )?to this (?:automat\w+ |automatically generated )?message
    (?:please )?don't respond (?:directly )?to this (?:automat\w+ |automatically generated )?message
    (?:please )?do not reply (?:directly )?to this (?:automat\w+ |automatically generated )?(?:mail|address)
    (?:please )?don't reply (?:directly )?to this (?:automat\w+ |automatically generated )?(?:mail|address)
    (?:please )?do not respond (?:directly )?to this (?:automat\w+ |automatically generated )?mail
    (?:please )?do not respond (?:directly )?to this (?:automat\w+ |automatically generated )?address
    (?:please )?don't respond (?:directly )?to this (?:automat\w+ |automatically generated )?mail
    (?:please )?don't respond (?:directly )?to this (?:automat\w+ |automatically generated )?address
    (?:mailbox|inbox) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:monitored|in use)
    (?:mailbox|inbox) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:used|attended)
    e-?mail address is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:monitored|in use)
    e-?mail address is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:used|attended)
    (?:address|account) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:monitored|in use)
    (?:address|account) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:used|attended)
    (?:mailbox|inbox) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:active|checked|valid|read)
    e-?mail address is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:active|checked|valid|read)
    (?:address|account) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:active|checked)
    (?:address|account) is (?:not|no longer|un)(?: being| actively| regularly)? ?(?:valid|read)
    (?:unmonitored|unattended) (?:mailbox|inbox|e-?mail|account)
    replies to this (?:e-?mail|message|mailbox|address) (?:are|will) not
    diese (?:e-?mail|mail|nachricht|antwort) (?:wurde|ist|wird) (?:eine )?automatisch\w*
    automatisch (?:erzeugte|generierte|erstellte|versandte)\w? (?:e-?mail|mail|nachricht|antwort)
    dies ist eine automatisch\w* | das ist eine automatisch\w*
    (?:bitte )?antworten sie (?:bitte )?nicht auf diese | dieses postfach wird nicht
    (?:postfach|e-?mail-?adresse|mailadresse|adresse) wird nicht (?:mehr )?(?:gelesen|betreut|uberwacht)
    (?:postfach|e-?mail-?adresse|mailadresse|adresse) wird nicht (?:mehr )?(?:bearbeitet|verwendet|genutzt)
    e-?mail-?adresse ist nicht mehr (?:gultig|aktiv) | ez (?:egy )?automatikus\w*
    automatikus(?:an)? (?:valasz|generalt|uzenet|kuldott|ertesit)\w*
    (?:kerjuk,? )?(?:ne valaszoljon|ne valaszoljanak) erre | erre az e-?mail\w* ne
    (?:ceci est|il s'agit d') ?(?:un|une) (?:message|reponse|courriel|e-?mail|mail) automatique
    reponse automatique | message (?:genere |envoye )?automatique(?:ment)? | merci de ne pas (?:y )?repondre
    ne pas repondre a ce (?:message|mail|courriel|e-?mail)
    cette (?:adresse|boite)[\w -]{0,30} n'est (?:pas|plus) (?:consultee|relevee|surveillee)
    cette (?:adresse|boite)[\w -]{0,30} n'est (?:pas|plus) (?:utilisee|active|valide)
    (?:este es un|esto es un|este) (?:mensaje|correo|e-?mail)(?: \w+)? (?:generado )?automatic
    mensaje automatico | respuesta automatica | generad[oa] automaticamente
    (?:por favor,? )?no (?:responda|responder|conteste) (?:a )?este
    (?:messaggio|risposta|e-?mail) (?:\w+ )?automatic[oa]\w* | generat[oa] automaticamente
    (?:si prega di )?non rispondere a (?:questa|questo)
    casella (?:di posta |e-?mail |mail )?(?:elettronica )?non (?:e |viene |sara )?(?:piu )?presidiata
    casella (?:di posta |e-?mail |mail )?(?:elettronica )?non (?:e |viene |sara )?(?:piu )?(?:monitorata|attiva)
    casella (?:di posta |e-?mail |mail )?(?:elettronica )?non (?:e |viene |sara )?(?:piu )?(?:letta|controllata)
    indirizzo (?:e-?mail )?non (?:e |viene )?(?:piu )?(?:presidiato|monitorato|letto|attivo)
    (?:este buzon|esta (?:cuenta|direccion))(?: de correo)?(?: electronico)? (?:ya )?no (?:se |es |esta |sera )
    (?:deze|dit) (?:mailbox|postvak|inbox|e-?mailadres|mailadres) wordt niet (?:meer )?(?:gelezen|gebruikt)
    (?:deze|dit) (?:mailbox|postvak|inbox|e-?mailadres|mailadres) wordt niet (?:meer )?(?:beheerd|gemonitord)
    (?:skrzynka|adres|konto)(?: \w+){0,3} nie jest (?:juz )?(?:monitorowan|obslugiwan|czytan|aktywn|uzywan)\w
    (?:postafiok|fiok|e-?mail ?cim)\w{0,4} (?:mar )?nem (?:figyel|olvas|hasznal|aktiv)\w*
    esta caixa (?:de correio|de e-?mail|postal)(?: eletronico)? nao (?:e|sera|esta)
    (?:denna|den har) (?:brevlada|inkorg|e-?postadress|mailadress)\w* (?:las|bevakas|overvakas|anvands)\w* (?:inte|ej)
    denne (?:postkasse|innboks|indbakke|mailboks|e-?postadresse\w*|mailadresse) (?:blir|bliver|er|laeses|leses) ikke
    tato (?:schranka|adresa|e-?mailova schranka) neni
    postfach wird nicht (?:mehr )?(?:abgerufen|bedient|beobachtet|eingesehen|kontrolliert|gepruft)
    (?:postfach|e-?mail-?adresse|mailadresse|adresse) ist nicht (?:mehr )?(?:besetzt|in gebrauch|aktuell|in betrieb)
    (?:message|e-?mail|mail|reply) (?:was|is|has been) (?:being )?sent automatically
    wurde automatisch (?:versendet|versandt|verschickt|gesendet|erstellt|generiert|erzeugt)
    a ete (?:envoye|genere|emis)\w? automatiquement | ha sido (?:enviad|generad)[oa] (?:de forma )?automatica
    e stat[oa] (?:inviat|generat)[oa] automaticamente | wygenerowan[ayoe] automatycznie
    is automatisch (?:verzonden|verstuurd|gegenereerd) | automatikusan (?:jott|kerult|keszult)
    dit is een (?:automatisch|automatische)\w*
    automatisch (?:gegenereerd|verzonden|verstuurd|bericht|antwoord)
    (?:niet|gelieve niet) (?:te )?(?:reageren|antwoorden) op (?:deze|dit)
    (?:wiadomosc|odpowiedz|mail|e-?mail) (?:\w+ ){0,3}(?:wygenerowan|automatyczn)\w*
    automatyczna (?:odpowiedz|wiadomosc) | (?:prosimy |prosze )?nie odpowiada[cj]\w* na (?:te|ta|ten)
    (?:mensagem|resposta|e-?mail) automatic[oa] | nao responda (?:a )?(?:esta|este)
    detta ar ett (?:automatiskt|autosvar) | dette er (?:en|et) (?:automatisk|autosvar)
    automatisk(?:t)? svar | tato zprava byla (?:automaticky|vygenerovana) | это автоматическ
    автоматический ответ | автоответ | これは自動 | 自動返信 | 自动回复 | 此邮件为自动
    erhalten diese (?:nachricht|e-?mail|mail|antwort) automatisch
    automatische (?:eingangsbestatigung|empfangsbestatigung|ruckantwort) | nachricht wurde maschinell
    my (?:new )?e-?mail address (?:is now|has changed)
    auto(?:matic|mated) (?:confirmation|acknowledg\w+|receipt|notice|e-?mail) | automatisch\w* bestatigung
    confirmation automatique
""")


# A mail has arrived somewhere.
RECEIVED = Phrases(r"""
    (?:have|has been|was|been) (?:successfully |safely |duly )?received(?: (?:your|by))?
    (?:received|receipt of) your (?:\w+ ){0,3}(?:message|e-?mail|mail|request|enquiry|inquiry)
    (?:received|receipt of) your (?:\w+ ){0,3}(?:query|submission|ticket)
    (?:received|receipt of) your (?:\w+ ){0,3}(?:application|feedback|correspondence) | acknowledge receipt
    confirm(?:s|ing)? (?:the )?receipt
    (?:message|e-?mail|request|enquiry) (?:has been|was|is) (?:\w+ )?(?:received|logged)
    (?:message|e-?mail|request|enquiry) (?:has been|was|is) (?:\w+ )?(?:created|registered|opened)
    (?:inquiry|query|ticket|case) (?:has been|was|is) (?:\w+ )?(?:received|logged|created|registered|opened)
    (?:message|e-?mail|request|enquiry) (?:has been|was|is) (?:\w+ )?(?:assigned|forwarded)
    (?:message|e-?mail|request|enquiry) (?:has been|was|is) (?:\w+ )?(?:submitted|recorded|raised)
    (?:inquiry|query|ticket|case) (?:has been|was|is) (?:\w+ )?(?:assigned|forwarded)
    (?:inquiry|query|ticket|case) (?:has been|was|is) (?:\w+ )?(?:submitted|recorded|raised)
    (?:ihre|deine) (?:nachricht|anfrage|e-?mail) (?:\w+ ){0,5}(?:erhalten|eingegangen|eingetroffen)
    (?:ihre|deine) (?:mail|mitteilung|anliegen) (?:\w+ ){0,5}(?:erhalten|eingegangen|eingetroffen)
    (?:ihre|deine) (?:nachricht|anfrage|e-?mail) (?:\w+ ){0,5}(?:empfangen|erreicht|weitergeleitet)
    (?:ihre|deine) (?:mail|mitteilung|anliegen) (?:\w+ ){0,5}(?:empfangen|erreicht|weitergeleitet)
    (?:haben|ist|wurde) (?:\w+ ){0,4}(?:erhalten|eingegangen)
    eingang ihrer (?:nachricht|anfrage|e-?mail|mail)
    (?:megkaptuk|megerkezett|beerkezett|rogzitettuk|fogadtuk)
    (?:leve|uzenet|megkereses|erdeklodes)\w* (?:\w+ ){0,3}(?:megkaptuk|megerkezett)
    (?:leve|uzenet|megkereses|erdeklodes)\w* (?:\w+ ){0,3}(?:beerkezett|rogzit\w+|tovabbit\w+)
    (?:avons|ai|a) (?:bien )?(?:ete )?recu(?:e)? (?:votre|par)
    (?:votre|vos) (?:demande|message)s? (?:a|ont|est) (?:bien )?(?:ete )?(?:recu|enregistre|pris|transmis)
    (?:votre|vos) (?:mail|courriel|e-?mail)s? (?:a|ont|est) (?:bien )?(?:ete )?(?:recu|enregistre)
    (?:votre|vos) (?:mail|courriel|e-?mail)s? (?:a|ont|est) (?:bien )?(?:ete )?(?:pris|transmis)
    accusons (?:bonne )?reception | (?:hemos|ha sido|fue) (?:\w+ )?recibid[oa] | acusamos recibo
    su (?:mensaje|correo|solicitud|consulta) (?:ha sido|fue) (?:recibid|registrad)[oa]
    (?:abbiamo|e stat[oa]) (?:\w+ )?(?:ricevut|registrat|pres)[oa]
    (?:ricevuto|preso in carico) (?:la|il) (?:sua|suo|tua|tuo|vostra)
    (?:hebben|is) (?:\w+ ){0,6}(?:ontvangen|geregistreerd) | ontvangst van uw
    (?:otrzymalismy|zostal[ao]?) (?:\w+ ){0,3}(?:wiadomosc|zgloszenie)
    (?:otrzymalismy|zostal[ao]?) (?:\w+ ){0,3}(?:zarejestrowan\w+|przyjet\w+|odebran\w+)
    potwierdzamy (?:otrzymanie|odbior|przyjecie) | recebemos (?:o |a )?(?:seu|sua) | har mottagit
    har modtaget | har mottatt | (?:vi|jeg|jag) har (?:mottagit|modtaget|mottatt|fatt) (?:ditt|din|dit)
    (?:prijali|obdrzeli) jsme | vas (?:pozadavek|dotaz|e-?mail) (?:byl|jsme) (?:prijat|zaevidovan|obdrzel)\w*
    (?:ваше|вашe) (?:сообщение|письмо|обращение) (?:\w+ )?(?:получено|принято|зарегистрировано)
    mesajiniz (?:\w+ )?(?:alinmistir|ulasmistir|alindi) | talebiniz (?:\w+ )?(?:alinmistir|alindi)
    viestisi on (?:vastaanotettu|saapunut) | yhteydenottosi on vastaanotettu
""")
TICKET = Phrases(r"""
    (?:ticket|case) (?:number|no\.?|id|ref\w*|#|nr)? ?(?:is |:)? ?(?:#|\[)?[a-z]{0,5}-?\d{3,}
    (?:request|reference) (?:number|no\.?|id|ref\w*|#|nr)? ?(?:is |:)? ?(?:#|\[)?[a-z]{0,5}-?\d{3,}
    (?:incident|tracking) (?:number|no\.?|id|ref\w*|#|nr)? ?(?:is |:)? ?(?:#|\[)?[a-z]{0,5}-?\d{3,}
    (?:enquiry|support) (?:number|no\.?|id|ref\w*|#|nr)? ?(?:is |:)? ?(?:#|\[)?[a-z]{0,5}-?\d{3,}
    (?:ticket|case|request|vorgang|anfrage)s?[ -]?(?:nummer|number|nr\.?|id|no\.?)\b
    \[(?:ticket|case|#|ref)[ :#]?[\w-]{2,30}\] | \[#\w{2,20}\] | ##-? ?please
    (?:ticket|vorgang|case|request) (?:has been |was |wurde |ist )(?:created|opened|assigned)
    (?:ticket|vorgang|case|request) (?:has been |was |wurde |ist )(?:angelegt|erstellt|eroffnet)
    (?:numero de|numero di|nr\.?) (?:ticket|dossier|demande|caso|pratica|solicitud|zgloszenia)
    ticketnummer | ugyszam | bejelentes szama | jegyszam | numer zgloszenia | zaaknummer | vorgangsnummer
""")
WILL_ANSWER = Phrases(r"""
    (?:will|shall|'ll|to) (?:\w+ )?(?:be in touch|get back|respond|reply|contact you)
    (?:will|shall|'ll|to) (?:\w+ )?(?:be in contact|review|answer|revert|attend)
    (?:member|one|someone)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:team|staff|department) (?:will|is)
    representatives? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:team|staff|department) (?:will|is)
    colleagues? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:team|staff|department) (?:will|is)
    (?:agent|specialist)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:team|staff|department) (?:will|is)
    (?:member|one|someone)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:colleagues|experts) (?:will|is)
    (?:member|one|someone)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:representatives|agents) (?:will|is)
    (?:representative|colleague)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:colleagues|experts) (?:will|is)
    representatives? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:representatives|agents) (?:will|is)
    colleagues? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:representatives|agents) (?:will|is)
    (?:agent|specialist)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:colleagues|experts) (?:will|is)
    (?:agent|specialist)s? (?:of|from) (?:our|the) (?:\w+ ){0,3}(?:representatives|agents) (?:will|is)
    as soon as (?:possible|we can|we are able)
    within (?:the next )?(?:\d{1,2}|one|two)(?:[ -](?:to )?\d{1,2})? (?:business |working )?(?:hour|day)s?
    within (?:the next )?(?:three|a few|24|48)(?:[ -](?:to )?\d{1,2})? (?:business |working )?(?:hour|day)s?
    shortly | (?:melden|setzen|kummern) (?:\w+ ){0,6}(?:bei ihnen|in verbindung|schnellstmoglich|umgehend)
    (?:antworten|beantworten|bearbeiten) (?:\w+ ){0,6}(?:bei ihnen|in verbindung|schnellstmoglich|umgehend)
    (?:melden|setzen|kummern) (?:\w+ ){0,6}(?:moglichst|so (?:schnell|bald) wie|in kurze|zeitnah)
    (?:antworten|beantworten|bearbeiten) (?:\w+ ){0,6}(?:moglichst|so (?:schnell|bald) wie|in kurze|zeitnah)
    schnellstmoglich | so (?:schnell|bald) wie moglich
    werden (?:\w+ ){0,5}(?:bearbeite|beantworte|melde|kummer) | innerhalb von | in kurze | zeitnah
    umgehend | hamarosan | (?:rovidesen|mielobb|munkatarsunk|kollegank|ugyfelszolgalat)\w*
    (?:napon|oran) belul | a leheto leg\w+ | dans les (?:plus brefs|meilleurs) delais
    (?:reviendrons|repondrons|recontacterons|repondra|reviendra|traiterons|contactera)
    sous (?:\d{1,2}|24|48) ?(?:h|heures|jours) | en breve | lo antes posible | a la (?:mayor )?brevedad
    (?:contactaremos|responderemos|atenderemos|pondremos en contacto) | en el plazo de
    (?:risponderemo|ricontatteremo|contatteremo|rispondera|contattera) | (?:il )?prima possibile
    quanto prima | al piu presto | zo (?:snel|spoedig) mogelijk | (?:nemen|neemt) (?:\w+ ){0,5}contact
    binnen (?:\d|een|twee) | (?:odpowiemy|skontaktujemy|odpowiedzi udziel|odezwiemy|skontaktuje)
    najszybciej | jak najszybciej | w ciagu \d | responderemos
    (?:retornaremos|entraremos em contato|entraremos em contacto) | o mais (?:breve|rapido) possivel
    (?:aterkommer|svarar) (?:\w+ ){0,4}(?:snart|inom|sa fort) | (?:vender tilbage|kontakter dig|svarer) (?:\w+ ){0,4}hurtigst
    sa snart som mulig | hurtigst muligt | ozveme se | co nejdrive | в ближайшее время | как можно скорее
    wij (?:reageren|antwoorden|beantwoorden) | odpowiadamy (?:na|w|zwykle)
""")
THANKS = Phrases(r"""
    (?:thank you|thanks|many thanks|thx)(?: very much| so much)? for (?:your|the)
    (?:thank you|thanks|many thanks|thx)(?: very much| so much)? for (?:contacting|getting in touch)
    (?:thank you|thanks|many thanks|thx)(?: very much| so much)? for (?:reaching out|writing|e-?mailing|you)
    (?:vielen |herzlichen |besten |schonen )?dank fur (?:ihre|ihr|deine|die|eure|das)
    danke fur (?:ihre|ihr|deine|die)
    koszon(?:juk|om)(?: szepen)?,? (?:a |az )?(?:leve|uzenet|megkeres|erdeklod|hogy|e-?mail)
    merci (?:de|pour|d') | (?:nous vous |je vous )remerci | gracias por | muchas gracias por | grazie per
    la ringrazi\w+ per | bedankt voor | (?:hartelijk )?dank voor | dank u | dziekuj[ae]\w* za
    obrigad[oa] p | tack for | tak for | takk for | dekuj\w* za | спасибо за | благодар
""")
# Addresses behind which there is no single person.
GENERIC_SENDER = re.compile(
    r"(?:info|support|help|helpdesk|service|servicedesk|kundenservice|kundendienst|sales|vertrieb"
    r"|office|kontakt|contact|contacto|hello|hallo|team|mail|enquir\w{1,4}|inquir\w{1,4}|customer\w{0,10}"
    r"|care|admin|iroda|ugyfelszolgalat|sekretariat|biuro|reception|empfang|anfrage|zentrale|post"
    r"|commercial|marketing|hr|jobs|careers|press|accueil|tickets?|it|feedback|webmaster)(?:[._+-][\w.+-]{0,60})?@"
)
NO_REPLY = re.compile(
    r"(?:[\w.+-]{0,40}[._+-])?(?:no[._-]?repl(?:y|ies)|do[._-]?not[._-]?reply|ne[._-]?pas[._-]?repondre"
    r"|nicht[._-]?antworten|keine[._-]?antwort|no[._-]?responder|non[._-]?rispondere|nie[._-]?odpowiadaj"
    r"|niet[._-]?beantwoorden|ne[._-]?valaszolj)[\w.+-]{0,40}@"
)
MACHINE_SENDER = re.compile(
    r"(?:[\w.+-]{0,30}[._+-])?(?:auto-?(?:repl(?:y|ies)|respon\w{1,6}|answer)|vacation|out-?of-?office"
    r"|abwesenheit\w{0,12})(?:[._+-][\w.+-]{0,40})?@"
)
