"""`Complaint` and its coded facts: what is known at receipt, nothing computed."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final, final

import attrs

from complaint_rules.cases.facts import _LONGEST_TEXT, FactValue, Texts, money, plain_fact, text_set
from complaint_rules.errors import InvalidComplaint
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_when, earliest_of
from complaint_rules.scalars import plain_scalar
from complaint_rules.version import Recorded

_MOST_COMPLAINANTS: Final = 100_000_000


class Channel(Coded):
    """How the complaint came in (投诉渠道)."""

    PHONE = "phone", "电话", "phone"
    LETTER = "letter", "信函", "letter"
    EMAIL = "email", "电子邮件", "e-mail"
    FAX = "fax", "传真", "fax"
    VISIT = "visit", "来访", "visit"
    INTERNET = "internet", "互联网", "internet"
    MESSAGE = "message", "短信或即时消息", "message"
    COMMENT_BOOK = "comment_book", "意见簿（箱）", "comment book or box"
    PRESS = "press", "新闻媒体", "press"
    TRANSFERRED = "transferred", "转办", "transferred"
    OTHER = "other", "其他渠道", "other channel"


class Source(Coded):
    """Who brings the complaint (投诉来源)."""

    CUSTOMER = "customer", "客户本人", "customer"
    AGENT = "agent", "代理人", "agent"
    SUPERIOR = "superior", "上级机构", "superior"
    REGULATOR = "regulator", "监管部门", "regulator"
    GOVERNMENT = "government", "政府部门", "government"
    PRESS = "press", "新闻媒体", "press"
    ASSOCIATION = "association", "行业协会或消费者协会", "association"
    COURT = "court", "法院", "court"
    OTHER = "other", "其他来源", "other source"


def _channel(value: Channel | str | None) -> Channel | None:
    return None if value is None else Channel.read(value, what="Complaint.channel", error=InvalidComplaint)


def _source(value: Source | str | None) -> Source | None:
    return None if value is None else Source.read(value, what="Complaint.source", error=InvalidComplaint)


def _refuse(name: str, why: str, value: object, hint: str = "") -> InvalidComplaint:
    return InvalidComplaint(what=f"Complaint.{name}", why=why, value=value, hint=hint)


def _is_truth(complaint: object, field: attrs.Attribute[Any], value: object) -> None:
    if not (value is None or value is True or value is False):
        if isinstance(plain := plain_scalar(value), bool):
            object.__setattr__(complaint, field.name, plain)
            return
        why = "true, false or null (unknown) is expected"
        raise _refuse(field.name, why, value, "leave it out where it is not known")


def _is_text(_: object, field: attrs.Attribute[Any], value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str) or isinstance(value, enum.Enum):
        raise _refuse(field.name, "a code or opaque key (text) is expected", value)
    if not value.strip() or len(value) > _LONGEST_TEXT or not value.isprintable():
        why = f"a code of 1 to {_LONGEST_TEXT} printable characters is expected"
        raise _refuse(field.name, why, value, "leave it out where it is not known")


def _is_key(complaint: object, field: attrs.Attribute[Any], value: object) -> None:
    _is_text(complaint, field, value)
    if value is None:
        raise _refuse(field.name, "every complaint has a key of its own", value, "the ticket number serves")


def _is_count(complaint: object, field: attrs.Attribute[Any], value: object) -> None:
    if value is None:
        return
    if type(value) is not int:
        value = plain_scalar(value)
        object.__setattr__(complaint, field.name, value)
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_COMPLAINANTS:
        why = "a whole number of at least 1 is expected"
        raise _refuse(field.name, why, value, "leave it out where it is not known")


# Named one by one: a type checker takes what a field accepts from its converter, and reads named functions only.
def _complainant_keys(value: Texts) -> frozenset[str] | None:
    return text_set(value, what="Complaint.complainant_keys", error=InvalidComplaint)


def _interested(value: Texts) -> frozenset[str] | None:
    return text_set(value, what="Complaint.interested", error=InvalidComplaint)


def _recorded(value: Texts) -> frozenset[str] | None:
    return text_set(value, what="Complaint.recorded", error=InvalidComplaint)


def _amount(value: Decimal | int | str | None) -> Decimal | None:
    return money(value, what="Complaint.amount", error=InvalidComplaint)


def _received(value: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return as_when(value, what="Complaint.received", error=InvalidComplaint)


def _extra(value: Mapping[str, FactValue | Iterable[str] | None]) -> Mapping[str, FactValue]:
    return _checked_extra(value)


def _checked_extra(value: object) -> Mapping[str, FactValue]:
    if not isinstance(value, Mapping):
        raise _refuse("extra", "a mapping of fact names to values is expected", value)
    checked: dict[str, FactValue] = {}
    for name, item in value.items():
        if not isinstance(name, str) or not name.isidentifier() or not name.isascii():
            raise _refuse("extra", "the name of a fact is an ASCII identifier", name)
        if name in CORE_FACTS:
            raise _refuse("extra", f"{name!r} is a field of Complaint itself", name, f"pass {name}=… instead of extra")
        fact = plain_fact(item, what=f"Complaint.extra[{name!r}]", error=InvalidComplaint)
        if fact is not None:
            checked[name] = fact
    return FrozenMap(checked) if checked else _EMPTY


_EMPTY: Final[Mapping[str, FactValue]] = FrozenMap()


@final
@attrs.frozen(kw_only=True, repr=False)
class Complaint(Recorded):
    """A consumer complaint (消费投诉) as it stood at receipt.

    Frozen. A fact that is not given is None, which means *unknown*, never *no*. No name, phone, identity number or
    free text has a place here: complainants are opaque keys. Later knowledge comes through an ``amended`` event.

    Raises `InvalidComplaint` for a naive moment, an unknown code, a wrong type or an impossible value.

    >>> import datetime as dt
    >>> from complaint_rules.moments import BEIJING
    >>> c = Complaint(
    ...     id="c-1",
    ...     received=dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING),
    ...     channel="phone",
    ...     complainants=3,
    ... )
    >>> c.channel, c.funds_at_risk is None
    (<Channel.PHONE: 'phone'>, True)
    """

    id: str = attrs.field(validator=_is_key)
    """The institution's own key of the complaint (工单号), opaque."""
    received: dt.datetime | dt.date = attrs.field(converter=_received)
    """Receipt (收到投诉): an aware moment, kept in Beijing time, or the day where a register holds no time."""
    channel: Channel | None = attrs.field(default=None, converter=_channel)
    """How it came in (投诉渠道)."""
    source: Source | None = attrs.field(default=None, converter=_source)
    """Who brings it (投诉来源)."""
    received_by: str | None = attrs.field(default=None, validator=_is_text)
    """The level or body that first received it (首次受理层级), an id of the policy's levels or bodies."""
    complainants: int | None = attrs.field(default=None, validator=_is_count)
    """Number of complainants (投诉人数), at least 1; at least the number of `complainant_keys`."""
    complainant_keys: frozenset[str] | None = attrs.field(default=None, converter=_complainant_keys)
    """Opaque keys of the complainants (投诉人), from the institution's system; never names or numbers."""
    joint: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether several complain together (共同投诉)."""
    face_to_face: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether it is made face to face (面谈)."""
    anonymous: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether the complainant stays unnamed (匿名投诉)."""
    respondent: str | None = attrs.field(default=None, validator=_is_text)
    """Opaque key of the unit or employee complained about (被投诉对象)."""
    interested: frozenset[str] | None = attrs.field(default=None, converter=_interested)
    """Opaque keys of staff with a direct interest in the matter (有直接利益关系), for recusal (回避)."""
    incident: str | None = attrs.field(default=None, validator=_is_text)
    """Opaque key of the underlying incident (同一事件), where the institution assigns one."""
    kind: str | None = attrs.field(default=None, validator=_is_text)
    """What it is about, as a code of the institution's own list (投诉类别)."""
    business_channel: str | None = attrs.field(default=None, validator=_is_text)
    """Through which channel the business was done (业务办理渠道), a key of the vocabulary after JR/T 0169-2018."""
    business: str | None = attrs.field(default=None, validator=_is_text)
    """Business concerned (业务类别), a key of the vocabulary after JR/T 0169-2018."""
    reason: str | None = attrs.field(default=None, validator=_is_text)
    """Reason of the complaint (投诉原因), a key of the vocabulary after JR/T 0169-2018."""
    amount: Decimal | None = attrs.field(default=None, converter=_amount)
    """Amount in dispute (投诉金额), in yuan, exact."""
    repeat: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether the same incident was complained of before (再次投诉)."""
    funds_at_risk: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether the customer's funds are or may be at risk or lost (资金安全)."""
    press_risk: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether press exposure is possible (可能引发媒体曝光)."""
    in_press: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether the press has reported it (媒体已曝光)."""
    litigation: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether a lawsuit is pending (已涉诉)."""
    complex: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether the matter is recorded as complex (情况复杂); the mark is the institution's, with a recorded reason."""
    settled_on_spot: bool | None = attrs.field(default=None, validator=_is_truth)
    """Whether it was settled at once where it was received (当场解决)."""
    caused_by: str | None = attrs.field(default=None, validator=_is_text)
    """Whose doing it was (查实责任方): bank, partner, customer, market, other; unknown before verification."""
    root_cause: str | None = attrs.field(default=None, validator=_is_text)
    """Root cause (根本原因), a code of the vocabulary or of the institution."""
    recorded: frozenset[str] | None = attrs.field(default=None, converter=_recorded)
    """Which record items exist (已登记事项: name, contact, amount, expectation …), never their content."""
    extra: Mapping[str, FactValue] = attrs.field(factory=dict, converter=_extra)
    """An institution's own facts, declared under ``[facts]`` of its policy; unknown ones are listed, not refused."""

    def __attrs_post_init__(self) -> None:
        keys = self.complainant_keys
        if keys is None:
            return
        if not keys:
            raise _refuse(
                "complainant_keys", "at least one key is expected", keys, "leave it out where it is not known"
            )
        if self.complainants is None:
            object.__setattr__(self, "complainants", len(keys))
        elif self.complainants < len(keys):
            raise _refuse(
                "complainants",
                f"{len(keys)} complainant keys are given",
                self.complainants,
                "the count is at least their number",
            )

    def fact(self, name: str) -> FactValue | None:
        """Give a fact by name, core or extra; None where it is unknown or not declared anywhere.

        >>> import datetime as dt
        >>> Complaint(id="c-1", received=dt.date(2026, 9, 30), extra={"unionpay": True}).fact("unionpay")
        True
        """
        if name in CORE_FACTS:
            value: FactValue | None = getattr(self, name)
            return value
        return self.extra.get(name)

    def amended(self, changes: Mapping[str, Any]) -> Complaint:
        """Give a copy with other facts; a value of None makes a fact unknown. `id` and `received` cannot change.

        >>> import datetime as dt
        >>> Complaint(id="c-1", received=dt.date(2026, 9, 30)).amended(
        ...     {"complainants": 4, "unionpay": True}
        ... ).complainants
        4
        """
        if not isinstance(changes, Mapping):
            raise _refuse("amended", "a mapping of fact names to values is expected", changes)
        core: dict[str, Any] = {}
        own: dict[str, Any] = {}
        for name, value in changes.items():
            if name in ("id", "received"):
                raise _refuse(name, "what identifies the complaint and starts its clocks cannot be amended", value)
            if name == "extra" and isinstance(value, Mapping):
                own |= value
            elif name in CORE_FACTS:
                core[name] = value
            else:
                own[name] = value
        if "complainant_keys" in core and "complainants" not in core:
            core["complainants"] = None
        # Only what is new is checked, and only that is not shared: a long list is amended around thousands of times.
        checked = Complaint(id=self.id, received=self.received, **core, extra=own)
        found = object.__new__(Complaint)
        for name in _FIELDS:
            object.__setattr__(found, name, getattr(checked if name in core else self, name))
        if own:
            new, both = checked.extra, {**self.extra, **own}
            extra = {name: new.get(name, value) for name, value in both.items() if name in new or name not in own}
            object.__setattr__(found, "extra", FrozenMap(extra) if extra else _EMPTY)
        found.__attrs_post_init__()
        return found

    @property
    def received_from(self) -> dt.datetime:
        """First instant the receipt can mean; the moment itself where it is one."""
        return earliest_of(self.received)


CORE_FACTS: Final[frozenset[str]] = frozenset(
    field.name for field in attrs.fields(Complaint) if field.name not in ("id", "extra")
)
"""Names of the facts that are fields of `Complaint`; `id` is a key, not a fact."""
_FIELDS: Final = tuple(field.name for field in attrs.fields(Complaint))
