"""What a policy cites: its own articles in their order, the texts beside it, and every citation held against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, final

import attrs

from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, once
from complaint_rules.documents.toml import Document
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Article, ArticleState, CitedText, Displaced, Place, numbers_of, places_in
from complaint_rules.policy.files.head import citation_of
from complaint_rules.policy.files.shapes import SHAPES

_CITE: Final = "cite"
_ODD: Final = re.compile(r"(?=.*\d).*[(（），、：；第条款项目–—～－]|.*(?![0-9])\d|.*-$")
"""What a number of an article has where more than the number is written, or with another keyboard."""
_BESIDE: Final = frozenset({"article", "cited", "displaced"})
_HOW: Final = 'write "29 para 2 item 1", several as "14, 29 item 2"'


@final
@attrs.frozen
class Cited:
    """The texts that the rules of a policy cite."""

    articles: Mapping[str, Article]
    """The policy's own, in the order of its text; empty where it lists none."""
    texts: Mapping[str, CitedText]
    """Other texts by the name that citations give them."""
    displaced: tuple[Displaced, ...] = ()
    """Rules of policies extended that this one replaces or does not take over."""


def cited_in(root: Node) -> Cited:
    """Read what a policy cites, and hold every citation of it against that.

    >>> root = sample("file", {"article": [{"id": "1", "title": {}, "state": "nothing"}]})
    >>> list(cited_in(root).articles)
    ['1']
    """
    articles = _articles(root)
    texts: dict[str, CitedText] = {}
    for node in root.nodes("cited", SHAPES["cited"]):
        code = node.code("id")
        text = CitedText(
            id=code or "", title=node.titles("title"), citation=citation_of(node), url=node.text("url"),
            articles=FrozenMap(_articles(node)),
        )  # fmt: skip
        if code is not None and once(texts, code, node.at("id"), node.faults, "cited"):
            texts[code] = text
    displaced = tuple(
        Displaced(rule=node.text("rule") or "", replaced=node.flag("replaced"), cites=node.texts("cites"))
        for node in root.nodes("displaced", SHAPES["displaced"])
    )
    found = Cited(articles, texts, displaced)
    form = citation_of(Node(root.data, root.path, Faults(""), root.shape, partial=True)).get("zh", "{}")
    used: set[str] = set()
    for path, cite in _cites(root.data, ""):
        used |= _held(cite, path, found, form, root.faults)
    _accounted_for(root, articles, used)
    return found


def _articles(node: Node) -> dict[str, Article]:
    found: dict[str, Article] = {}
    for one in node.nodes("article", SHAPES["article"]):
        number = one.text("id") or ""
        if number and places_in(number) != (Place(number),):
            one.fault("id", "the number of an article is one word, as a citation writes it")
        article = Article(
            id=number, title=one.titles("title"), state=one.member("state", ArticleState, "what became of an article")
        )
        if number and once(found, number, one.at("id"), one.faults, "article"):
            found[number] = article
    return found


