"""What mail servers say when they refuse a mail for a reason that leaves the address alive.

The phrases stand as `wording.plain` leaves a text: lower case, no marks; "@" is an address, "~" a gap, "|" the
edge of a word, "/" ends a phrase. What is written in other alphabets is found the same way.
"""

from __future__ import annotations

LOOP = """
mail loop / mail loops back / loops back to myself / too many hops / hop count exceeded
maximum hop count / routing loop / forwarding loop / mail forwarding loop / message looping
loop detected / too many received / loop count exceeded / config error mail loops / schleife
message is looping / already has my delivered to
"""

MAILBOX_FULL = """
over quota / overquota / quota exceeded / quota violation / quota usage exceeded / quota has been exceeded
quota is full / quota full / out of quota / exceed ~ quota / exceeds ~ quota / exceeded ~ quota
exceeding ~ quota / over ~ disk quota / over the allowed quota / over its quota / over their quota
over the quota / over his quota / beyond ~ quota / mailbox full / mailbox is full / mailbox ~ is full
mailbox ~ almost full / mail box full / mail box is full / inbox is full / inbox full / full mailbox
mailfolder is full / mail folder is full / mailfolder full / maildrop full / maildir full / mailbox over
mailbox exceed / mailbox has exceeded / mailbox would exceed / mailbox size limit / mailbox disk
mailbox space / exceeded storage / exceeded the storage / exceeded ~ storage / exceeded its storage
storage limit / storage allocation / storage space / storage is full / mailbox storage
insufficient ~ mailbox / not enough space in ~ mailbox / does not have enough space / not have enough disk
insufficient disk space for user / insufficient disk quota / disk quota / disc quota / diskquota
user's space has been used up / user has too many messages / exceeded the maximum number of messages
exceeding receiving limits / too much mail data
mail file size exceeds the maximum size allowed for mail delivery / boite du destinataire pleine
boite pleine / boîte ~ pleine / boîte aux lettres ~ saturée / postfach ~ voll / postfach ist voll
postfach voll / postfach hat ~ speicher / mailbox ist voll / mailbox voll / speicherplatz ~ überschritten
quota überschritten / kontingent ~ überschritten / buzón ~ lleno / buzon ~ lleno / bandeja ~ llena
cuota excedida / casella ~ piena / casella piena / postvak ~ vol| / mailbox is vol| / skrzynka ~ pełna
przepełniona / postafiók ~ megtelt / postafiókja megtelt / betelt / caixa ~ cheia / caixa postal ~ cheia
schránka ~ plná / почтовый ящик переполнен / ящик ~ переполнен / переполнен / 容量不足 / 容量を超え
メールボックスが一杯 / メールボックスがいっぱい / メールボックスの容量 / 邮箱已满 / 空间已满 / 信箱已满
mail box ~ full / recipient overquota / recipient ~ full / user is over / has reached ~ quota
reached disk quota / rcpt mailbox is full / message count limit / domaindisk quota / quota limit
quota ~ exceeded / mailbox limit / zuviele mails / zu viele ~ nachrichten / zu viele mails
space not enough / recipient is over / not enough free space / int p7
"""

VIRUS = """
virus detected / virus found / virus infected / contains a virus / contain a virus / contains virus
contained a virus / infected with / infected file / infected message / message is infected
rejected ~ virus / virus ~ rejected / malware / trojan / worm detected / viren / eicar
dangerous attachment
"""

GREYLISTED = """
greylist / greylisted / graylist / grey listed / grey listing / gray listed / gray listing
temporarily deferred ~ greylist / please retry ~ later ~ greylist / not yet authorized to deliver
"""

PTR = """
reverse dns / ptr record / |ptr| / reverse hostname / reverse lookup / rdns / cannot find your hostname
cannot find your reverse / hostname lookup failed / ip name lookup failed / ip name possibly forged
cannot resolve your address / unresolvable relay host name / no reverse / invalid reverse
does not resolve to / generic hostname / matching reverse / dns ~ record for the sending
forward confirmed / missing a proper hostname
"""

AUTHENTICATION = """
|spf| / |dkim| / |dmarc| / domainkeys / sender policy framework / sender id ~ fail / not authenticated
unauthenticated / authentication required / authentication failed / authentication failure
authentication is required / authentication credentials / requires authentication / must authenticate
smtp auth / authentifizierung / incorrect authentication data / bad username or password
username and password not accepted / not permitted to send ~ domain / not authorized to send from
not allowed to send ~ from / not authorized to use ~ domain / not permitted sender / permitted sender
unauthorized sender / unauthorized mail is prohibited / anonymous ~ not permitted / spoof
client was not authenticated / sendas denied
"""

TLS = """
starttls / must issue a starttls / tls required / tls is required / requires tls / tls negotiation
tls handshake / certificate / require encryption / requires encryption / ssl handshake / |dane|
|mta sts| / sts policy
"""

