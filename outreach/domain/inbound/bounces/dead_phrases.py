"""What mail servers say of an address that is dead: no such user, no such domain, moved, takes no mail.

The phrases stand as `wording.plain` leaves a text: lower case, no marks; "@" is an address, "~" a gap, "|" the
edge of a word, "/" ends a phrase. What is written in other alphabets is found the same way.
"""

from __future__ import annotations

NOT_LISTED = """
not listed in domino / ディレクトリのリストにありません / not listed in public / not listed in ~ address
not listed in ~ directory / not listed in name / not a member of domain
"""

MOVED = """
has moved to / user has moved / user moved / recipient has moved / mailbox has moved / account has moved
address has moved / has been moved to / moved to ~ @ / moved please / new address is
new email address is / new address @ / please use @ / please try @ / try @ / is now @ / use instead
has been replaced by @ / has been changed to / has changed ~ to @ / address has changed / address changed
changed ~ email address / changed ~ address / now known as @ / user not local please / forward to @
will forward / neue adresse / neue email adresse / nouvelle adresse / nueva dirección / nuovo indirizzo
nowy adres / új címe
"""

NOT_ACCEPTING = """
null mx / nullmx / does not accept mail / do not accept mail / does not accept any mail
does not accept email / does not accept any email / does not accept incoming / does not accept inbound
does not accept messages / domain does not accept / domain accepts no mail / accepts no mail
accepts no email / host does not accept / does not receive mail / does not receive email
cannot receive mail / cannot receive email / does not send or receive / never send or receive
not accept smtp / no smtp service / no mail service / no email service / indicated no smtp
mail service is not available for this domain / domain no longer accepts / no longer accepting mail
mail server ~ no longer / account inbounds disabled / server has been shut down / host shut down
domain ~ no longer accepts / server ~ no longer accepts
"""

NO_DOMAIN = """
nxdomain / nonexistentdomain / non existent domain / no such domain / domain does not exist
domain ~ does not exist / domain doesnt exist / dns error domain name not found
"""

HOST_UNKNOWN = """
host unknown / unknown host / host not found / host or domain name not found / domain not found
domain name not found / domain was not found / no such domain / no such host / no such mail domain
nxdomain / nonexistentdomain / non existent domain / nonexistent domain / non existing domain
non existent host / domain does not exist / domain ~ does not exist / domain ~ not exist / unknown domain
unrouteable / unroutable / unrouteable address / unrouteable mail domain / name or service not known
nodename nor servname / hostname nor servname / could not be resolved / cannot resolve
cannot be resolved / unable to resolve / invalid domain / domain is invalid / invalid destination domain
bad destination host / bad destination system / bad host / bad domain / domain unknown / no mx record
no mx or a / no a or mx / no mx host / no valid mx / no mx for / no valid hosts / no mail exchanger
no route for / domain name is unknown / host name is unknown / host is unknown / domain is unknown
unknown mail host / could not find any host named / could not find a mail exchanger
unable to find ~ domain / domain ~ could not be found / domain could not be found
could not find ~ domain / cannot find ~ domain / cannot find mx / cannot find ip / no dns record
no dns entry / no dns / dns records for the destination / domain must exist / name service error
mail domain mentioned / is not a valid domain / domain is not valid / domain has no / has no mx
no ip address / has no valid mail / does not have an mx / does not have any mx / not find mx
mx lookup failed / name server host not found / mx records point to non existent / all relevant mx records
host lookup did not complete failed / domain isn't / domain ~ nicht gefunden / domain existiert nicht
unbekannte domain / domaine inconnu / domaine n'existe pas / dominio no existe / dominio ~ no encontrado
dominio inesistente / dominio sconosciuto / domein bestaat niet / domena nie istnieje / tartomány nem
ドメインが存在 / ドメインが見つかり / 域名不存在 / домен не найден / домен не существует
the account or domain may not exist / domain is not reachable / host address lookups failed permanently
invalid host name / hostname is unknown / no route found / could not find any host / host name not found
hostname not found
"""

