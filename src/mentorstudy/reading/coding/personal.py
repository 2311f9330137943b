"""Personal: columns that tell who somebody is, by their headers and by what their cells look like."""

import ipaddress
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

LONGEST = 24  # signs of a shape
SHAPES = 3  # told of a column's cells
LOOKED_AT = 1_000  # distinct cells
NEARLY_ALL = 0.8  # of the cells looked at; the rest are "none", "-" and slips
ENOUGH = 3  # different phone numbers, to be told from one odd code

HEADERS = {  # without spaces, accents and the words AROUND them
    "e-mail address": "email emailaddress emailid mail mailaddress emailadresse mailadresse adresseemail adressemail "
    "courriel adressecourriel adresseelectronique correo correoelectronico direccioncorreo direccioncorreoelectronico "
    "direccionemail emailadres mailadres",
    "name": "name fullname firstname lastname surname familyname givenname forename middlename maidenname username "
    "displayname nickname firstandlastname firstlastname namefirstandlast nameandsurname submittedby createdby "
    "vorname nachname familienname vollername vollstandigername vorundnachname vornamenachname vornameundnachname "
    "namevorname nachnamevorname benutzername nutzername anzeigename rufname wieheissensie "
    "nom prenom nomfamille nomcomplet nometprenom nomprenom prenometnom prenomnom nomutilisateur "
    "nombre nombrecompleto apellido apellidos nombreyapellido nombreyapellidos nombreapellidos primerapellido "
    "segundoapellido nombreusuario usuario "
    "naam voornaam achternaam volledigenaam familienaam voorenachternaam gebruikersnaam roepnaam",
    "phone number": "phone phonenumber phoneno telephone telephonenumber tel telno mobile mobilephone mobilenumber "
    "mobilephonenumber cell cellphone cellnumber cellphonenumber whatsapp whatsappnumber "
    "telefon telefonnummer telefonnr telnr handy handynummer mobilnummer mobiltelefon rufnummer "
    "numerotelephone numeroportable telephoneportable portable numerotelefono telefono telefonomovil movil celular "
    "telefoon telefoonnummer mobiel mobielnummer gsm gsmnummer",
    "IP address": "ip ipaddress ipaddr ipadresse adresseip direccionip ipadres",
    "coordinates": "latitude longitude lat lon lng geolocation gps gpscoordinates gpslocation coordinates geopoint "
    "locationaccuracy breitengrad langengrad koordinaten coordonneesgps coordenadas coordinaten",
    "device id": "deviceid deviceidentifier imei macaddress subscriberid simserial simid phoneserial advertisingid "
    "cookieid refurl referrer referer referrerurl gerateid geratekennung identifiantappareil iddispositivo apparaatid",
    "postal address": "address addressline addressline1 addressline2 address1 address2 streetaddress street "
    "postaladdress mailingaddress zip zipcode zippostalcode postcode postalcode "
    "adresse anschrift postanschrift privatadresse wohnadresse heimadresse "
    "strasse strasseundhausnummer strassehausnummer plz postleitzahl "
    "adressepostale rue codepostal direccion direccionpostal domicilio calle codigopostal "
    "adres postadres straat straatnaam",
    "user agent": "useragent httpuseragent useragentstring browseruseragent",
}
KINDS = {header: kind for kind, headers in HEADERS.items() for header in headers.split()}
AROUND = (  # what stands around such a word without changing whose it is
    "a an the of to please enter type provide give state us your my our what is s work home private personal business "
    "current respondent respondents recipient participant participants employee employees worker staff contact person "
    "user mentor mentors mentee mentees manager managers supervisor coach optional required "
    "bitte geben sie ihre ihren ihr ein an wie lautet ist die der das deine dein des teilnehmer mitarbeiter "
    "teilnehmers mitarbeiters "
    "votre vos ton quel quelle quels est veuillez saisir indiquer entrez entrer de du la le les l d participant "
    "su sus tu cual es por favor indique introduzca escriba el empleado participante "
    "uw je wat vul voer het van deelnemer medewerker"
)
COURTESY = frozenset(AROUND.split())
DEVICES = re.compile(r"device|phone|client|cookie|browser|visitor|machine|install|handset|tablet|gerat|appareil")
ANSWERS = re.compile(  # a ticked box that happens to be called so
    r"-?[0-9]{1,2}|yes|no|ja|nein|nee|oui|non|si|true|false|wahr|falsch|(un)?checked|(not )?(selected|ticked)|[xyn]"
)
EMAIL = re.compile(r"(?:.{0,80}<)?[^@\s<>]+@[^@\s<>]+\.[^@\s<>.]{2,}>?")
PHONE = re.compile(
    r"\+[1-9][0-9 ()./-]{6,22}|00[1-9][0-9]{0,2}[ /-][0-9 ()./-]{5,20}|\(?0[1-9][0-9]{1,4}\)?[ /-][0-9 /-]{5,16}|"
    r"(\+?1[ .-])?(\([2-9][0-9]{2}\) ?|[2-9][0-9]{2}[ .-])[0-9]{3}[ .-][0-9]{4}"
)
PAIR = re.compile(r"[\[(]?(-?[0-9]{1,3}\.[0-9]{3,})[,; ]\s*(-?[0-9]{1,3}\.[0-9]{3,})([,; ]\s*-?[0-9.]+){0,2}[\])]?")
DEVICE = re.compile(r"(collect|ee\.[a-z.-]+):\S+|([0-9A-F]{2}[:-]){5}[0-9A-F]{2}", re.IGNORECASE)
UUID = re.compile(r"\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?", re.IGNORECASE)
AGENT = re.compile(r"Mozilla/[0-9].*|.*\b(AppleWebKit|Gecko|Opera)/[0-9].*")


