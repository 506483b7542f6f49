"""Spanish answers."""

from protocols.words.answers.lexicon import Words

SPANISH = Words(
    thanks="""
    gracias, muchas gracias, muchísimas, mil, agradezco, agradecemos, agradecido, agradecida,
    agradecidos, agradecer, genial, perfecto, perfecta, estupendo, excelente, fantástico,
    fenomenal, maravilloso, bien, muy bien, vale, de acuerdo, entendido, recibido, saludos,
    saludo, cordiales, cordial, buen, buena, buenos, buenas, días, día, tardes, noches, fin,
    semana, paciencia, rapidez, equipo, amable, amables, amabilidad, hola, abrazo, abrazos, feliz,
    enhorabuena, encantado, encantada, todos, todas, genios, estimado, estimados, bravo, crack,
    cracks
    """,
    polite="""
    ayuda, apoyo, atención, respuesta, información, soporte, gestión, esfuerzo, rápida, rápido
    """,
    works="""
    funciona, funcionan, funcionando, funcionó, vuelve a funcionar, vuelven a funcionar,
    ha vuelto a funcionar, volvió a funcionar, resuelto, resuelta, resueltos, solucionado,
    solucionada, solucionó, resolvió, arreglado, arreglada, corregido, corregida, reparado,
    ya quedó, quedó, todo bien, todo ok, todo correcto, está bien, en orden, llegó, llegaron,
    ha llegado, han llegado, pasó, pasaron, entró, entraron, sin problemas, sin errores,
    ya no hay, normalizado, normalidad, restablecido, va bien, ya va, listo, completado, exitoso,
    con éxito, correctamente, a funcionar
    """,
    close="cerrar, cerrarlo, cierre, cierren, ciérrenlo, ciérrelo, cerrarla, cerrado por ustedes",
    broken="""
    fallado, falla, fallan, falló, fallando, fallar, vuelto a fallar, fallo, roto, rota, persiste,
    persisten, continúa, continúan, ha vuelto, volvió, vuelve, mal, incorrecto, incorrecta, falta,
    faltan, bloqueado, bloqueada, atascado, caído, caída, rechazado, rechazada, sin funcionar,
    sin resolver, sin solución, sin cambios, nada ha cambiado, sigue igual, igual que antes, peor,
    se repite, repitió, imposible, pendiente
    """,
    trouble="error, errores, problema, problemas, incidencia, incidente, mensaje, inconveniente",
    nots="no, nunca, ni, tampoco, ningún, ninguno, ninguna, nada, jamás",
    still="todavía, aún, sigue, siguen, seguimos, sigo, seguir",
    again="otra vez, de nuevo, nuevamente",
    same="mismo, misma, mismos, mismas",
    but="""
    pero, sin embargo, aunque, excepto, salvo, sólo, solamente, otro, otra, otros, otras, también,
    además, nueva, nuevo, nuevas, parcialmente, casi, lamentablemente, desafortunadamente,
    segunda, segundo, algunos, algunas, por desgracia
    """,
    doubts="""
    cuando, hasta, quizás, quizá, tal vez, debería, deberían, será, espero, esperamos, mañana,
    lunes, martes, miércoles, jueves, viernes, más tarde, luego, pronto, pregunta, preguntas,
    por qué, qué, cómo, quién, dónde, cuál, cuándo, reviso, revisar, revisamos, revisaremos,
    verificar, verificamos, probar, probamos, probaremos, esperar, esperando, llámenme, llamen,
    llamar, necesito, necesitamos, quiero, queremos, parece, pueden enviar, podrían, avisamos,
    aviso, antes, si, ayer, a veces, por ahora, de momento, por el momento, lento, intermitente
    """,
    matter="""
    pago, pagos, transferencia, transferencias, factura, facturas, cuenta, archivo, archivos,
    lote, operación, operaciones, extracto, todo, toda, lado, parte, hoy, esta mañana, confirmo,
    confirmamos, confirmado, dinero, banco, sistema, caso, ticket, nómina, sí, incidencias
    """,
    filler="""
    el, la, los, las, lo, un, una, unos, unas, de, del, al, a, ante, con, en, por, para, y, e, o,
    u, yo, tú, él, ella, nosotros, ustedes, usted, vosotros, le, les, nos, os, me, te, se, su,
    sus, nuestro, nuestra, vuestro, vuestra, mi, este, esta, esto, ese, esa, eso, es, son, está,
    están, fue, ha, han, hemos, he, hay, muy, mucho, mucha, ya, ahora, puede, pueden, podéis,
    puedes, que, tan, toda, como, tenemos, tengo, así, siempre, super, ser, sido, parte nuestra,
    favor, por favor
    """,
)
