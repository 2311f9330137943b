"""Names: columns of people's names come to light under any header, and columns of anything else stay."""

import time

import pytest

from mentorstudy.reading.coding import names
from mentorstudy.reading.coding.personal import personal

HONEST = """
departments: Human Resources + Customer Services + Data Science + Supply Chain + Legal Affairs + Facility Management
departments in German: Personal + Vertrieb + Forschung Und Entwicklung + Einkauf + Technischer Dienst + Innendienst
departments in French: Ressources Humaines + Achats + Ventes + Service Client + Comptabilité + Direction Générale
departments in Spanish: Recursos Humanos + Ventas + Atención Cliente + Compras + Contabilidad + Logística
departments in Dutch: Personeelszaken + Inkoop + Verkoop + Klantenservice + Boekhouding + Magazijn
cities of California: San Jose + San Diego + Santa Ana + Los Angeles + San Francisco + Santa Maria + San Antonio
cities of the US: St. Louis + St. Paul + Fort Wayne + New York + Jackson + Lake Charles + Kansas City + Baton Rouge
cities of Brazil: São Paulo + Santo André + São Luís + Porto Alegre + Belo Horizonte + João Pessoa + Campo Grande
cities of Spain: San Fernando + San Sebastián + Santa Cruz + Ciudad Real + Jerez + Las Palmas + Palma
cities of France: Saint-Denis + Saint-Étienne + Aix-en-Provence + Le Havre + Le Mans + Saint-Pierre + Clermont-Ferrand
cities of Germany: Sankt Augustin + Bad Homburg + Frankfurt + Berlin + Hamburg + München + Wolfsburg + Ludwigshafen
cities alone: Charlotte + Austin + Florence + Victoria + Paris + Sofia + Dallas + Madison + Berlin + Lyon
stations: Victoria Station + Charing Cross + King's Cross + St. James Park + Gare Saint Lazare + Gare Montparnasse
libraries: Martin Luther King Library + Carnegie Library + Andrew Carnegie Library + Boston Public Library
schools: John F Kennedy High School + Albert Einstein Gymnasium + Lycée Victor Hugo + Colegio San José
hospitals: Johns Hopkins Hospital + Mayo Clinic + St. Thomas Hospital + Klinikum Großhadern + Hôpital Saint Louis
streets: Karl Marx Allee + Rue Victor Hugo + Calle Mayor + Martin Luther Strasse + Goethe Platz + Baker Street
universities: Universidad Carlos Tercero + Johannes Gutenberg Universität + Oxford University
job titles: Software Engineer + Account Executive + Sales Representative + Product Owner + Data Analyst + Scrum Master
job titles with ranks: Sr. Developer + Jr. Developer + Sr. Designer + Jr. Designer + Lead Architect
academic ranks: Assistant Professor + Associate Professor + Full Professor + Visiting Professor + PhD Student
job titles in German: Sachbearbeiter + Projektleiterin + Technischer Zeichner + Kaufmännische Angestellte + Werkstudent
job titles in French: Chef De Projet + Assistante Commerciale + Ingénieur Commercial + Comptable + Technicien Supérieur
job titles in Spanish: Jefe De Ventas + Técnico Comercial + Auxiliar Administrativo + Analista + Ingeniera Industrial
job titles in Dutch: Administratief Medewerker + Projectleider + Technisch Specialist + Verkoper + Applicatie Beheerder
companies: Deutsche Bank + Wells Fargo + Goldman Sachs + Morgan Stanley + Charles Schwab + Credit Suisse + Merrill Lynch
companies of founders: Hugo Boss + Johnson & Johnson + Procter & Gamble + Hewlett Packard + Rolls Royce
fashion: Hugo Boss + Ralph Lauren + Calvin Klein + Tommy Hilfiger + Zara + Gucci + Nike + Adidas + Louis Vuitton
cars: Alfa Romeo + Aston Martin + Mercedes Benz + Land Rover + Rolls Royce + Toyota + Skoda + Renault + Opel
books: Jane Eyre + Oliver Twist + Moby Dick + War And Peace + Don Quixote + Great Expectations + Anna Karenina + Dracula
books in German: Der Process + Buddenbrooks + Effi Briest + Die Blechtrommel + Homo Faber + Faust + Der Steppenwolf
films: Star Wars + Forrest Gump + Harry Potter + Pulp Fiction + Jurassic Park + Mary Poppins + Top Gun + Blade Runner
software: Adobe Acrobat + Power Point + Visual Studio + Google Docs + Lotus Notes + Open Office + Final Cut
software of one house: MS Word + MS Excel + MS Teams + MS Project + MS Access + Power BI
languages to program in: Julia + Ada + Pascal + Python + Ruby + Java + Haskell + Rust + Go + Perl + Swift
assistants: Alexa + Siri + Cortana + Claude + Gemini + Copilot + Watson
courses: Time Management + Project Planning + Conflict Resolution + Public Speaking + Team Building + Train The Trainer
courses in German: Agiles Arbeiten + Gesunde Führung + Rhetorik + Zeitmanagement + Gewaltfreie Kommunikation
teams: Phoenix + Orion + Apollo + Falcons + Blue Whales + Red Foxes + Night Owls + Atlas
teams of things: Team Rocket + Team Alpha + Team Bravo + Team Charlie + Team Delta + Team Oscar
rooms: Room Vienna + Room Paris + Room Charlotte + Saal Mozart + Salle Victor + Sala Gaudí
Likert: Strongly Agree + Agree + Neither Agree Nor Disagree + Disagree + Strongly Disagree
Likert in German: Trifft Voll Zu + Trifft Eher Zu + Teils Teils + Trifft Eher Nicht Zu + Trifft Nicht Zu
Likert in French: Tout À Fait D'accord + Plutôt D'accord + Neutre + Plutôt Pas D'accord + Pas Du Tout D'accord
Likert in Spanish: Muy De Acuerdo + De Acuerdo + Neutral + En Desacuerdo + Muy En Desacuerdo
Likert in Dutch: Helemaal Mee Eens + Mee Eens + Neutraal + Mee Oneens + Helemaal Mee Oneens
how often: Always + Often + Sometimes + Rarely + Never + Once A Week + Twice A Month
countries: United Kingdom + New Zealand + South Africa + Costa Rica + Sri Lanka + San Marino + Saudi Arabia + Jordan
small countries: Saint Lucia + San Marino + Santa Lucía + St. Helena + St. Martin + São Tomé + El Salvador
countries in German: Vereinigte Staaten + Deutschland + Österreich + Schweiz + Frankreich + Georgien
states: North Carolina + South Dakota + New Mexico + Rhode Island + Virginia + Georgia + Montana + Texas
regions: Île De France + Pays De La Loire + Castilla La Mancha + Emilia Romagna + Nordrhein Westfalen + Noord Brabant
languages: English + German + French + Spanish + Dutch + Brazilian Portuguese + Mandarin Chinese + Hindi
months: January + February + March + April + May + June + July + August + September + October
months in short: Jan + Feb + Mar + Apr + May + Jun + Jul + Aug + Sep + Oct + Nov + Dec
months in Spanish: Enero + Febrero + Marzo + Abril + Mayo + Junio + Julio + Agosto
weekdays: Monday + Tuesday + Wednesday + Thursday + Friday + Saturday + Sunday
weekdays in Spanish: Lunes + Martes + Miércoles + Jueves + Viernes + Sábado + Domingo
weekdays in French: Lundi + Mardi + Mercredi + Jeudi + Vendredi + Samedi + Dimanche
colours: Red + Blue + Violet + Rose + Amber + Jade + Olive + Ruby + Scarlet + Sky Blue + Dark Green
flowers: Lily + Daisy + Iris + Jasmine + Heather + Rosemary + Violet + Rose + Poppy
values: Grace + Hope + Joy + Faith + Charity + Patience + Prudence + Courage
brands: Coca Cola + Red Bull + Jack Daniels + Jim Beam + Johnnie Walker + Captain Morgan + Dr Pepper + Mountain Dew
drinks: Gin Tonic + Bloody Mary + Tom Collins + Old Fashioned + Moscow Mule + Irish Coffee + Pina Colada
medication: Ibuprofen + Ramipril + Vitamin D + Omeprazol + Folic Acid + Metformin + Aspirin Protect
diseases: Parkinson + Alzheimer + Morbus Crohn + Down Syndrome + Diabetes Mellitus + Multiple Sclerosis
religions: Roman Catholic + Protestant + Islam + Hinduism + Latter Day Saints + Jehovah's Witness
fields: Computer Science + Mechanical Engineering + Art History + Business Administration + Political Science
degrees: Bachelor Of Arts + Master Of Science + Abitur + Realschule + Doctor + MBA + Staatsexamen
channels: Email + Phone + Microsoft Teams + Slack + In Person + Zoom + WhatsApp
letters to spell: Alpha + Bravo + Charlie + Delta + Echo + Juliet + Mike + Oscar + Romeo + Victor + Whiskey + Zulu
hurricane and two others: Katrina + Harvey + None
one product: Adobe Acrobat + Adobe Acrobat Pro
pens: Parker + Lamy + Montblanc + Caran d'Ache + Faber Castell
free texts: The mentor helps me a lot + I would like more time + Anna is great + More feedback, please + Nothing to add
free texts in German: Mehr Zeit mit Anna + Frau Schmidt hilft mir sehr + Alles gut + Nichts + Weiter so
free texts in French: Marie m'aide beaucoup + Plus de temps + Rien à ajouter + Très bien + Merci à Pierre
free texts in Spanish: Ana me ayuda mucho + Más tiempo + Nada que añadir + Muy bien + Gracias a Pedro
free texts in Dutch: Jan helpt mij goed + Meer tijd + Niets toe te voegen + Heel goed + Dank aan Piet
short free texts: More Time + Clear Goals + Better Fit + Honest Feedback + Open Door + Nothing
titles of address: Mr + Mrs + Ms + Dr + Prof
pronouns: She Her + He Him + They Them + Prefer Not To Say
centres of cost: CC Nord + CC Mitte + CC West + CC Ost
""".strip().splitlines()

