"""The Croatian of the interface: the catalogue is whole, numbers take the right form, and no English is left over."""

import datetime as dt
import re
import shutil

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from articles.models import Correction
from articles.publishing import retract
from newsroom.language import OWN_NAMES
from tests import factories
from tests.reading import Reading, read

NUMBERS = (1, 2, 5, 11, 21, 22)
# What a placeholder is called that stands for the number itself; others are filled with an X.
COUNTED = {"count", "counter", "number", "n", "days", "least", "minutes", "more", "most", "near", "times"}
# Every message with a number in it, as it reads for each of NUMBERS.
PLURALS = {
    "%(number)s comment": "1 komentar, 2 komentara, 5 komentara, 11 komentara, 21 komentar, 22 komentara",
    "%(number)s like": "1 sviđanje, 2 sviđanja, 5 sviđanja, 11 sviđanja, 21 sviđanje, 22 sviđanja",
    "%(number)d like": "1 sviđanje, 2 sviđanja, 5 sviđanja, 11 sviđanja, 21 sviđanje, 22 sviđanja",
    "%(number)d more reply": "još 1 odgovor, još 2 odgovora, još 5 odgovora, još 11 odgovora, još 21 odgovor, "
    "još 22 odgovora",
    "like": "sviđanje, sviđanja, sviđanja, sviđanja, sviđanje, sviđanja",
    "%(number)s photo of this story": "1 fotografija uz članak, 2 fotografije uz članak, 5 fotografija uz članak, "
    "11 fotografija uz članak, 21 fotografija uz članak, 22 fotografije uz članak",
    "%(minutes)s min read": "1 min čitanja, 2 min čitanja, 5 min čitanja, 11 min čitanja, 21 min čitanja, "
    "22 min čitanja",
    "%(count)s story": "1 članak, 2 članka, 5 članaka, 11 članaka, 21 članak, 22 članka",
    "%(count)s place": "1 mjesto, 2 mjesta, 5 mjesta, 11 mjesta, 21 mjesto, 22 mjesta",
    "in %(count)s place": "na 1 mjestu, na 2 mjesta, na 5 mjesta, na 11 mjesta, na 21 mjestu, na 22 mjesta",
    "%(counter)s result": "1 rezultat, 2 rezultata, 5 rezultata, 11 rezultata, 21 rezultat, 22 rezultata",
    "Please correct the error below.": ", ".join(["Ispravite što je označeno u nastavku."] * 6),
    "%(count)d key point; three to five are right": "1 ključna točka; dobro je od tri do pet, 2 ključne točke; dobro "
    "je od tri do pet, 5 ključnih točaka; dobro je od tri do pet, 11 ključnih točaka; dobro je od tri do pet, 21 "
    "ključna točka; dobro je od tri do pet, 22 ključne točke; dobro je od tri do pet",
    "%(count)d photo has no description": "1 fotografija nema opis, 2 fotografije nemaju opis, 5 fotografija nema "
    "opis, 11 fotografija nema opis, 21 fotografija nema opis, 22 fotografije nemaju opis",
    "%(count)s paragraph alike": "1 jednak odlomak, 2 jednaka odlomka, 5 jednakih odlomaka, 11 jednakih odlomaka, 21 "
    "jednak odlomak, 22 jednaka odlomka",
    "%(counter)s left alone.": "1 preskočen., 2 preskočena., 5 preskočeno., 11 preskočeno., 21 preskočen., 22 "
    "preskočena.",
    "%(counter)s story": "1 članak, 2 članka, 5 članaka, 11 članaka, 21 članak, 22 članka",
    "%(counter)s story done.": "1 članak obrađen., 2 članka obrađena., 5 članaka obrađeno., 11 članaka obrađeno., 21 "
    "članak obrađen., 22 članka obrađena.",
    "%(days)d day": "1 dan, 2 dana, 5 dana, 11 dana, 21 dan, 22 dana",
    "%(n)s footnote": "1 fusnota, 2 fusnote, 5 fusnota, 11 fusnota, 21 fusnota, 22 fusnote",
    "%(n)s photo": "1 fotografija, 2 fotografije, 5 fotografija, 11 fotografija, 21 fotografija, 22 fotografije",
    "%(n)s word": "1 riječ, 2 riječi, 5 riječi, 11 riječi, 21 riječ, 22 riječi",
    "%(number)d change is up.": "1 izmjena je postavljena., 2 izmjene su postavljene., 5 izmjena je postavljeno., 11 "
    "izmjena je postavljeno., 21 izmjena je postavljena., 22 izmjene su postavljene.",
    "%(number)d change will be put up at %(time)s.": "1 izmjena postavlja se X., 2 izmjene postavljaju se X., 5 "
    "izmjena postavlja se X., 11 izmjena postavlja se X., 21 izmjena postavlja se X., 22 izmjene postavljaju se X.",
    "%(number)d placement is taken from the front page.": "1 isticanje skinuto je s naslovnice., 2 isticanja skinuta "
    "su s naslovnice., 5 isticanja skinuto je s naslovnice., 11 isticanja skinuto je s naslovnice., 21 isticanje "
    "skinuto je s naslovnice., 22 isticanja skinuta su s naslovnice.",
    "%(number)d story shows the new picture: {link}.": "1 članak prikazuje novu sliku: {link}., 2 članka prikazuju "
    "novu sliku: {link}., 5 članaka prikazuje novu sliku: {link}., 11 članaka prikazuje novu sliku: {link}., 21 "
    "članak prikazuje novu sliku: {link}., 22 članka prikazuju novu sliku: {link}.",
    "%(number)s change not put up yet": "1 izmjena još nije postavljena, 2 izmjene još nisu postavljene, 5 izmjena "
    "još nije postavljeno, 11 izmjena još nije postavljeno, 21 izmjena još nije postavljena, 22 izmjene još nisu "
    "postavljene",
    "%(number)s story gets a new version with the new picture; alt and caption stay as the story has them.": "1 "
    "članak dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., 2 članka dobivaju novu verziju "
    "s novom slikom; opis i legenda ostaju kakvi jesu., 5 članaka dobiva novu verziju s novom slikom; opis i "
    "legenda ostaju kakvi jesu., 11 članaka dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., "
    "21 članak dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., 22 članka dobivaju novu "
    "verziju s novom slikom; opis i legenda ostaju kakvi jesu.",
    "Bulk: tag added: %(tags)s": "Skupno: dodana oznaka: X, Skupno: dodane oznake: X, Skupno: dodane oznake: X, "
    "Skupno: dodane oznake: X, Skupno: dodana oznaka: X, Skupno: dodane oznake: X",
    "Bulk: tag removed: %(tags)s": "Skupno: uklonjena oznaka: X, Skupno: uklonjene oznake: X, Skupno: uklonjene "
    "oznake: X, Skupno: uklonjene oznake: X, Skupno: uklonjena oznaka: X, Skupno: uklonjene oznake: X",
    "Interpreter and %(count)d key point": "Brzi tumač i 1 ključna točka, Brzi tumač i 2 ključne točke, Brzi tumač i "
    "5 ključnih točaka, Brzi tumač i 11 ključnih točaka, Brzi tumač i 21 ključna točka, Brzi tumač i 22 ključne "
    "točke",
    "Source linked": "Izvor ima poveznicu, Izvori imaju poveznice, Izvori imaju poveznice, Izvori imaju poveznice, "
    "Izvor ima poveznicu, Izvori imaju poveznice",
    "You also took away %(number)s placement.": "Uklonili ste i 1 isticanje., Uklonili ste i 2 isticanja., Uklonili "
    "ste i 5 isticanja., Uklonili ste i 11 isticanja., Uklonili ste i 21 isticanje., Uklonili ste i 22 isticanja.",
    "and %(more)s more": "i još 1, i još 2, i još 5, i još 11, i još 21, i još 22",
    "and %(number)s more": "i još 1, i još 2, i još 5, i još 11, i još 21, i još 22",
    "%(number)s comment is deleted.": "Izbrisan je 1 komentar., Izbrisana su 2 komentara., Izbrisano je 5 "
    "komentara., Izbrisano je 11 komentara., Izbrisan je 21 komentar., Izbrisana su 22 komentara.",
    "%(number)s comment of yours will be deleted: its text, its name, its likes.": "Briše se 1 vaš komentar: tekst, "
    "ime i sviđanja., Brišu se 2 vaša komentara: tekstovi, imena i sviđanja., Briše se 5 vaših komentara: tekstovi, "
    "imena i sviđanja., Briše se 11 vaših komentara: tekstovi, imena i sviđanja., Briše se 21 vaš komentar: tekst, "
    "ime i sviđanja., Brišu se 22 vaša komentara: tekstovi, imena i sviđanja.",
    "%(number)s is left.": "Preostao je 1., Preostala su 2., Preostalo je 5., Preostalo je 11., Preostao je 21., "
    "Preostala su 22.",
    "A comment can be changed for %(number)s minute.": "Komentar se može mijenjati 1 minutu., Komentar se može "
    "mijenjati 2 minute., Komentar se može mijenjati 5 minuta., Komentar se može mijenjati 11 minuta., Komentar se "
    "može mijenjati 21 minutu., Komentar se može mijenjati 22 minute.",
    "Delete %(number)s comment": "Izbriši 1 komentar, Izbriši 2 komentara, Izbriši 5 komentara, Izbriši 11 "
    "komentara, Izbriši 21 komentar, Izbriši 22 komentara",
    "That was too fast for a person. Wait %(number)d second and post again.": "To je bilo prebrzo za čovjeka. "
    "Pričekajte 1 sekundu i objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 2 sekunde i objavite "
    "ponovno., To je bilo prebrzo za čovjeka. Pričekajte 5 sekundi i objavite ponovno., To je bilo prebrzo za "
    "čovjeka. Pričekajte 11 sekundi i objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 21 sekundu i "
    "objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 22 sekunde i objavite ponovno.",
    "Too much came from you or your network at once. Your text is kept: send it again in %(minutes)d minute.": "Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 1 minutu., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 2 minute., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 5 minuta., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 11 minuta., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 21 minutu., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 22 minute.",
    "This password is too short. It must contain at least %d character.": "Lozinka je prekratka. Treba imati barem 1 "
    "znak., Lozinka je prekratka. Treba imati barem 2 znaka., Lozinka je prekratka. Treba imati barem 5 znakova., "
    "Lozinka je prekratka. Treba imati barem 11 znakova., Lozinka je prekratka. Treba imati barem 21 znak., Lozinka "
    "je prekratka. Treba imati barem 22 znaka.",
    "comment waits, the oldest %(age)s": "komentar čeka, najstariji već X, komentara čekaju, najstariji već X, "
    "komentara čeka, najstariji već X, komentara čeka, najstariji već X, komentar čeka, najstariji već X, "
    "komentara čekaju, najstariji već X",
    "%(count)d approved": "1 odobren, 2 odobrena, 5 odobreno, 11 odobreno, 21 odobren, 22 odobrena",
    "%(count)d comment that waited was rejected.": "Odbijen je 1 komentar koji je čekao., Odbijena su 2 komentara "
    "koja su čekala., Odbijeno je 5 komentara koji su čekali., Odbijeno je 11 komentara koji su čekali., Odbijen je "
    "21 komentar koji je čekao., Odbijena su 22 komentara koja su čekala.",
    "%(count)d rejected": "1 odbijen, 2 odbijena, 5 odbijeno, 11 odbijeno, 21 odbijen, 22 odbijena",
    "%(count)d spam": "1 neželjen, 2 neželjena, 5 neželjeno, 11 neželjeno, 21 neželjen, 22 neželjena",
    "%(count)d waiting": "1 na čekanju, 2 na čekanju, 5 na čekanju, 11 na čekanju, 21 na čekanju, 22 na čekanju",
    "%(near)d of the others is from its network.": "Iz iste je mreže još 1., Iz iste su mreže još 2., Iz iste je "
    "mreže još 5., Iz iste je mreže još 11., Iz iste je mreže još 21., Iz iste su mreže još 22.",
    "%(number)d comment was written.": "Napisan je 1 komentar., Napisana su 2 komentara., Napisano je 5 komentara., "
    "Napisano je 11 komentara., Napisan je 21 komentar., Napisana su 22 komentara.",
    "%(number)d comment: %(what)s.": "1 komentar: X., 2 komentara: X., 5 komentara: X., 11 komentara: X., 21 komentar: "
    "X., 22 komentara: X.",
    "%(number)d entry is live now: %(words)s": "Uključen je 1 unos: X, Uključena su 2 unosa: X, Uključeno je 5 unosa: "
    "X, Uključeno je 11 unosa: X, Uključen je 21 unos: X, Uključena su 22 unosa: X",
    "%(number)d entry is off now.": "Isključen je 1 unos., Isključena su 2 unosa., Isključeno je 5 unosa., Isključeno "
    "je 11 unosa., Isključen je 21 unos., Isključena su 22 unosa.",
    "%(number)d entry is stored.": "Spremljen je 1 unos., Spremljena su 2 unosa., Spremljeno je 5 unosa., Spremljeno "
    "je 11 unosa., Spremljen je 21 unos., Spremljena su 22 unosa.",
    "%(number)d link, to %(hosts)s.": "1 poveznica, na X., 2 poveznice, na X., 5 poveznica, na X., 11 poveznica, na "
    "X., 21 poveznica, na X., 22 poveznice, na X.",
    "%(number)d link, to %(hosts)s: too many. Its writer was told so, and posted it again.": "1 poveznica, na X: "
    "previše. Nakon obavijesti o tome komentar je ponovno poslan., 2 poveznice, na X: previše. Nakon obavijesti o "
    "tome komentar je ponovno poslan., 5 poveznica, na X: previše. Nakon obavijesti o tome komentar je ponovno "
    "poslan., 11 poveznica, na X: previše. Nakon obavijesti o tome komentar je ponovno poslan., 21 poveznica, na X: "
    "previše. Nakon obavijesti o tome komentar je ponovno poslan., 22 poveznice, na X: previše. Nakon obavijesti o "
    "tome komentar je ponovno poslan.",
    "%(number)d reply stands below it.": "Ispod njega stoji 1 odgovor., Ispod njega stoje 2 odgovora., Ispod njega "
    "stoji 5 odgovora., Ispod njega stoji 11 odgovora., Ispod njega stoji 21 odgovor., Ispod njega stoje 22 odgovora.",
    "%(number)d was there already: %(words)s": "Već je na popisu bio 1: X, Već su na popisu bila 2: X, Već je na "
    "popisu bilo 5: X, Već je na popisu bilo 11: X, Već je na popisu bio 21: X, Već su na popisu bila 22: X",
    "%(number)s comment has reports that nobody has handled.": "1 komentar ima neriješene prijave., 2 komentara imaju "
    "neriješene prijave., 5 komentara ima neriješene prijave., 11 komentara ima neriješene prijave., 21 komentar ima "
    "neriješene prijave., 22 komentara imaju neriješene prijave.",
    "%(number)s comment waits": "1 komentar čeka, 2 komentara čekaju, 5 komentara čeka, 11 komentara čeka, 21 "
    "komentar čeka, 22 komentara čekaju",
    "%(number)s comment waits since %(time)s (%(span)s).": "1 komentar čeka, najstariji od X (X)., 2 komentara "
    "čekaju, najstariji od X (X)., 5 komentara čeka, najstariji od X (X)., 11 komentara čeka, najstariji od X (X)., "
    "21 komentar čeka, najstariji od X (X)., 22 komentara čekaju, najstariji od X (X).",
    "%(number)s day": "1 dan, 2 dana, 5 dana, 11 dana, 21 dan, 22 dana",
    "%(number)s of them is shown, %(more)s more are not.": "Prikazan je 1, a neprikazanih je još 1., Prikazana su 2, "
    "a neprikazanih je još 2., Prikazano ih je 5, a neprikazanih je još 5., Prikazano ih je 11, a neprikazanih je još "
    "11., Prikazan je 21, a neprikazanih je još 21., Prikazana su 22, a neprikazanih je još 22.",
    "%(number)s other in 30 days:": "Još 1 u 30 dana:, Još 2 u 30 dana:, Još 5 u 30 dana:, Još 11 u 30 dana:, Još 21 "
    "u 30 dana:, Još 22 u 30 dana:",
    "%(number)s report": "1 prijava, 2 prijave, 5 prijava, 11 prijava, 21 prijava, 22 prijave",
    "%(times)d comment of theirs was turned down in the last %(days)d days.": "U posljednjih 1 dana odbijen je 1 "
    "komentar istog autora., U posljednjih 2 dana odbijena su 2 komentara istog autora., U posljednjih 5 dana "
    "odbijeno je 5 komentara istog autora., U posljednjih 11 dana odbijeno je 11 komentara istog autora., U "
    "posljednjih 21 dana odbijen je 21 komentar istog autora., U posljednjih 22 dana odbijena su 22 komentara istog "
    "autora.",
    "%(words)s is not published here.": "Ovdje se ne objavljuje: X., Ovdje se ne objavljuje: X., Ovdje se ne "
    "objavljuje: X., Ovdje se ne objavljuje: X., Ovdje se ne objavljuje: X., Ovdje se ne objavljuje: X.",
    "A comment can have at most %(most)d link; this one has %(number)d.": "Komentar smije imati najviše 1 poveznicu, "
    "a u ovome ih je 1., Komentar smije imati najviše 2 poveznice, a u ovome ih je 2., Komentar smije imati najviše 5 "
    "poveznica, a u ovome ih je 5., Komentar smije imati najviše 11 poveznica, a u ovome ih je 11., Komentar smije "
    "imati najviše 21 poveznicu, a u ovome ih je 21., Komentar smije imati najviše 22 poveznice, a u ovome ih je 22.",
    "A newcomer: %(number)d comment of theirs was approved so far.": "Novi autor: dosad mu je odobren 1 komentar., "
    "Novi autor: dosad su mu odobrena 2 komentara., Novi autor: dosad mu je odobreno 5 komentara., Novi autor: dosad "
    "mu je odobreno 11 komentara., Novi autor: dosad mu je odobren 21 komentar., Novi autor: dosad su mu odobrena 22 "
    "komentara.",
    "Nothing in the newest %(number)s comment would have been caught.": "Među najnovijim komentarima (1) ništa ne bi "
    "bilo zahvaćeno., Među najnovijim komentarima (2) ništa ne bi bilo zahvaćeno., Među najnovijim komentarima (5) "
    "ništa ne bi bilo zahvaćeno., Među najnovijim komentarima (11) ništa ne bi bilo zahvaćeno., Među najnovijim "
    "komentarima (21) ništa ne bi bilo zahvaćeno., Među najnovijim komentarima (22) ništa ne bi bilo zahvaćeno.",
    "Of the newest %(number)s comment, %(caught)s would have been caught:": "Od 1 najnovijeg komentara bilo bi "
    "zahvaćeno X:, Od 2 najnovija komentara bilo bi zahvaćeno X:, Od 5 najnovijih komentara bilo bi zahvaćeno X:, Od "
    "11 najnovijih komentara bilo bi zahvaćeno X:, Od 21 najnovijeg komentara bilo bi zahvaćeno X:, Od 22 najnovija "
    "komentara bilo bi zahvaćeno X:",
    "Preview %(number)s not live yet": "Pregledaj 1 neuključen unos, Pregledaj 2 neuključena unosa, Pregledaj 5 "
    "neuključenih unosa, Pregledaj 11 neuključenih unosa, Pregledaj 21 neuključen unos, Pregledaj 22 neuključena unosa",
    "Reject the %(number)s comment of theirs that waits": "Odbij 1 komentar istog autora koji čeka, Odbij 2 komentara "
    "istog autora koja čekaju, Odbij 5 komentara istog autora koji čekaju, Odbij 11 komentara istog autora koji "
    "čekaju, Odbij 21 komentar istog autora koji čeka, Odbij 22 komentara istog autora koja čekaju",
    "Say a little more: at least %(number)d character.": "Napišite malo više: barem 1 znak., Napišite malo više: "
    "barem 2 znaka., Napišite malo više: barem 5 znakova., Napišite malo više: barem 11 znakova., Napišite malo više: "
    "barem 21 znak., Napišite malo više: barem 22 znaka.",
    "The same text came %(times)d time within a short time.": "Isti je tekst u kratkom vremenu stigao 1 put., Isti je "
    "tekst u kratkom vremenu stigao 2 puta., Isti je tekst u kratkom vremenu stigao 5 puta., Isti je tekst u kratkom "
    "vremenu stigao 11 puta., Isti je tekst u kratkom vremenu stigao 21 put., Isti je tekst u kratkom vremenu stigao "
    "22 puta.",
    "This would match nearly everything: write at least %(least)d letter or digit.": "To bi našlo gotovo sve: upišite "
    "barem 1 slovo ili brojku., To bi našlo gotovo sve: upišite barem 2 slova ili brojke., To bi našlo gotovo sve: "
    "upišite barem 5 slova ili brojki., To bi našlo gotovo sve: upišite barem 11 slova ili brojki., To bi našlo "
    "gotovo sve: upišite barem 21 slovo ili brojku., To bi našlo gotovo sve: upišite barem 22 slova ili brojke.",
    "closes after %(days)s day": "zatvaraju se nakon 1 dana, zatvaraju se nakon 2 dana, zatvaraju se nakon 5 dana, "
    "zatvaraju se nakon 11 dana, zatvaraju se nakon 21 dana, zatvaraju se nakon 22 dana",
    "comment is reported": "komentar je prijavljen, komentara su prijavljena, komentara je prijavljeno, komentara je "
    "prijavljeno, komentar je prijavljen, komentara su prijavljena",
    "comment waits": "komentar čeka, komentara čekaju, komentara čeka, komentara čeka, komentar čeka, komentara čekaju",
    "decision this week so far": "odluka ovaj tjedan dosad, odluke ovaj tjedan dosad, odluka ovaj tjedan dosad, "
    "odluka ovaj tjedan dosad, odluka ovaj tjedan dosad, odluke ovaj tjedan dosad",
    "for %(number)s day": "na 1 dan, na 2 dana, na 5 dana, na 11 dana, na 21 dan, na 22 dana",
    "Reported %(times)s time by readers.": "1 prijava čitatelja., 2 prijave čitatelja., 5 prijava čitatelja., 11 "
    "prijava čitatelja., 21 prijava čitatelja., 22 prijave čitatelja.",
    "%(number)d AI-edited": "1 AI-obrađen, 2 AI-obrađena, 5 AI-obrađenih, 11 AI-obrađenih, 21 AI-obrađen, 22 "
    "AI-obrađena",
    "%(number)d AI-generated": "1 AI-generiran, 2 AI-generirana, 5 AI-generiranih, 11 AI-generiranih, 21 "
    "AI-generiran, 22 AI-generirana",
    "%(number)d frame": "1 kadar, 2 kadra, 5 kadrova, 11 kadrova, 21 kadar, 22 kadra",
    "%(number)d illustration": "1 ilustracija, 2 ilustracije, 5 ilustracija, 11 ilustracija, 21 ilustracija, 22 "
    "ilustracije",
    "%(number)d photograph": "1 fotografija, 2 fotografije, 5 fotografija, 11 fotografija, 21 fotografija, 22 "
    "fotografije",
    "{shown} of %(count)s place": "{shown} od 1 mjesta, {shown} od 2 mjesta, {shown} od 5 mjesta, {shown} od 11 "
    "mjesta, {shown} od 21 mjesta, {shown} od 22 mjesta",
    "Demonstration: %(count)s real element set of %(years)s, shown at the time of its own epoch, not where it is "
    "now.": "Ogledni prikaz: 1 stvarni skup orbitalnih elemenata iz X, prikazan u trenutku vlastite epohe, a ne ondje "
    "gdje je satelit sada., Ogledni prikaz: 2 stvarna skupa orbitalnih elemenata iz X, svaki prikazan u trenutku "
    "vlastite epohe, a ne ondje gdje je satelit sada., Ogledni prikaz: 5 stvarnih skupova orbitalnih elemenata iz X, "
    "svaki prikazan u trenutku vlastite epohe, a ne ondje gdje je satelit sada., Ogledni prikaz: 11 stvarnih skupova "
    "orbitalnih elemenata iz X, svaki prikazan u trenutku vlastite epohe, a ne ondje gdje je satelit sada., Ogledni "
    "prikaz: 21 stvarni skup orbitalnih elemenata iz X, prikazan u trenutku vlastite epohe, a ne ondje gdje je "
    "satelit sada., Ogledni prikaz: 22 stvarna skupa orbitalnih elemenata iz X, svaki prikazan u trenutku vlastite "
    "epohe, a ne ondje gdje je satelit sada.",
}
# A language in its own words, for the switch.
ALLOWED = set(OWN_NAMES.values())
# Between two placeholders there is nothing but a word that Croatian has too; S is north (sjever) in Croatian.
UNTELLABLE = {"%(first)s to %(last)s", "%(since)s to %(until)s", "S"}
SEEN_ATTRIBUTES = {
    *("aria-label", "title", "placeholder", "data-like-text", "data-unlike-text", "data-copied-text"),
    *("data-reply-text", "data-failed-text", "data-more", "data-loaded", "data-failed"),
}


