"""Words and sentence parts of seeded stories, per language: enough of them that no two paragraphs read the same.

A sentence is subject + deed + turn. A deed fits every subject: singular, present tense, no agreement in Croatian.
`{name}` is the made-up proper name that makes a story findable, `{thing}` one of the things.
"""


def parts(text):
    """What stands between the slashes."""
    return [" ".join(part.split()) for part in text.split("/")]


# Proper names are put together of these: 20 x 12 x 16 names, each in many stories or in one.
NAME_PARTS = [
    parts("Al/Bor/Cer/Dal/Est/Fen/Gal/Hel/Ion/Jar/Kel/Lum/Mer/Nor/Ost/Per/Quil/Ras/Sol/Tav"),
    parts("a/e/i/o/u/ari/eno/ilo/ova/ura/ena/isi"),
    parts("bris/dan/don/fax/gor/kin/lith/mar/nix/pol/rion/sat/tek/thos/ver/zan"),
]

# Whose comments these are.
READERS = parts(
    """
    Ana / Petra / Željka / Marko / Đuro / Šime / Ivana / Luka / Nika / Ćiril / Mia / Josip / Alice / Ben / Chloe /
    David / Emma / Farid / Grace / Henry / Ines / Jonas / Kira / Liam
    """
)

ENGLISH = {
    "titles": parts(
        """
        {name} finds {thing} where nobody had looked / Why {name} waits for {thing} /
        {name} and {thing}: what the numbers say / The long road from {thing} to {name} /
        After a quiet year, {name} returns with {thing} / {thing} puts {name} to the test /
        {name} publishes its data on {thing} / What {name} learned from {thing} /
        Engineers take {name} apart and find {thing} / A second look at {name} and {thing} /
        {name} gives up on {thing}, for now / How {name} made {thing} cheaper
        """
    ),
    "things": parts(
        """
        a faint signal / a slower clock / a warmer chip / a cleaner dataset / an older bug / a longer orbit /
        a quieter engine / a smaller antenna / a missing bolt / a second opinion / a patient robot / thin ice /
        a cracked lens / a better battery / an open licence / a shared telescope / a stubborn valve / cold dust /
        a new alloy / a broken promise / an honest benchmark / a spare gyroscope / a loud fan / a lost packet
        """
    ),
    "subjects": parts(
        """
        The team in the control room / A small crew / The new antenna / A graduate student / The safety board /
        An old server / The flight software / A laboratory on the third floor / The night shift / Its operator /
        The chief engineer / A public archive / The chip maker / An independent review / The ground station /
        A robotic arm / The data centre / The patent office / A university group / The open model / The supplier /
        A network operator / The battery plant / The second satellite / A retired programmer / The committee
        """
    ),
    "deeds": parts(
        """
        measures the drift of the clock / publishes the raw data / repeats the experiment with less energy /
        compares two series of readings / looks for a fault in the log / moves the delivery by a week /
        cools the detector below two hundred degrees / reads a message from deep space / checks every bolt /
        works out the trajectory from the beginning / listens for a weak carrier / reports to the regulator /
        cuts consumption by a fifth / keeps the sample in dry nitrogen / opens the vacuum chamber /
        changes one word of the rule / learns to tell noise from speech / turns the mirror by three degrees /
        writes a patch and waits / counts photons one at a time / draws the map anew / tests the parachute /
        trains a smaller model on the same text / asks for a second quotation / replaces a worn bearing /
        closes the account and keeps the notes / ships the prototype by train / signs the contract in silence
        """
    ),
    "turns": parts(
        """
        after two quiet nights / without a word in public / on the same schedule as last year / in plain view /
        while the budget shrinks / before anyone has asked / with a margin of eleven per cent / at half the cost /
        because the first attempt failed / as the manual demands / under a leaking roof / for the third time /
        with borrowed instruments / although the deadline is near / in a hall built for trams / by hand /
        and nobody minds / in less than four hours / to the surprise of its critics / with great patience /
        where the signal is weakest / until the numbers agree / as the theory predicts / against good advice
        """
    ),
    "about": parts(
        """
        At {name}, that is reason enough to go on. / For {name} the result is a beginning. / {name} says no more. /
        The people behind {name} call it progress. / What {name} does next is an open question. /
        Nobody at {name} expected this. / The name {name} stands in every footnote of the report.
        """
    ),
    "headings": parts(
        """
        What was measured / Who pays for it / The part that failed / Where it goes from here / A note on method /
        Two ways to read the data / The long wait / What critics say
        """
    ),
    "whys": parts(
        """
        It matters because the next step is cheaper than the last. / It matters because others can repeat it. /
        It matters because a rule depends on it. / It matters because the old answer was wrong. /
        It matters because it costs little to try. / It matters because few had expected it.
        """
    ),
    "comments": parts(
        """
        Good to see the raw data published. / I worked on something like this years ago. / Who checked the numbers? /
        The part about the valve is the best of it. / I would like a longer version. / Thank you for the sources. /
        My students will read this on Monday. / I am not convinced by the second series. / Finally, a plain answer. /
        This was known in the nineties already. / What does it cost to run? / The chart would help here. /
        Well explained, even for a layman. / The headline promises more than the text. / Please keep us posted.
        """
    ),
    "tags": parts(
        """
        space / models / chips / robots / batteries / orbits / probes / telescopes / satellites / open data / safety /
        policy / energy / fusion / grids / clocks / lasers / sensors / privacy / security / benchmarks / training /
        inference / compilers / kernels / networks / fibre / antennas / gyroscopes / rovers / landers / launches /
        rockets / engines / fuel / ice / dust / comets / asteroids / moons / mars / venus / jupiter / saturn / sun /
        weather / climate / oceans / maps / archives / libraries / patents / licences / copyright / courts / standards /
        funding / universities / students / history / museums / materials / alloys / glass / quantum / qubits /
        cryptography / keys / hardware / firmware / drones / aircraft / rail / ports / cities / water / wind / solar /
        nuclear / storage / hydrogen / recycling / biology / proteins / genomes / medicine / imaging / microscopes /
        detectors / neutrinos / gravity / relativity / black holes / galaxies / exoplanets / spectra / radio / optics /
        cameras / displays / speech / translation / vision / agents / memory / search
        """
    ),
    "alt": "A drawn planet behind rings of colour",
    "caption": "Drawn for measuring, not a real picture.",
}