NAMED = """
English: Anna Miller + Peter Brown + Laura Hughes + Mark Whitfield + Susan Clarke
German: Anna Schmidt + Bernd Vogel + Jürgen Krause + Heike Lehmann + Sören Petersen
German with ae: Juergen Krause + Soeren Petersen + Joerg Baer + Guenther Voss
French: Élodie Marchand + Jean-Luc Perrin + François Leroux + Hélène Dubois-Martel
Spanish: José García López + María Fernández + Iñaki Etxeberria + Begoña Ruiz Campos
Dutch: Jeroen de Vries + Anouk van den Berg + Sanne Jansen + Pieter 't Hart
Italian: Giulia Rossi + Marco Bianchi + Chiara D'Angelo + Luca De Santis
Polish: Małgorzata Nowak + Łukasz Zieliński + Agnieszka Wójcik + Krzysztof Lis
Portuguese: João da Silva + Inês Carvalho + Tiago dos Santos + Catarina Sousa
Scandinavian: Bjørn Hansen + Åsa Lindqvist + Jørgen Dahl + Sigrid Nyström + Matti Korhonen
Turkish: Ayşe Yılmaz + Mehmet Demir + Özlem Kaya + İbrahim Çelik + Emre Şahin
Arabic: Mohammed Al-Masri + Fatima Zahra Bennani + Youssef El Amrani + Layla Haddad
Indian: Priya Sharma + Rajesh Iyer + Ananya Mukherjee + Sanjay Rao + Lakshmi Menon
Chinese: Zhang Wei + Wang Xiaoming + Li Jianguo + Chen Meiling + Liu Yuxuan
Japanese: Tanaka Hiroshi + Yuki Sato + Suzuki Kenji + Akiko Mori
Korean: Kim Min-jun + Lee Ji-woo + Park Seo-yeon + Choi Hyun-woo + Jung Minji
Vietnamese: Nguyen Thi Huong + Tran Minh Quang + Le Van Thanh + Pham Ngoc Linh
Kenyan: Wanjiru Kamau + Achieng Otieno + Njeri Mwangi + Kipchoge Rono
Slavic: Oleksandr Kovalenko + Svetlana Orlova + Jana Dvořáková + Dragan Jović
of many countries: Priya Sharma + Zhang Wei + Anna Schmidt + Kwame Mensah + Mehmet Demir + Aoife Byrne + Thijs Bakker
last names first: Schmidt, Anna + Vogel, Bernd + de Vries, Jeroen + O'Brien, Kate
last names first, no comma: Schmidt Anna + Vogel Bernd + Krause Jürgen + Lehmann Heike
all capitals: ANNA SCHMIDT + BERND VOGEL + JÜRGEN KRAUSE
last names in capitals: SCHMIDT Anna + VOGEL Bernd + KRAUSE Jürgen
all capitals and particles: VAN DER BERG, ANOUK + DE LA CRUZ, MARIA ELENA + VON STEIN, HEIKE
with doctors: Dr. Anna Schmidt + Prof. Dr. Bernd Vogel + Dr. med. Jürgen Krause + Dipl.-Ing. Heike Lehmann
with many titles: Prof. Dr. Anna Maria Schmidt + Dr. rer. nat. Bernd Vogel + Prof. Heike Lehmann
with degrees: Anna Miller, PhD + Peter Brown, MBA + Laura Hughes MD + Mark Whitfield Jr.
last names first and degrees: Miller, Anna, PhD + Brown, Peter, Jr. + Hughes, Laura, MD
address and last name: Frau Schmidt + Herr Vogel + Frau Dr. Krause + Herr Lehmann
address and last name in English: Mr. Brown + Mrs. Hughes + Ms. Clarke + Dr. Whitfield
address and last name in French: Mme Marchand + Monsieur Perrin + Madame Leroux
middle initials: Anna K. Miller + Peter J. Brown + Laura B. Hughes + Mark T Whitfield
initials of last names: Anna S. + Bernd V. + Jürgen K. + Heike L.
double names: Anna-Lena Schmidt-Vogel + Karl-Heinz Krause + Marie-Claire Dubois + Hans-Jürgen Lehmann
ids in brackets: Anna Schmidt (00123) + Bernd Vogel (00124) + Jürgen Krause (00125)
ids in square brackets: Anna Schmidt [a123] + Bernd Vogel [b124] + Jürgen Krause [c125]
ids before: 10023 Anna Schmidt + 10024 Bernd Vogel + 10025 Jürgen Krause
ids behind: Anna Schmidt - 10023 + Bernd Vogel - 10024 + Jürgen Krause - 10025
units in brackets: Anna Schmidt (Marketing) + Bernd Vogel (Sales) + Jürgen Krause (Sales)
missing cells: Anna Schmidt + n/a + Bernd Vogel + none + - + Jürgen Krause + keine Angabe
few other texts: Anna Schmidt + Bernd Vogel + nobody in particular + Jürgen Krause + Heike Lehmann
several in a cell: Anna Schmidt; Bernd Vogel + Jürgen Krause; Heike Lehmann + Peter Brown
several with a slash: Anna Schmidt / Bernd Vogel + Jürgen Krause / Heike Lehmann + Peter Brown
several with and: Anna Schmidt and Bernd Vogel + Jürgen Krause und Heike Lehmann + Peter Brown & Laura Hughes
several with commas: Anna Schmidt, Bernd Vogel, Jürgen Krause + Heike Lehmann, Peter Brown + Laura Hughes
first names: Anna + Bernd + Jürgen + Heike + Peter + Laura
first names of many countries: Priya + Mehmet + Ayşe + Kwame + Yuki + Thijs + Małgorzata + Yllka
first names with a few unknown: Anna + Bernd + Jürgen + Heike + Peter + Xyra + Quillon
first names in capitals: ANNA + BERND + JÜRGEN + HEIKE + PETER
first names, some with last ones: Anna + Bernd + Jürgen Krause + Heike + Peter Brown + Laura
double first names: Anna-Lena + Karl-Heinz + Marie-Claire + Hans-Peter + Jean-Luc
""".strip().splitlines()
HEADERS = ["Q7", "Column5", "Wer?", "who", "text_3", ""]