@pytest.fixture(scope="module")
def tools():
    """The modules of scripts/ that read the source, and what they find there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
        import message_sources
        import messages

        messages.found = message_sources.find_messages(settings.BASE_DIR)
        messages.sources = message_sources
        yield messages


# The catalogue and its check


def test_the_catalogue_is_whole(tools):
    assert list(tools.check("hr", tools.found)) == []


@pytest.fixture
def copy(tools, tmp_path, monkeypatch):
    """A catalogue that a test may spoil: `copy(old, new)` replaces in its .po and returns the faults that are found."""
    shutil.copytree(settings.BASE_DIR / "locale", tmp_path / "locale")
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    path = tools.po_path("hr")

    def spoil(old, new, compile_it=True):
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        if compile_it:
            tools.mo_path("hr").write_bytes(tools.read("hr").to_binary())
        return list(tools.check("hr", tools.found))

    return spoil


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('msgid "Skip to content"\n', 'msgid "Skip"\n', "'Skip to content' is missing"),
        ('msgid "Skip to content"\n', 'msgid "Skip"\n', "'Skip' is not in the source any more"),
        ('msgstr "Kopiraj poveznicu"', 'msgstr ""', "'Copy link' has no translation"),
        ('msgstr[1] "%(number)s komentara"', 'msgstr[1] ""', "'%(number)s comment' has no translation"),
        ('msgstr[1] "%(number)s komentara"', 'msgstr[1] "%(count)s komentara"', "has the placeholders"),
        ('msgstr[0] "%(number)s komentar"', 'msgstr[0] "jedan komentar"', "has the placeholders"),
        ('msgstr "Kopiraj poveznicu"', 'msgstr "Kopiraj poveznicu "', "do not begin or end with the same blank"),
        ('#: templates/base.html\nmsgid "Skip', '#: templates/base.html\n#, fuzzy\nmsgid "Skip', "marked as fuzzy"),
        ("nplurals=3", "nplurals=2", "the rule for plural forms"),
    ],
)
def test_the_check_finds(copy, old, new, sentence):
    assert any(sentence in fault for fault in copy(old, new))


def test_the_check_finds_a_compiled_file_that_is_behind(copy):
    (fault,) = copy('msgstr "Kopiraj poveznicu"', 'msgstr "Kopiraj vezu"', compile_it=False)
    assert "the .mo beside it holds something else" in fault


def test_python_messages_are_found_under_any_name(tools):
    source = (
        "from django.utils import translation\n"
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p, npgettext\n"
        "_('One ' 'text'); ngettext('%d day', '%d days', n); p('verb', 'Open'); npgettext('a', 'b', 'c', n)\n"
        "translation.gettext('Two'); _(variable); other('No')\n"
    )
    assert set(tools.sources.python_calls(source)) == {
        (None, "One text", None),
        (None, "%d day", "%d days"),
        ("verb", "Open", None),
        ("a", "b", "c"),
        (None, "Two", None),
    }


def test_template_messages_are_found_in_every_form(tools):
    source = (
        '{% load i18n %}{% translate "It\'s (100 %)" %}{% translate "Open" context "verb" %}'
        "{% blocktranslate count n=rows|length %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% blocktranslate trimmed with a=b %}\n  From\n  {{ a }}\n{% endblocktranslate %}{{ title|default:_("None") }}'
        '{% include "x.html" with label=_("Label") %}{% comment %}{% translate "Gone" %}{% endcomment %}'
    )
    assert set(tools.sources.template_calls(source)) == {
        (None, "It's (100 %%)", None),
        ("verb", "Open", None),
        (None, "%(n)s day", "%(n)s days"),
        (None, "From %(a)s", None),
        (None, "None", None),
        (None, "Label", None),
    }


def test_django_still_lacks_what_is_borrowed(tools):
    """Without our folder, Django's own catalogue is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LOCALE_PATHS", [])
        own = trans_real.DjangoTranslation("hr")
    borrowed = [message.text for message in tools.found if message.files == {"django"}]
    assert len(borrowed) > 20
    assert [text for text in borrowed if own.gettext(text) != text] == []


