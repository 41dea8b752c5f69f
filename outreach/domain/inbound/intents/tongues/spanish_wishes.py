"""What people say in Spanish replies that wish, ask or say nothing: meetings, interest, questions, courtesies."""

from __future__ import annotations

from collections.abc import Mapping

DAY = "(lunes|martes|miércoles|jueves|viernes|mañana)"
NOW = (
    "(por ahora|por el momento|de momento|en este momento|en estos momentos|actualmente|ahora mismo|ahora"
    "|hoy por hoy|a día de hoy"
    "|este año|este trimestre|este mes|todavía|aún|en la actualidad|de aquí a)"
)

WISHES: Mapping[str, tuple[str, ...]] = {
    "meeting": (
        "(pásame|mándame|envíame|páseme|envíeme|mándeme|dame|deme|dime|dígame) ~3 (calendly|"
        "horarios|fechas|disponibilidad|qué día|cuándo puede*|enlace para|link para|tu agenda|su "
        "agenda)",
        "(hacemos|haz|haced|montamos|monta|ponme|pon|mete|mándame|organízame|concretamos|"
        "busquemos|buscamos) ~1 (call|llamada|reunión|teams|zoom|meet|videollamada|cita|hueco|"
        "fecha)",
        "(tomamos|tomarnos|tomemos|tomar|echamos) un café",
        f"(puedo|podemos|podría|podríamos) (el|mañana|este|a las|a partir|sobre las|{DAY})",
        "(tengo|tenemos) ~1 (hueco|huecos|un rato|disponibilidad|sitio) ~2",
        "(qué tal|cómo lo tienes|cómo tienes|te va bien|te viene bien|le viene bien|les viene "
        "bien|os viene bien|te parece bien|le parece bien|te va|os va) (el|la|mañana|este|a las|"
        f"si hablamos|si nos|por|{DAY}) ~2",
        f"(te|le|os|les) (llamo|llamamos|llamaré|llamaremos) ~1 (mañana|el|la|esta|luego|hoy|{DAY})",
        "(prefiero|preferimos|preferiría*|mejor) ~5 (por teléfono|en persona|presencial*|por "
        "videollamada|cara a cara|de viva voz)",
        "(pásate|pásese|pasaos|pasad|pásense|venid|vengan|venga|ven|acércate|acérquese) ~1 (por|"
        "a) ~2 (oficina*|fábrica|aquí|planta|vernos|nave|tienda|instalaciones|taller|sede|"
        "despacho)",
        "(llám*|lláme*|llame*|llamadme) ~1 (al|a) (móvil|teléfono|fijo|este|número|\\d)",
        "(llám*|lláme*|llame*|llamadme|me llamas|me llama|me llaman) ~6 cuando (puedas|pueda|"
        "quieras|quiera|gustes|guste|podáis|puedan|te venga|le venga|tengas|tenga)",
        "(podemos|podríamos|podemos|puede|podría|puedo|me gustaría|nos gustaría|quiero|querría"
        "|prefiero|quisiera|vamos a|propongo|por qué no|os parece si|le parece si|encantado de) ~3"
        " (hablar|reunir*|vernos|quedar|llamar*|agendar|concertar|conversar|programar|ver una demo"
        "|hacer una (demo|llamada|reunión|videollamada)|una (reunión|llamada|demo|demostración"
        "|videollamada)|una cita|conectarnos)",
        "(llám*|lláme*|llame*|telefonee*|llamen|llámeme|llámenos) (me|nos)? ~1 (mañana|al|el|por"
        "|cuando|a|a partir|esta|hoy|lunes|martes|miércoles|jueves|viernes)",
        "(llámeme|llámame|llámenme|llámenos|llamadme)",
        "(una|la) (reunión|llamada|videollamada|videoconferencia|demo|demostración|cita|videollamada)"
        " (la|el|para|con|mañana|esta|telefónica|breve|corta|de|por|online|virtual|en)",
        "(agendar|agendemos|agendamos|concertar|concertemos|programar|programemos|organizar|reservar"
        "|fijar|fijemos|cerrar|tener|hagamos|hacemos|cuadrar|cuadramos) (una|un) ~2 (reunión|llamada"
        "|demo|demostración|cita|videollamada|hueco|call)",
        f"(el|este|próximo|mañana|estaría) {DAY} ~5 (me va|me viene|perfecto|me parece|puedo|estaría"
        f"|tengo|nos va|disponible|libre|estoy|le va|podría|a las|por la|me conviene|bien|genial)",
        "(me|nos) (viene|vendría|va|iría) (bien|perfecto|mejor|genial) (a|el|la|mañana|hoy|esa|ese|"
        "cualquier|por|{DAY}|$)",
        "(estoy|estaré|estaría|estamos) (disponible|libre) ~2",
        "(cuándo|qué día|a qué hora|qué disponibilidad|qué horario) ~2 (podemos|podríamos|le viene|le"
        " va|está disponible|tiene|podría|te viene|os viene|tendría|estarían)",
        "(envíe*|mande*|enví*|mánd*) ~2 (invitación|convocatoria|invite|enlace de calendario|disponibilidad)",
        "(quedamos|nos vemos|nos reunimos|hablamos) (el|mañana|a las|la semana|este|por teléfono)",
    ),
    "interested": (
        "(hartos|cansados|hartas|aburridos) de ~2 (excel|hojas|papel*|hacerlo|usar|nuestro|"
        "proveedor|sistema)",
        "(a ver qué|vamos a ver qué) ~1 (ofrec*|propon*|cont*|ten*|pod*)",
        "(nos|me) (hace falta|hacía falta|hacen falta|urge|urgen|corre prisa) ~2 (algo|un|una|"
        "esto|este|renovar|cambiar)",
        "(mándalo|mándamelo|mándenlo|envíalo|envíamelo|pásamelo|mándelo|envíelo|envíemelo|mandadlo|enviadlo)",
        "(cotíc*|cotiz*|presupuést*|hazme|háganos|hágame|prepárame|prepáranos) ~2 (unidades|"
        "presupuesto|oferta|precio|cotización|licencias|piezas|equipos|máquinas|usuarios)",
        "(contad|contar|podéis contar|pueden contar) con (nosotros|conmigo)",
        "(quisiera*|quiero|queremos|querría*|necesito|necesitamos) ~1 (un|una|el|la|su|vuestro)? "
        "~1 (prueba|presupuesto|cotización|oferta|propuesta|catálogo|muestra*)",
        "(vamos a probar*|seguid adelante|sigamos adelante|vamos adelante|tiene buena pinta|pinta"
        " bien|soy todo oídos|suena bien|me sirve|nos sirve)",
        "(agradecería*|agradeceríamos|agradezco) ~3 (envío|envíe*|enviara*|recibir|información|"
        "presupuesto|mande*|propuesta)",
        "(quedo|quedamos|estoy|estamos) a la espera de ~2 (información|oferta|propuesta|"
        "presupuesto|noticias|recibir*|documentación|respuesta)",
        "(siguientes|próximos|siguiente|próximo) paso*",
        "(cómo|qué) ~1 (procedemos|seguimos|avanzamos|continuamos|empezamos)",
        "(estamos|estoy|andamos|ando) ~2 (mirando|buscando|valorando|evaluando|comparando|"
        "estudiando|explorando) ~2 (opciones|alternativas|cambiar|sistema*|proveedor*|soluciones|"
        "solución|herramienta*|algo|software|ofertas|un|una|este tipo)",
        "(me|nos) (cuadra|encaja|convence|atrae|mola|pica la curiosidad|ha llamado la atención|"
        "llama la atención|ha gustado|gusta|parece buena idea)",
        "(mándame|mándeme|mandadme|envíame|envíeme|enviadme|pásame|pásenme|pasadme|páseme|hazme "
        "llegar|hágame llegar) ~4 (más|detalle*|condiciones|muestra*|todo|algo|coste*|números|"
        "datos|pdf|vídeo|video)",
        "(algo|un poco) más de (detalle|info|información|contexto)",
        "(me|nos) vendría* (bien|genial|fenomenal|de perlas) ~1 (recibir|tener|conocer|ver|una|un"
        "|algo|saber|contar|poder)",
        "(gustaría|encantaría|querríamos|quisiéramos|queremos|podemos|podríamos) ~1 (hacer una prueba"
        "|una prueba|probar*|una demo gratuita|hacer un piloto)",
        "(puede|podría) ~1 (encajar*|servir*|interesar*|ayudar*)",
        "(me|nos) (interesa*|interesaría*|parece*|gusta*|gustaría|encantaría|resulta*|pareció) ~1"
        " (mucho|muy|saber|interesante|bien|conocer|probar|recibir|ver|recibir|su|el|la|tener|bastante"
        "|la idea|lo que|$)",
        "(me interesa|nos interesa|me interesaría|nos interesaría|podría interesarnos|podría"
        " interesarme|sí interesa)",
        "(estoy|estamos|estaría|estaríamos|muy|sí) (muy|bastante|realmente|sí)? interesad*",
        "(parece|suena|es|resulta|se ve|pinta) (muy|bastante|realmente)? (interesante|bien|genial"
        "|prometedor*|útil)",
        "(más|mayor) (información|detalles|info|datos|detalle)",
        "(enví*|envie*|mánd*|mand*|pás*|pase*|facilit*|remit*|hacer llegar|enviar*|mandar*|pasar*"
        "|hág*) (me|nos)? ~4 (presupuesto|información|cotización|tarifas|precios|catálogo|propuesta"
        "|oferta|folleto|detalles|dossier|documentación|info|ficha|presentación)",
        "(me|nos) (gustaría|encantaría|interesaría) ~1 (saber|conocer|probar|recibir|ver|tener|comprar"
        "|solicitar|evaluar)",
        "(quiero|queremos|quisiera|quisiéramos|desearía|querría) (saber más|probar*|comprar|contratar"
        "|conocer|recibir (más|información|un)|un presupuesto|contratarlo|solicitar)",
        "(cuéntame más|cuénteme más|adelante|me apunto|cuenten conmigo|justo lo que|estamos buscando"
        " algo|buscamos (algo|una solución|un sistema))",
    ),
    "question": (
        "(cuántos|cuántas|cuánta) ~1 (usuarios|licencias|puestos|horas|días|piezas|unidades|garantía|"
        "personas) ~1 (incluye*|admite*|permite*|cubre*|hay|trae|tiene*)",
        "(necesito|necesitaría|quisiera|querría|me gustaría|nos gustaría|quiero|interesaría) "
        "saber ~1 (el|la|los|las|más sobre el|su|qué|en qué|dónde|cuál|si)",
        "(trabajáis|ofrecéis|tenéis|hacéis|incluís|dais|disponéis|es compatible|se integra|hay "
        "que pagar|cuánto (cuesta|vale|tarda*|dura)|qué precio) ~1 (también|con|de|en|versión|"
        "soporte|algún|alguna|por|al|servicio|el|la|clientes)",
        "(no me queda claro|no me ha quedado claro|no entiendo bien|no acabo de entender|no tengo"
        " claro) (si|cómo|qué|cuánto|cuál)",
        "(duda|pregunta|consulta|dudas|preguntas) (rápida)? $",
        "(me gustaría|quisiera|quería|querría|necesito|necesitaría|quiero|nos gustaría) ~1 (saber"
        "|preguntar) ~1 (si|cómo|cuánto|qué|cuál|cuándo|dónde)",
        "(tengo|tenemos|tendría|tenía) (una|unas|algunas|dos|varias|otra) ~1 (pregunta*|duda*|consulta*)",
        "(podría|puede|podrían|podrías|puedes) ~1 (aclarar*|explicar*|confirmar*|indicar*|decirme|precisar*)",
    ),
    "no_question": (
        "(de dónde|dónde|cómo) ~2 (habéis|has|han|ha|sacáis|sacasteis|tenéis|tienes) ~2 (sacado|"
        "obtenido|conseguido|mi|este)",
        "(de dónde (han|ha|sac*|obt*|tien*)|dónde (han|ha) (obtenido|sacado|conseguido)|cómo (han|ha"
        "|has) (obtenido|conseguido|encontrado|sacado)|cómo (consigui*|obtuv*|se atreve*|está|están"
        "|estás)|quién (es usted|eres|les ha|le ha|le dio|son ustedes|te ha)|por qué (me|nos|sigo"
        "|sigue*|recib*) ~1"
        "|cuántas veces|es una broma|están de broma|me toman|qué parte|no entiende*|nos conocemos|es"
        " esto (spam|un bot)|qué es esto|qué quiere* de|se creen)",
        "(verdad|no|vale|ok|de acuerdo|entendido|eh) $",
    ),
    "courtesy": (
        "(gracias|agradezco|agradecemos|agradecid*) ~1 (por|su|el|de) ~2 (interés|correo|mensaje"
        "|propuesta|información|oferta|contactar*|e-mail|llamada|email|interesarse|respuesta)",
        "(si|cualquier|alguna) ~3 (duda*|pregunta*|consulta*|necesita*|interesad*|interesa)",
        "(no dude* en) ~2 (contactar*|llamar*|escribir*|consultar*)?",
        "(su|el|vuestro|tu) interés",
    ),
    "temporary": (NOW,),
    "denied": (
        "no (digo|decimos|quiere decir|he dicho|significa|estoy diciendo|es) que",
        "(no es que|no quiere decir|no digo)",
    ),
    "irony": (
        "(las ranas crien|los cerdos vuelen|sí claro|en sus sueños|ni en sueños|jaja*|ja ja|lol|cuando"
        " las vacas|va a ser que no|sigue soñando|qué ilusión|lo que me faltaba)",
    ),
    "supplier": ("(con|contratado|usamos|utilizamos|tenemos|por|a|elegido|uso|utilizo|de|comprado) <name>",),
}
