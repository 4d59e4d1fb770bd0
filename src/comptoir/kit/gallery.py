"""The gallery: every component of kit/ui/ with its contract and live samples, light and dark.

A sample is a piece of template, shown as written and as drawn. It is drawn twice on the page: `{{ theme }}` keeps ids
and names of landmarks apart.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from comptoir.kit.french import number
from comptoir.kit.lists.shown import Head, ShownCell, ShownListing

TEMPLATES = Path(__file__).parent / "templates" / "kit" / "ui"
_CONTRACT = re.compile(r"\{% comment %\}\n(.+?)\n\{% endcomment %\}", re.DOTALL)

# In the order of the page: what every page has, then words, then choices and forms, then lists, then drawings.
SAMPLES: dict[str, str] = {
    "page_head": (
        '{% page_head title="Vos comptoirs" kicker="Contrat de ville" lede="Ce qui a été dit, table par table." %}'
        '{% button "Nouveau comptoir" kind="primary" icon="plus" %}{% endpage_head %}'
    ),
    "breadcrumb": '{% breadcrumb "Accueil" "#" "Comptoirs" "#" "Comptoir des jeunes" label="Fil "|add:theme %}',
    "button": (
        '{% button "Continuer" kind="primary" icon="arrow-right" %}\n{% button "Enregistrer" %}\n'
        '{% button "Annuler" kind="quiet" href="#" %}\n{% button "Retirer" kind="danger" icon="trash" %}\n'
        '{% button "Modifier" kind="quiet" icon="pencil" icon_only=True %}\n'
        '{% button "Publier" kind="primary" disabled=True %}'
    ),
    "alert": (
        '{% alert kind="success" title="La synthèse est publiée." %}<p>Les comptes sont figés.</p>{% endalert %}\n'
        "{% alert %}<p>Trois personnes travaillent sur ce comptoir.</p>{% endalert %}\n"
        '{% alert kind="warning" %}<p>Deux lignes à vérifier : <a href="#">les voir</a>.</p>{% endalert %}\n'
        '{% alert kind="danger" title="Le fichier n\'a pas été lu." %}'
        "<p>Il dépasse 20 Mo. Enregistrez-le sans images, puis recommencez.</p>{% endalert %}"
    ),
    "badge": (
        '{% badge "Tenu" kind="success" %} {% badge "Échéance passée" kind="warning" %} '
        '{% badge "Non réalisé" kind="danger" %} {% badge "En cours" kind="info" %} '
        '{% badge "Suggestion" kind="accent" %} {% badge "À préciser" %}'
    ),
    "count": "{% count 1 %}<br>{% count 4 %}<br>{% count 1250 %}<br>{% count 3 dots=False %}",
    "quote": (
        '{% quote "On attend le bus sous la pluie depuis que l\'abri est parti." '
        'speaker="Habitante" about="transports" where="Comptoir du 12 mars, table 3" %}'
    ),
    "person": '{% person "Nour Lefèvre" role="référente" organisation="Ville de Valmoran" %}',
    "definition": (
        '<p>Cette action relève du {% definition term="droit commun" %}'
        "Les politiques publiques qui valent partout, sans crédit réservé aux quartiers.{% enddefinition %}.</p>"
    ),
    "card": (
        '{% card title="Comptoir des jeunes" href="#" kicker="12 mars" level=3 %}'
        '<p>{% plural 42 "parole" "paroles" %}, {% plural 1 "ligne" "lignes" %} de synthèse</p>{% endcard %}'
    ),
    "empty_state": (
        '{% empty_state title="Collez vos premières notes" action="Coller ou importer" href="#" level=3 %}'
        "<p>Une ligne par note suffit. Le tri, le compte et la mise en forme viennent ensuite.</p>{% endempty_state %}"
    ),
    "stepper": '{% stepper steps label="Étapes "|add:theme %}',
    "thread": "{% thread back=voices here=line on=commitments %}",
    "history": '{% history done title="Historique, en "|add:theme level=3 %}',
    "error_summary": "{% error_summary refused level=3 %}",
    "field": "{% for bound in refused %}{% field bound %}{% endfor %}",
    "filedrop": '{% filedrop upload.file formats="CSV, Excel, LibreOffice ou Word, 20 Mo au plus" %}',
    "table": '{% table "Engagements "|add:theme columns rows %}',
    "listing": "{% listing listing %}",
    "pagination": '{% pagination page label="Pages "|add:theme %}',
    "tabs": '{% tabs views label="Vues "|add:theme %}',
    "menu": (
        '{% menu label="Télécharger" icon="download" start=True %}<a href="#">Document Word</a><a href="#">PDF</a>'
        '{% endmenu %}\n{% menu label="Autres actions" icon_only=True start=True %}'
        '<a href="#">{% icon "printer" %}Imprimer</a>{% endmenu %}'
    ),
    "dialog": (
        '<a class="button button--secondary" href="#" data-dialog="retirer-{{ theme }}">Retirer la ligne</a>\n'
        '{% dialog id="retirer-"|add:theme title="Retirer cette ligne ?" %}<p>Les paroles qu\'elle porte restent.</p>'
        '<div class="form-actions">{% button "Retirer" kind="danger" type="button" data_close="" %}'
        '{% button "Garder" type="button" data_close="" %}</div>{% enddialog %}'
    ),
    "live": "<p>Une seule par page : celle de la page de base.</p>",
    "progress": '{% progress "Lignes lues" done=1240 total=4000 %}',
    "bars": (
        '{% bars subjects title="Ce qui revient le plus, en "|add:theme '
        'desc="Les bancs d\'abord." head="Ligne" unit="Fois dit" %}'
    ),
    "theme_switch": "<p>Une seule par page : celle du pied de page.</p>",
}


class _Note(forms.Form):
    text = forms.CharField(label="Ce qui a été dit", widget=forms.Textarea, help_text="Mot pour mot, sans nom propre.")
    table = forms.IntegerField(label="Table", required=False, max_value=12)
    column = forms.ChoiceField(label="Colonne", choices=[("", "Choisir"), ("try", "L'essai à transformer")])
    speaker = forms.ChoiceField(
        label="Qui parle", choices=[("r", "Habitant·e"), ("o", "Élu·e")], widget=forms.RadioSelect, required=False
    )
    heard = forms.BooleanField(label="J'ai relu avec la table", required=False)


class _Upload(forms.Form):
    file = forms.FileField(label="Fichier de notes", help_text="Le fichier n'est gardé que si vous confirmez.")


class _Filters(forms.Form):
    q = forms.CharField(label="Rechercher", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    who = forms.ChoiceField(label="Qui", required=False, choices=[("", "Tout"), ("v", "Ville"), ("a", "Agglomération")])


@dataclass(frozen=True, slots=True)
class Entry:
    """One component: its file's name, the words of its contract, the sample's source, and the sample drawn twice."""

    name: str
    contract: str
    source: str
    light: SafeString
    dark: SafeString


@cache
def contracts() -> dict[str, str]:
    """Component name to contract, for every file of kit/ui/. A file without a contract maps to an empty text."""
    found = {path.stem: _CONTRACT.match(path.read_text("utf-8")) for path in sorted(TEMPLATES.glob("*.html"))}
    return {name: match.group(1) if match else "" for name, match in found.items()}


@require_safe
@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Open to everyone where `COMPTOIR_GALLERY` is true; elsewhere it does not exist."""
    if not settings.COMPTOIR_GALLERY:
        raise Http404
    entries = [
        Entry(name, contracts()[name], source, _draw(request, source, "clair"), _draw(request, source, "sombre"))
        for name, source in SAMPLES.items()
    ]
    return render(request, "kit/gallery.html", {"entries": entries, "icons": _icons()})