# Numbers


def test_every_number_has_an_expected_form_here(tools):
    assert {message.text for message in tools.found if message.plural} == PLURALS.keys()


@pytest.mark.parametrize("message", PLURALS)
def test_numbers_take_the_right_form(tools, message):
    (found,) = [found for found in tools.found if found.text == message]
    names = re.findall(r"%\((\w+)\)", message)
    with translation.override("hr"):
        shown = [
            translation.ngettext(message, found.plural, number)
            % ({name: number if name in COUNTED else "X" for name in names} if names or "%d" not in message else number)
            for number in NUMBERS
        ]
    assert ", ".join(shown) == PLURALS[message]


# Pages


STORY = "/hr/umjetna-inteligencija/model-uci-cekati/"
PAGES = [
    *("/hr/", "/hr/umjetna-inteligencija/", "/hr/energija/", STORY, f"{STORY}photos/", f"{STORY}comments/"),
    *(f"{STORY}like/", "/hr/authors/", "/hr/authors/nexus-vale/", "/hr/tags/strpljenje/", "/hr/photos/"),
    *("/hr/archive/2026/3/", "/hr/corrections/", "/hr/search/", "/hr/search/?q=model", "/hr/search/?q=nema"),
    *("/hr/space-tracker/", f"{STORY}comments/mine/", "/hr/comments/mine/"),
    *("/accounts/login/?next=/hr/", "/accounts/signup/?next=/hr/", "/accounts/login/code/?next=/hr/"),
]
REFUSALS = {
    "/hr/nema/": 404,
    f"{STORY}comments/?before=x": 400,
    "/hr/search/?q=" + "+".join(f"a{number}" for number in range(40)): 400,
    "/hr/umjetna-inteligencija/povucen/": 410,
}