RATE_LIMITED = """
rate limit / ratelimit / rate limited / too many messages / too much mail / too many mails
too many emails / sending rate / exceeded ~ rate / exceeded the rate / exceeded ~ max ~ per hour
per hour / per minute / messages per / limit per / sent too many / mail flow limit
receiving mail at a rate / receiving mail too quickly / frequency / is limited / throttl / slow down
reduce your rate / try again later ~ volume / unusual rate / unusual volume / excessive ~ messages
excessive volume / sending limit / daily limit / hourly limit / message limit / exceeded permitted limits
exceeded the maximum ~ messages / exceeded threshold / exceeded its limit for messages
too many recipients / too many rcpts / recipient limit / reciplimit / message submission rate
submissionquotaexceeded / temporarily deferred due to
"""

TOO_MANY_CONNECTIONS = """
too many connections / too many concurrent / concurrent connection / maximum connections
connection limit / too many sessions / too many smtp sessions / max connections / number of connections
connections from your / connection rate / trop de connexions / sessions per
"""

SENDER_REJECTED = """
sender address rejected / sender email address rejected / sender rejected
sender address has been rejected / sender address verification / sender verify / sender verification
sender domain / domain of sender / sender is not allowed / sender not accepted / sender not pre approved
sender unknown / sender denied / sender invalid / sender does not exist / unroutable sender
unrouteable sender / unknown sender / invalid sender / bad sender / null sender / empty envelope sender
empty sender / empty email address / envelope sender / return path / mail from ~ does not exist
mail from ~ domain / mail from not owned / bogus mail from / valid sender / emetteur invalide
backscatter / |batv| / returned mail not accepted / no third party dsns / bounces are not accepted
we do not accept bounces / sender's domain / your domain ~ not exist / from header
from address ~ not verified / email address is not verified / address is not verified
verification failed for / callout verification / callback verification / verify callout / dns check failed
from domain is invalid / a valid from / from domain / purported responsible / sender was rejected / e2110
invalid domain see
"""

RESTRICTED = """
only accept / accepts mail only / accept mail only / only accepting mail / only be sent / restricted
members only / non member / not a member / only members / not subscribed / not allowed to post
not permitted to post / permission to post / permission to send / permissions to send
permitted to send to / not authorized to send to / not authorized to send mail to
not authorised to send to / not allowed to send to / not allowed to send messages to / rst notauthorized
rst authrequired / rst sendernotauthenticated / rst restrictedtorecipientspermission
sendernotauthenticated / sender must be authenticated / authenticated by ~ organization / senders inside
closed mailing list / moderator / approved senders / allowed senders / whitelist / not in ~ allow list
posting to ~ denied / does not accept messages from / recipient does not accept mail from
not a registered gateway user / delivery not authorized
"""

BLOCKED = """
blacklist / black list / black listed / blocklist / block list / block listed / denylist / |dnsbl| / |rbl|
|rbls| / |bl| / |sbl| / |xbl| / |pbl| / spamhaus / spamcop / barracudacentral / sorbs / abuseat / abusix
uceprotect / proofpoint com dnsbl / blocked using / blocked by / listed at / listed on / listed by
are listed / currently listed / has been listed / banned / banning / block policy / envelope blocked
blocked senders / sender address blocked / blocked sender / ip is blocked / ip blocked
ip address ~ blocked / been blocked / is blocked / was blocked / |blocked| / bloque par / bloques par
adresse ip ~ bloqu / accept mail from / accept email from / accepting mail from / accepting email from
accepting connections from / accepting any mail from / access from ~ denied / no access from
connections not accepted / refused to talk to me / client host rejected / host rejected / ip rejected
ip denied / dynamic ip / dynamic address / dynamic ips / open proxy / open relay / client ip / go away
use the smtp server of your isp / smtp relay of your isp / your remotehost looks / your ip
suspected bounce attacks / suspected spam ip / connection denied / network not allowed / service refuse
|gesperrte ip| / your network is / your ip is / host is listed / ip is listed / address is listed
domain is listed / server is listed / your server is / your host is / your mail server is / listed in ~ bl
listed in ~ list / helo command rejected / helo ~ rejected / ehlo ~ rejected / my name was rejected
greeting failed / pol p1 / pol p2 / pol p3 / does not exist helo
"""

REPUTATION = """
reputation / senderscore / sender score / low trust / poor sender / user complaints / complaints from
complaint rate / given low priority
"""