CROATIAN = {
    "titles": parts(
        """
        {name} nalazi {thing} ondje gdje nitko nije gledao / Zašto {name} čeka na {thing} /
        {name} i {thing}: što govore brojke / Nakon mirne godine {name} donosi {thing} /
        {name} objavljuje podatke za {thing} / Što {name} uči kroz {thing} / Drugi pogled na {name} i na {thing} /
        {name} zasad odgađa {thing} / Kako {name} pojeftinjuje {thing}
        """
    ),
    "things": parts(
        """
        slabi signal / sporiji sat / topliji čip / čišći skup podataka / stariju pogrešku / dužu putanju / tiši motor /
        manju antenu / izgubljeni vijak / drugo mišljenje / strpljivog robota / tanki led / napuknutu leću /
        bolju bateriju / otvorenu licenciju / zajednički teleskop / tvrdoglavi ventil / novu slitinu / pošteno mjerilo /
        rezervni žiroskop / glasni ventilator / đavolje oko
        """
    ),
    "subjects": parts(
        """
        Tim u kontrolnoj sobi / Mala posada / Nova antena / Istraživačica iz Splita / Odbor za sigurnost /
        Stari poslužitelj / Upravljački program / Laboratorij na trećem katu / Noćna smjena / Glavni inženjer /
        Javni arhiv / Proizvođač čipova / Neovisni pregled / Zemaljska postaja / Robotska ruka / Ured za patente /
        Sveučilišna skupina / Otvoreni model / Mrežni operater / Dobavljač baterija / Drugi satelit /
        Umirovljeni programer / Povjerenstvo / Zvjezdarnica u Đakovu / Žiroskop na palubi
        """
    ),
    "deeds": parts(
        """
        mjeri pomak sata / objavljuje sirove podatke / ponavlja pokus s manje energije / traži grešku u zapisniku /
        uspoređuje dva niza mjerenja / pomiče isporuku za tjedan dana / čita poruku iz dubokog svemira /
        hladi detektor ispod dvjesto stupnjeva / provjerava svaki vijak / računa putanju iz početka /
        osluškuje slab signal / šalje izvješće nadležnom uredu / smanjuje potrošnju za petinu /
        čuva uzorak u suhom dušiku / otvara vakuumsku komoru / mijenja jednu riječ u pravilu /
        uči razlikovati šum od govora / okreće zrcalo za tri stupnja / piše zakrpu i čeka / broji fotone /
        crta kartu iznova / ispituje padobran / uči manji model na istom tekstu / mijenja istrošeni ležaj /
        traži drugu ponudu / šalje prototip vlakom / potpisuje ugovor u tišini
        """
    ),
    "turns": parts(
        """
        nakon dvije mirne noći / bez ijedne riječi u javnosti / po istom rasporedu kao lani / pred svima /
        dok se proračun smanjuje / prije nego što je itko pitao / uz odstupanje od jedanaest posto /
        za upola manje novca / jer prvi pokušaj nije uspio / kako traži priručnik / pod krovom koji prokišnjava /
        po treći put / s posuđenim instrumentima / iako se rok bliži / u dvorani građenoj za tramvaje / ručno /
        i nikome to ne smeta / u manje od četiri sata / na iznenađenje kritičara / vrlo strpljivo /
        ondje gdje je signal najslabiji / dok se brojke ne slože / kako teorija predviđa / unatoč savjetima
        """
    ),
    "about": parts(
        """
        Za {name} je to dovoljan razlog da nastavi. / {name} zasad ne govori više. / Za {name} to je tek početak. /
        Što {name} čini dalje, otvoreno je pitanje. / Ime {name} stoji u svakoj bilješci izvješća. /
        Ljudi iz tima {name} zovu to napretkom. / Ovo u timu {name} nitko nije očekivao.
        """
    ),
    "headings": parts(
        """
        Što je izmjereno / Tko to plaća / Dio koji nije uspio / Kamo dalje / Bilješka o metodi / Dva čitanja podataka /
        Dugo čekanje / Što kažu kritičari
        """
    ),
    "whys": parts(
        """
        Važno je jer je sljedeći korak jeftiniji od prošloga. / Važno je jer to i drugi mogu ponoviti. /
        Važno je jer o tome ovisi pravilo. / Važno je jer je stari odgovor bio pogrešan. /
        Važno je jer pokušaj stoji malo. / Važno je jer su rijetki to očekivali.
        """
    ),
    "comments": parts(
        """
        Lijepo je vidjeti objavljene podatke. / Radio sam na nečem sličnom prije mnogo godina. / Tko je to provjerio? /
        Dio o ventilu najbolji je u tekstu. / Volio bih dužu verziju. / Hvala na izvorima. / Napokon jasan odgovor. /
        Moji će učenici ovo čitati u ponedjeljak. / Drugi niz mjerenja me ne uvjerava. / Koliko to troši? /
        To se znalo već devedesetih. / Ovdje bi pomogao graf. / Dobro objašnjeno i laiku. / Pišite o tome još.
        """
    ),
    "tags": parts(
        """
        svemir / modeli / čipovi / roboti / baterije / putanje / sonde / teleskopi / sateliti / otvoreni podaci /
        sigurnost / pravila / energija / fuzija / mreže / satovi / laseri / senzori / privatnost / mjerila / učenje /
        prevoditelji / jezgre / optička vlakna / antene / žiroskopi / lansiranja / rakete / motori / gorivo / led /
        prašina / kometi / asteroidi / mjeseci / sunce / vrijeme / klima / oceani / karte / arhivi / knjižnice /
        patenti / licencije / autorska prava / sudovi / norme / financiranje / sveučilišta / đaci / povijest / muzeji /
        materijali / slitine / staklo / kvantna računala / kriptografija / ključevi / sklopovlje / dronovi /
        zrakoplovi / željeznica / luke / gradovi / voda / vjetar / sunčeva energija / skladištenje / vodik /
        recikliranje / biologija / proteini / medicina / mikroskopi / gravitacija / crne rupe / galaksije /
        egzoplaneti / spektri / kamere / zasloni / govor / prevođenje / računalni vid / pamćenje / pretraživanje /
        šumovi / đavolje oko / ćelije / zvjezdarnice
        """
    ),
    "alt": "Nacrtani planet iza obojenih prstenova",
    "caption": "Nacrtano za mjerenje, nije prava slika.",
}