def _cites(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give every citation of a document with its path, wherever it stands."""
    match value:
        case dict():
            for key, item in value.items():
                at = f"{path}.{key}" if path else str(key)
                if key == _CITE and isinstance(item, str) and item.strip():
                    yield at, item
                elif path or key not in _BESIDE:
                    yield from _cites(item, at)
        case list():
            for place, item in enumerate(value):
                yield from _cites(item, f"{path}[{place}]")


def _held(cite: str, path: str, cited: Cited, form: str, faults: Faults) -> set[str]:
    """Note what is wrong with a citation; give the policy's own articles that it names."""
    places = places_in(cite)
    if not places:
        faults.add(path, "this is no citation", cite, _HOW)
    own: set[str] = set()
    for place in places:
        if place.source and place.source not in cited.texts:
            faults.unknown(path, "no text of this name is cited", place.source, list(cited.texts))
            continue
        text = cited.texts.get(place.source)
        shape, articles = (form, cited.articles) if text is None else (text.citation.get("zh", "{}"), text.articles)
        if not shape.endswith("{}") and _ODD.match(place.number):
            faults.add(path, "paragraph, item and sub-item of an article are named", place.number, _HOW)
            continue
        if not articles:
            continue
        numbers = numbers_of(place)
        own |= set(numbers) if text is None else set()
        unknown = next((number for number in numbers if number not in articles), None)
        if unknown is not None:
            faults.unknown(path, "the text has no such article in its list", unknown, list(articles))
    return own


def _accounted_for(root: Node, articles: Mapping[str, Article], used: set[str]) -> None:
    """Note articles of which it is not said what became of them, and those of which two things are said."""
    listed = root.data.get("article")
    ids = [one.get("id") if isinstance(one, dict) else None for one in listed] if isinstance(listed, list) else []
    for article in articles.values():
        path = f"article[{ids.index(article.id)}].state"
        if article.state is None and article.id not in used:
            hint = 'write state = "nothing", "lost" or "not_yet"'
            root.faults.add(path, "no rule cites this article: say what became of it", article.id, hint)
        if article.state is ArticleState.NOTHING and article.id in used:
            root.faults.add(path, "rules cite this article, so there is something to compute", article.id)


def cited_as_base(base: Document) -> tuple[Document, Document]:
    """Make the rules of a document cite it by name, as what stands in another policy; give text and document.

    >>> base = {"id": "law", "title": {}, "limit": [{"id": "a", "cite": "5"}, {"id": "b"}]}
    >>> text, rules = cited_as_base(base)
    >>> text, rules["limit"]
    ({'id': 'law', 'title': {}}, [{'id': 'a', 'cite': 'law:5'}, {'id': 'b', 'cite': 'law:'}])
    """
    name = older = str(base.get("id"))
    texts = base.get("cited")
    known = [text.get("id") for text in texts if isinstance(text, dict)] if isinstance(texts, list) else []
    while older in known:  # two editions of one text in a chain: the nearer one bears the plain name
        older += "-base"
    if older != name:
        base = _renamed_text(base, name, older)
    text = {"id": name} | {key: base[key] for key in ("title", "citation", "url", "article") if key in base}
    rules = {key: _apart(value, key, name) for key, value in base.items()}
    if isinstance(base.get("note"), list) and isinstance(base.get("title"), dict):
        rules["note"] = [_note_of(note, base["title"]) for note in base["note"]]
    return text, rules


def _renamed_text(base: Document, name: str, older: str) -> Document:
    """Give a document in which a text that is cited bears another name."""

    def renamed(part: str) -> str:
        return f"{older}{part.removeprefix(name)}" if part.startswith(f"{name}:") else part

    found: Document = _rewritten(base, renamed)
    for text in found["cited"]:
        if isinstance(text, dict) and text.get("id") == name:
            text["id"] = older
    return found


def _note_of(note: Any, title: Mapping[str, Any]) -> Any:
    """Make a note say which text it is about; one that does already stays."""
    if not isinstance(note, dict) or str(note.get("zh", "")).startswith("《"):
        return note
    forms = {"zh": "《{}》：{}", "en": "{}: {}"}
    return {lang: forms.get(lang, "{1}").format(title.get(lang, ""), text) for lang, text in note.items()}


def citations_of(entry: Any) -> list[str]:
    """Give the citations of an entry and of its parts, once each.

    >>> citations_of({"cite": "law:5", "first": [{"cite": "law:6"}, {"cite": "law:5"}]})
    ['law:5', 'law:6']
    """
    return list(dict.fromkeys(cite for _, cite in _cites(entry, "entry")))


def _apart(value: Any, section: str, name: str) -> Any:
    """Write the citations of a section as those of another text; a rule without one is of the text as a whole."""
    if section in _BESIDE:
        return value
    if isinstance(value, list) and "cite" in SHAPES.get(section, SHAPES["titles"]).known:
        value = [{**entry, _CITE: entry.get(_CITE, "")} if isinstance(entry, dict) else entry for entry in value]
    return _rewritten(value, lambda part: part if ":" in part else f"{name}:{part}")


def _rewritten(value: Any, write: Callable[[str], str], key: str = "") -> Any:
    """Give what stands in a document with every part of its citations written anew."""
    match value:
        case dict():
            return {one: _rewritten(item, write, one) for one, item in value.items()}
        case list():
            return [_rewritten(item, write, key) for item in value]
        case str() if key in (_CITE, "cites"):
            return ", ".join(map(write, value.split(", ")))
    return value
