"""SurveyMonkey's own columns, in the languages of its accounts.

English words are those of published files. The others are from memory: where one is spelt otherwise, the file is told
by its shape, and its column is an answer like any other.
"""

import re
from collections.abc import Sequence

ENGLISH = {
    "response": {"respondentid"},
    "meta": {"collectorid", "datecreated", "datemodified"},
    "started_at": {"startdate"},
    "submitted_at": {"enddate"},
    "personal": {"ipaddress", "emailaddress", "email", "firstname", "lastname"},
    "custom": {"custom", "customdata"},
}
GERMAN = {
    "response": {"befragten-id", "befragter-id", "teilnehmer-id"},
    "meta": {"collector-id", "kollektor-id", "erstellungsdatum", "änderungsdatum"},
    "started_at": {"startdatum"},
    "submitted_at": {"enddatum"},
    "personal": {"ip-adresse", "e-mail-adresse", "e-mail", "vorname", "nachname"},
    "custom": {"benutzerdefiniertedaten"},
}
FRENCH = {
    "response": {"iddurépondant", "iddelapersonneinterrogée", "identifiantdurépondant"},
    "meta": {"idducollecteur", "identifiantducollecteur"},
    "started_at": {"datededébut"},
    "submitted_at": {"datedefin"},
    "personal": {"adresseip", "adressee-mail", "e-mail", "prénom", "nom", "nomdefamille"},
    "custom": {"donnéespersonnalisées"},
}
SPANISH = {
    "response": {"iddelencuestado", "iddeencuestado", "identificacióndelencuestado"},
    "meta": {"iddelrecopilador", "identificacióndelrecopilador"},
    "started_at": {"fechadeinicio"},
    "submitted_at": {"fechadefinalización", "fechadefin"},
    "personal": {
        "direcciónip", "direccióndeip", "direccióndecorreoelectrónico", "correoelectrónico", "nombre", "apellido",
        "apellidos",
    },
    "custom": {"datospersonalizados"},
}  # fmt: skip
DUTCH = {
    "response": {"respondent-id", "idvanrespondent"},
    "meta": {"collector-id", "verzamelaar-id"},
    "started_at": {"startdatum", "begindatum"},
    "submitted_at": {"einddatum"},
    "personal": {"ip-adres", "e-mailadres", "e-mail", "voornaam", "achternaam"},
    "custom": {"aangepastegegevens"},
}
DAYS = {"datecreated", "datemodified", "erstellungsdatum", "änderungsdatum"}  # of them, as in any tool's file
LANGUAGES = (ENGLISH, GERMAN, FRENCH, SPANISH, DUTCH)
Words = dict[str, set[str]]
DIGITS = "0123456789"


def short(header: str) -> str:
    """The header as words of the platform are compared: in lower case, without spaces and underscores."""
    return re.sub(r"[ _]+", "", header.casefold())


def language(headers: Sequence[str]) -> Words:
    """The words of the language that names the respondent's number, and of those the one the headers speak best.

    English where none is known.
    """
    said = {short(header) for header in headers}
    return max(
        LANGUAGES, key=lambda words: (bool(said & words["response"]), len(said & set().union(*words.values())))
    )


def role(header: str, words: Words) -> str:
    """What the platform's own column of that header holds; "" for a question."""
    own = short(header)
    numberless = own.rstrip(DIGITS)
    return next(
        (name for name, some in words.items() if own in some or (name == "custom" and numberless in some)), ""
    )


def is_first(custom: str) -> bool:
    """Whether a column of custom data is the first one, which people are told by."""
    own = short(custom)
    place = own.removeprefix(own.rstrip(DIGITS))
    return place == "1" or (not place and own != "custom")
