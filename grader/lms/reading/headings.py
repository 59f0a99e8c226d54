"""What the columns of class lists are called, in the languages in which systems write them."""

from __future__ import annotations

import re
import unicodedata

COLUMNS: dict[str, tuple[str, ...]] = {
    what: tuple(headings.split())
    for what, headings in {
        "identifier": "identifier identifiant identificador identificativo 标识符 编号",
        "lms_user_id": "lmsuserid id userid benutzerid 用户id",
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


def plain_heading(text: str) -> str:
    """A heading without case, accents, blanks and signs: ``E-Mail-Adresse`` is ``emailadresse``."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    apart = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", apart))
