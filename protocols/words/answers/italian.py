"""Italian answers."""

from protocols.words.answers.lexicon import Words

ITALIAN = Words(
    thanks="""
    grazie, ringrazio, ringraziamo, ringraziamento, ringraziamenti, ringraziare, perfetto, ottimo,
    ottima, eccellente, fantastico, benissimo, bene, molto bene, meraviglioso, splendido, bravi,
    bravissimi, super, ok, d'accordo, capito, ricevuto, saluti, cordiali, cordialmente, distinti,
    buona, buon, buongiorno, buonasera, giornata, serata, fine settimana, weekend, salve,
    pazienza, velocità, rapida, rapido, tempestività, team, squadra, gentile, gentili,
    gentilissimi, gentilissimo, gentilissima, gentilezza, infinite, mille, tante, disponibilità,
    ciao, tutti, tutte, cortesia, grato, grati, grata, apprezziamo, apprezzo, felice, felici
    """,
    polite="""
    aiuto, supporto, assistenza, risposta, riscontro, informazione, informazioni, lavoro, impegno,
    veloce
    """,
    works="""
    funziona, funzionano, funzionando, funzionato, funziona di nuovo, risolto, risolta, risolti,
    sistemato, sistemata, corretto adesso, riparato, a posto, tutto ok, tutto bene, va bene,
    va tutto bene, in ordine, arrivato, arrivata, arrivati, arrivate, passato, passati,
    tornato alla normalità, alla normalità, tornato normale, senza problemi, senza errori,
    ripristinato, ripristinata, completato, riuscito, andato a buon fine, andati a buon fine,
    a buon fine, è tornato a funzionare, è tornato alla normalità, è tornato tutto normale,
    sbloccato, regolare, tornato tutto normale, è ok
    """,
    close="chiudere, chiuderlo, chiudete, chiuda, chiuderla, chiuso da voi, essere chiuso",
    broken="""
    fallito, fallita, falliti, fallisce, rotto, rotta, guasto, persiste, persistono, continua,
    continuano, tornato, tornata, è tornato, è tornata, sbagliato, sbagliata, errato, manca,
    mancano, mancante, bloccato, bloccata, bloccati, rifiutato, respinto, senza funzionare,
    nulla è cambiato, niente è cambiato, nessun cambiamento, ripresentato, si ripresenta, peggio,
    in errore, impossibile, come prima, a non funzionare, non va, non vanno
    """,
    trouble="errore, errori, problema, problemi, inconveniente, guasti, messaggio, anomalia",
    nots="non, no, mai, nessun, nessuno, nessuna, niente, nulla, né",
    still="ancora, sempre, tuttora, continuiamo",
    again="di nuovo, nuovamente, un'altra volta",
    same="stesso, stessa, stessi, stesse, medesimo",
    but="""
    ma, però, tuttavia, tranne, eccetto, solo, soltanto, altro, altra, altri, altre, anche,
    inoltre, nuova, nuovo, nuove, parzialmente, quasi, purtroppo, seconda, secondo, alcuni, alcune
    """,
    doubts="""
    se, quando, finché, forse, dovrebbe, dovrebbero, sarà, spero, speriamo, domani, lunedì,
    martedì, mercoledì, giovedì, venerdì, dopo, più tardi, presto, domanda, domande, perché, cosa,
    che cosa, come mai, chi, dove, quale, verifico, verificare, verifichiamo, proviamo, provare,
    controlliamo, controllo, aspettare, aspettiamo, chiamatemi, chiamare, chiamate, bisogno,
    vorrei, vorremmo, sembra, potete inviare, potreste, faccio sapere, facciamo sapere, prima,
    ieri, a volte, per ora, al momento, lento, ogni tanto
    """,
    matter="""
    pagamento, pagamenti, bonifico, bonifici, fattura, fatture, conto, file, lotto, operazione,
    operazioni, estratto, tutto, tutta, lato, parte, oggi, stamattina, sì, confermo, confermiamo,
    confermato, soldi, denaro, banca, sistema, caso, ticket, pratica, stipendi
    """,
    filler="""
    il, lo, la, i, gli, le, l, un, uno, una, di, del, della, dei, delle, dell, al, alla, ai, alle,
    da, dal, dalla, in, nel, nella, con, su, sul, per, e, ed, o, io, tu, lui, lei, noi, voi, loro,
    mi, ti, si, ci, vi, ne, mio, mia, nostro, nostra, vostro, vostra, vostri, questo, questa,
    quello, quella, che, è, sono, stato, stata, stati, siamo, ha, hanno, ho, abbiamo, avete,
    molto, tanto, ora, adesso, già, può, potete, puoi, così, davvero, a, ancora grazie,
    grazie ancora, favore, per favore, tutto quanto, vero, adesso anche, va, essere
    """,
)
