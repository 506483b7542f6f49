"""Words of ordinary sentences, so that an account named by one does not stop every text.

Which parts of a company's name say what it is, not which; and which names are also words that
people write about payments every day. Source: M2.
"""

from __future__ import annotations


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


GENERIC = _words(
    """
    ab ag aps as asa bv bvba co corp corporation cv company companies ev fze gmbh inc
    incorporated kft kg kgaa limited lda llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa
    sarl sas sasu se sia sl slu spa srl sro ug ulc
    academy accounting advisors advisory aerospace agency alliance analytics apparel architects
    assets associates association authority auto automotive bakery bank banking bankers billing
    brands broadcasting brokerage brokers brothers builders building business capital care
    carriers cars catering cement center centre charity chemicals church city claims clearing
    clinic clothing cloud club coffee collective college commerce commercial communications
    community components computing construction consultancy consultants consulting consumer
    contractors cooperative council county credit crypto customer data dealers dental design
    designs development digital direct distribution distributors division education electric
    electronics energy engineering enterprise enterprises entertainment equipment equity estate
    europe exchange exports express fashion federal federation financial finance fintech fleet
    foods food foundation freight funds fund furniture gaming games garage gas global goods
    government group groups hardware health healthcare holding holdings home homes hospital
    hospitality hotel hotels house housing imports industrial industries industry innovation
    innovations institute insurance interactive interiors international investment investments
    jewelers lab laboratories labs law leasing legal lending loans logistics machinery management
    manufacturers manufacturing marine market marketing markets materials media medical metals
    mills mining mobile mobility money mortgage motors municipal museum music mutual network
    networks news office online operations organisation organization outfitters packaging paper
    parts partner partners partnership pay payment payments payroll pension pharma
    pharmaceuticals pharmacy plastics platform platforms power press printing processing
    processor processors product production productions products professional properties property
    provider providers public publishing purchasing railways realty recruiting recruitment
    remittance rentals research resellers reseller resort resorts resources restaurant restaurants
    retail retailers risk robotics sales salon savings school schools science sciences securities
    security semiconductor service services settlement shipping shop shops society software
    solar solution solutions sourcing sports staffing steel stores store storage studio studios
    suppliers supply support surgery systems system tax team tech technologies technology telecom
    telecommunications textiles theatre tools tourism tours toys trade traders trading transfer
    transfers transport transportation travel treasury trust union university utilities utility
    vendor vendors ventures venture veterinary video warehouse warehousing water web wholesale
    wholesalers wireless wines works workshop world worldwide
    """
)
"""What stands in names of companies beside the part that names one of them."""


