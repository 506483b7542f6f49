"""French answers."""

from protocols.words.answers.lexicon import Words

FRENCH = Words(
    thanks="""
    merci, mercis, remercie, remercions, remerciement, remerciements, remercier, parfait,
    parfaitement, génial, super, nickel, excellent, formidable, top, impeccable, cool, bravo,
    bien, très bien, d'accord, entendu, bien reçu, bien noté, noté, compris, cordialement,
    salutations, bonne journée, bonne soirée, bon week end, bonne fin, bonne, bon weekend,
    bonjour, bonsoir, salut, reconnaissant*, patience, réactivité, rapidité, équipe,
    toute l'équipe, gentil, gentillesse, infiniment, beaucoup, bcp, mille, grand, chaleureusement,
    sincèrement, apprécie, apprécions, bien à vous, bonne continuation, week end, journée, soirée,
    ravi, mr, svp
    """,
    polite="""
    aide, réponse, retour, soutien, info, information, informations, travail, effort, efforts,
    rapide
    """,
    works="""
    marche, marchent, fonctionne, fonctionnent, refonctionne, refonctionnent, remarche, résolu,
    résolue, résolus, réglé, réglée, réglés, corrigé, corrigée, réparé, rentré dans l'ordre,
    rétabli, rétablie, c'est bon, tout est bon, est bon, est ok, tout va bien, va bien, c'est ok,
    passé, passés, passée, passées, arrivé, arrivée, arrivés, arrivées, reçu le paiement,
    reçu les paiements, plus de problème, plus d'erreur, plus aucun problème, plus aucune erreur,
    plus de souci, plus d'erreurs, revenu à la normale, retour à la normale, normal, opérationnel,
    terminé, de nouveau opérationnel, tout est en ordre, en ordre, débloqué, aboutit, abouti
    """,
    close="fermer, clore, clôturer, clôturez, fermez, cloturer, fermé par vous, être fermé",
    broken="""
    en panne, panne, échoué, échoue, échouent, échec, persiste, persistent, bloqué, bloquée,
    bloqués, cassé, cassée, est revenu, est revenue, revient, revenu, revenue, faux, fausse,
    incorrect, incorrecte, manque, manquent, manquant, manquante, plante, planté, refusé, rejeté,
    rejetée, rien n'a changé, aucun changement, recommence, se reproduit, reproduit, ko, hs,
    ne va pas, aucune amélioration, impossible, plus rien
    """,
    trouble="erreur, erreurs, problème, problèmes, souci, soucis, bug, incident, message, anomalie",
    nots="ne, n, pas, jamais, non, aucun, aucune, rien, sans, plus",
    still="toujours, encore, continue, continuent",
    again="de nouveau, à nouveau, nouveau de nouveau, rechute",
    same="même, mêmes, identique, pareil",
    but="""
    mais, cependant, toutefois, pourtant, sauf, seulement, seul, autre, autres, aussi, également,
    nouvelle, nouveau, nouvelles, partiellement, presque, malheureusement, hormis, en revanche,
    par contre, par ailleurs, deuxième, second, certains, certaines, hélas
    """,
    doubts="""
    si, quand, lorsque, dès que, jusqu, peut être, devrait, devraient, serait, sera, espère,
    espérons, demain, lundi, mardi, mercredi, jeudi, vendredi, plus tard, bientôt, question,
    questions, pourquoi, que faire, quoi, comment, qui, où, quel, quelle, est ce que, vérifie,
    vérifier, vérifions, teste, tester, attendons, attendre, attends, appelez, appeler, besoin,
    voudrais, voudrions, semble, pouvez vous, pourriez, revient vers, reviens vers, revenons vers,
    merci de, avant, hier, parfois, par moments, de temps en temps, pour l'instant,
    pour le moment, lentement, lent
    """,
    matter="""
    paiement, paiements, virement, virements, facture, factures, compte, fichier, fichiers, lot,
    opération, opérations, relevé, tout, côté, aujourd'hui, matin, oui, confirme, confirmons,
    confirmé, argent, connexion, import, export, banque, système, dossier, ticket, ça roule, paie,
    chez
    """,
    filler="""
    le, la, les, l, un, une, des, du, de, d, je, j, tu, il, elle, on, nous, vous, ils, elles, me,
    m, te, se, s, ce, c, cela, ça, cet, cette, ces, est, sont, été, a, ai, avons, avez, ont, être,
    mon, ma, mes, notre, nos, votre, vos, pour, par, à, au, aux, en, dans, avec, sur, et, ou, y,
    très, bien sûr, tous, toutes, maintenant, depuis, désormais, enfin, correctement, qu, que,
    peut, pouvez, vraiment, tellement, que hier, qu'hier, encore merci, merci encore,
    encore une fois merci, re, puis, là, vient, va
    """,
)
