"""Signs and words of an answer that people use in every language."""

from protocols.words.answers.lexicon import Words

EVERYWHERE = Words(
    thanks="""
    thanks, thank you, thx, tks, ty, merci, danke, gracias, grazie, ok, okay, k, oki, okey, super,
    perfect, top, bravo, great, cool, nice, wow, hi, hello, hey, bye, ciao, cheers, yay, welcome,
    lol, haha, hahaha
    """,
    but=":-1:, :thumbsdown:, :x:, :no_entry:, :rage:, :angry:, :cry:, :sob:, :disappointed:",
    filler="re, fyi, ps",
    matter="ticket, support, it, app, portal, sepa, ach, api, swift, bw",
)

SIGNS = frozenset(
    "👍🙏❤♥🎉👏🙌😊🙂😀😃😄😁🥳💪👌🤝☺✨💯✅✔☑🌟⭐🙇💐🌸🍀🤗😍🥰😇🫶💚💙💜🧡💛🤩😎🏆🚀🎊😉"
)
"""Signs that say thanks or that all is well; alone they answer nothing."""
_NAMED = """
    pray +1 thumbsup heart tada clap raised_hands slightly_smiling_face smile smiley blush
    grin grinning ok_hand white_check_mark heavy_check_mark ballot_box_with_check muscle bow
    wave partying_face handshake sparkles 100 star star2 hugging_face bouquet heart_eyes
    wink rocket hearts green_heart blue_heart purple_heart yellow_heart orange_heart
    man-bowing woman-bowing relaxed innocent sunglasses trophy confetti_ball simple_smile
    laughing joy thankyou thank_you thanks merci salute saluting_face skin-tone-2
    skin-tone-3 skin-tone-4 skin-tone-5 skin-tone-6 sun_with_face sunny
"""
NAMED_SIGNS = frozenset(_NAMED.split())
"""The same, as Slack writes them."""
