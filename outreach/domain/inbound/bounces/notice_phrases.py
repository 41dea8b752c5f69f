"""How reports of mail systems begin, what their subjects and senders are, in the languages they are sent in.

Written as `reason_phrases` is: "/" ends a phrase, "~" is a gap, "|" the edge of a word.
"""

from __future__ import annotations

# The sender's name and address, marks left as spaces.
DAEMONS = """
mailer daemon / maildaemon / mailerdaemon / mail daemon / postmaster / mail delivery subsystem
mail delivery system / mail delivery service / mail deliver system / delivery subsystem / delivery system
mail delivery / microsoftexchange / system attendant / internet mail delivery / internet mail service
mail transport / mail transfer / mail router / message router / mail subsystem / delivery status
delivery notification / delivery report / delivery failure / bounce notification / undelivered
undeliverable / non delivery / nondelivery / returned mail / mail system / mailsystem / bouncehandler
postmeister / mail administrator / email administrator / mailadmin / mail returned / e mail system
returnedmail / system administrator / systemadministrator / administrador de correo / администратор
系統管理員 / 系统管理员 / メール配送 / メールシステム / 系统退信 / 邮件系统 / 退信 / smtp gateway
mail gateway / mail server / mailserver / mdaemon / jetmail / imss / virus wall / viruswall / interscan
antivirus / symantec / messagelabs / mimecast / proofpoint / ironport / barracuda / scanmail / sophos
fortimail / trend micro / post master / post office / posteingang
"""
SOFT_DAEMONS = """
administrator / admin / noreply / no reply / donotreply / do not reply / |root| / bounce / mdaemon
gateway / |system| / amavis / content filter / filter / daemon / |server| / exchange / listserv
majordomo / mailman / support
"""

FAILED_SUBJECTS = """
undeliverable / undelivered / undeliver / non deliverable / nondeliverable / non delivery / nondelivery
not delivered / failure notice / failure notification / notice of failure / delivery failure
delivery failed / delivery has failed / failed delivery / failed to deliver / failure to deliver
delivery error / delivery problem / delivery unsuccessful / delivery status notification / delivery status
delivery notification / delivery report / status notification / returned mail / returned email
returned message / mail returned / message returned / returned to sender / return to sender
returning message / mail failed / email failed / message failed / mail failure / message failure
mail delivery failed / mail delivery / message delivery / mail could not be / could not be delivered
not be delivered / could not deliver / cannot deliver / unable to deliver / was not delivered
wasn't delivered / cannot be delivered / could not send / cannot send / mail error / mail system error
smtp error / error sending / user unknown / unknown user / unknown address / unknown recipient
invalid recipient / bounced mail / bounce notification / mail bounce / bounced / rejected mail
mail rejected / has been rejected / error s in forwarding / message frozen / message rejected
rejected message / non remis / non remise / échec de / échec d' / echec de / non distribu
impossible de remettre / remise impossible / unzustellbar / nicht zustellbar / nicht zugestellt
unzustellbarkeit / zustellung fehlgeschlagen / zustellfehler / zustellung nicht / zustellungs
fehler bei der zustellung / mail nicht zugestellt / rückläufer / nachricht nicht / no se puede entregar
no se pudo entregar / no entregado / no entregable / no se ha podido entregar / error de entrega
error en la entrega / fallo en la entrega / correo devuelto / devuelto / mensaje no
impossibile recapitare / mancato recapito / non recapitabile / mancata consegna / non consegnat
recapito non / errore di consegna / notifica di mancat / messaggio non / onbestelbaar / niet bezorgd
niet afgeleverd / kan niet worden bezorgd / bezorging ~ mislukt / niet bestelbaar / nie można dostarczyć
niedostarczon / niedoręczon / nie dostarczono / niepowodzenie / zwrot / nie doręczono / kézbesíthetetlen
kézbesítési hiba / nem kézbesíthető / sikertelen kézbesítés / kézbesítés sikertelen
nem sikerült kézbesíteni / não foi entregue / não entregue / nao entregue / não é possível entregar
falha na entrega / falha ao entregar / devolvid / nelze doručit / nedoručiteln / nedoručen / nedoručiteľn
kunde inte levereras / går inte att leverera / oleveranserbar / olevererat / kan ikke leveres
kunne ikke leveres / ikke leveret / ikke levert / toimitus epäonnistui / perille toimitta
teslim edilemedi / iletilemedi / nelivrat / не доставлен / недоставлен / не удалось доставить
недоставленное / не может быть доставлен / невозможно доставить / ошибка доставки / не доставлено
недоставка / неудачная доставка / 配信不能 / 配信できません / 配信エラー / 配信に失敗 / 配達不能
配送失敗 / 配送エラー / 送信エラー / エラーメール / 届けられません / 不達 / 未配達 / 未送達 / 退信 / 退回
投递失败 / 无法投递 / 无法送达 / 未送达 / 发送失败 / 无法传递 / 传递失败 / 無法傳遞 / 傳遞失敗 / 投遞失敗
無法送達 / 未傳遞 / 배달되지 / 배달 실패 / 전송 실패 / 반송 / failed mail / 传输失败 / 傳輸失敗
mail could not / problem delivering / delivery impossible / not deliverable / unable to send
failed to send / error delivering / automatically rejected / delivery of your
your message to ~ could not
"""
DELAYED_SUBJECTS = """
delayed / delay notification / delivery delay / message delayed / mail delayed / delay in delivery
|delay| / warning could not send / warning message / warning mail / still being retried / still trying
not yet delivered / temporarily / transient / queued / mail warning / delivery incomplete / verzögert
verzögerung / noch nicht zugestellt / zustellung verzögert / retardé / retard / différé / en attente
retrasad / demorad / retraso / in ritardo / ritardo / ritardat / vertraag / vertraging / opóźni / késik
késleltet / késés / késlelt / atrasad / atraso / fördröj / försenad / forsinke / viivästy / zpožd
odložen / задержк / задержана / задержано / 遅延 / 延迟 / 延遲
"""
DELIVERED_SUBJECTS = """
successfully delivered / successful mail delivery / delivery status notification success
delivery status notification relay / return receipt / delivery confirmation / mail delivery success
delivery status notification expanded / message delivered / successful delivery
"""

