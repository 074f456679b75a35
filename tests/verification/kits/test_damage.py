"""Every file of a kit is held against what it should be: what is damaged, missing or too many is told by its name."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
import pytest

from complaint_rules.documents.toml import read_bytes
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidKit, UnreadableInput
from complaint_rules.verification.kits import Kit, folders
from complaint_rules.verification.kits.folders import LIST, digest, refuse, write_folder
from complaint_rules.verification.kits.standing import calendar_read
from complaint_rules.version import VERSION
from complaint_rules.words.refusals import explain_error
from tests.cli.test_shell import Run
from tests.verification.kits.test_kit import DUE, ONE

OTHER: Final = "0.0.9"
"""A version of the library that is not this one: of its files only the form can be judged."""
ANSWER: Final = json.dumps({"id": "g-1", "clocks": {"whole": {"status": "running", "due_at": DUE, "row": 0}}})
Files: TypeAlias = Mapping[str, bytes]


@pytest.fixture(scope="module")
def files() -> Files:
    """Give what stands in a kit, by name: what each test tries with every file, it tries with a new one by itself."""
    return ONE.files()


@pytest.fixture(scope="module")
def written(files: Files, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole") / "kit"
    write_folder(files, folder)
    return folder


@pytest.fixture
def folder(written: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(written, tmp_path / "kit"))


def inner(files: Files) -> list[str]:
    """Give the names of all files but the list."""
    return sorted(files.keys() - {LIST})


def put(folder: Path, name: str, content: bytes | None) -> None:
    """Write a file of a kit; None takes it away."""
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)


def listed(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / LIST).read_text("utf-8")))


def list_anew(folder: Path, **changes: Any) -> None:
    """Write the list of a kit with other contents, and with the digests that its files have now."""
    now = listed(folder)
    there = {name: digest((folder / name).read_bytes()) for name in now["files"] if (folder / name).exists()}
    (folder / LIST).write_text(json.dumps(now | {"files": there} | changes, ensure_ascii=False, indent=2) + "\n")


def refused(folder: Path) -> str:
    with pytest.raises(InvalidKit) as caught:
        Kit.from_folder(folder)
    return str(caught.value)


CHINESE: Final = re.compile("[一-鿿]")
DAMAGES: Final[Mapping[str, Callable[[bytes], bytes | None]]] = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "cut": lambda content: content[:-2],
    "blank": lambda content: content + b"\n",
    "bytes": lambda content: b"\xff\xfe" + content,
    "lines": lambda content: content.replace(b"\n", b"\r\n"),
}


@pytest.mark.parametrize("how", DAMAGES)
def test_whatever_happens_to_a_file_is_told_by_its_name(how: str, files: Files, folder: Path) -> None:
    for name, content in files.items():
        damaged = DAMAGES[how](content)
        put(folder, name, damaged)
        with pytest.raises(UnreadableInput) as caught:
            Kit.from_folder(folder)
        put(folder, name, content)
        # Without its list a folder is no kit; any other file is named as it stands in the folder, and no other is.
        wanted = str(folder if name == LIST and damaged is None else folder / name)
        assert wanted in str(caught.value)
        assert [one for one in inner(files) if one != name and str(folder / one) in str(caught.value)] == []
    assert Kit.from_folder(folder) == ONE


def test_what_is_no_more_what_this_version_writes_is_told_though_the_list_agrees(files: Files, folder: Path) -> None:
    for name in inner(files):
        changed = files[name].replace(b"2026", b"2025").replace(b'"type"', b'"tpye"') + b" \n"
        put(folder, name, changed)
        list_anew(folder)
        with pytest.raises(ComplaintRulesError) as caught:
            Kit.from_folder(folder)
        put(folder, name, files[name])
        assert str(folder / name) in str(caught.value)


def test_a_file_that_is_gone_from_the_folder_and_from_the_list_is_missed(files: Files, folder: Path) -> None:
    for name in inner(files):
        put(folder, name, None)
        list_anew(folder)
        assert f"{folder / name}: the list of the kit does not name it" in refused(folder)
        put(folder, name, files[name])
        put(folder, LIST, files[LIST])


@pytest.mark.parametrize("name", ["schemas/more.schema.json", "schemas/notes.txt", "policies/other@1.json"])
def test_a_file_too_many_is_told_by_its_name(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"{}")
    assert f"{folder / name}: the list of the kit does not name it; take it out of the kit" in refused(folder)
    list_anew(folder, files={**listed(folder)["files"], name: digest(b"{}")})
    assert str(folder / name) in refused(folder)


def test_files_of_others_beside_those_of_a_kit_are_nobodys_business(folder: Path) -> None:
    (folder / "answers.jsonl").write_text(ANSWER)
    (folder / "schemas" / ".hidden").write_text("")
    assert Kit.from_folder(folder) == ONE


def test_all_that_is_wrong_is_told_at_once_and_not_without_end(folder: Path) -> None:
    (folder / "calendar.json").unlink()
    (folder / "README.md").write_text("mine")
    told = refused(folder).splitlines()
    assert told == [
        f"{folder}: kit: it is refused",
        f"  {folder / 'README.md'}: it was changed since the kit was made; make it anew",
        f"  {folder / 'calendar.json'}: there is no such file",
    ]
    for number in range(60):
        (folder / "policies" / f"{number}.json").write_text("{}")
    told = refused(folder).splitlines()
    assert len(told) == 1 + 50 + 1
    assert told[-1] == f"  {folder}: 12 more faults are not listed"


@pytest.mark.parametrize(("faults", "more"), [(50, []), (51, ["  kit: 1 more faults are not listed"])])
def test_fifty_faults_are_told_and_those_beyond_are_counted(faults: int, more: list[str]) -> None:
    with pytest.raises(InvalidKit) as caught:
        refuse(Path("kit"), [Fault(where=f"kit/{number}", why="it is empty") for number in range(faults)])
    assert str(caught.value).splitlines()[51:] == more


def test_a_file_may_have_half_a_gigabyte_and_the_list_four_megabytes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is larger is no kit, and is not read into memory: the list has one line for each other file."""
    asked: dict[str, int] = {}

    def noted(path: Path, *, what: str, most: int) -> bytes:
        asked[path.relative_to(folder).as_posix()] = most
        return read_bytes(path, what=what, most=most)

    monkeypatch.setattr(folders, "read_bytes", noted)
    assert Kit.from_folder(folder) == ONE
    assert asked.pop(LIST) == 4 * 1024 * 1024
    assert set(asked.values()) == {512 * 1024 * 1024}
    assert {"cases.jsonl", "calendar.json"} <= asked.keys()


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"cases": 2}, "it counts 2 cases, and the kit has 1; make it anew"),
        ({"cases": -1}, "it counts -1 cases, and the kit has 1"),
        ({"more": 1}, "it is not what this version of the library writes; make it anew"),
        ({"policies": []}, "policies/own@1.json: a kit has no such file"),
    ],
)
def test_a_list_that_says_what_is_not_so_is_told(changes: dict[str, Any], why: str, folder: Path) -> None:
    list_anew(folder, **changes)
    told = refused(folder)
    assert why in told
    assert str(folder) in told