@pytest.fixture
def croatian(edition):
    """A Croatian story with everything that a page may say about one, and one that was retracted."""
    words = {
        "title": "Model uči čekati",
        "interpreter": "Model je naučio čekati. To je važno jer je strpljenje jeftino.",
        "key_points": ["Čeka.", "Jeftin je."],
        "tags": ["strpljenje"],
        "body": "Prvi odlomak.\n\n> [!pull]\n> Čeka.",
        "photos": [
            factories.photo_row(factories.make_photo(f"Slika {number}"), "Šest kupola", "Kupole.") for number in (1, 2)
        ],
        "is_demo": True,
    }
    march = dt.datetime(2026, 3, 5, 13, 2, tzinfo=dt.UTC)
    story = factories.make_story("hr", at=march, slug="model-uci-cekati", **words)
    factories.make_story("hr", slug="drugi-model", **words)
    Correction.objects.create(article=story, text="Stajalo je 12.", made_at=march)
    comment = factories.make_comment(story, name="Petra K.", body="Dobro.")
    factories.make_comment(story, name="Ivo", body="Nije.", parent=comment)
    factories.make_comment(story, name="Nexus Vale", body="Hvala.", author=story.author)
    retract(factories.make_story("hr", slug="povucen", **words), "Brojke nisu bile točne.")
    return story


