"""Dutch answers."""

from protocols.words.answers.lexicon import Words

DUTCH = Words(
    thanks="""
    dank, dank je, dank u, dankjewel, dankuwel, dank je wel, dank u wel, bedankt, bedanken,
    bedank, hartelijk, hartelijke, geweldig, fantastisch, prima, perfect, super, top, mooi,
    uitstekend, fijn, fijne, heerlijk, toppie, begrepen, ontvangen bericht, akkoord,
    helemaal goed, goed zo, groet, groetjes, groeten, vriendelijke, met vriendelijke, dag, avond,
    weekend, goede, goedemorgen, geduld, moeite, team, allemaal, allen, iedereen, hallo, hoi, mvg,
    lekker bezig, blij, waarderen, gewaardeerd, zeer, lief, netjes, jullie ook, oké
    """,
    polite="""
    hulp, ondersteuning, reactie, antwoord, info, informatie, terugkoppeling, werk, inzet, snelle,
    snel
    """,
    works="""
    werkt, werken, functioneert, doet het, doet het weer, doen het weer, gelukt, lukt, opgelost,
    verholpen, gefikst, gemaakt nu, hersteld, in orde, weer in orde, alles goed, alles oké,
    is goed, ziet er goed uit, binnen, aangekomen, ontvangen, doorgekomen, gelopen, weer normaal,
    normaal, geen fouten meer, geen problemen meer, geen probleem meer, geen fout meer, geregeld,
    afgehandeld, klaar, probleemloos, loopt weer, loopt, is weg, goed nu, werkend
    """,
    close="sluiten, gesloten worden, sluit, afsluiten, dicht",
    broken="""
    kapot, stuk, mislukt, mislukken, faalt, gefaald, blijft, bestaan, terug, weer terug,
    vastgelopen, loopt vast, fout gaat, gaat fout, verkeerd, ontbreekt, ontbreken, mist,
    geblokkeerd, geweigerd, afgewezen, ligt eruit, plat, onveranderd, niets veranderd, erger,
    hapert, komt terug, teruggekomen, treedt op, onopgelost, is fout
    """,
    trouble="fout, fouten, foutmelding, probleem, problemen, storing, melding, issue",
    nots="niet, nooit, geen, nee, niets, niks, zonder, neen",
    still="nog steeds, nog altijd, steeds, nog, aldoor, blijven",
    again="weer, opnieuw, wederom, nogmaals",
    same="dezelfde, hetzelfde, zelfde",
    but="""
    maar, echter, hoewel, behalve, alleen, slechts, andere, ander, ook, bovendien, nieuwe, nieuw,
    gedeeltelijk, bijna, helaas, jammer, tweede, sommige, enkele
    """,
    doubts="""
    als, of, wanneer, zodra, tot, misschien, zou, zouden, zal, zullen, hoop, hopen, hopelijk,
    morgen, maandag, dinsdag, woensdag, donderdag, vrijdag, later, straks, binnenkort, vraag,
    vragen, waarom, wat, hoe, wie, waar, welke, controleren, testen, wachten, bel, bellen, nodig,
    graag, willen, wil, lijkt, kijken, laten weten, kunnen jullie ook, kunt u, voordat, gisteren,
    soms, voorlopig, af en toe, traag, langzaam
    """,
    matter="""
    betaling, betalingen, overboeking, overboekingen, factuur, facturen, rekening, bestand,
    bestanden, batch, transactie, transacties, afschrift, alles, kant, vandaag, vanochtend,
    vanmiddag, ja, bevestig, bevestigen, bevestigd, geld, bank, systeem, zaak, geval, ticket,
    salarissen, melding nummer
    """,
    filler="""
    de, het, een, ik, wij, we, jij, je, u, jullie, hij, zij, ze, ons, onze, mijn, uw, jouw, hun,
    me, mij, dit, dat, deze, die, er, hier, is, zijn, was, waren, ben, heeft, hebben, had, heb,
    wordt, worden, werd, voor, van, bij, met, aan, op, in, uit, te, om, door, naar, en, zo, heel,
    erg, veel, nu, alsjeblieft, wel, kan, kunnen, mag, mogen, nogmaals bedankt, hele, echt, al,
    sinds, weer bedankt, gaat, goed, helemaal, krijgen
    """,
)
