"""Polish answers."""

from protocols.words.answers.lexicon import Words

POLISH = Words(
    thanks="""
    dziękuję, dziękujemy, dziękować, dzięki, dzieki, dzięks, podziękowania, wdzięczny, wdzięczna,
    wdzięczni, super, świetnie, świetna, doskonale, doskonała, znakomicie, wspaniale, rewelacja,
    ekstra, bardzo dobrze, dobrze, dobra, ok, jasne, rozumiem, przyjąłem, przyjęłam, pozdrawiam,
    pozdrawiamy, pozdrowienia, serdecznie, serdeczne, miłego, miłej, dnia, dzień, dobry, weekendu,
    wieczoru, cierpliwość, szybka, szybką, szybkie, szybko, zespołowi, zespół, wszystkim, całemu,
    wielkie, wielki, świetna robota, brawo, cześć, hej, witam, miło, uprzejmie, zaangażowanie,
    trud, docenia*, cieszę się, cieszymy się
    """,
    polite="""
    pomoc, pomocy, wsparcie, odpowiedź, reakcję, reakcja, informację, informacje, informacja,
    pracę
    """,
    works="""
    działa, działają, zadziałało, zaczęło działać, rozwiązany, rozwiązana, rozwiązane, rozwiązano,
    naprawiony, naprawiona, naprawione, naprawiono, usunięty, usunięta, usunięte, w porządku,
    wszystko ok, wszystko gra, dotarły, dotarła, dotarł, dotarło, przeszły, przeszła, przeszło,
    wpłynęły, wpłynęła, wróciło do normy, do normy, załatwione, poprawione, poprawiono,
    bez problemów, bez błędów, udało się, powiodła się, powiodło się, gotowe, przywrócone,
    poprawnie, prawidłowo, zakończone, ustąpił
    """,
    close="zamknąć, zamknijcie, zamykać, zamykamy, zamknięcie, zamknij",
    broken="""
    zepsute, zepsuty, zepsuta, występuje, występują, wrócił, wróciła, powrócił, powróciło, trwa,
    nie powiodła się, nie powiodło się, nie powiódł się, nie przeszła, nie przeszło,
    nie udało się, błędna, błędny, błędne, brakuje, brak zmian, zablokowane, zablokowany,
    zablokowana, odrzucona, odrzucone, odrzucony, awaria, bez zmian, nic się nie zmieniło, gorzej,
    zawiesza się, pada, utrzymuje się, powtarza się, nieudana, nieudany, leży, zawiodła
    """,
    trouble="błąd, błędy, błędu, problem, problemy, problemu, usterka, komunikat, awarie",
    nots="nie, nigdy, żaden, żadna, żadnych, nic, bez, ani",
    still="nadal, wciąż, ciągle, jeszcze, dalej",
    again="znowu, znów, ponownie, po raz kolejny",
    same="ten sam, ta sama, to samo, te same, taki sam, tym samym",
    but="""
    ale, jednak, jednakże, chociaż, oprócz, tylko, jedynie, inny, inna, inne, też, także, również,
    ponadto, nowe, nowy, nowa, częściowo, prawie, niestety, drugi, druga, drugie, niektóre
    """,
    doubts="""
    jeśli, jeżeli, gdy, kiedy, dopóki, aż, może, powinno, powinny, będzie, będą, mam nadzieję,
    mamy nadzieję, jutro, poniedziałek, wtorek, środa, czwartek, piątek, później, wkrótce,
    pytanie, pytania, dlaczego, co, jak, kto, gdzie, który, czy, sprawdzimy, sprawdzić, sprawdzam,
    sprawdzamy, przetestować, testujemy, czekamy, czekać, czekam, zadzwonić, proszę zadzwonić,
    potrzebujemy, potrzebuję, chcemy, chciałbym, wydaje się, damy znać, dam znać, zanim, wczoraj,
    czasami, czasem, na razie, wolno, od czasu do czasu
    """,
    matter="""
    płatność, płatności, przelew, przelewy, faktura, faktury, faktur, konto, plik, pliki, paczka,
    transakcja, transakcje, wyciąg, wszystko, stronie, dzisiaj, dziś, rano, tak, potwierdzam,
    potwierdzamy, potwierdzone, pieniądze, bank, system, sprawa, sprawę, zgłoszenie, ticket,
    wypłaty
    """,
    filler="""
    ja, my, wy, on, ona, ono, oni, nam, nas, mi, mnie, ci, tobie, wam, was, was wszystkich, pan,
    pani, państwu, państwo, państwa, mój, moja, nasz, nasza, wasz, wasza, waszą, za, na, w, we, z,
    ze, do, od, o, u, po, przy, i, oraz, lub, to, ten, ta, te, tego, jest, są, był, była, było,
    być, został, została, zostało, zostały, się, bardzo, już, teraz, tu, więc, można, możecie,
    może pan, mogą, proszę, że, mamy, mam, tak bardzo, raz, jeszcze raz dziękuję, jeszcze raz, by
    """,
)
