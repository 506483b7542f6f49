"""Turkish answers."""

from protocols.words.answers.lexicon import Words

TURKISH = Words(
    thanks="""
    teşekkür, teşekkürler, teşekkürlerimi, teşekkürlerimizi, teşekkür ederim, teşekkür ederiz,
    tşk, tşkler, sağ ol, sağ olun, sağol, sağolun, minnettarım, minnettarız, elinize sağlık,
    eline sağlık, emeğinize sağlık, harika, süper, mükemmel, muhteşem, şahane, güzel, çok iyi,
    iyi, tamam, tamamdır, peki, anlaşıldı, anladım, aldım, saygılar, saygılarımla, selamlar,
    selam, merhaba, günler, günü, akşamlar, hafta sonları, hafta sonu, kolay gelsin,
    iyi çalışmalar, desteğiniz*, sabrınız*, ilginiz*, hızınız*, ekip, ekibe, ekibinize, herkese,
    herkes, hepinize, rica, sevgiler, çabanız*, emeği*, kutlarım, bravo, memnun, memnunuz,
    eyvallah, var olun
    """,
    polite="yardım*, destek*, yanıtınız*, dönüşünüz*, bilgi, bilgilendirme*, hızlı",
    works="""
    çalışıyor, çalışmakta, çalıştı, çalışmaya başladı, çözüldü, çözülmüş, çözüldüğünü,
    çözülmüştür, giderildi, giderilmiş, düzeldi, düzelmiş, düzeltildi, halloldu, halledildi,
    hallettik, tamamlandı, yolunda, her şey yolunda, sorun yok, sorun kalmadı, problem yok,
    problem kalmadı, hata yok, hata kalmadı, ulaştı, geldi, geçti, gerçekleşti, normale döndü,
    normale, normal, sorunsuz, onarıldı, başarılı, başarıyla, işlendi, hesaba geçti, oldu
    """,
    close="kapatabilirsiniz, kapatabiliriz, kapatın, kapatılabilir, kapatabilirsin, kapatalım",
    broken="""
    çalışmıyor, çalışmadı, çözülmedi, çözülmemiş, giderilmedi, düzelmedi, düzeltilmedi, bozuk,
    bozuldu, başarısız, hata veriyor, hata alıyoruz, hata alıyorum, devam ediyor, devam etmekte,
    sürüyor, geri geldi, tekrarlandı, tekrarladı, yanlış, eksik, takıldı, takılı, bloke,
    reddedildi, olmadı, olmuyor, ulaşmadı, gelmedi, geçmedi, gerçekleşmedi, değişmedi,
    değişen bir şey yok, çöktü, kapalı, tekrar etti, almaya devam ediyoruz, yaşıyoruz, kötü,
    hatayı alıyoruz, yapılamıyor
    """,
    trouble="hata, hatayı, hatası, hatalar, sorun, sorunu, sorunun, problem, problemi, arıza",
    nots="değil, hayır, yok, hiç, hiçbir",
    still="hâlâ, halen, hala, henüz, daha",
    again="yine, tekrar, yeniden, gene, bir kez daha",
    same="aynı, aynısı",
    but="""
    ama, fakat, ancak, lakin, hariç, dışında, sadece, yalnızca, başka, diğer, da, de, ayrıca,
    yeni, kısmen, neredeyse, maalesef, ne yazık ki, ikinci, bazı
    """,
    doubts="""
    eğer, ise, olursa, belki, olmalı, olacak, umarım, umarız, yarın, pazartesi, salı, çarşamba,
    perşembe, cuma, sonra, yakında, soru, sorumuz, sorum, neden, niye, ne, nasıl, kim, nerede,
    hangi, mi, mı, mu, mü, kontrol, kontrol edip, test, deneyeceğiz, bekliyoruz, bekleyin, arayın,
    arar, gerek, gerekiyor, istiyoruz, istiyorum, galiba, sanırım, gibi, göndere*, haber, misiniz,
    mısınız, musunuz, önce, kadar, dün, bazen, şimdilik, ara sıra, yavaş
    """,
    matter="""
    ödeme, ödemeler, ödemesi, ödemeniz, havale, transfer, fatura, faturası, hesap, hesabı, dosya,
    işlem, işlemler, ekstre, her şey, taraf, tarafta, tarafımızda, bugün, sabah, evet, onay,
    onaylıyorum, onaylıyoruz, teyit, teyit ederim, teyit ediyoruz, para, banka, sistem, talep,
    bilet, maaş, vaka
    """,
    filler="""
    bir, bu, şu, o, ben, biz, siz, sen, bize, bizim, bizde, benim, sizin, size, sana, onlar, için,
    ile, ve, veya, çok, şimdi, artık, şu an, şu anda, tüm, bütün, her, lütfen, olarak, olan,
    tekrar teşekkürler, tekrar teşekkür ederim, tekrar teşekkür ederiz, gerçekten, ederim, ederiz,
    eden, en, içinden, dilerim, dileriz, cevap, hem, ki, önceki
    """,
)
