"""Each component, rendered by Django's own engine: what it says, to whom it says it, and that nothing slips through."""

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from lxml import html

HOSTILE = "<script>alert('x')</script>"


def draw(source: str, **context: Any) -> str:
    return Template("{% load ui %}" + source).render(Context(context))


def tree(source: str, **context: Any) -> Any:
    return html.fromstring(f"<div>{draw(source, **context)}</div>")


def words(node: Any) -> str:
    return " ".join(node.text_content().split())


class Note(forms.Form):
    text = forms.CharField(label="Ce qui a été dit", help_text="Mot pour mot.")
    table = forms.IntegerField(label="Table", required=False)
    speaker = forms.ChoiceField(label="Qui parle", choices=[("r", "Habitant·e")], widget=forms.RadioSelect)
    heard = forms.BooleanField(label="Relu", required=False)
    token = forms.CharField(widget=forms.HiddenInput)
    file = forms.FileField(label="Fichier", required=False)


@pytest.mark.parametrize(
    "source",
    [
        "{% button text href=text value=text aria_label=text %}",
        "{% alert title=text %}<p>{{ text }}</p>{% endalert %}",
        "{% badge text %}",
        "{% card title=text href=text kicker=text %}{{ text }}{% endcard %}",
        "{% page_head title=text lede=text kicker=text %}{{ text }}{% endpage_head %}",
        "{% empty_state title=text action=text href=text %}{{ text }}{% endempty_state %}",
        "{% quote text speaker=text about=text where=text %}",
        "{% table text columns rows %}",
        "{% bars bars title=text desc=text head=text unit=text %}",
        "{% menu label=text %}{{ text }}{% endmenu %}",
        "{% dialog id='d' title=text %}{{ text }}{% enddialog %}",
        "{% progress text done=1 total=2 %}",
        "{% person text role=text organisation=text %}",
        "{% definition term=text %}{{ text }}{% enddefinition %}",
        "{% breadcrumb text text text %}",
        "{% thread here=step back=steps on=steps label=text %}",
    ],
)
def test_words_typed_by_people_stay_words(source: str) -> None:
    step = {"label": HOSTILE, "text": HOSTILE, "url": HOSTILE}
    out = draw(source, text=HOSTILE, columns=[HOSTILE], rows=[[HOSTILE]], bars=[(HOSTILE, 1)], step=step, steps=[step])
    assert "&lt;script&gt;" in out
    assert "<script" not in out


def test_a_wrong_parameter_fails_at_once() -> None:
    with pytest.raises(TemplateSyntaxError):
        draw('{% badge "Tenu" colour="green" %}')
    with pytest.raises(KeyError):
        draw('{% badge "Tenu" kind="green" %}')


def test_a_button_sends_or_leads() -> None:
    (send,) = tree('{% button "Rapprocher" kind="primary" hx_post="/x?a=1&b=2" hx_target="#liste" %}')
    assert (send.tag, send.get("type"), send.get("hx-post")) == ("button", "submit", "/x?a=1&b=2")
    assert send.get("hx-target") == "#liste"
    (lead,) = tree('{% button "Continuer" href="/suite" icon="arrow-right" %}')
    assert (lead.tag, lead.get("href"), lead.get("type")) == ("a", "/suite", None)
    assert [child.tag for child in lead] == ["span", "svg"], "an arrow on comes after the words"


def test_a_button_reduced_to_its_drawing_keeps_its_name() -> None:
    (button,) = tree('{% button "Modifier" icon="pencil" icon_only=True disabled=True %}')
    assert words(button) == "Modifier"
    assert button.get("disabled") is not None
    assert button.find("svg").get("aria-hidden") == "true"


@pytest.mark.parametrize(("kind", "role"), [("error", "alert"), ("danger", "alert"), ("success", "status")])
def test_an_alert_that_has_just_appeared_is_read_aloud(kind: str, role: str) -> None:
    (alert,) = tree("{% alert kind=kind live=True %}<p>Voilà.</p>{% endalert %}", kind=kind)
    assert alert.get("role") == role
    (still,) = tree("{% alert kind=kind %}<p>Voilà.</p>{% endalert %}", kind=kind)
    assert still.get("role") is None


@pytest.mark.parametrize("kind", ["success", "warning", "danger", "info"])
def test_a_state_is_told_by_its_word_and_its_drawing(kind: str) -> None:
    (badge,) = tree('{% badge "Tenu" kind=kind %}', kind=kind)
    assert words(badge) == "Tenu"
    assert badge.find("svg") is not None


@pytest.mark.parametrize(("n", "dots", "said"), [(1, 1, "dit une fois"), (4, 4, "dit 4 fois"), (25, 10, "dit 25 fois")])
def test_a_count_shows_a_dot_each_time_up_to_ten(n: int, dots: int, said: str) -> None:
    (count,) = tree("{% count n %}", n=n)
    assert words(count) == said
    assert len(count.findall(".//circle")) == dots