WORDS = {"en": ENGLISH, "hr": CROATIAN}

# What an empty database gets. Sections: key, and name and slug in each language.
SECTIONS = [
    ("ai", {"en": ("AI", "ai"), "hr": ("Umjetna inteligencija", "umjetna-inteligencija")}),
    ("space", {"en": ("Space", "space"), "hr": ("Svemir", "svemir")}),
    ("robotics", {"en": ("Robotics", "robotics"), "hr": ("Robotika", "robotika")}),
    ("computing", {"en": ("Computing", "computing"), "hr": ("Računarstvo", "racunarstvo")}),
    ("science", {"en": ("Science", "science"), "hr": ("Znanost", "znanost")}),
    ("energy", {"en": ("Energy", "energy"), "hr": ("Energija", "energija")}),
]
EDITORS = [
    ("Seed Model", "seed-model", "model"),
    ("Seed Orbit", "seed-orbit", "orbit"),
    ("Seed Core", "seed-core", "core"),
    ("Seed Arm", "seed-arm", "arm"),
    ("Seed Lens", "seed-lens", "lens"),
]
EDITOR_TEXTS = {
    "en": {"role": "AI editor", "beat": "measuring", "motto": "Counts first, reads later.", "bio": "Made to measure."},
    "hr": {"role": "AI urednik", "beat": "mjerenje", "motto": "Prvo broji, onda čita.", "bio": "Služi za mjerenje."},
}
# Key, English and Croatian name, latitude, longitude.
PLACES = [
    ("zagreb", "Zagreb, Croatia", "Zagreb, Hrvatska", 45.815, 15.982),
    ("geneva", "Geneva, Switzerland", "Ženeva, Švicarska", 46.204, 6.143),
    ("houston", "Houston, Texas", "Houston, Teksas", 29.760, -95.370),
    ("tokyo", "Tokyo, Japan", "Tokio, Japan", 35.682, 139.759),
    ("kourou", "Kourou, French Guiana", "Kourou, Francuska Gvajana", 5.160, -52.650),
    ("bengaluru", "Bengaluru, India", "Bengaluru, Indija", 12.972, 77.594),
    ("cape-town", "Cape Town, South Africa", "Cape Town, Južnoafrička Republika", -33.925, 18.424),
    ("santiago", "Santiago, Chile", "Santiago, Čile", -33.449, -70.669),
    ("boston", "Boston, Massachusetts", "Boston, Massachusetts", 42.360, -71.058),
    ("reykjavik", "Reykjavík, Iceland", "Reykjavik, Island", 64.147, -21.942),
    ("sydney", "Sydney, Australia", "Sydney, Australija", -33.869, 151.209),
    ("toulouse", "Toulouse, France", "Toulouse, Francuska", 43.605, 1.444),
]
# Under a name that belongs to nobody, so that no real outlet is said to have written any of this.
SOURCES = [(f"seed-source-{n}", f"Seed Source {n}", f"https://source-{n}.example/") for n in range(1, 11)]
