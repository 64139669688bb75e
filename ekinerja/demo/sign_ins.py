"""One invented person for each role, shown on the sign-in page in demo mode only."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

PASSWORD = "kinerja-contoh"  # noqa: S105 (invented people of the demo city)


class SignIn(NamedTuple):
    role: str
    name: str
    nip: str
    note: str = ""
    password: str = PASSWORD


SIGN_INS = [
    SignIn(_("employee"), "Cemara Geurutee, S.E.", "190008042022061005", _("reports; has a released bonus")),
    SignIn(_("staff at the floor"), "Bougenvil Merbabu", "190004162010102001", _("lifted to the floor")),
    SignIn(
        _("supervisor"),
        "Teratai Singgalang, S.Sos., M.Si.",
        "190012282018021006",
        _("a week of their staff waits"),
    ),
    SignIn(_("assessor"), "Pandan Lawu, S.E.", "190011192009031005", _("verifies other agencies")),
    SignIn(
        _("second assessor"),
        "Kirana Kerinci, S.E.",
        "190010022016042007",
        _("confirms together with the head"),
    ),
    SignIn(
        _("head of assessment"),
        "Bambu Kelimutu, S.STP.",
        "190001022008011001",
        _("draws, publishes, finalises"),
    ),
    SignIn(_("finance: list maker"), "Ketapang Tambora, S.E.", "190001022010012002", _("requests a run")),
    SignIn(_("finance: checker"), "Nangka Tambora, S.E.", "190001022012011003", _("checks a run")),
    SignIn(_("finance: releaser"), "Manggis Tambora, S.E.", "190001022014012004", _("releases a run")),
    SignIn(
        _("HR administrator"),
        "Anggrek Kerinci, S.Sos., M.Si.",
        "190010062012041004",
        _("keeps people, leave and calendar"),
    ),
    SignIn(
        _("second HR administrator"),
        "Akasia Lawu, S.E.",
        "190011272013031002",
        _("approves what the first asks for"),
    ),
    SignIn(_("leadership"), "Sawo Kelimutu, M.Si.", "190001022006011005", _("sees the board")),
    SignIn(_("auditor"), "Lontar Agung, S.E.", "190001022009012006", _("reads everything, changes nothing")),
]