@pytest.fixture
def english(tools):
    """[(pattern, message)] of the catalogue: a text of more words anywhere, a single word as a label of its own."""
    entries = [entry for entry in tools.read("hr") if entry.msgid not in (entry.msgstr, "")]
    texts = {text for entry in entries for text in (entry.msgid, entry.msgid_plural) if text}
    return [(_pattern(text), text) for text in sorted(texts - UNTELLABLE)]


def _pattern(text):
    words = re.sub(r"%\\\(\w+\\\)[ds]|\\\{\w+\\\}", r"\\S+", re.escape(text.replace("%%", "%")))
    return re.compile(rf"\b{words}(?!\w)" if " " in text.strip() else rf"\A{words}\Z", re.IGNORECASE)


def left_over(page, english):
    said = [page.text, *(piece.strip() for piece in page.pieces)]
    said += [value for _name, have in page.tags for name, value in have.items() if name in SEEN_ATTRIBUTES]
    said += [meta["content"] for meta in page.all("meta", name="description")]
    return {text for pattern, text in english if any(pattern.search(part) for part in said)} - ALLOWED


@pytest.mark.django_db
@pytest.mark.usefixtures("croatian")
@pytest.mark.parametrize("path", PAGES)
def test_a_croatian_page_says_nothing_in_english(client, path, english):
    assert left_over(read(client, path), english) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["{}/reply/", "{}/report/", "{}/report/?sent=1", "{}/like/", "?thread={}"])