def personal(name: str, wording: str, words: Sequence[str]) -> str:
    """What a column tells of a person, or "": by its header, its wording, and its distinct words.

    Of headers only those count that say nothing else: "Your e-mail address", never "How often do you e-mail?".
    """
    some = words[:: len(words) // LOOKED_AT + 1]
    looked_at = [word.removeprefix("'") for word in some if word]
    for header, part in _headers(name, wording):
        kind = _named(header)
        if kind and (kind == "name" or not part) and _fits(kind, header, looked_at):
            return kind
    return _by_content(_plain(name), looked_at)


def masked(word: str) -> str:
    """How a text looks, 9 for a digit and a for a letter: what may be told of a cell."""
    return "".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in word[:LONGEST])


def looks_of(words: Iterable[str], *, plain: bool = False) -> str:
    """The first few different looks of the words; where `plain`, words that belong to nobody, the words."""
    looks = dict.fromkeys(word[:LONGEST] if plain else masked(word) for word in islice(words, LOOKED_AT))
    return ", ".join(islice(looks, SHAPES))


def _headers(name: str, wording: str) -> Iterator[tuple[str, bool]]:
    """Every text that may say what the column is, and whether it is but a part of a question."""
    yield name, False
    yield wording, False
    yield name.rpartition("/")[2], False
    code, dot, text = name.partition(". ")
    if dot:
        yield code, False
        yield text, False
    for text in (name, wording):
        if text.endswith("]"):
            yield text[text.rfind("[") + 1 : -1], True
        yield text.rpartition(" - ")[2], True


def _plain(text: str) -> str:
    """The text in small letters without accents, CamelCase and signs taken apart."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", apart) if not unicodedata.combining(sign))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))


def _named(header: str) -> str:
    words = _plain(header).split()
    while words and re.fullmatch(r"q?[0-9]+", words[0]):
        words = words[1:]
    kind = KINDS.get("".join(words), "") or KINDS.get("".join(word for word in words if word not in COURTESY), "")
    if not kind and words and re.fullmatch("(gps|geo|location|position)?(latitude|longitude)", words[-1]):
        return "coordinates" if len(words) <= 3 else ""
    return kind


def _fits(kind: str, header: str, words: Sequence[str]) -> bool:
    """Whether the cells may be such a thing; a column without cells is what its header says."""
    if not words:
        return True
    own = header.casefold().strip()
    if kind == "coordinates":
        return True
    if all(ANSWERS.fullmatch(word.casefold()) or word.casefold() == own for word in words):
        return False
    if kind == "e-mail address":
        return any("@" in word for word in words)
    if kind == "IP address":
        return any("." in word or ":" in word for word in words)
    if kind == "phone number":
        return _share(words, lambda word: sum(sign.isdigit() for sign in word) >= 5) >= 0.5
    if kind == "name":
        return _share(words, lambda word: any(sign.isalpha() for sign in word)) >= 0.5
    return True


def _by_content(header: str, words: Sequence[str]) -> str:
    checks: dict[str, Callable[[str], bool]] = {
        "e-mail address": lambda word: bool(EMAIL.fullmatch(word)),
        "IP address": _is_ip,
        "user agent": lambda word: bool(AGENT.fullmatch(word)),
        "coordinates": _is_place,
        "device id": lambda word: bool(DEVICE.fullmatch(word) or (DEVICES.search(header) and UUID.fullmatch(word))),
    }
    for kind, check in checks.items():
        if _share(words, check) >= NEARLY_ALL:
            return kind
    return "phone number" if len(words) >= ENOUGH and _share(words, _is_phone) >= NEARLY_ALL else ""


def _share(words: Sequence[str], check: Callable[[str], bool]) -> float:
    return sum(map(check, words)) / len(words) if words else 0.0


def _is_ip(word: str) -> bool:
    if not (word.count(".") == 3 or word.count(":") >= 2) or word.endswith(".0.0.0"):  # so end versions of browsers
        return False
    try:
        ipaddress.ip_address(word.partition("%")[0])
    except ValueError:
        return False
    return True


def _is_phone(word: str) -> bool:
    digits = sum(sign.isdigit() for sign in word)
    return bool(PHONE.fullmatch(word)) and (8 if word.startswith("+") else 10) <= digits <= 15


def _is_place(word: str) -> bool:
    found = PAIR.fullmatch(word)
    return found is not None and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180
