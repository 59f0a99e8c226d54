"""What the columns of class lists are called, in the languages in which systems write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

COLUMNS: dict[str, tuple[str, ...]] = {
    what: tuple(headings.split())
    for what, headings in {
        "identifier": "identifier identifiant identificador identificativo 标识符 编号",
        "lms_user_id": "lmsuserid canvasuserid id userid benutzerid 用户id",
        "sis_user_id": "sisuserid sisid sisbenutzerid sisnutzerid idutilisateursis",
        "id_number": (
            "idnumber idnummer numerodidentification numerodeid numerodeidentificacion "
            "numerodiidentificazione 身份证号码 id号 id号码"
        ),
        "sid": "sid",
        "org_id": "orgdefinedid",
        "student_number": (
            "studentid studentnumber studentno matrikelnummer matrikelnr matriculationnumber "
            "numerodetudiant numeroetudiant matricula numerodeestudiante matricola 学号 學號 "
            "学籍番号 학번"
        ),
        "login": (
            "username login loginid sisloginid sisanmeldeid benutzername benutzerkennung "
            "anmeldename kennung nomdutilisateur identifiantdeconnexion nombredeusuario "
            "usuario nomeutente 用户名 帐号 账号"
        ),
        "email": (
            "emailaddress email mail emailadresse adressedecourriel adresseemail courriel "
            "direcciondecorreo direcciondecorreoelectronico direccionemail correoelectronico "
            "correo indirizzoemail 电子邮件地址 电子邮件 邮箱 電子郵件"
        ),
        "name": (
            "fullname name student studentname vollstandigername vornamenachname nomcomplet "
            "nombrecompleto nomecompleto namevorname nachnamevorname studierender etudiant "
            "estudiante 姓名 全名 学生 氏名 이름"
        ),
        "first_name": "firstname givenname forename vorname prenom nombre nombres nome 名 名字",
        "last_name": (
            "lastname surname familyname nachname familienname nom nomdefamille apellidos "
            "apellido apellidoss cognome 姓 姓氏"
        ),
        "group": (
            "group groups gruppe gruppen groupe groupes grupo grupos gruppo gruppi team "
            "teams 小组 分组 组"
        ),
        "time": (
            "lastmodifiedsubmission submissiontime zuletztgeandertabgabe "
            "dernieremodificationtravailremis dernieremodificationremise "
            "ultimamodificacionentrega 最后修改提交 最近修改提交"
        ),
        "grade": "grade bewertung note calificacion valutazione 成绩 评分",
        "maximum": (
            "maximumgrade maxgrade bestwertung maximalewertung notemaximale "
            "calificacionmaxima valutazionemassima 最高分 最高成绩"
        ),
        "modified": (
            "lastmodifiedgrade zuletztgeandertbewertung dernieremodificationnote "
            "ultimamodificacioncalificacion 最后修改成绩 最近修改成绩"
        ),
        "feedback": (
            "feedbackcomments feedbackalskommentar feedbackkommentare "
            "feedbackparcommentaires commentairesdefeedback comentariosderetroalimentacion "
            "反馈评论 反馈意见"
        ),
        "section": "section abschnitt kurssektion seccion 班级 节",
    }.items()
}
"""What a column holds -> its headings, the likeliest first, as :func:`plain_heading` has them."""

PARTICIPANT_WORDS = frozenset(
    "participant participante partecipante iscritto teilnehmer teilnehmerin deelnemer deltager "
    "deltagare deltaker osallistuja uczestnik ucastnik ucastnici resztvevo katılımcı участник "
    "учасник συμμετεχων 参与者 參與者 参加者 參加者 참가자 참여자".split()
)
"""What Moodle calls whom it does not name, as :func:`plain_heading` has it."""
# As nbgrader spells the columns of its own list, in which ``id`` is the name of the student.
_OF_NBGRADER = frozenset({"first_name", "last_name", "lms_user_id"})


def plain_heading(text: str) -> str:
    """A heading without case, accents, blanks and signs: ``E-Mail-Adresse`` is ``emailadresse``."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    apart = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", apart))


def participants_number(text: str) -> str:
    """The number of "Participant 57", in the language of whoever downloaded it; empty if none."""
    found = re.fullmatch(r"(\D*)(\d+)", text.strip())
    word = plain_heading(found[1]) if found else ""
    return found[2] if found and (not word or word in PARTICIPANT_WORDS) else ""


def plain_headings(header: Sequence[str]) -> list[str]:
    """The headings as :func:`plain_heading` has them, without those of assignments.

    Behind "Section" Canvas's gradebook has the assignments, whatever they are called.
    """
    plain = [plain_heading(name) for name in header]
    for place, heading in enumerate(plain):
        if heading in COLUMNS["section"] and {*COLUMNS["lms_user_id"]} & {*plain[:place]}:
            return plain[: place + 1]
    return plain


def columns_of(header: Sequence[str], table: Sequence[Sequence[str]]) -> dict[str, int]:
    """Which column of a list holds what.

    Parameters:
        header: the headings.
        table: the rows, which tell where a heading means several things.
    """
    plain = plain_headings(header)
    places = {}
    for what, headings in COLUMNS.items():
        found = next((plain.index(heading) for heading in headings if heading in plain), None)
        if found is not None:
            places[what] = found
    if "id" in plain:
        _tell_id(plain.index("id"), header, table, plain, places)
    if "canvasuserid" in plain and "userid" in plain:
        places["sis_user_id"] = plain.index("userid")  # so Canvas calls it in its own reports
    # "Name; Vorname" is a surname and a first name.
    if places.keys() & {"name", "first_name", "last_name"} == {"name", "first_name"}:
        name, first = places["name"], places["first_name"]
        both = [
            (line[name].split(), line[first].split())
            for line in table
            if len(line) > max(name, first)
        ]
        if plain[name] == "name" and not all({*given} <= {*words} for words, given in both):
            places["last_name"] = places.pop("name")
    if "modified" not in places and "grade" in places:
        grade = f"({header[places['grade']].strip().lower()})"
        for place, title in enumerate(header[: len(plain)]):
            if grade in title.lower():
                places["modified"] = place
    return places


def _tell_id(
    place: int,
    header: Sequence[str],
    table: Sequence[Sequence[str]],
    plain: Sequence[str],
    places: dict[str, int],
) -> None:
    """What a column that is only called ID holds: the heading is that of several numbers."""
    if {name.strip().lower() for name in header} & _OF_NBGRADER:
        places.setdefault("login", place)
    values = [line[place].strip() for line in table if len(line) > place and line[place].strip()]
    of_moodle = "identifier" not in places and bool(values)
    # Moodle's Identifier is called ID in some languages.
    of_moodle = of_moodle and all(participants_number(v) and not v.isdecimal() for v in values)
    if of_moodle:
        places["identifier"] = place
    # Where no name stands beside it that could contradict, it may be a number of the school.
    names = {"name", "first_name", "last_name"}
    if places["lms_user_id"] == place and (
        of_moodle or places.get("login") == place or not names & places.keys()
    ):
        places["unknown_number"] = places.pop("lms_user_id")