def test_a_page_of_a_croatian_comment_says_nothing_in_english(client, croatian, page, english):
    comment = croatian.comments.get(name="Petra K.")
    assert left_over(read(client, f"{STORY}comments/{page.format(comment.pk)}"), english) == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("croatian")
@pytest.mark.parametrize("path", REFUSALS)
def test_a_croatian_refusal_says_nothing_in_english(client, path, english):
    assert left_over(read(client, path, status=REFUSALS[path]), english) == set()


@pytest.mark.django_db
def test_an_empty_croatian_edition_says_nothing_in_english(client, english):
    for path in ("/hr/", "/hr/authors/", "/hr/photos/", "/hr/corrections/", "/hr/space-tracker/"):
        assert left_over(read(client, path), english) == set()


@pytest.mark.django_db
def test_a_fault_is_told_in_croatian(client, english, monkeypatch):
    monkeypatch.setattr("articles.views.front_page", lambda *_arguments: 1 / 0)
    client.raise_request_exception = False
    page = read(client, "/hr/", status=500)
    assert "Nešto se pokvarilo kod nas" in page.text
    assert left_over(page, english) == set()


@pytest.mark.django_db
def test_a_label_in_english_would_be_found(client, croatian, english):
    assert {"Foto Review", "Comments", "%(number)s comments"} <= left_over(
        Reading("<main><h2>Foto Review</h2><p>Comments</p><p>12 comments</p></main>"), english
    )


@pytest.mark.django_db
def test_fixed_labels_read_as_the_edition_writes_them(client, croatian):
    story, tracker = read(client, STORY), read(client, "/hr/space-tracker/")
    for text in (
        *("Preradio AI", "// POKRETANJE GLOBUSA…", "// Brzi tumač članka", "AI-generirano / Tech&Space"),
        *("// Čitateljima se sviđa", "// Komentari", "Foto pregled", "1 min čitanja", "// Ispravak"),
    ):
        assert text in story.text
    assert "Još nije prevedeno: vodi na naslovnicu (EN)" in [link.get("title") for link in story.all("a")]
    assert "Space Tracker" in tracker.text


@pytest.mark.django_db
def test_dates_are_written_as_in_croatian(client, croatian):
    assert "5. 3. 2026." in read(client, "/hr/authors/nexus-vale/").main
    assert "5. 3. 2026., 14:02 Stajalo je 12." in read(client, STORY).main
    archive = read(client, "/hr/archive/2026/3/")
    assert "// Arhiva Ožujak 2026." in archive.main
    assert archive.all("meta", name="description")[0]["content"] == "Svi članci: Ožujak 2026."
