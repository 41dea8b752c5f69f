"""What people say in French replies."""

from __future__ import annotations

from outreach.domain.inbound.intents.notation import Tongue

DAY = "(lundi|mardi|mercredi|jeudi|vendredi|demain)"
NOW = (
    "(pour le moment|pour l'instant|actuellement|à ce jour|en ce moment|à l'heure actuelle|cette année|ce"
    " trimestre|ce mois-ci"
    "|dans l'immédiat|présentement|aujourd'hui|encore|tout de suite|maintenant|à ce stade)"
)
LATER = (
    "(en|dans|après|au (printemps|premier|deuxième|second|troisième|quatrième|prochain|mois|début"
    "|courant|retour)|à (la rentrée|l'automne|partir|nouveau|l'issue|mi|la fin|fin|nouvel)|plus "
    "tard|début|fin|vers|courant|l'année prochaine|l'an prochain|le mois prochain"
    "|janvier|février|mars|avril|mai|juin|juillet|août"
    "|septembre|octobre|novembre|décembre|la rentrée|ultérieurement|prochainement|d'ici|lorsque|quand|q1"
    "|q2|q3|q4|t1|t2|t3|t4|l'automne|cet automne)"
)

FRENCH = Tongue(
    code="fr",
    phrases={
        "unsubscribe": (
            "ne (plus|pas) (m'adresser|m'envoyer|me contacter|me relancer|m'écrire|nous contacter"
            "|nous écrire|me démarcher|me solliciter|nous solliciter|nous adresser|nous envoyer"
            "|nous démarcher|nous relancer|me recontacter|nous recontacter)",
            "(désinscri*|désabonne*|désabonnement|me désinscrire|me désabonner)",
            "(retire*|enleve*|supprime*|raye*|ote*|effaceZ|efface*|radie*) ~2 (moi|mon|mes|nous|notre|nos"
            "|l'adresse|cette adresse|toutes mes) ~6"
            " (de|liste*|base*|fichier*|données|adresse*|mailing|diffusion|coordonnées|mail*|e-mail*"
            "|contact*)",
            "(me|nous) (retirer|enlever|supprimer|rayer|désinscrire|désabonner|effacer|radier) ~1 (de"
            "|immédiatement|des|$)",
            "(retirez|enlevez|supprimez|rayez|effacez|désinscrivez) (moi|nous)",
            "(supprimer|suppression|effacer|effacement|retirer|retrait) ~2 (mes|mon|nos|notre|toutes mes"
            "|de mes|de mon) ~2 (données|adresse*|coordonnées|informations|mail|e-mail|contact)",
            "(ne|n') ~2 (m'envoyez|me envoyez|m'envoyer|m'écrivez|me contactez|me contacter|me recontactez"
            "|nous contactez|nous envoyez|m'adressez|me sollicitez|m'écrire|me démarchez|nous sollicitez"
            "|me relancez|plus m'envoyer|plus me contacter|plus me solliciter|plus nous contacter) ~1"
            " (plus|pas|jamais|de mails|$)",
            "ne plus (recevoir|être contacté*|être sollicité*|être démarché*|me contacter|m'envoyer"
            "|m'écrire|nous contacter|me solliciter|nous solliciter|recevoir de|être destinataire)",
            "(ne) (souhaite|veux|désire|voulons|souhaitons) plus (recevoir|être|de|avoir)",
            "(arrête*|cesse*|stoppe*) ~1 (de|d'|vos|ces|les|l'envoi|tout|toute) ~1 (m'envoyer|me contacter"
            "|m'écrire|me solliciter|me spammer|envoi*|mails|e-mails|messages|relances|envois|nous envoyer"
            "|sollicitation*|m'inonder"
            "|communication*|nous contacter|me harceler)",
            "(plus|aucun) (de)? (mails|e-mails|mail|messages|publicité|courriels|courriel|message|e-mail)"
            " (de votre part|s'il|svp|merci|$)",
            "(je m'oppose|m'oppose|retire mon consentement|droit d'opposition|droit à l'effacement|droit à"
            " l'oubli)",
            "(mon avocat|voie* judiciaire|mise en demeure|action en justice|poursuites judiciaires|saisir"
            " la cnil|plainte à la cnil|signalement à la cnil)",
        ),
        "angry": (
            "(commence*) ~1 (fatiguer|agacer|énerver|saouler|gonfler|me fatiguer|m'agacer"
            "|m'énerver|me saouler|me gonfler|nous fatiguer)",
            "vous (me|nous) (fatiguez|gonflez|saoulez|gavez|cassez|emmerdez|harcelez)",
            "(encore|toujours) (un|du|vos|votre|des) ~1 (spam|spams|indésirable*)",
            "vous signale ~1 (à|comme|pour)",
            "(pénible*|casse-pieds|encore vous|c'est la ~2 fois)",
            "(harcèlement|harceler|honteux|scandaleux|inadmissible|inacceptable|insupportable|lamentable"
            "|une honte|ras le bol|intrusif)",
            "(porter plainte|porte plainte|dépose* plainte|déposer plainte|dénoncer|signaler comme|signale"
            " comme|vous signaler|je vous signale comme)",
            "(c'est|ceci est|votre (mail|message) est) ~1 (du|un|de la)? ~1 (spam|pourriel|arnaque|illégal"
            "|démarchage abusif|n'importe quoi)",
            "(vous vous (moquez|foutez)|de qui se moque|vous plaisantez|vous n'avez pas honte|comment osez"
            "|quel culot|quelle honte|honte à vous|n'avez-vous pas honte)",
            "(foutez|fichez|laissez|lâchez) (moi|nous) (la paix|tranquille*|le camp)?",
            "(laissez) (moi|nous) ~1 (tranquille*|paix)",
            "(votre|vos|ce|cette|ces) ~1 (spam|spams|cirque|merde|pourriels|connerie*|saloperie*|torchon"
            "|bêtise*)",
            "(va te faire|allez vous faire|allez au diable|bande de|espèce de|connard*|escroc*|abrutis"
            "|imbécile*|spammeur*)",
            "(marre|assez) de (vos|recevoir|votre|ces)",
            "(arrêtez|cessez) (immédiatement|tout de suite)? (de me|votre|vos|de nous) ~1 (déranger"
            "|emmerder|cirque|harceler|importuner|spammer|harcèlement)",
        ),
        "wrong_person": (
            "(relève*|dépend*) (de|du) (ma|mon|notre|madame|monsieur|la direction|service)",
            "(ne) ~1 (fais|fait) plus partie",
            "(trompez|trompé|trompés|erreur) (d'|de) ~1 (interlocut*|personne|service|destinataire)",
            "(décision*|achats) ~5 (siège|le groupe|maison mère|niveau central|niveau national"
            "|niveau européen|niveau groupe|niveau du groupe)",
            "(siège|maison mère|groupe) ~2 qui (décide|gère|s'occupe|pilote|choisit)",
            "(adresser|adressez) (vous)? (à|plutôt) ~3",
            "(me concerne) pas",
            "(pas|plus) (la|le|l') ~1 (bonne|bon|interlocut*|personne|contact|responsable|concerné*"
            "|décideur*|décisionnaire)",
            "(pas|plus) (en charge|responsable|concerné* par ce|mon domaine|de mon ressort|décisionnaire"
            "|moi qui|moi le|moi la|chargé*)",
            "(mauvais*) (personne|interlocut*|adresse|contact|destinataire|service)",
            "(ne) (travaille|fais|fait|suis|est) plus (dans|chez|pour|à|au|partie|ici|salarié*|en poste)",
            "(ai quitté|a quitté|avons quitté|n'est plus) ~1 (la société|l'entreprise|mon poste|chez|notre"
            "|dans|le groupe|ses fonctions|mes fonctions)",
            "(vous vous trompez de|vous êtes trompé* de|erreur de) (personne|destinataire|interlocut*"
            "|service)",
            "(suis|est parti*) (à la|en) retraite",
            "(ne) (m'occupe|gère|traite|décide) (pas|plus) (de)?",
            "(c'est) ~6 qui (s'en occupe|gère|s'occupe|est en charge|est responsable|décide|traite|pilote"
            "|est chargé*)",
            "(s'en occupe|s'en charge|est en charge de|est la bonne personne|est le bon interlocut*|est la"
            " personne|est le bon contact|est votre interlocut*)",
        ),
        "elsewhere": (
            "(contacte*|contacter|adressez|adresser|voyez avec) (vous)? (à|plutôt|directement|avec)? (m"
            "|mme|monsieur|madame)? <name>",
            "(contacte*|adresse*|voyez|écrire|écrivez|rapproche*|joindre|contact avec|parlez|transmett*)"
            " ~4 (collègue|directeur|directrice|responsable|service|mme|monsieur|madame|m|mon|ma|chef"
            "|achats|confrère)",
            "(transmis|transfère|transféré|fait suivre|transmets|fais suivre|relayé) ~3 (au "
            "service|au responsable|à la personne|à mon collègue|à ma collègue|à notre|au bon|à "
            "l'interlocut*|au collègue|aux personnes|à la bonne)",
            "(en copie|mis en copie|mets en copie|mis en cc)",
            "(veuillez|merci de|je vous invite à|il faut|prière de) ~1 (contacter|vous adresser|écrire"
            "|prendre contact) (plutôt)? ~2 (à|avec|directement|auprès)?",
        ),
        "already_bought": (
            "(tournons|fonctionnons|travaillons) (sous|sur) <name>",
            "(prestataire|fournisseur|partenaire) (attitré|habituel|historique)",
            "(commandé*|acheté*|acquis*|acquise*) ~4 (chez|auprès) (un|une|d'un|d'une|de|autre)",
            "(a|avons|ont|été) (déjà)? (été)? (commandé*|livré*|installé*) ~3 (en|chez|l'an|le "
            "mois|la semaine|l'année)",
            "(équipés|équipé|équipée) (de|d'|avec|depuis|chez|en|par)",
            "(utilisons|avons|travaillons|sommes|disposons|utilise|travaille|possédons|ai|suis|dispose"
            "|collaborons) (déjà|deja) (un|une|avec|équipé*|une solution|signé|choisi|acheté|en place|en"
            " contrat|sous contrat|engagé*|opté"
            "|notre|nos|cela|ce|le|la|d'un|d'une|pourvu*|servi*|fourni*|investi*|mis|couvert*|de|client*)",
            "(utilisons|avons|travaillons|utilise|travaille|collaborons) (déjà|actuellement|aujourd'hui)?"
            " (avec)? <name>",
            "(déjà) (équipé*|un prestataire|un fournisseur|une solution|un outil|sous contrat|un"
            " partenaire|client*|pourvu*|ce qu'il faut|tout ce)",
            "(avons|ai|venons de|vient de) ~2 (signé|signer|choisi|choisir|opté|opter|retenu|acheté"
            "|souscrit|contractualisé|renouvelé|renouveler) ~3 (avec|un|une|pour|auprès|chez|notre|le"
            "|autre*|concurrent*|solution)",
            "(choix|choisi|opté|préféré) ~3 (un autre|une autre|autre|concurrent*|confrère|quelqu'un"
            " d'autre)",
            "(sous contrat|en contrat|engagés|engagé|contrat) ~2 (avec|chez|jusqu*|court|expire)",
            "(très|pleinement|entièrement|en|sommes) (satisfait*|content*) (de|avec|d'|$|par)",
            "(développé|créé|conçu) ~3 (interne|nous-mêmes|maison)",
            "(solution|outil|système|logiciel) (interne|maison|en interne)",
            "(avons|ai) (signé|choisi|opté) (avec|pour)? <name>",
        ),
        "no_budget": (
            "(financièrement|budgétairement) ~4 (pas|impossible|compliqué|difficile)",
            "(direction|patron|siège|comptabilité|finance*|daf) ~3 (refus*|bloqu*|gel*|interdi*) "
            "~4 (dépense*|budget*|investissement*|achat*)",
            "(finances|trésorerie|budget) ne ~2 permet*",
            "(tout est|tous les ~2 sont|sont) (gelé*|bloqué*) ~3 (budget*|dépenses|investissements)",
            "(budget*|enveloppe|dépenses|investissements) ~5 (gelé*|bloqué*|stoppé*|épuisé*|dépensé*"
            "|réduit*)",
            "(prix|tarif|tarifs|coût) ~3 (élevé*|prohibitif*|excessif*|trop)",
            "(pas|plus|aucun|sans|manque) ~2 (de)? (budget*|moyens|financement*|argent|ressources"
            " financières|fonds|enveloppe)",
            "(budget*|moyens|finances) ~3 (gelé*|épuisé*|bouclé*|consommé*|serré*|limité*|ne (nous)?"
            " permet*|ne le permet*|coupé*|ne nous le)",
            "(trop|beaucoup trop|un peu|bien trop|assez) (cher|chère|coûteux|coûteuse|onéreux|chers|élevé)",
            "(hors|dépasse) (de)? ~1 (budget|notre budget|nos moyens|prix)",
            "(ne) (pouvons|peux|peut) (pas|malheureusement pas) (nous|me|se) (le|la|l')? (permettre|offrir)",
            "(gel|coupe|coupes|restriction*|contrainte*) (des dépenses|budgétaire*|des investissements|du"
            " budget)",
        ),
        "not_now": (
            "(devons|dois|faut) (d'abord|avant tout) ~1 (terminer|finir|boucler|achever|régler)",
            "(projet|décision|investissement|sujet|achat) ~3 (repoussé*|décalé*|différé*|reporté*"
            "|remis) ~1 (à|au|en|de|pour|sine)",
            "(garde|gardons|conserve|conservons) ~2 (coordonnées|sous le coude)",
            f"(pas|plus|aucun) ~5 {NOW}",
            f"{NOW} (nous|je|ce|cela|on|non|pas|il) ~4 (pas|aucun|non|plus)",
            "(pas) (d'actualité|la priorité|une priorité|prioritaire*|le bon moment|à l'ordre du jour|le"
            " moment|avant|le temps|dans nos priorités|dans nos projets|prêt*|maintenant|pour tout de"
            " suite)",
            f"(recontacte*|contacte*|revene*|reviene*|revenir|relance*|rappele*|réécri*|écri*|reparl*"
            f"|reprenons|reprendre|reprenez|rediscut*|reconsidér*|refaire|refaites|revoir|recontact*)"
            f" (moi|nous|vers moi|vers nous|me|contact|le sujet|un point|un mail|signe|plutôt|s'en|en)? ~3"
            f" {LATER}",
            "(peut-être|éventuellement|plutôt|sans doute|pourquoi pas) (plus tard|l'année prochaine|l'an"
            " prochain|en|dans|à la rentrée|après|au|le mois prochain|à l'automne)",
            "(plus tard|l'année prochaine|l'an prochain|à la rentrée|au (prochain|premier|deuxième|second"
            "|troisième|quatrième) trimestre|le trimestre prochain) (peut-être|éventuellement|nous|pour"
            "|on)",
            "(mauvais moment|mauvaise période|trop tôt|débordé*|surchargé*|pas le temps|en plein|pleine"
            " réorganisation|en pause|reporté*|mis* en attente|en stand-by|ajourné*|en suspens)",
            "(d'autres|autres) priorités",
        ),
        "when_needed": (
            "(reviendrons|reviendrai|revenons|reviens|recontacterons|recontacterai|contacterons"
            "|contacterai|solliciterons|solliciterai|ferons signe|ferai signe) ~3 (en cas de "
            "besoin|si (besoin|nécessaire|le besoin|cela)|lorsque|le moment venu|le cas échéant"
            "|dès que)",
            "(en cas de besoin|si besoin|le moment venu) ~3 (reviendr*|contacter*|recontacter*"
            "|solliciter*|ferons signe)",
        ),
        "not_interested": (
            "(c'est|cela est|serait) (totalement|complètement)? inutile (pour|$)",
            "(pas|plus) (demandeur*|amateur*|convaincu*|enthousiaste*|emballé*)",
            "(en rester là|restons-en là|en resterons là)",
            "nous concerne pas",
            "pas ~2 (l'utilité|utilité|l'usage|l'intérêt|l'emploi)",
            "(gérons|faisons|traitons|réalisons|gère|fabriquons) ~3 (en interne|nous-mêmes|nous mêmes)",
            "(pas|rien) (fait|fait pour|trop)? (pour (nous|moi)|dans nos cordes|notre truc|notre "
            "domaine|notre activité) $",
            "ne (ferons|ferai|allons|vais|donnons) pas (suite|affaire|plus loin|poursuivre|donner)",
            "(restons|préférons rester|rester) (sur|avec|chez) ~2",
            "(pas|aucun) (de)? ~1 (projet|projets|suite) (en ce sens|de ce type|prévu*)",
            "(ne) ~1 (correspond|répond|rentre) pas",
            "(pas|plus|nullement|aucunement|guère) (vraiment|du tout|particulièrement|été)? (intéressé*"
            "|intéressant* pour|de besoin|besoin|preneur*|pertinent|utile|donner suite|donnerons suite"
            "|donnerai suite|concerné*|adapté*)",
            "(ne) (m'intéresse|nous intéresse|correspond|souhaite|souhaitons|désirons|recherchons|voulons"
            "|donnerons|donnerai|cherchons|donne|nous concerne|me concerne) (pas|plus|aucun*)",
            "(m'intéresse|nous intéresse|intéresse) (pas|absolument pas|plus|aucunement)",
            "(sans intérêt|aucun intérêt|pas d'intérêt|aucun besoin|sans suite)",
            "(non) (merci|pas intéressé*)",
            "(merci) (mais)? non",
            "(décline* ~2 (proposition|offre|invitation)|je décline|nous déclinons|je passe mon tour"
            "|passer mon tour)",
        ),
        "meeting": (
            "(contactez|contacte) moi ~1 (par téléphone|au téléphone|au)",
            "(passe*|venez|viens|venir) ~2 (nous voir|me voir|à l'usine|au bureau|chez nous|dans "
            "nos locaux|sur site|sur place)",
            "(joindre|joignable) ~1 (au|le|en|à partir)",
            "(rendez-vous|rdv|entretien|visio|visioconférence|réunion|démo|démonstration|call|rencontre"
            "|point|échange) (téléphonique|le|la|demain|pour|lundi|mardi|mercredi|jeudi|vendredi|la"
            " semaine|de|en|à|avec|en visio|afin|ensemble|par téléphone|serait)",
            "(fixer|fixons|convenir|organiser|organisons|planifier|prendre|caler|programmer|prévoir"
            "|propose*|calons|prenons|planifions|prévoyons|réserver|voir|avoir|faire|convenons"
            "|souhaiterais) ~3 (rendez-vous|rdv|entretien|visio|réunion|démo"
            "|démonstration|call|point|échange|créneau*|appel|rencontre|moment)",
            "(appele*|rappele*|téléphone*) (moi|nous)",
            "(m'appeler|me rappeler|nous appeler|me téléphoner|me joindre|nous rappeler|m'appelez)",
            "(suis|sommes|serais|êtes-vous|serions|êtes|seriez-vous|serai) (plutôt|également|bien|moi)?"
            " (disponible*|libre*|dispo) (pour|le|lundi|mardi|mercredi|jeudi|vendredi|demain|la|en|cette|à"
            "|dès)?",
            f"{DAY} ~5 (me convient|me va|conviendrait|m'arrange|m'irait|nous convient|serait parfait|est"
            f" bon|ira|irait|ça marche|je suis dispo*|ok pour moi|parfait)",
            f"(que diriez-vous|pourquoi pas|disponible*|ok pour|plutôt|serait-il possible) ~2 {DAY}",
            "(pouvons-nous|peut-on|pourrions-nous|pourrait-on|on peut|on pourrait|souhaite*|aimerais"
            "|aimerions|discuter) ~3 (en parler|en discuter|échanger|se parler|nous parler|se voir|nous"
            " voir|nous rencontrer|se rencontrer|s'appeler|nous appeler|de vive voix|au téléphone|par"
            " téléphone|voir une démo*)",
            "(quand|quelles sont vos|vos) ~2 (êtes-vous disponible*|seriez-vous disponible*|disponibilités"
            "|pouvons-nous|créneaux|seriez-vous libre*)",
            "(envoye*|adresse*|envoyer|faire passer) ~3 (invitation|invit|créneaux|disponibilités|agenda)",
        ),
        "interested": (
            "(tombe|arrive|tombez|arrivez) ~1 (à pic|à point|au bon moment|bien)",
            "(envoye*|envoie*|montre*) ~2 ce que vous (avez|proposez|faites)",
            "(réfléchi*|pensons|envisag*|prévoyons|projet*) ~2 (changer|remplacer|investir"
            "|renouveler|moderniser|équiper|acheter|acquérir)",
            "(transmettre|envoyer|envoye*|communiquer|parvenir|adresser) ~2 (conditions"
            "|références|fiche technique|échantillon*)",
            "(dites-moi|dites-nous|dites m'en) (en)? plus",
            "(justement|actuellement|activement|cherchons|recherchons|cherche|recherche|chercher"
            "|recherche d') ~4 (un|une|cet|ce) ~1 (outil|solution|prestataire|fournisseur"
            "|logiciel|machine|système) ~1 (de ce|comme|pour|similaire|$)",
            "(envoyez|envoie) (toujours|donc) ~2 (brochure|documentation|infos|plaquette)",
            "(on est|nous sommes|je suis) (partant*|preneur*)",
            "consult* ~3 (fournisseurs|prestataires|éditeurs)",
            "(m'en|nous en) (dire|apprendre) (plus|davantage)",
            "(retient|retenu|attire|attiré|éveille|suscite) ~1 (notre|mon|l') (attention|intérêt|curiosité)",
            "(pourrait|pourraient|peut) ~1 (nous|m') ~1 (intéresser|être utile|aider|convenir)",
            "(m'intéresse|nous intéresse|m'intéresserait|nous intéresserait|m'intéressent|nous intéressent"
            "|cela pourrait m'intéresser|pourrait nous intéresser|pourrait m'intéresser)",
            "(suis|sommes|serais|serions|très|vivement|effectivement|tout à fait|assez) (très|vivement"
            "|effectivement|tout à fait|bien|potentiellement|assez|également)? (intéressé*|preneur*"
            "|curieux|curieuse|partant*)",
            "(semble|paraît|a l'air|trouve|sonne) (très|vraiment|assez|plutôt|fort|cela|ça)? (très"
            "|vraiment)? (intéressant*|prometteu*|utile|alléchant*|bien|super|génial)",
            "est (très|vraiment|assez|plutôt|fort)? (intéressant*|prometteu*|alléchant*|super|génial)",
            "(plus|davantage|complément|complémentaires|amples) (d'|de|amples)? ~1 (d'information*"
            "|information*|infos|détails|renseignement*|précision*|documentation|éléments)",
            "(m'envoyer|envoye*|transmett*|parvenir|communiquer|adresse*|faire passer|nous envoyer|me"
            " transmettre|me communiquer|recevoir|avoir|obtenir|établir|transmettre) ~5 (devis|tarifs"
            "|documentation|information*|infos|offre|proposition|brochure|plaquette|prix|grille|catalogue"
            "|détails|présentation|grille tarifaire|tarif)",
            "(en savoir plus|en savoir davantage|essayer|tester votre|tester la|tester l'|découvrir votre"
            "|découvrir la|voir ce que)",
            "(aimerais|aimerions|souhaite|souhaitons|souhaiterais|souhaiterions|voudrais|voudrions|veux"
            " bien|serais ravi*) ~1 (en savoir|tester|essayer|découvrir|recevoir|acheter|commander"
            "|connaître|obtenir|voir)",
            "(dites-m'en plus|je suis partant*|on est partant*|comptez-moi|banco|avec plaisir|volontiers"
            "|ça tombe bien|cela tombe bien|nous recherchons justement|cherchons justement)",
        ),
        "question": (
            "^ (quel* (est|sont) (le|la|les|vos|votre) ~1 (prix|tarif*|délai*|coût*|condition*"
            "|modalité*|différence*)|combien (coûte|ça|cela|faut|pour)|proposez-vous|y a-t-il"
            "|livrez-vous|comment (ça|cela) (marche|fonctionne)|est-ce compatible)",
            "(aimerais|aimerions|voudrais|souhaiterais|souhaite|voudrions) savoir ~1 (si|comment|combien"
            "|quel*|ce que|quand|où)",
            "(je me demand*|me demandais) (si|comment|combien|quel*)",
            "(ai|aurais|avons|aurions) (une|quelques|deux|plusieurs|encore une|juste une) ~1 (question*"
            "|interrogation*)",
            "(pouvez-vous|pourriez-vous) ~2 (préciser|expliquer|confirmer|me dire|clarifier|indiquer)",
        ),
        "no_question": (
            "(comment (avez-vous (eu|obtenu|trouvé|récupéré)|vous avez (eu|obtenu)|osez|allez-vous|avez"
            " vous eu)|où avez-vous (eu|trouvé|obtenu)|d'où (tenez|avez|vient|sortez)|qui êtes-vous|vous"
            " vous (moquez|foutez)|pourquoi (m'envoyez|m'écrivez|me contactez|est-ce que je reçois"
            "|recevons|je reçois)"
            "|combien de fois|de qui se|c'est quoi ce|vous plaisantez|on se connaît|est-ce un (robot|spam)"
            "|vous comprenez|qui vous a (donné|fourni|communiqué)|n'avez-vous pas)",
            "(n'est-ce pas|non|ok|d'accord) $",
        ),
        "courtesy": (
            "(merci|remercie|remercions) ~1 (de|pour|d') (votre|l'|ton|vos) ~1 (intérêt|message|mail"
            "|e-mail|proposition|offre|retour|appel|information*|envoi|sollicitation|prise de contact"
            "|l'intérêt)",
            "(si) (vous|besoin|jamais) ~3 (question*|besoin|renseignement*|intéressé*|information*)",
            "(n'hésitez pas) ~2 (me|nous)? ~1 (contacter|revenir|appeler|joindre|recontacter)?",
            "(l'intérêt que vous|votre intérêt)",
        ),
        "temporary": (NOW,),
        "denied": (
            "(ne) (dis|disons|veut|signifie|veux) pas (dire|que)? (que)?",
            "(ce n'est pas que|cela ne veut pas dire|n'ai pas dit|non pas que|ce qui ne veut pas dire)",
        ),
        "irony": (
            "(poules auront des dents|mais bien sûr|dans vos rêves|cause toujours|compte là-dessus|haha"
            "|mdr|lol|à la saint-glinglin|et puis quoi encore|c'est ça oui|ben voyons)",
        ),
        "supplier": ("(avec|chez|utilisons|utilise|déjà|pour|choisi|signé|retenu|sur|par) <name>",),
    },
    whole={
        "unsubscribe": (
            "(désinscription|désabonnement|stop|désinscrire|me désinscrire|désabonner|retirez-moi|stop"
            " mail|stop pub|stop mails|désabonnez-moi|supprimer|à supprimer)",
        ),
        "not_interested": (
            "(non|non merci|pas intéressé|pas intéressée|pas intéressés|sans intérêt|aucun intérêt|pas"
            " besoin|merci non)",
        ),
        "interested": (
            "(oui|oui merci|intéressé|intéressée|volontiers|avec plaisir|oui volontiers|bien"
            " sûr|oui avec plaisir)",
        ),
        "not_now": (
            "(pas maintenant|plus tard|pas pour le moment|pas encore|pas pour l'instant|pas tout de suite"
            "|peut-être plus tard)",
        ),
        "no_budget": ("(pas de budget|trop cher|pas les moyens|budget épuisé|aucun budget)",),
        "wrong_person": (
            "(mauvaise personne|mauvais destinataire|erreur de destinataire|mauvaise adresse|pas moi)",
        ),
        "question": ("(prix|tarif|tarifs|combien|quel prix|le prix|combien ça coûte)",),
        "meeting": ("(appelez-moi|rappelez-moi|téléphonez-moi|à rappeler)",),
        "angry": ("(spam|arnaque|foutez-moi la paix|harcèlement|honteux|du spam)",),
        "already_bought": ("(déjà équipé|déjà équipés|déjà équipée|nous avons déjà|déjà pourvu|déjà fait)",),
    },
    not_before="ne,n',pas,sans,jamais,aucun*,plus de,non,ni",
    not_after="pas,plus,jamais,guère",
    only_if="si,lorsque,quand,au cas où,sauf",
)