# What stands at the head of a report and nowhere else. One is enough at the beginning of a mail.
OPENINGS = """
this is the qmail send program / i'm afraid i was not able to deliver your message to the following
this message was created automatically by mail delivery software / this is the mail system at host
this is the postfix program / this is the postfix / this is the mail delivery
this is the mail delivery agent / this is an automatically generated delivery status notification
this is the mailer daemon / the original message was received at / transcript of session follows
had permanent fatal errors / had transient non fatal / delivery has failed to these recipients
delivery has failed to the following / your message did not reach some or all
your message wasn't delivered / your message was not delivered to
could not be delivered to the following / could not be delivered to one or more
could not be delivered for / could not be delivered because / could not be delivered to
could not deliver your message / could not deliver the following / could not deliver a message
was unable to deliver your / unable to deliver your message / unable to deliver the message
unable to deliver message / unable to deliver to / unable to deliver the following
unable to deliver mail / unable to deliver email / address not found your message / message not delivered
message blocked your message / recipient inbox full / couldn't be delivered / message you sent could not
message that you sent could not / mail you sent could not / you sent to / the following addresses had
the following recipients / the following recipient / the following address failed
the following message could not / the following message to / the following addresses failed
to the following recipients / delivery to the following / delivery of the following / delivery failed
delivery failure / undeliverable mail / undeliverable message / undelivered message / undeliverable to
i'm sorry to have to inform you / sorry to have to inform you / message undeliverable
your message cannot be delivered / your message could not be / your mail could not be
your email could not be / your mail cannot be / your mail to the following / your message to the following
your message to @ / your email to @ / your mail message to / message for @ ~ could not
was not delivered to the following / has not been delivered / has been returned / have been returned
mail is returned / is being returned / could not be sent / cannot deliver your
cannot deliver the message / cannot be delivered / not deliverable / undeliverable / could not reach
failed to deliver / failed addresses / failed recipient / unable to send your message / was not delivered
message could not be / has been automatically rejected / 送信に失敗 / the following error
following error occurred / returned to you / bounced back / returning your message / the mail system
a mail delivery error / smtp server ~ reject / rejected your message / rejected the message
rejected by the recipient / was rejected by / mail server ~ error / error occurred ~ delivery
error while ~ deliver / delivery attempt / session transcript / mdaemon / mailer daemon
warning message only / no such user / user unknown / unknown user / mailbox full / over quota
user ~ not listed in / diese nachricht wurde automatisch / konnte nicht zugestellt
nicht zugestellt werden / konnte nicht an / nicht ausgeliefert / unzustellbar / nicht übermittelt
zustellung ~ fehlgeschlagen / fehler bei der zustellung / n'a pas pu être remis / n'a pas été remis
n'a pas pu être distribu / n'a pas pu être délivr / n'a pu être / la remise ~ échoué / échec de la remise
impossible de remettre / non remis / no se pudo entregar / no se ha podido entregar / no pudo ser entregad
no se entregó / no ha podido ser entregado / no ha sido entregado / error al entregar
non è stato possibile recapitare / non è stato recapitato / impossibile recapitare
non può essere recapitat / non e stato possibile / non è stato consegnato / impossibile consegnare
kon niet worden bezorgd / kon niet worden afgeleverd / is niet bezorgd / niet worden bezorgd
bezorging is mislukt / nie można dostarczyć / nie mogła zostać dostarczona / nie została dostarczona
nie dostarczono / nie udało się dostarczyć / nem sikerült kézbesíteni / nem lehetett kézbesíteni
nem kézbesíthető / kézbesítése nem sikerült / kézbesítése sikertelen / não pôde ser entregue
não foi entregue / não foi possível entregar / nao pode ser entregue / nemohla být doručena
nelze doručit / nebyla doručena / kunde inte levereras / kunne ikke leveres / ei voitu toimittaa
teslim edilemedi / iletilemedi / не может быть доставлено / не было доставлено / не доставлено
не удалось доставить / не может быть отправлено / не смогли доставить / 配信できません
配信することができません / 送信できません / お届けできません / 届けることができません
送ることができません / 送信されませんでした / 配信されませんでした / 宛先不明 / 配送できません
配送することができません / 下記のメール / 次の宛先 / 以下の宛先 / 次のあて先 / 宛先のメールアドレス
无法送达 / 无法投递 / 未能送达 / 被退回 / 投递失败 / 发送失败 / 无法发送到 / 无法传递 / 退回给您
系統無法 / 無法傳送 / 無法送達 / 배달되지 / 전송되지 / 보내지 못 / could not be delivered
was automatically rejected / did not reach the following / 无法发送 / cannot be sent / not able to deliver
unable to process / was undeliverable / was not able to / had delivery problems / had delivery errors
was not received by / following persistent errors / following errors occurred
did not receive your message / fatal delivery errors / been rejected by / are invalid / following problems
error invalid / invalid user / error message below
"""
# What tells a failure from a notice of delay, and the other way round.
GAVE_UP = """
giving up / given up / gave up / will be deleted / has been deleted / will not be retried / not be retried
no further attempts / permanent error / permanent failure / permanent fatal / could not be delivered after
has been removed from the queue / delivery has failed / too long in the queue / no longer be attempted
final failure / delivery failed / returned undelivered / is being returned
delivery attempts have been abandoned / retry timeout exceeded / not going to try again / has expired
message expired / delivery time expired / removed from queue / failed permanently / permanently failed
endgültig / définitivement / definitivamente
"""
STILL_TRYING = """
will continue / will keep trying / will be retried / will retry / continue to try / still trying
still being retried / keep trying / try again for / retries will / retry for / attempts will
delivery will be attempted / has not yet been delivered / not yet been delivered / not yet delivered
has been delayed / is delayed / being delayed / delivery delayed / delivery is delayed / been queued for
no action is required / do not need to resend / you do not need to / warning message only
this is a warning / is still in the queue / still queued / wird weiterhin versucht / wird weiter versucht
noch nicht zugestellt / verzögert / sera réessay / nouvelle tentative / reintentar / seguirá intentando
retrasad / nuovi tentativi / ritardo / opnieuw proberen / vertraag / opóźni / késleltet / megpróbál
ещё не / продолжит / 再送 / 遅延 / 遅れて / 延迟 / 重试 / újra megpróbál / ponowi próbę / kolejne próby
"""

ABOUT_MAIL = """
mail / message / recipient / nachricht / empfänger / mensaje / mensagem / destinatario / destinataire
messaggio / courriel / correo / bericht / wiadomo / odbiorc / levél / üzenet / címzett / メール / 宛先
邮件 / 郵件 / 收件 / письм / сообщени / zpráv
"""
