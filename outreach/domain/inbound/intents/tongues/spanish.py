"""What people say in Spanish replies: refusals and whole answers; the rest is in `spanish_wishes`."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue
from outreach.domain.inbound.intents.tongues.spanish_wishes import NOW, WISHES

LATER = (
    "(en|dentro|después|tras|más adelante|a partir|a finales|a principios|a mediados|el año que viene|el"
    " próximo|la próxima|el mes que viene|para|pasado|hacia|para el|en unos|luego"
    "|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|q1|q2|q3|q4"
    "|otoño|cuando)"
)

SPANISH = Tongue(
    code="es",
    phrases={
        "unsubscribe": (
            "derecho* de (oposición|supresión|cancelación|olvido)",
            "no (vuelva|vuelvan|vuelvas|volváis) a (enviar*|mandar*|escribir*|contactar*|molestar*|llamar*)",
            "(deja|deje|dejad|dejen|para|pare|paren|parad) (ya)? de (escribirme|enviarme|mandarme|"
            "mandarnos|escribirnos|contactarme|bombardear*)",
            "no (quiero|queremos|deseo) ~1 (más|recibir) ~3 (correos|emails|mails|mensajes|publicidad"
            "|nada|comunicacion*)",
            "(bórre*|borra*|elimín*|elimine*|quít*|sacadme|sacarme|quitadme|eliminadme|borradme) ~2 "
            "(vuestr*|su|sus|esta|la|las|los) ~2 (lista*|base*|listado*|fichero*|mailing|newsletter*|"
            "bbdd|contactos|registro*)",
            "(pueden|puede|podrían|podría|quiero que) ~1 (borrarme|eliminarme|quitarme|sacarme|darme de"
            " baja|eliminar mi*|borrar mi*)",
            "(denme|darme|dame|den|dar|dadme|dénme|darnos|solicito|quiero|deseo|desearía|pido|procedan a)"
            " ~3 (baja)",
            "(dar|darse|darme|dado|de) de baja",
            "(bórre*|borra*|elimine*|elimina*|quite*|quíta*|saque*|sácame|retire*|retírenme|remuev*"
            "|suprima*|suprimir|eliminar|borrar) (me|nos|mi|mis|nuestro|nuestros|nuestra|por favor|de"
            " inmediato|todos mis|inmediatamente)? ~4"
            " (lista*|base*|datos|correo|dirección|e-mail|mail|contacto|suscripción|registros"
            "|distribución)",
            "(eliminación|supresión|cancelación|borrado) ~1 de ~1 (mis|nuestros|mi|todos) ~1 (datos"
            "|dirección|correo|suscripción|cuenta)",
            "no (me|nos) (envíe*|envíes|mande*|escriba*|escribas|contacte*|vuelvan|vuelva|moleste*|sigan"
            "|sigas|manden|llegue*) ~4 (más|nada|otra vez|escribir|contactar|enviar|enviando|mandar"
            "|molestar|$|correos|mensajes)",
            "(no|tampoco) (deseo|quiero|queremos|deseamos|quisiera) (recibir|que me|seguir recibiendo|ser"
            " contactado|más correos|más mensajes|que nos) ~3",
            "(dejen|deje|deja|dejad|paren|parad|para) de (enviar*|mandar*|escribir*|contactar*|spamear*"
            "|mandarme)",
            "(cancelar|cancele*|anular) ~1 (suscripción|mi suscripción|el envío)",
            "(no) (más) (correos|e-mails|emails|mails|mensajes|publicidad|spam)",
            "(me opongo|ejerzo ~4 (derecho|derechos)|derecho de (supresión|oposición|cancelación)|retiro"
            " mi consentimiento|revoco ~2 consentimiento)",
            "(acciones legales|mi abogado|medidas legales|agencia (española)? de protección de datos|aepd)",
        ),
        "angry": (
            "(dais|das|dan) (vergüenza|asco|pena)",
            "(pesad*|cansin*|plast*) (sois|eres|son|que sois)",
            "(coño|cojones|joder|hostia|puñetero*|puta|puto)",
            "(acoso|vergüenza|sinvergüenza*|vergonzoso|inaceptable|intolerable|indignante|falta de respeto)",
            "(denunciar|denunciaré|denuncio|denunciarlos|denunciarles|pondré una denuncia|poner una"
            " denuncia|reportar como|reportaré|reportado como|marcar como spam)",
            "(esto|su correo|es) ~1 (es|un|una)? ~1 (spam|basura|ilegal|estafa|correo basura|tomadura de"
            " pelo)",
            "(dejen|deje|deja|dejad|paren) (de molestar|de fastidiar|de acosar|de joder|de dar la lata|ya"
            " de|me en paz|nos en paz)",
            "(déje*|dejen) (me|nos|en) (en paz|tranquil*|paz)",
            "(déjenme|déjeme|déjame|dejadme|déjennos) (en paz|tranquil*)",
            "(cómo se atreve*|qué se han creído|me toman el pelo|me está tomando|no tienen vergüenza|qué"
            " poca vergüenza|están locos)",
            "(váya*|vete|iros|idos) (a la mierda|a la porra|al diablo|al carajo|a paseo)",
            "(harto|hartos|harta|cansado|cansada) de (sus|recibir|estos|tanto*|que|su|vuestros)",
            "(idiotas|imbéciles|gilipollas|estafadores|ladrones|pesados|spammers|pinche*|mierda de)",
            "(su|sus|tanto|este|estos|de) (spam|correos basura|basura|mierda|porquería*)",
        ),
        "wrong_person": (
            "ya no (estoy|sigo) ~1 (en|ahí|allí|por) ~1",
            "(se decide|se deciden|lo deciden|se toman|se gestiona*|lo lleva*|lo gestiona*|decide) ~3"
            " (central|sede|matriz|grupo|corporativ*|dirección general)",
            "(hay que|tienes que|tenéis que|deberías|deberíais|debes|debería) (hablar|contactar|"
            "dirigir*|escribir|preguntar|tratar*) ~1 (con|a)",
            "(ha cambiado de empresa|causó baja en|ya no forma parte|me he jubilado|dejé de trabajar)",
            "(quien|quienes|persona que|compañero que|compañera que) ~1 (lleva|se encarga|se ocupa|"
            "decide|gestiona|ve) ~1 "
            "(estos|esto|eso|este|de estos|de esto|de eso|las compras|de las|las)",
            "no es ~1 (mi|de mi|mis|cosa mía|asunto mío|tema mío) ~1 (departamento|área|competencia|"
            "negociado|función|funciones|ámbito|tema|responsabilidad|$)",
            "no (me|nos) (toca|compete|corresponde|encarg*|ocup*|dedic*) ~1",
            "no (trabajo|formo parte|pertenezco|estoy) ~1 (en|para|a|de|con) ~1 (esa|esta|dicha) ~1 "
            "(empresa|compañía|organización|área|departamento|entidad)",
            "(eso|esto|este tema|estos temas|estas cosas|este asunto|estas decisiones) ~2 (lo|los|"
            "las|se) (lleva*|gestiona*|decide*|ve|ven|maneja*|encarga*|ocupa*)",
            "(tiene que|debe|tendría que) (hablar|dirigirse|escribir|contactar) ~1",
            "no es ~1 (la|el|un|una) ~1 (persona|contacto|responsable|encargad*|interlocutor*|"
            "indicad*|adecuad*)",
            "no (soy|somos) ~1 (la|el|quien|yo|responsable|encargad*) ~2 (persona|contacto|responsable"
            "|indicad*|adecuad*|encargad*|correct*|decide|lleva|interlocutor*|decido|gestiona|de ello|de"
            " este|de esa|de esto)?",
            "ya no (trabajo|trabaja|trabajamos|formo|pertenezco|estoy|está|forma|soy|presta|es) ~1 (en"
            "|aquí|para|parte|con|a|allí|el|la|responsable|encargad*)",
            "(dejé|ha dejado|dejó|he dejado) (la empresa|la compañía|mi puesto|de trabajar)",
            "(persona|dirección|contacto|destinatario|departamento) (equivocad*|incorrect*|erróne*)",
            "(se ha equivocado|se equivoca|se han equivocado|te has equivocado) de (persona|dirección"
            "|departamento)",
            "(estoy|me he) (jubilad*)",
            "no (me encargo|me ocupo|llevo|gestiono|me corresponde|depende de mí|es mi área|es mi"
            " competencia|es de mi|decido|me compete|trabajo ahí)",
            "(se encarga|se ocupa|lo lleva|lo gestiona|se encargan|lleva este|lleva estos|lleva ese"
            "|gestiona este|es la persona|es el responsable|es la responsable|es responsable) ~2 (de|este"
            "|mi|el|la|<name>|un|otra|otro|nuestr*)?",
            "(el|la) (responsable|encargad*|persona (adecuada|indicada|correcta|responsable)) (de|para|es"
            "|sería) ~4",
        ),
        "elsewhere": (
            "(escrib*|envía*|envíe*|mand*|dirij*|dirige*) ~4 (a la dirección|al departamento|al "
            "responsable|a la persona|al correo|a mi compañer*|a mis compañer*)",
            "(le|te|os|les) (paso|dejo|facilito|doy|copio) ~3 (contacto|correo|email|datos|dirección)"
            " (de|del) (mi|la|el|nuestr*|quien|compras|responsable|compañer*)",
            "(contacte|contacten|hable|hablen|escriba|diríjase|póngase en contacto) (con|a) (don|doña|el"
            " señor|la señora)? <name>",
            "(contacte*|hable|hablen|escriba|escriban|diríja*|póngase|consulte|comuníque*|contactar"
            "|dirigirse|escribir|hablar|ponerse) ~4 (compañer*|colega|jefe|jefa|director*|responsable"
            "|departamento|encargad*|compras|mi|nuestr*|al señor|la señora|don|doña)",
            "(reenviado|reenvío|remitido|derivado|pasado|paso) ~4 (a|al) ~1 (compañer*|departamento"
            "|responsable|colega|compras|persona)",
            "(en copia|pongo en copia|he copiado)",
            "(mejor|por favor|debería|puede|le ruego) ~1 (contacte|diríjase|escriba|hable) (con|a) ~2",
        ),
        "already_bought": (
            "(llevamos|llevo) ~2 (trabajando|usando|utilizando|colaborando) ~1 (con|el mismo|la misma) ~1",
            "(hemos|habíamos) (implantado|instalado|comprado|contratado|elegido|adquirido|migrado a|"
            "cambiado a|apostado por|renovado con) <name>",
            "(somos|soy|seguimos siendo) (clientes|cliente|usuarios) (de|desde)",
            "(nos (decidimos|decantamos|quedamos|fuimos)|nos hemos (decidido|decantado|quedado|ido)) "
            "(por|con) ~2",
            "(tenemos|contamos con|trabajamos con) ~1 (proveedor*|partner|distribuidor) ~1 (habitual*"
            "|fijo*|propio*|de confianza|de siempre|homologado*|para)",
            "(hemos|habíamos|hace poco|recientemente) ~1 (implantado|implementado|instalado|migrado|"
            "renovado|adquirido|implantamos|cambiamos) ~1 (a|con|el|la|un|una|hace|recientemente|otro"
            "|otra|nuestr*)",
            "(acabamos|terminamos|acabo) de (firmar|contratar|comprar|renovar|implantar|implementar|"
            "cambiar|instalar|cerrar|adquirir|migrar)",
            "(tenemos|tengo|está|queda|teníamos) ~2 (cubiert*|resuelt*|solucionad*)",
            "(llevamos|llevo) (años|tiempo|mucho|muchos|varios) ~1 con",
            "(no|ni) ~1 (vamos a|queremos|pensamos) cambiar",
            "ya (tenemos|trabajamos|usamos|utilizamos|contamos|disponemos|hemos|contratamos|compramos"
            "|estamos|tengo|trabajo|uso|disponiendo|firmamos|lo tenemos|elegimos|adquirimos|utilizo) ~2"
            " (contratad*|con|un|una|proveedor|sistema|solución|herramienta|comprad*|firmad*|elegid*"
            "|cubiert*|de|servid*|otro|otra|esto|eso|algo|implantad*|resuelto|este|nuestr*|cubierto"
            "|adquirid*|decidido)",
            "(ya|actualmente|ahora) (tenemos|trabajamos con|usamos|utilizamos|contamos con|contratamos|uso"
            "|utilizo|tenemos contratado) <name>",
            "(hemos|acabamos|he) ~2 (firmado|firmar|contratado|contratar|elegido|elegir|comprado|comprar"
            "|optado|optar|cerrado|renovado|renovar|adquirido|adjudicado) ~3 (con|otro|otra|por|un|una"
            "|contrato|competencia|el|la|competidor)",
            "(firmamos|contratamos|compramos|elegimos|optamos|nos decidimos|nos decantamos|nos hemos"
            " decidido|nos hemos decantado) ~2 (con|por|a|otro|otra) ~2",
            "(otro|otra) (proveedor|solución|empresa|herramienta|sistema|opción) ~4 (contratad*|elegid*"
            "|hemos|ya|tenemos)?",
            "(contrato) (con|vigente|en vigor|hasta|firmado|de) ~4",
            "(contentos|satisfechos|contento|satisfecho|satisfecha|contenta|encantados) con ~2",
            "(desarrollo|sistema|solución|herramienta|software) (propi*|intern*)",
            "(desarrollado|desarrollamos|hecho|creado) ~3 (internamente|propia|interno|casa|nosotros mismos)",
        ),
        "no_budget": (
            "no (nos)? (han|ha|hemos|autoriz*|aprueb*|liberan|dan) ~2 (presupuesto|gasto*|dinero|"
            "inversión|inversiones|euro|fondos|partida)",
            "(inasumible|inabordable|prohibitivo|fuera de nuestro alcance|fuera de mi alcance|ni un "
            "euro|ni un duro|ni un céntimo|ni un peso)",
            "no (hay|queda|tenemos|tengo|nos queda) ~2 (dinero|pasta|un duro|un euro|plata|margen|fondos)",
            "no (está|estaba|lo tenemos|lo teníamos|lo hemos) ~1 presupuestad*",
            "(presupuesto*|partida*|inversión|inversiones) ~3 (asignad*|agotad*|repartid*|ejecutad*|"
            "destinad*|cerrad*|comprometid*)",
            "(es|resulta|sale|parece|veo|vemos) (muy|demasiado|un poco|algo|bastante|un pelín)? "
            "(caro|cara|carillo|carísimo|prohibitiv*)",
            "(recortado|recortaron|congelado|bloqueado|tijera) ~3 (presupuesto*|gasto*|inversión|"
            "inversiones|compras)",
            "no (nos|me) ~1 (llega|alcanza|da para)",
            "(va|sale|escapa|pasa|dispara) (mucho|bastante|un poco)? (de|del) (precio|presupuesto|madre)",
            "(precio|coste|costo) ~3 (alto|elevado|excesivo)",
            "(gasto|gastos|inversiones|compras) ~3 (congelad*|paralizad*|recortad*|suspendid*)",
            "(no|sin|ni|falta de) (tenemos|hay|contamos con|disponemos de|queda|dispongo de|tengo|disponer"
            " de|nos queda|existe|cuento con)? ~2 (presupuesto*|dinero|fondos|recursos|partida|liquidez)",
            "presupuesto ~4 (agotado|congelado|cerrado|recortado|gastado|comprometido|limitado|ajustado|no"
            " (nos)? lo permite)",
            "(demasiado|muy|excesivamente|bastante|un poco) (caro|cara|costoso|elevado|caros|costosa|alto)",
            "(fuera de|excede|supera|se sale|por encima) ~1 (de)? (nuestro|presupuesto|nuestras)",
            "no (nos|me|se) (lo|la|podemos|puedo) ~1 (podemos|puedo|permitir*|puede) ~1 (permitir*)?",
            "no (podemos|puedo) (permitir*|pagar*|costear*|asumir*|afrontar)",
            "(recortes|recorte|congelación|restricciones) (de|presupuestari*|del) ~1",
        ),
        "not_now": (
            "(no corre prisa|no hay prisa|sin prisa|más adelante lo|lo veremos|ya lo veremos) ~1 (más"
            " adelante|en otro momento|después|otro año)",
            "(contáctanos|contáctenos|contactadnos|contáctame|contácteme|llámanos|escríbenos|"
            "escríbanos) ~3 (en|a finales|a principios|a mediados|después|dentro|tras|a partir|más "
            "adelante|pasad*)",
            "(otras|otros) ~1 (prioridades|frentes|proyectos en marcha|temas más urgentes|urgencias)",
            "(ahora|ahora mismo|este mes|de momento) ~1 (imposible|complicado|difícil|inviable)",
            "(dame|deme|danos|dadme|dénme) ~1 (toque|llamada|aviso) ~2 (en|dentro|después|tras|a "
            "partir|pasad*)",
            "(a la vuelta de|pasado el|pasadas las) (verano|vacaciones|agosto|fiestas|navidad*|semana santa)",
            "(este año|este ejercicio|este trimestre) ~2 (está*|tenemos) ~3 (cerrad*|complet*|plan*)",
            "(prueba|pruebe|prueben|inténtalo|inténtelo|pregúntame|búscame|búsqueme) ~3 (en|dentro|"
            "después|más adelante|tras|a partir|pasad*) ~1",
            "(a tope|saturad*|de cabeza|sin tiempo|liadísim*|mucho lío|mil cosas|hasta el cuello|de "
            "vacaciones hasta)",
            "no (lo)? (tenemos|tengo|está*|hay|entra*) ~2 (previst*|previsión|contemplad*|plantead*|"
            "en agenda|en cartera|sobre la mesa|planes|planificad*|en la hoja de ruta)",
            "(hablamos|volvemos a hablar|lo vemos|lo miramos|lo retomamos|retomamos|hablemos|vemos) "
            "~2 (a la vuelta|después del|después de|pasado el|dentro de (unos|dos|tres|cuatro|seis|un"
            "|unas) (mes*|semanas)|el año que viene|el próximo año|más adelante|otro momento|(en|a "
            "partir de|para) (enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|"
            "noviembre|diciembre|otoño|primavera|verano|invierno))",
            "hasta ~4 no (podemos|vamos|puedo|tenemos|hay|se|empez*|decid*|retom*|mirar*|ver*|volver*|nos)",
            "(dejamos|dejémoslo|dejarlo|dejadlo|dejemos|déjalo|aplaz*|pospon*|postergar*|posterga*|"
            "aparcamos|aparcarlo|retrasamos) ~1 (para|hasta|en espera|unos meses|unas semanas|más "
            "adelante|por ahora|de momento)",
            "(mejor|ya) ~2 (vemos|hablamos|retomamos|miramos) (en|para|después|a partir|más)",
            f"{NOW} no",
            f"no ~5 {NOW}",
            f"{NOW} ~4 no ~3 (prioridad|posible|tenemos|interesa|necesitamos|es|está|hay|estamos|nos"
            f"|buscamos)",
            "no es (el|un|una) ~1 (momento|prioridad|buen momento|mejor momento|prioritario|prioridades)",
            "(no antes|no hasta) (de|del) ~3",
            f"(contácte*|contacte*|contactar*|escríb*|escriba*|escribi*|llám*|llame*|volv*|vuelv*|retom*"
            f"|habl*|póng*|ponga*|comuníqu*|pregúnt*|inténtel*|revis*|recuérd*|retomar*) (a contactar*|a"
            f" escribir*|a hablar*|a llamar*|en contacto|me|nos|usted|a intentar*|a ponerse|a ver*|el tema"
            f"|la conversación)? ~4 {LATER}",
            "(quizás|quizá|tal vez|a lo mejor|puede que|mejor|igual|posiblemente) ~1 (el año|el próximo"
            "|más adelante|en|dentro|para|después|a partir|la próxima|otro momento)",
            "(más adelante|el año que viene|el próximo año|el próximo trimestre|después del verano|a la"
            " vuelta del verano) ~2 (quizás|tal vez|sí|podemos|lo|hablamos|retomamos|nos)",
            "(mal momento|demasiado pronto|muy pronto todavía|no tengo tiempo|no tenemos tiempo|muy liado*"
            "|liados|desbordados|hasta arriba|en plena|aplazado|pospuesto|en pausa|otras prioridades|no es"
            " prioritario|no es una prioridad|paralizado)",
        ),
        "not_interested": (
            "no (va|encaja*|entra*|cuadra*) ~2 (con|en) ~1 (nosotros|nuestr*|lo que)",
            "(lo dejamos pasar|lo dejo pasar|dejamos pasar|desestimad*|desestimamos|lo descart*|no "
            "gracias|no seguiremos)",
            "(hacemos|gestionamos|llevamos|resolvemos|desarrollamos|fabricamos) ~3 (internamente|"
            "nosotros mismos|en casa|con medios propios|con recursos propios)",
            "no (lo veo|lo vemos|me convence|nos convence|me cuadra|nos cuadra|me encaja|externaliz*|"
            "subcontrat*|trabajamos con (terceros|externos)|lo necesit*|me aporta|nos aporta|nos "
            "compensa|me compensa)",
            "no (seguir|seguiremos|continuar|continuaremos|avanzar|avanzaremos|seguimos|participar*|"
            "procederemos) ~1 (adelante|con|en|$)",
            "(hemos decidido|decidimos|preferimos|prefiero|optamos por|hemos optado por) ~1 (no|"
            "seguir como|continuar como|quedarnos como|seguir con|dejarlo correr|mantener)",
            "^ (paso|pasamos) (gracias|pero|de esto|palabra|de momento|$)",
            "no (es|son|está*) ~1 (para (nosotros|mí|nuestra|nuestro|una empresa)|lo nuestro|nuestro "
            "caso|mi caso|pensad*)",
            "no (es|son|será|sería) ~1 (algo|lo) que ~2 (necesit*|busc*|quer*|encaj*|estemos|us*|"
            "utili*|interes*)",
            "no (vemos|veo|le vemos|le veo|encontramos) ~2 (encaje|utilidad|sentido|valor|interés|"
            "necesidad|aporte|aplicación|ventaja*)",
            "(estamos|estoy) (bien|contentos|servidos) (como|así|con lo)",
            "no (es|son|entra|está) ~3 (interés|interesa|planes|necesidades|necesario|relevante|busc*)",
            "(nos quedamos|seguimos|seguiremos) con ~2",
            "no (nos|me|le|estoy|estamos|tengo|tenemos|hay|nos resulta|me resulta|es de|es)? (muy"
            "|realmente|para nada|en absoluto)? (interesa*|interesad*|interés|interesante|nuestro interés"
            "|relevante|mi interés)",
            "(ningún|sin|nulo) interés",
            "no (necesitamos|necesito|precisamos|requerimos|buscamos|lo necesitamos|encaja|procede|tenemos"
            " necesidad|nos hace falta|hace falta|vamos a|queremos|quiero|deseamos|es para nosotros|aplica"
            "|nos encaja|nos sirve|estamos buscando) ~2",
            "no (muchas)? gracias",
            "(gracias pero no|gracias no|declino|declinamos|rechazamos|descartamos|descartado|lo"
            " descartamos|paso gracias)",
            "(hemos decidido) no",
        ),
        **WISHES,
    },
    whole={
        "unsubscribe": (
            "(baja|dar de baja|darme de baja|stop|cancelar suscripción|cancelar|eliminar|remover"
            "|desuscribir|desuscribirme|bórrenme|elimínenme|denme de baja|desuscríbeme|quiero darme de"
            " baja|no más)",
        ),
        "not_interested": (
            "(no|no gracias|no me interesa|no interesa|no interesado|sin interés|no interesada|gracias no"
            "|paso)",
        ),
        "interested": (
            "(sí|si|sí por favor|claro|por supuesto|me interesa|interesado|interesada|adelante|de"
            " acuerdo|sí gracias|perfecto)",
        ),
        "not_now": (
            "(ahora no|más adelante|todavía no|por ahora no|de momento no|aún no|más tarde|quizás más"
            " adelante|en otro momento)",
        ),
        "no_budget": ("(sin presupuesto|no hay presupuesto|muy caro|demasiado caro|no hay dinero|es caro)",),
        "wrong_person": (
            "(persona equivocada|se ha equivocado|dirección equivocada|número equivocado|no soy yo)",
        ),
        "question": ("(precio|precios|cuánto cuesta|cuánto|tarifas|qué precio tiene|el precio|cuánto vale)",),
        "meeting": ("(llámeme|llámame|llámenme|hablemos|llamar)",),
        "angry": ("(spam|sinvergüenzas|déjenme en paz|vergüenza|estafadores|qué vergüenza|basura)",),
        "already_bought": (
            "(ya tengo|ya tenemos|ya lo tenemos|ya lo tengo|ya tenemos uno|ya tenemos proveedor)",
        ),
    },
    not_before="no,nunca,jamás,sin,tampoco,ni",
    not_after="",
    only_if="si,cuando,en caso de,a menos que,como no",
)