USER_UNKNOWN = """
user unknown / unknown user / userunknown / unknown recipient / recipient unknown / unknown mailbox
mailbox unknown / unknown account / account unknown / unknown address / address unknown / unknown local
unknown virtual / unknown email / unknown destination / unknown or invalid / unknown addressee
addressee unknown / unknown or illegal / addresses were unknown / user is unknown / recipient is unknown
local user unknown / address is unknown / user ~ unknown / recipient ~ unknown / no such user
no such recipient / no such mailbox / no such address / no such account / no such person / no such email
no such local / no such id / no such name / no such alias / no such entry / no such virtual
no such customer / no such subscriber / no such directory / no mailbox / no mail box / no account
no user / no local mailbox / no local user / no existing / no valid recipient / no valid mailbox
no one at this address / no person / no matching ~ recipient / no ~ in name directory / not a known user
not a valid user / not a valid recipient / not a valid mailbox / not a valid address / not a valid email
not a valid account / not a valid local / not a user / not a registered / not a local address
not an active address / not email addresses / not valid recipient / not our user / not a recipient
not our recipient / is not a known / is not known / not known here / not known at this / user not known
not known to / is not a user / is not local / not local here / user not found / user was not found
recipient not found / recipient was not found / mailbox not found / mailbox was not found
account not found / address not found / addressee not found / email name is not found
email address not found / not found in / not found by / not found on / name not found / could not be found
couldn't be found / cannot be found / wasn't found / recipnotfound / recipient notfound
recipientnotfound / was not found / user ~ not found / recipient ~ not found / mailbox ~ not found
address ~ not found / account ~ not found / @ not found / not present in directory / not in directory
not in the directory / user does not exist / mailbox does not exist / account does not exist
address does not exist / recipient does not exist / does not exist / do not exist / did not exist
doesnt exist / not exist / not exists / no longer exists / never existed / user ~ doesnt exist
nonexistent / non existent / non existing / nonexisting / inexistent / no longer valid
no longer available / no longer a valid / no longer with / no longer works / no longer employed
invalid user / user invalid / invalid recipient / recipient invalid / invalid mailbox / mailbox invalid
invalid address / address invalid / invalid account / invalid local / invalid email / invalid or unknown
invalid to address / invalid rcpt / address is invalid / recipient is invalid / mailbox is invalid
email is invalid / invalid final delivery userid / invalid userid / invalid destination / illegal alias
illegal user / illegal recipient / illegal address / is not valid / not valid address
bad destination mailbox / bad mailbox / bad recipient / bad address / bad destination address / bad user
badrcptto / badrecipient / validrcptto / verified recipient / does not have a ~ account
does not have an account / does not have an email / does not have a mailbox / does not have a ~ mailbox
doesn't have a / not have a ~ account / not have an ~ account / has no account / has no mailbox
has no email / is wrong or no longer / not have mailbox / recipient address rejected access denied
recipient addresses rejected access denied / recipient address rejected invalid
recipient address rejected unknown / recipient address rejected undeliverable
recipient unable to receive / missing home directory / cannot accept user / address unresolvable
unresolvable address / account is not available / account not available / account unavailable
mailbox unavailable or access denied / not a mailbox / delivery to ~ address failed unknown
wrong address / address is incorrect / address incorrect / incorrect address / misspelled
email address you entered / spelled ~ incorrect / lmtp ~ unknown / unable to find recipient
unable to find user / unable to find ~ recipient / unable to validate recipient / could not find user
cannot find user / cannot find recipient / cannot find your recipient / left the company / left the organi
rejecting for invalid / ldap lookup ~ not found / not exist at / does not match any / unlisted recipient
no users / unknown names / deleted mailbox / mailbox has been deleted / account has been deleted
account deleted / user deleted / user ~ removed / account that you tried to reach / user has been deleted
closed by user / recipient removed / cancelled account / mailbox not present / mailbox not available
mail box not available / mailbox not exist / unbekannter empfänger / empfänger unbekannt
empfänger ~ unbekannt / benutzer unbekannt / unbekannter benutzer / unbekannte adresse / adresse unbekannt
existiert nicht / nicht existiert / existiert an dieser / adresse nicht gefunden / nicht gefunden
nicht vorhanden / ist nicht bekannt / empfängeradresse ungültig / ungültige adresse / ungültiger empfänger
kein postfach / kein konto / utilisateur inconnu / destinataire inconnu / adresse inconnue
utilisateur ~ inconnu / boîte ~ inconnu / inconnu ~ adresse / adresse d au moins un destinataire invalide
destinataire invalide / adresse invalide / n'existe pas / n'existe plus / n existe pas / introuvable
n'a pas été trouvé / plus valide / usuario desconocido / destinatario desconocido / no existe
no existente / usuario no encontrado / no se encuentra / no se encontró / no se ha encontrado
dirección ~ no válida / buzón inexistente / usuario inexistente / utente sconosciuto
destinatario sconosciuto / indirizzo sconosciuto / non esiste / inesistente / nessun utente
utente non trovato / indirizzo non valido / non trovato / non è stato trovato / onbekende gebruiker
gebruiker onbekend / onbekende ontvanger / ontvanger onbekend / bestaat niet / niet gevonden
ongeldig adres / onbekend adres / nie istnieje / nieznany użytkownik / nieznany adresat
nieznany odbiorca / nie znaleziono / nieprawidłowy adres / nie odnaleziono / brak skrzynki
brak użytkownika / brak takiego / ismeretlen / nem létezik / nem létező / nem található / nincs ilyen
érvénytelen cím / não existe / nao existe / usuário desconhecido / destinatário desconhecido
não encontrad / não foi encontrad / nao encontrad / endereço inválido / inexistente / okänd / finns inte
ukjent / finnes ikke / ukendt / findes ikke / tuntematon / ei löydy / neexistuje / neznámý / neznamy
nenalezen / nu există / bulunamadı / mevcut değil / не существует / неизвестный / неизвестен / нет такого
не найден / несуществующ / не зарегистрирован / не існує / ユーザが存在 / ユーザーが存在 / 存在しません
存在しない / 存在いたしません / 見つかりません / 見つかりませんでした / 宛先不明 / あて先不明 / 宛先が不明
不明なユーザ / アドレスが無効 / アドレスに誤り / アドレスが間違 / 宛先のメールアドレス ~ 誤
ご確認 ~ 宛先 / 不存在 / 无此用户 / 查无此 / 找不到 / 地址错误 / 没有这个用户 / 無此 / 查無此
无效的收件人 / 收件人地址 ~ 无效 / 존재하지 / 찾을 수 없 / 없는 사용자
mailbox ~ unavailable or access denied / @ not ok / address lookup ~ failed / recipients are invalid
cannot deliver mail for / recipient is not allowed / not our customer / recipient unrecognized
address unrecognized / user unrecognized / recipient unrecognised / no longer an employee
no longer on ~ server / sconosciuto / sconosciuta / destinatario errato / indirizzo errato
nie ma takiego / no such mail / unable to find alias / |unbekannt| / address lookup failed
user lookup failed / recipient lookup failed / not one of our users / did not ~ match / there is no user
no user by that name / is not our / name is not recognized / address is not recognized
address not recognized / recipient not recognized / user not recognized / name not recognized
user has been removed / account has been removed / mailbox has been removed / address has been removed
rcp p1 / int p1 / int p4 / no longer in use / no longer in service / no longer accepts
"""

REFUSED_RECIPIENT = """
mailbox unavailable / mailbox is unavailable / mailbox unavaiable / mailbox not allowed
mailbox name not allowed / mailbox name invalid / recipient rejected / recipients rejected
recipient address rejected / recipient is not accepted / recipient not accepted / recipient not ok
address rejected / addresses rejected / user not accepted / recipient is denied / recipient denied
envelope recipient has been denied / rejected recipients / recipient is not ok / recipient verify failed
recipient verification / unavailable mailbox / following recipients was undeliverable / user doesn't
account ~ unavailable / cannot deliver to / not deliverable / recipient cannot be / undeliverable address
"""