TWICE: Final = {"policies": ["policies/own@1.json"] * 2}


@pytest.mark.parametrize("changes", [{"cases": True}, {"cases": "1"}, {"library": None}, {"policies": [1]}, TWICE])
def test_a_list_with_what_is_no_count_or_name_is_none(changes: dict[str, Any], folder: Path) -> None:
    list_anew(folder, **changes)
    with pytest.raises(UnreadableInput, match=r"kit\.json: kit: this is no list of a kit"):
        Kit.from_folder(folder)


# --- kits that another version made ---


def test_a_kit_of_another_version_is_taken_and_named_as_such(folder: Path) -> None:
    (folder / "README.md").write_text("another page")
    (folder / "schemas" / "tally.schema.json").unlink()
    list_anew(folder, library=OTHER)
    made = Kit.from_folder(folder)
    assert (made.library, made) == (OTHER, ONE), "cases and rule sets are the same"
    report = made.check([json.loads(ANSWER)])
    assert report.good
    assert report.to_dict()["library"] == OTHER
    assert report.text("en").splitlines()[0] == f"the kit was made by version 0.0.9 of the library; this is {VERSION}"
    assert report.text("zh").splitlines()[0] == f"套件由本库0.0.9版制作，现为{VERSION}版"
    assert ONE.check([]).to_dict()["library"] == VERSION
    made.write(folder)
    assert Kit.from_folder(folder).library == VERSION, "what is written is of this version"