def cells(line: str) -> list[str]:
    return line.partition(": ")[2].split(" + ")


@pytest.mark.parametrize("line", HONEST, ids=lambda line: line.partition(":")[0])
@pytest.mark.parametrize("header", HEADERS)
def test_what_is_no_name_stays(header, line):
    assert personal(header, "", cells(line)) == ""


@pytest.mark.parametrize("line", NAMED, ids=lambda line: line.partition(":")[0])
@pytest.mark.parametrize("header", HEADERS)
def test_names_come_to_light_under_any_header(header, line):
    assert personal(header, "", cells(line)) == "name"
    assert personal("Q7", header, ["", *reversed(cells(line))]) == "name"


def test_there_are_enough_columns_on_both_sides():
    assert len(HONEST) >= 60
    assert len(NAMED) >= 40


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        (["Anna Schmidt", "Bernd Vogel"], ""),
        (["Anna Schmidt", "Bernd Vogel", "Heike Lehmann"], "name"),
        (["Anna", "Bernd", "Heike", "Peter"], ""),
        (["Anna", "Bernd", "Heike", "Peter", "Laura"], "name"),
        (["Anna Schmidt", "Bernd Vogel", "Marketing", "Sales", "Legal"], ""),
        (["anna schmidt", "bernd vogel", "heike lehmann"], ""),
        (["A. Schmidt", "B. Vogel", "H. Lehmann"], ""),
        (["AS", "BV", "HL", "PB", "LH"], ""),
    ],
)
def test_few_texts_and_initials_are_no_list_of_people(words, kind):
    assert personal("Q7", "", words) == kind