def test_a_count_of_nothing_draws_nothing() -> None:
    (count,) = tree("{% count 0 %}")
    assert words(count) == "pas encore dit"
    assert count.find("svg") is None


def test_a_quote_says_who_speaks_apart_from_whom_it_is_about() -> None:
    (quote,) = tree('{% quote "Plus de bancs." speaker="Technicienne" about="habitants" %}')
    assert words(quote.find("blockquote")) == "« Plus de bancs. »"
    assert words(quote.find("figcaption")) == "Technicienne · à propos de : habitants"
    (bare,) = tree('{% quote "Plus de bancs." %}')
    assert bare.find("figcaption") is None


def test_steps_say_where_one_is_without_their_colours() -> None:
    steps = [
        {"label": "Coller", "state": "done", "url": "/coller"},
        {"label": "Vérifier", "state": "current"},
        {"label": "Relire", "state": "todo"},
    ]
    (nav,) = tree('{% stepper steps label="De vos notes à la synthèse" %}', steps=steps)
    done, current, todo = nav.findall(".//li")
    assert nav.get("aria-label") == "De vos notes à la synthèse"
    assert "Coller (fait)" in words(done)
    assert done.find("a").get("href") == "/coller"
    assert current.get("aria-current") == "step"
    assert "Relire (à venir)" in words(todo)
    assert todo.find("a") is None


def test_a_thread_reads_both_ways_and_shows_what_is_not_linked_yet() -> None:
    here = {"label": "ligne", "text": "Des bancs"}
    (line,) = tree("{% thread back=back here=here on=on %}", back=[here | {"url": "/v"}], here=here, on=[])
    back, middle, ahead = line.findall("li")
    assert back.find("a").get("href") == "/v"
    assert middle.get("aria-current") == "true"
    assert words(ahead) == "Ce que ça devient À relier"


def test_a_table_names_its_columns_and_lines_even_stacked() -> None:
    columns = ["Engagement", {"label": "Montant", "number": True}]
    (table,) = tree('{% table "Engagements" columns rows %}', columns=columns, rows=[("Abri", "12 €")])
    assert words(table.find("caption")) == "Engagements"
    assert [head.get("scope") for head in table.findall("thead//th")] == ["col", "col"]
    line, amount = table.find("tbody/tr")
    assert (line.tag, line.get("scope")) == ("th", "row")
    assert (amount.get("data-label"), amount.get("class")) == ("Montant", "num")


def test_a_table_whose_line_has_one_cell_too_few_fails() -> None:
    with pytest.raises(ValueError, match="zip"):
        draw('{% table "Engagements" columns rows %}', columns=["Qui", "Quoi"], rows=[("Ville",)])


def test_pages_keep_the_filters_of_the_address() -> None:
    request = RequestFactory().get("/", {"theme": "bancs & ombre", "page": "6"})
    (nav,) = tree("{% pagination page %}", request=request, page=Paginator(range(240), 20).page(6))
    links = {words(link): link for link in nav.findall(".//a")}
    assert links["Suivante"].get("href") == "?theme=bancs+%26+ombre&page=7"
    assert links["Page 6"].get("aria-current") == "page"
    assert [words(item) for item in nav.findall(".//li")] == [
        *("Précédente", "Page 1", "…", "Page 5", "Page 6", "Page 7", "…", "Page 12", "Suivante")
    ]


def test_a_single_page_needs_no_pagination() -> None:
    request = RequestFactory().get("/")
    assert draw("{% pagination page %}", request=request, page=Paginator(range(3), 20).page(1)).strip() == ""


def test_tabs_are_links_and_one_is_current() -> None:
    items = [{"label": "Notes", "url": "/n", "current": True, "count": 0}, {"label": "Synthèse", "url": "/s"}]
    (nav,) = tree('{% tabs items label="Vues" %}', items=items)
    first, second = nav.findall(".//a")
    assert (words(first), first.get("aria-current")) == ("Notes 0", "page")
    assert (words(second), second.get("aria-current")) == ("Synthèse", None)


def test_a_breadcrumb_ends_on_the_page_itself() -> None:
    (nav,) = tree('{% breadcrumb "Accueil" "/" "Comptoirs" "/c" "Jeunes" %}')
    assert [(words(a), a.get("href")) for a in nav.findall(".//a")] == [("Accueil", "/"), ("Comptoirs", "/c")]
    assert words(nav.find(".//span[@aria-current='page']")) == "Jeunes"


def test_a_chart_is_named_and_doubled_by_a_table() -> None:
    rows = [("Bancs", 1400), ("Ombre", 700)]
    (figure,) = tree('{% bars rows title="Ce qui revient" desc="Les bancs." unit="Fois" %}', rows=rows)
    drawing = figure.find("svg")
    named = {node.get("id"): words(node) for node in (*drawing.findall("title"), *drawing.findall("desc"))}
    title, desc = drawing.get("aria-labelledby").split()
    assert (drawing.get("role"), named[title]) == ("img", "Ce qui revient")
    assert named[desc].startswith("Les bancs.")
    cells = [[words(cell) for cell in row] for row in figure.findall(".//tbody/tr")]
    assert cells == [["Bancs", "1 400"], ["Ombre", "700"]]


