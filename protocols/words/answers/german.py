"""German answers."""

from protocols.words.answers.lexicon import Words

GERMAN = Words(
    thanks="""
    dank, danke, dankeschön, danken, bedanke*, bedanken, vielen dank, dankbar, besten dank,
    herzlichen dank, herzlich*, super, toll, prima, perfekt, klasse, wunderbar, spitze, großartig,
    ausgezeichnet, hervorragend, alles klar, in ordnung so, freundlich*, grüße, gruß, grüßen,
    liebe, viele, beste, schönes, schönen, schöner, schöne, wochenende, tag, abend, feierabend,
    geduld, team, verstanden, zur kenntnis, freut, freuen, guten, gute, hallo, moin, servus, lg,
    guten morgen, schönen guten morgen, morgen zusammen,
    vg, mfg, euch allen, allen, vielmals, sehr gut, gerne, lieben
    """,
    polite="""
    hilfe, unterstützung, rückmeldung, antwort, info, information, schnelle, schnellen, rasche,
    einsatz, bemühungen, mühe
    """,
    works="""
    funktioniert, funktionieren, geht, gehen, läuft, laufen, klappt, klappte, geklappt, gelöst,
    behoben, erledigt, repariert, gefixt, wieder in ordnung, in ordnung, passt, alles gut,
    alles ok, alles okay, ist gut, einwandfrei, fehlerfrei, angekommen, eingegangen,
    durchgegangen, wieder normal, wieder da ist alles, normal, behebt, wiederhergestellt,
    bereinigt, aufgelöst, keine fehler mehr, keine probleme mehr, kein problem mehr,
    kein fehler mehr, problemlos, ist weg, nicht mehr vorhanden, tritt nicht mehr auf,
    wie gewünscht, tut wieder, geklärt
    """,
    close="schließen, geschlossen werden, zumachen, schließt, abschließen, zu machen, kann zu",
    broken="""
    kaputt, defekt, fehlgeschlagen, schlägt fehl, gescheitert, scheitert, besteht, bestehen,
    wieder da, tritt wieder auf, tritt erneut auf, tritt weiterhin auf, hängt, falsch, fehlt,
    fehlen, steht still, weiterhin fehler, unverändert, blockiert, abgelehnt, abgebrochen,
    bricht ab, stürzt ab, wiedergekommen, zurückgekommen, ungelöst, taucht wieder auf,
    ausgefallen, streikt, geht nix, gleich geblieben, keine änderung, keine besserung
    """,
    trouble="fehler, fehlermeldung, problem, probleme, störung, meldung, ausfall, thema",
    nots="nicht, nie, niemals, kein, keine, keinen, keiner, nein, nix, nichts, ohne, nö",
    still="immer noch, noch immer, weiterhin, nach wie vor, weiter, noch",
    again="wieder, erneut, nochmal, nochmals, wiederum",
    same="gleiche, gleichen, selbe, dasselbe, dieselbe, derselbe, gleicher, denselben, dieselben",
    but="""
    aber, jedoch, allerdings, außer, nur, andere, anderen, anderes, zusätzlich, außerdem, neue,
    neuer, neues, teilweise, fast, trotzdem, leider, dagegen, sondern, zweite, einige, manche
    """,
    doubts="""
    wenn, ob, falls, sobald, bis, erst, vielleicht, sollte, sollten, sollen, würde, wird,
    werden wir, wären, hoffe, hoffen, hoffentlich, morgen, montag, dienstag, mittwoch, donnerstag,
    freitag, später, bald, frage, fragen, warum, wieso, was, wie, wer, wann, wo, welche, prüfen,
    testen, warten, melden, rufen, anrufen, brauchen, möchten, möchte, scheint, wohl, anscheinend,
    unsicher, glaube, denke, können sie mir, können sie uns, könnten, gestern, manchmal,
    zeitweise, ab und zu, vorerst, bisher, langsam, meistens, gelegentlich
    """,
    matter="""
    zahlung, zahlungen, überweisung, überweisungen, buchung, buchungen, rechnung, rechnungen,
    lauf, konto, datei, dateien, seite, alles, heute, früh, ja, jawohl, bestätige, bestätigen,
    bestätigt, geld, auszug, login, import, export, bank, system, fall, vorgang, anfrage, ding
    """,
    filler="""
    der, die, das, den, dem, des, ein, eine, einen, ich, wir, sie, ihr, ihnen, euch, uns, mir,
    mich, du, dir, es, er, ist, sind, war, waren, sein, hat, haben, hatte, habe, worden, für, von,
    bei, mit, zu, zum, zur, an, am, auf, im, in, und, oder, so, sehr, viel, jetzt, nun, bitte,
    auch, eure, eurer, ihre, ihrer, unsere, unserer, ganz, ganze, mal, dann, also, schon, richtig,
    gut, vom, kann, können, dürfen, darf, damit, dass, seit, diese, dieses, dieser,
    nochmal vielen, wurde, wurden, wirklich, tausend, nochmals vielen, ebenfalls, gerade, soweit,
    hier, da
    """,
)