def _draw(request: HttpRequest, source: str, theme: str) -> SafeString:
    template = engines["django"].from_string("{% load ui %}" + source)
    return SafeString(template.render(_context(theme), request))


def _icons() -> list[str]:
    sprite = (TEMPLATES.parents[2] / "static" / "kit" / "icons.svg").read_text("utf-8")
    return re.findall(r'<symbol id="([a-z-]+)"', sprite)


def _context(theme: str) -> dict[str, Any]:
    return {
        "theme": theme,
        "refused": _Note({f"{theme}-table": "30", f"{theme}-speaker": "r"}, auto_id=f"{theme}_%s", prefix=theme),
        "upload": _Upload(auto_id=f"{theme}_%s", prefix=theme),
        "page": Paginator(range(240), 20).page(4),
        "listing": _listing(theme),
        "done": [
            {"label": "Engagement précisé", "at": datetime(2026, 3, 12, 14, 5), "organisation": "Ville de Valmoran"},
            {"label": "Engagement ajouté", "at": datetime(2026, 3, 2, 9, 30), "organisation": "Agglomération"},
        ],
        "steps": [
            {"label": "Coller ou importer", "state": "done", "url": "#"},
            {"label": "Compris, à vérifier", "state": "done", "url": "#"},
            {"label": "Se ressemblent ?", "state": "current"},
            {"label": "Relire ensemble", "state": "todo"},
            {"label": "Télécharger", "state": "todo"},
        ],
        "voices": [{"label": "une parole", "text": "« On ne sait jamais à qui s'adresser. »", "url": "#"}],
        "line": {"label": "ligne de synthèse", "text": "Savoir à qui s'adresser"},
        "commitments": [],
        "columns": ["Engagement", "Qui", {"label": "Montant", "number": True}],
        "rows": [
            ("Remettre un abri au terminus", "Agglomération", "12 400 €"),
            ("Ouvrir la salle le mercredi", "Ville", "3 100 €"),
        ],
        "views": [
            {"label": "Notes", "url": "#", "current": True, "count": 148},
            {"label": "Synthèse", "url": "#"},
            {"label": "Réglages", "url": "#"},
        ],
        "subjects": [
            ("Des bancs à l'ombre", 14),
            ("Un arrêt de bus abrité près du collège et de la maison de santé", 9),
            ("Savoir à qui s'adresser", 4),
            ("Des jeux réparés", 1),
        ],
    }


def _listing(theme: str) -> ShownListing:
    """As `Listing.shown` makes it from a queryset: here without a table."""
    promised = [
        ("Ouvrir la salle le mercredi", "Ville", 3100),
        ("Remettre un abri au terminus", "Agglomération", 12400),
    ]
    return ShownListing(
        name=f"engagements-{theme}",
        title=f"Engagements, en {theme}",
        form=_Filters({}, auto_id=f"{theme}-liste_%s"),
        heads=[
            Head("Engagement", url="?tri=-engagement", direction="ascending"),
            Head("Qui", url="?tri=qui"),
            Head("Montant", number=True, url="?tri=montant"),
        ],
        rows=[
            [
                ShownCell("Engagement", what, "#c-listing"),
                ShownCell("Qui", who),
                ShownCell("Montant", f"{number(euros)} €", number=True),
            ]
            for what, who, euros in promised
        ],
        total=2,
        counted="2 engagements",
        exports=[("CSV", "?format=csv"), ("Excel (XLSX)", "?format=xlsx")],
    )