def test_the_same_words_give_the_same_ids_so_that_a_fragment_equals_its_page() -> None:
    source = '{% bars rows title="A" %}{% definition term="QPV" %}Quartier prioritaire.{% enddefinition %}'
    assert draw(source, rows=[("x", 1)]) == draw(source, rows=[("x", 1)])


def test_a_definition_opens_without_javascript() -> None:
    button, note = tree('{% definition term="droit commun" %}Ce qui vaut partout.{% enddefinition %}')
    assert button.get("popovertarget") == note.get("id")
    assert note.get("popover") is not None
    assert words(note) == "Ce qui vaut partout."


def test_a_menu_and_a_dialog_are_native() -> None:
    (menu,) = tree('{% menu label="Autres actions" icon_only=True %}<a href="/x">Imprimer</a>{% endmenu %}')
    assert (menu.tag, words(menu.find("summary"))) == ("details", "Autres actions")
    (dialog,) = tree('{% dialog id="retirer" title="Retirer ?" %}<p>Oui</p>{% enddialog %}')
    heading = dialog.find(".//h2")
    assert (dialog.tag, dialog.get("aria-labelledby"), words(heading)) == ("dialog", heading.get("id"), "Retirer ?")


def test_progress_is_told_in_figures_too() -> None:
    (line,) = tree('{% progress "Lignes lues" done=1240 total=4000 %}')
    bar = line.find("progress")
    assert (bar.get("value"), bar.get("max"), bar.get("aria-label")) == ("1240", "4000", "Lignes lues")
    assert "1 240 sur 4 000" in words(line)


def test_an_empty_page_says_what_to_do_first() -> None:
    (empty,) = tree(
        '{% empty_state title="Collez vos notes" action="Coller" href="/coller" %}<p>…</p>{% endempty_state %}'
    )
    assert words(empty.find("h2")) == "Collez vos notes"
    assert empty.find(".//a").get("href") == "/coller"


def test_each_field_is_tied_to_its_label_its_help_and_its_error() -> None:
    form = tree("{{ form }}", form=Note({"table": "trois"}))
    ids = [node.get("id") for node in form.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    for control in form.xpath(".//input[not(@type='hidden')]"):
        assert form.xpath(f".//label[@for='{control.get('id')}']"), control.get("name")
    text = form.get_element_by_id("id_text")
    assert text.get("aria-invalid") == "true"
    told = [words(form.get_element_by_id(one)) for one in text.get("aria-describedby").split()]
    assert told[0] == "Mot pour mot."
    assert "obligatoire" in told[1]
    group = form.find(".//fieldset")
    assert words(group.find("legend")) == "Qui parle"
    assert "obligatoire" in words(form.get_element_by_id(group.get("aria-describedby")))


def test_only_what_may_be_left_out_is_marked() -> None:
    form = tree("{{ form }}", form=Note())
    marked = {
        words(label).removesuffix(" (facultatif)") for label in form.xpath(".//label[.//span[@class='optional']]")
    }
    assert marked == {"Table", "Fichier"}
    assert "aria-invalid" not in html.tostring(form, encoding="unicode")


def test_a_file_field_becomes_a_drop_zone_wherever_it_stands() -> None:
    out = draw("{{ form.file.as_field_group }}", form=Note())
    assert "data-drop" in out
    assert "kit/filedrop.js" in out
    assert 'type="file"' in out


def test_refused_forms_list_their_errors_with_links_to_the_fields() -> None:
    form = tree("{{ form }}", form=Note({"table": "trois"}))
    summary = form.find(".//div[@class='error-summary']")
    assert (summary.get("role"), summary.get("tabindex"), summary.get("autofocus")) == ("alert", "-1", "")
    targets = [link.get("href").removeprefix("#") for link in summary.findall(".//a")]
    assert targets == ["id_text", "id_table", "id_speaker_0"]
    for target in targets:
        assert form.get_element_by_id(target).tag == "input"
    assert any("Token" in words(item) and item.find("a") is None for item in summary.findall(".//li"))
    assert words(summary.find("h2")) == "Il reste 4 points à corriger"


def test_an_accepted_form_has_no_summary() -> None:
    assert draw("{% error_summary form %}", form=Note()).strip() == ""


def test_a_text_field_keeps_hostile_input_as_text() -> None:
    form = Note({"text": HOSTILE, "table": HOSTILE})
    assert "<script>alert" not in draw("{{ form }}", form=form)
    assert not re.search(r"<script(?! type=\"module\" src=)", draw("{{ form }}", form=form))
