"""Portuguese answers."""

from protocols.words.answers.lexicon import Words

PORTUGUESE = Words(
    thanks="""
    obrigado, obrigada, obrigados, obrigadas, obg, obgd, brigado, valeu, vlw, agradeço,
    agradecemos, agradecido, agradecida, agradecidos, grato, grata, gratos, gratidão, ótimo,
    ótima, excelente, perfeito, perfeita, maravilha, maravilhoso, show, legal, bacana, beleza,
    blz, muito bom, muito bem, bem, bom, boa, bons, dia, tarde, noite, fim, semana, abraço,
    abraços, paciência, rapidez, equipe, equipa, pessoal, time, todos, todas, imenso, entendido,
    recebido, combinado, olá, oi, cumprimentos, atenciosamente, att, parabéns, gentileza,
    cordialmente, feliz, top
    """,
    polite="ajuda, apoio, suporte, resposta, retorno, informação, atenção, esforço, rápida, rápido",
    works="""
    funciona, funcionam, funcionando, funcionou, a funcionar, voltou a funcionar, resolvido,
    resolvida, resolvidos, resolveu, solucionado, solucionada, corrigido, corrigida, arrumado,
    consertado, tudo certo, tudo bem, tudo ok, tudo em ordem, em ordem, está ok, deu certo, certo,
    caíram hoje, caíram, caiu na conta, entrou, entraram, chegou, chegaram, normalizado,
    normalizou, normalizada, sem problemas, sem erros, ao normal, restabelecido, concluído,
    com sucesso, sanado, regularizado, regularizada, pagamento caiu, foi feito
    """,
    close="fechar, encerrar, fechado por vocês, finalizar, encerrem, fechem, ser fechado",
    broken="""
    falhou, falha, falham, falhando, falharam, falhar, quebrado, quebrada, parado, persiste,
    persistem, voltou, voltaram, voltou a falhar, errado, errada, incorreto, falta, faltam,
    faltando, bloqueado, bloqueada, travado, travada, caiu, fora do ar, rejeitado, recusado,
    sem funcionar, sem solução, nada mudou, sem mudança, igual, pior, repetiu, com problema,
    com problemas, com erro, com falha, impossível, dando erro, deu erro, pendente
    """,
    trouble="erro, erros, problema, problemas, incidente, mensagem, inconveniente, questão técnica",
    nots="não, nunca, nem, nenhum, nenhuma, nada, jamais",
    still="ainda, continua, continuam, continuamos, segue, seguimos, permanece, continuar",
    again="novamente, de novo, outra vez",
    same="mesmo, mesma, mesmos, mesmas",
    but="""
    mas, porém, contudo, entretanto, no entanto, embora, exceto, só, somente, apenas, outro,
    outra, outros, outras, também, além, nova, novo, novas, novos, parcialmente, quase,
    infelizmente, segunda via, alguns, algumas
    """,
    doubts="""
    se, quando, até, talvez, deveria, deve, será, espero, esperamos, amanhã, segunda feira,
    terça feira, quarta feira, quinta feira, sexta feira, depois, mais tarde, logo, pergunta,
    perguntas, dúvida, dúvidas, por que, porque, o que, como, quem, onde, qual, verificar,
    vamos verificar, verificando, verifico, testar, testando, aguardar, aguardando, liguem, ligar,
    preciso, precisamos, quero, queremos, parece, podem enviar, poderiam, avisamos, aviso, antes,
    ontem, às vezes, por enquanto, lento, intermitente, de vez em quando
    """,
    matter="""
    pagamento, pagamentos, transferência, transferências, fatura, faturas, nota, conta, arquivo,
    ficheiro, lote, operação, operações, extrato, tudo, lado, parte, hoje, manhã, sim, confirmo,
    confirmamos, confirmado, dinheiro, banco, sistema, caso, chamado, folha, boleto
    """,
    filler="""
    o, a, os, as, um, uma, uns, umas, de, do, da, dos, das, em, na, nos, nas, com, por, para, pra,
    pelo, pela, pelos, pelas, e, ou, eu, tu, ele, ela, nós, vocês, você, lhe, lhes, me, te, seu,
    sua, seus, suas, nosso, nossa, meu, minha, este, esta, isto, esse, essa, isso, é, são, está,
    estão, foi, foram, ser, tem, temos, há, muito, muita, já, agora, pode, podem, aqui, que, tão,
    novamente obrigado, favor, por favor, ao, à, aos, estamos, voltar, sempre, super
    """,
)