PLACES_AND_DAYS = _words(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december
    africa african america american americas asia asian atlanta australia australian austria
    austrian baltimore bangalore barcelona belgium belgian berlin boston brazil brazilian britain
    british brussels budapest california canada canadian chicago china chinese cologne copenhagen
    dallas denmark danish delhi denver detroit dubai dublin dutch east eastern england english
    european finland finnish florida france french frankfurt geneva german germany hamburg
    helsinki houston india indian ireland irish israel italian italy japan japanese johannesburg
    kong hong latin lisbon london los angeles luxembourg madrid manchester melbourne mexico
    mexican miami milan montreal moscow mumbai munich netherlands new york jersey north northern
    norway norwegian oslo pacific atlantic paris philadelphia phoenix poland polish portland
    portugal portuguese prague rome san francisco diego seattle seoul shanghai singapore south
    southern spain spanish stockholm sweden swedish swiss switzerland sydney texas tokyo toronto
    turkey turkish ukraine vancouver vienna warsaw washington west western zurich nordic baltic
    states kingdom uk usa eu us apac emea latam
    """
)
"""Names that ordinary sentences hold with a capital: days, months, places, their people."""


PAYMENT_WORDS = _words(
    """
    aba ach acct aml api apis apr bacs bic bin bridge cad card cards chf close csm csv cvv debit
    edi eft email erp est eta eur gbp gl iban id ids incident invoice it jpy kyc ledger legal mail
    mastercard nacha oauth ok pan pci pdf pin plaid po pos psd rca ref rtgs rtp saas sap sdk sepa
    sftp sla slack sms sox sql ssl sso swift tls url usd utc visa vpn webhook wire wires xml
    netsuite compliance commander scribe analyst controller finance escalation statement
    """
)
"""Words and short forms of the trade: every text may hold them, in capitals too."""


ORDINARY = _words(
    """
    a able about above absolute accept access account accurate across act action active actual
    add address advance advantage after again against agile ago agree ahead aim air alert align
    all allow ally almost alone along already also alter always among amount an anchor and another
    answer any apart appear apply approach approve apt archive area arise around arrange arrive
    arrow art ask aspect assign assist assure at attach attempt attend audit auto available
    average avoid await aware away
    back backup bad balance band bar base basic basis batch be beat because become before
    begin behind believe below benefit best better between beyond big bill bit black blend block
    blue board body bold bond book border both bottom bound box branch brand break bridge
    brief bright bring broad broken brother brown buffer bug build bulk bureau busy but buy by
    call calm came can cancel capable carry case cash cast catch cause caution central certain
    chain chair challenge chance change channel charge chart chase check chief choice choose
    circle citizen claim class classic clean clear client clock close code cold collect color
    column combine come comfort common compare compass complete concept concern condition
    confirm connect consider constant contact contain contents continue contract control convert
    cool copy core corner correct cost could count counter country couple course cover create
    cross current custom cut cycle
    daily date day deal dear decide deep default defer degree delay deliver delta demand
    depend deposit depth describe desk detail detect determine develop device did differ direct
    discover discuss dispatch display distinct do document does domain done door double down
    draft draw drive drop due during duty dynamic
    each early earn earth ease easy echo edge effect effort eight either element elevate
    else emerge emergency employ empty enable end endeavor engage engine enough
    ensure enter entire entry equal error escrow essential establish estimate even event ever
    every evolve exact example excel except exchange execute exist expect expense expert explain
    explore export extend extra eye
    face fact factor fail fair faith fall familiar family far fast favor feature fee feed feel
    few field fifth figure file fill final find fine finish fire firm first fit five fix flag
    flat flex flow focus follow for force forge form formal former forward found four frame free
    fresh friend from front full function further future
    gain gap gate gather gave general generate get gift give glad go goal gold good grace
    grand grant great green grid ground grow guarantee guard guardian guide
    had half hand handle happen harbor hard has have he head hear heart heavy height held
    help her here heritage high hill him his history hit hold horizon host hour how
    hub human hundred
    icon idea ideal identify if image impact import improve impulse in include increase indeed
    independent index individual infinite inform initial input inside insight install
    instant integrate integrity intend interest interim internal into introduce invest invite
    involve is issue item its
    join joint journey judge jump junction just
    keep key kind king knew know
    labor land large last late later launch layer lead leader leading leaf league
    learn least leave left legacy less let letter level lever life lift light like limit
    line link liquid list listen little live load local lock logic long look loop lose loss
    lot low
    made main maintain major make man manager manual many map margin mark master
    match matrix matter max maximum me mean measure meet member memo mention merchant
    merge message meta meter method metric metro middle might mile million mind minimum minor
    minute mirror miss mission mix mode model modern moment momentum monitor month more morning
    most motion mount move much must my
    name narrow nation national native nature near necessary need neither neutral never next
    night nine no nominal none nor normal not note nothing notice notify now
    number
    object objective observe obtain occur ocean odd of off offer official often old on once one
    only onward open operate optimal optimum option or orbit order ordinary origin original other
    our out outcome output outside over overall own owner
    pace pack page pair panel park part particular party pass past patch path patient pattern
    peak pending people per perfect perform perhaps period permit person phase phone pick piece
    pilot pipeline place plain plan plant play please plus pocket point
    policy pool poor port portal portion position positive possible post potential precise
    precision prefer preferred premier premium prepare present preserve pretty prevent price
    pride primary prime principal print prior private pro probable problem procedure proceed
    process produce profile profit progress project prominent promise proper propose protect
    proud prove provide public pull pulse pure purpose push put
    quality quarter question queue quick quiet quite quote
    race radius rail rain raise ramp range rapid rare rate rather ratio reach react read ready
    real realize reason receipt receive recent record recover red reduce refer reference reflect
    refund regard regional register regular reject relate relay release reliable relief rely
    remain remark remember remit remote remove renew repair repeat replace reply report request
    require rescue reserve reset resolve respond rest restore result retain retry return reveal
    reverse review right ring rise river road rock role roll room root round route
    rule run rush
    safe safety said same sample sand save say scale scan scheme scope score screen script
    search season seat second secret section sector secure see seek seem segment select self sell
    send senior sense sent separate serial series serve session set settle seven several shape
    share she sheet shell shield shift ship short should show side sight sign signal silver
    similar simple since single site six size skill sky small smart smooth so social solid
    solve some soon sort sound source space spark special specific speed spike spirit
    split spot spread spring square stable staff stage stand standard star start state station
    status stay step still stock stone stop strategic stream street strong structure subject
    submit such sudden suffer suit sum summary summit superior sure surface swap switch
    symbol
    table take talk target task tell template ten term terminal test text than thank that the
    their them then theory there these they thing think third this thorough those though thought
    thousand thread three threshold through throw thus ticket tide tier tight time title to today
    together token told tomorrow tone too took top total touch toward tower town trace
    track tradition traffic trail train transaction transit translate treat tree trend trial
    tried trigger triple true truth try turn twice twin two type
    ultimate under understand unified uniform unify unique unit unite united unity universal
    unknown unless until up update upon upper urban urgent use used useful user usual
    vacant valid valley value variance various vast vector verify version vertical
    very via view village virtual virtue visible vision visit vital voice volume
    vote
    wait walk wall want warm warn was watch wave way we wealth week weekly well went were what
    when where whether which while white who whole why wide will wind window wise wish with
    within without word work worth would write wrong
    year yellow yes yesterday yet yield you young your
    zero zone
    """
)
"""Words that stand in texts for accounts, or could, in their plain form."""


_ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "r", "est", "al")


def is_ordinary(word: str) -> bool:
    """Say whether a word in small letters may stand in any sentence, in one form or another."""
    if any(word in known for known in (ORDINARY, GENERIC, PLACES_AND_DAYS, PAYMENT_WORDS)):
        return True
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        doubled = stem[:-1] if stem[-2:-1] == stem[-1:] else ""
        if stem != word and any(each in ORDINARY for each in (stem, f"{stem}e", doubled)):
            return True
    return word.endswith("ies") and f"{word[:-3]}y" in ORDINARY