def test_long_lists_need_fewer_names_that_are_known():
    strange = [f"Xyr{chr(97 + at)} Quill" for at in range(14)]
    known = [
        "Anna Schmidt",
        "Bernd Vogel",
        "Heike Lehmann",
        "Peter Brown",
        "Laura Hughes",
        "Jan Bakker",
        "Tom Hale",
    ]
    assert personal("Q7", "", known + strange) == "name"
    assert personal("Q7", "", known[:3] + strange[:7]) == ""


@pytest.mark.parametrize(
    "short", ["Often", "Agree", "IT", "P0001", "2026-03-02", "1.5", "ada@example.org", "my own words"]
)
def test_the_given_names_are_read_only_where_cells_look_like_names(short, monkeypatch):
    def refused():
        raise AssertionError

    monkeypatch.setattr(names, "_library", refused)
    assert personal("Q7", "", [short, *(f"{short} {at}" for at in range(9))]) in {"", "e-mail address"}
    assert personal("Q7", "", ["Never", "Rarely", "Sometimes", "Often", "Always"]) == ""
    with pytest.raises(AssertionError):
        personal("Q7", "", ["Anna Schmidt", "Bernd Vogel", "Heike Lehmann"])


def test_a_thousand_texts_in_own_words_are_told_apart_in_no_time():
    words = [f"The mentor helps me with goal {at} and more" for at in range(1_000)]
    names.hold_names(words)
    started = time.process_time()
    for _ in range(20):
        assert not names.hold_names(words)
    assert time.process_time() - started < 0.4  # ten times what it takes, for a busy machine