SPAM = """
|spam| / |spams| / |spammy| / |spamming| / |spammer| / |spammers| / |uce| / |ube| / spam score
spam detected / spamassassin / unsolicited / junk mail / junk email / bulk mail / mass mail / mass mailer
phishing / looks like spam / hits bayes / high probability of / not accepted for delivery ~ advert
advertis / as(4810) / message is too suspicious / suspicious / cloudmark / gesendet ~ spam
courrier indésirable / publicité / 垃圾邮件 / 迷惑メール / спам / message content rejected
content denied / triggered a ~ filter / blocked by ~ filter
"""

TOO_LARGE = """
message too large / message too big / message is too large / message is too big / mail is too large
mail too large / mail is too big / email is too large / too large to be delivered / message size
message length exceeds / exceeds size limit / exceeds the size / exceeds ~ size limit
exceeds maximum size / exceeds ~ maximum ~ size / maximum message size / maximum allowed size
maximum email size / max message size / maximum size / exceeded the maximum size / size limit
file too big / file too large / message file too big / too big for system / too big for this
larger than the ~ limit / larger than the maximum / bigger than / recipsizelimit / recipientsizelimit
sendersizelimit / sizelimit / taille limite / zu groß / trop volumineux / demasiado grande / troppo grande
túl nagy / za duż / too much data / header size exceeds / maximum size the user
"""

RELAY_DENIED = """
relay denied / relaying denied / relay access denied / relay access not allowed / relay not permitted
relaying not permitted / relaying not allowed / relay not allowed / relaying prohibited / relaying to
relay prohibited / relay is not allowed / not permitted to relay / not allowed to relay
not authorized to relay / unable to relay / cannot relay / no relaying / do not relay / will not relay
does not relay / will not be relayed / refuse to relay / relay from / mail relay / relay operation
rcpthosts / insecure mail relay / not a gateway / not an open relay / we do not handle / we do not host
not hosted here / not handled here / non local recipient / not one of our domains / not in my domains
not a local domain / domain is not local / not a valid domain for
"""

SUSPENDED = """
suspended / suspend / suspension / account ~ disabled / mailbox ~ disabled / mailbox disabled
account disabled / user ~ disabled / user disabled / recipient ~ disabled / address ~ disabled
email disabled / is disabled / been disabled / was disabled / disabled or discontinued
disabled recipient / disabled mailbox / disabled user / disabled account / disabled due to inactivity
deactivated / de activated / inactive / inactivity / not active / no longer active / not activated
account ~ locked / mailbox ~ locked / user ~ locked / is locked / temporarily locked / temporary locked
mailbox is frozen / frozen / account ~ expired / mailbox ~ expired / account expired / account has expired
account is closed / account closed / account has been closed / account terminated
account has been terminated / dormant / archived recipient / archivee / unpaid / overdue / stillgelegt
postfach ~ gesperrt / konto ~ gesperrt / deaktiviert / désactivé / desactivad / deshabilitad / disattivat
disabilitat / gedeactiveerd / zablokowan / nieaktywn / letiltva / felfüggesztett / заблокирован / отключен
неактивен / 停止 / 利用制限 / 冻结 / 停用 / 禁用 / now disabled / receiving disabled / inactivo / inattivo
rcp t4 / administratively disabled
"""

NETWORK = """
connection timed out / connection timeout / connect timeout / operation timed out / session timed out
timed out / connection refused / connection was refused / refused connection / refused the connection
connection reset / connection lost / lost connection / connection closed / connection was closed
connection broken / connection dropped / connection was dropped / connection failed / connection aborted
was not able to establish an smtp connection / not able to establish / unable to connect / cannot connect
could not connect / not connect / failed to connect / failure connecting / establish a connection
no route to host / network is unreachable / network unreachable / network error / host is unreachable
host unreachable / host is down / host down / did not respond / not responding / no response
no answer from / mx records point to loopback / mxloopback / could not be reached ~ connection
transport endpoint / remote server ~ not available / smtp timeout / timeout while / timeout after
timeout waiting / read timeout / timeout on
"""

# A filter of the recipient (RFC 5429) quotes words of its own behind this.
SIEVE = """
was automatically rejected
"""

FILTERED = """
recipient preferences / recipient's preferences / rejected by recipient / rejected by the recipient
rejected by user / rejected by the user / rejected by ~ recipient / refused by recipient
refused by the recipient / blocked by the recipient / blocked by recipient / user reject / user rejected
recipient has blocked / recipient has rejected / protected by / not accepting mail
not accepting messages / not accepting any mail / not accepting email / not currently being accepted
does not want / not wish to receive / refuse to receive / refuses to receive / refuses to accept your
refuses to accept mail / recipient refused / user filter / user's filter / mail filter / personal filter
personal rule / sieve / recipient rules / recipient does not / rejected by ~ rule / mailbox rule
user entry / no solicitation / 受信拒否 / 拒否設定 / 拒收 / rcp p2 / rcp p3 / cannot route mail
"""