def test_a_kit_of_another_version_is_as_its_list_says(files: Files, folder: Path) -> None:
    list_anew(folder, library=OTHER)
    for name in inner(files):
        for content in (None, files[name] + b"\n"):
            put(folder, name, content)
            assert str(folder / name) in refused(folder)
        put(folder, name, files[name])
    assert Kit.from_folder(folder).library == OTHER


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("README.md", b" ", "it is empty"),
        ("README.md", b"\xff", "it is not UTF-8"),
        ("calendar.json", b"{", "this is no JSON"),
        ("calendar.json", b"[]", "this is no calendar of a kit; make it anew"),
        ("calendar.json", b"{}", "this is no calendar of a kit"),
        ("schemas/case.schema.json", b"5", "this is no schema of its name; make it anew"),
        ("schemas/case.schema.json", b'{"$id": "urn:complaint-rules:event"}', "this is no schema of its name"),
        ("schemas/case.schema.json", b"{", "this is no JSON"),
        ("policies/own@1.json", b"{}", "this is none"),
        ("cases.jsonl", b'{"id": "g-2"}\n', "line 1 is no case; make it anew"),
        ("cases.jsonl", b"", "it counts 1 cases, and the kit has 0"),
    ],
)
def test_of_a_kit_of_another_version_the_form_is_judged(name: str, content: bytes, why: str, folder: Path) -> None:
    put(folder, name, content)
    list_anew(folder, library=OTHER)
    with pytest.raises(ComplaintRulesError) as caught:
        Kit.from_folder(folder)
    told = str(caught.value)
    assert why in told
    assert str(folder / (LIST if "counts" in why else name)) in told
    assert explain_error(caught.value, "zh") != told


DAYS: Final[Mapping[str, Any]] = {
    "format": "complaint-rules/calendar/1",
    "first": "2026-01-01",
    "last": "2026-01-03",
    "days": [
        {"date": f"2026-01-0{number}", "works": False, "kind": "statutory_holiday", "certainty": "final"}
        for number in (1, 2, 3)
    ],
}


def of_a_day(number: int, **changes: Any) -> dict[str, Any]:
    days = list(DAYS["days"])
    days[number] = days[number] | changes
    return {"days": days}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, ""),
        ({"format": "complaint-rules/calendar/2"}, "this is no calendar of a kit"),
        ({"first": None}, "no day is written under first"),
        ({"last": "2026-13-01"}, "no day is written under last"),
        ({"last": "2026-01-04"}, "every day from the first to the last is expected"),
        ({"first": "2027-01-01"}, "every day from the first to the last is expected"),
        ({"days": None}, "every day from the first to the last is expected"),
        ({"days": DAYS["days"][::-1]}, "every day from the first to the last is expected"),
        ({"days": [*DAYS["days"][:2], 5]}, "every day from the first to the last is expected"),
        (of_a_day(1, works=1), "what it says of 2026-01-02 is none of a calendar"),
        (of_a_day(2, kind="holiday"), "what it says of 2026-01-03 is none of a calendar"),
        (of_a_day(0, certainty=[]), "what it says of 2026-01-01 is none of a calendar"),
    ],
)
def test_a_calendar_has_every_day_and_says_of_each_what_it_is(changes: dict[str, Any], why: str) -> None:
    if not why:
        return calendar_read(DAYS)
    with pytest.raises(UnreadableInput, match=why) as caught:
        calendar_read({**DAYS, **changes})
    assert CHINESE.search(explain_error(caught.value, "zh"))
    return None


# --- at the shell ---


def test_check_ends_with_2_and_names_the_file(files: Files, folder: Path, tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text(ANSWER)
    check = ("kit", "check", str(folder), str(answers))
    assert Run(*check).status == 0
    for name, content in files.items():
        put(folder, name, content + b"\n")
        run = Run(*check)
        assert (run.status, run.out) == (2, "")
        assert str(folder / name) in run.err
        put(folder, name, content)
    put(folder, "calendar.json", b"[]\n")
    assert Run(*check, "--lang", "zh").err.splitlines() == [
        f"complaint-rules kit: {folder}: 对照套件：未通过",
        f"  {folder / 'calendar.json'}: 打包之后被改动过；请重新打包",
    ]


def test_the_version_that_made_a_kit_is_no_part_of_what_it_is() -> None:
    assert attrs.evolve(ONE, library=OTHER) == ONE