CONTENT = """
message content / content rejected / content not accepted / content violation / content policy
content examination / content filter / content blocked / content restriction / attachment / executable
file type / banned file / forbidden file / mime / header error / missing header / invalid header
duplicate header / malformed / bare lf / bare linefeed / bare cr / line too long / lines too long
not rfc 5322 / rfc 5322 / rfc5322 / rfc 2822 / rfc2822 / rfc822 / illegal header / message id
missing subject / missing date / date header / from header / to header / header are not accepted
multiple addresses / multiple from / not accept ~ html / character set / charset / encoding / 8bit
password protected / encrypted
"""

SYSTEM_FULL = """
insufficient system storage / insufficient system resources / insufficient disk / insufficient storage
insufficient memory / disk full / disk is full / out of disk / no space left / not enough disk
not enough system / out of memory / low on disk / filesystem is full / file system full
file system is full / mail system full / system storage / system is full / insufficient resources
no disk space / out of storage
"""

LOCAL_POLICY = """
local policy / policy reasons / policy reason / policy violation / policy restriction / security policies
security policy / due to policy / by policy / policy rejection / policy rejected / organization policy
company policy / policy settings / email policy / content policy / violates ~ policy
"""

POLICY = """
policy / policies / violation / violates / prohibited / prohibition / forbidden / security
rejected for policy / message refused / mail refused / message rejected / message blocked / mail rejected
email rejected / message was rejected / message denied / organizational settings / local rule / unauthori
not authori / not permitted / not allowed / permission / rule imposed / mail refus / refusé / abgelehnt
zurückgewiesen / rechazado / rifiutato / geweigerd / odrzucon / visszautas
"""

PROTOCOL = """
syntax error / bad syntax / invalid syntax / bad address syntax / command not recognized
command unrecognized / unrecognized command / unknown command / command not implemented / not implemented
bad sequence / bad command / protocol error / protocol violation / need rcpt / need mail / invalid helo
bad helo / helo / ehlo / smtputf8 / not support ~ utf8 / internationali / eai / pipelining
unrecognized parameter / parameters not / too many bad commands / too many errors / too many unrecognized
too many invalid / too many protocol / illegal character / invalid character / rfc compliant / not rfc
non compliant
"""

EXPIRED = """
delivery time expired / delivery expired / message expired / queue expired / expired
retry timeout exceeded / retry time not reached / retry timeout / in the queue too long
in queue too long / queue too long / been in the queue / sitting in queue / queue lifetime / too old
exceeded ~ queue / queue period / time to live / giving up / gave up / given up / give up
too many attempts / too many delivery attempts / too many failures / could not deliver for
unable to deliver ~ for ~ days / could not be delivered for / not been collected after / maximum retries
max retries / retries exceeded / retry count exceeded / delivery timed out / attempts to deliver
after several attempts / several attempts / zeitüberschreitung / abgelaufen / délai / expiré
tiempo ~ expir / scadut / verlopen / wygas / lejárt / 期限切れ / 配送期限 / not delivered within
within the allowed queue / have been failing for a long time / maximum delivery attempts
delivery attempts / could not be delivered after / delivery timeout / could not find a gateway
"""

SYSTEM = """
temporarily unavailable / temporary unavailable / not available temporarily / temporary local problem
temporary problem / temporary error / temporary failure / temporary system / temporarily rejected
temporarily refused / temporarily deferred / temporarily not / try again later / please try later
try later / unavailable currently / local error / local configuration / configuration error
configuration problem / config error / misconfigured / internal error / internal server error
server error / system error / software error / processing error / ldap / database / cannot open
cannot create / cannot write / cannot append / cannot read / cannot lock / cannot access
permission denied / i o error / unable to open / unable to write / unable to process / unable to accept
unable to deliver ~ mailbox / error writing / error reading / write error / read error / failed to open
pipe to / |piped| / exit status / exit code / unknown mailer error / return code / child process
child crashed / command died / command output / command failed / deliver failed / out of service
service unavailable / service not available / service currently unavailable / service shutting down
maintenance / overloaded / too busy / too much load / load too high / high load / system load / resources
storedrv / mdb / mapi exception / mapiexception / ambiguous / mailing list expansion / bad configuration
lookup failure / lookup error / system not accepting / not accepting network messages / several matches
multiple matches / best preference mx
"""

ON_HOLD = """
on hold / held for / quarantine / awaiting / pending / moderation / deferred
"""

NAME_SERVICE = """
host not found try again / not found try again / temporary lookup failure / temporary dns
temporarily unable to ~ dns / servfail / serverfail / server failure / name server timeout
name server failure / name server ~ timed out / name server reply / nameserver ~ timeout
temporary failure in name / temporary name ~ failure / temporary ~ resolution / lookup failed temporar
dns server failure / dns timeout / dns error / dns failure / dns query failed / dns lookup ~ try again
unable to resolve route
"""
