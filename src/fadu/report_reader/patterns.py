"""The expressions of the third stage, put together from the lexicon once."""

from __future__ import annotations

import re

from fadu.report_reader.lexicon import any_of, groups, load, words

CN = "零〇一二两三四五六七八九十百千万亿"
_FILL = rf"[{CN}]+|\d{{1,3}}"
_SET = f"(?P<set>{any_of(words('cues', 'sets'))})"
_PART = rf"(?P<whole>(?!百分之)(?:{_FILL}))分之(?P<part>{_FILL})(?![{CN}\d.])"
_ARABIC = (
    r"(?P<arabic>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)(?P<fill>[余多来几]?)"
    r"(?P<times>(?:[十百万亿]|千(?![瓦克米伏卡]))*)(?P<more>[余多]?)"
)
_CHINESE = (
    rf"百分之(?P<hundredth>[{CN}]+(?:点[{CN}]+)?|\d+(?:\.\d+)?)"
    rf"|(?P<chinese>[数几上成](?=[十百千万亿])[十百千万亿]+|[{CN}]+(?:点[{CN}]+)?)(?P<rest>[余多来几]?(?P<last>[万亿]?))"
)
_NEVER = r"(?!)"
IN_DIGITS = re.compile(rf"{_PART}|{_ARABIC}|{_NEVER}(?P<set>)(?P<hundredth>)(?P<chinese>)(?P<rest>)(?P<last>)")
"""A number that begins with a digit; the groups of one in signs are there and empty."""
IN_SIGNS = re.compile(rf"{_SET}|{_PART}|{_CHINESE}|{_NEVER}(?P<arabic>)(?P<fill>)(?P<times>)(?P<more>)")
"""A number that begins with a Chinese sign."""
SIGN = re.compile(rf"[\d{CN}数几上成]")
Y = r"(?:19|20)\d{2}"
YEAR = re.compile(Y)
TO = r"[-—~–至到]{1,2}"
DATE = re.compile(
    rf"{Y}[-./]\d{{1,2}}[-./]\d{{1,2}}日?|\d{{1,2}}[./]\d{{1,2}}[./]{Y}|{Y}年?(?:{TO}(?:{Y}|\d{{2}}))?年(?:度|初|底|末)?"
    rf"(?:\d{{1,2}}(?:(?:{TO}|、)\d{{1,2}})?月(?:\d{{1,2}}(?:{TO}\d{{1,2}})?[日号])?)?"
    rf"|{Y}[-—~–]{Y}(?!\d)|{Y}[./-](?:0[1-9]|1[0-2])(?!\d)"
    rf"|\d{{1,2}}(?:(?:{TO}|、)\d{{1,2}})?月(?!均)(?:\d{{1,2}}(?:{TO}\d{{1,2}})?[日号])?|\d{{1,2}}:\d{{2}}(?::\d{{2}})?|\d{{1,2}}日(?!均|常)"
    r"|\d{1,2}时(?![间段限效])(?:\d{1,2}分)?"
    r"|[一二][〇零○九][〇零○一二三四五六七八九]{2}年|[一二三四五六七八九十]{1,2}月(?!均)(?:[一二三四五六七八九十]{1,3}日)?"
    r"|(?:[一二三四]|前[一二三])季度|[12]\d{3}年"
)
DATE_SIGNS = frozenset("年月日号时季.-/—~–至到、:")
"""Behind the first digits of any date."""
CHINESE_DATE_SIGNS = frozenset("年月季○")
CODE = re.compile(
    r"0\d{2,3}-\d{7,8}|1[3-9]\d{9}(?!\d)|\d{3,4}-\d{3,4}-\d{3,4}|\d+(?:\.\d+)?[A-Za-z](?![A-Za-z]*[TGM]B)|\d+[.@][A-Za-z]|\d+(?:[-/.]\d+){2,}|\d{12,}"
)
PHONE_BEFORE = re.compile(
    r"(?:电话|传真|邮编|邮政编码|备|识别码|标识码|编码|编号|索引号|网安备|号码|热线|QQ)[:：]?[^\n，,。]{0,14}$"
)
LIST = re.compile(rf"\d{{1,2}}(?:[.、)](?!\d)|、(?=(?:19|20)\d{{2}}年))|[{CN}]{{1,3}}、")
POINTED = re.compile(r"(?<![\d.])\d{1,2}\.(?=[\u4e00-\u9fff])")
POINT = re.compile(rf"[{CN}]{{1,3}}(?:是|要|者)")
ORDINAL_AFTER = re.compile(r"届|大(?![队厅楼])|中全会")
PROPORTION = re.compile(r"\d+(?:\.\d+)?(?::\d+(?:\.\d+)?)+(?![\d.])")
SLASHED = re.compile(r"(?P<part>\d{1,2})/(?P<whole>\d{1,3})(?![\d/.])")
TENTHS = re.compile(rf"(?P<tenths>[{CN[:12]}]|[1-9])成(?![立员为果长绩效本功就都熟品交年人份套体色])|一半")
BEFORE_SHARE = re.compile("(?:[占达近约超过逾降增减升]|不足|不到|将近|接近)$")
NUMBERED = re.compile(r"(?:图|(?<!代)表|附件|附表|附录|栋|座|幢|@)$")
NUMBERED_ENDS = frozenset("图表件录栋座幢@")
RANGE = re.compile(r"(?P<low>\d+(?:\.\d+)?)(?P<sign>[%％]?)(?:-|—|~|–|至|到)(?=(?P<high>\d+(?:\.\d+)?))")
PLAIN = re.compile(r"[\d,]+(?:\.\d+)?")
RANGE_SIGNS = "%％-—~–至到"
_UNITS = {
    first: re.compile(any_of([unit for unit in groups() if unit[0] == first]) + r"(?:\([次件人起个户家份]{1,2}\))?")
    for first in {unit[0] for unit in groups()}
}
PERCENT = re.compile(r"[%‰]")
AFTER = re.compile(any_of(words("cues", "after")) + r"(?!容|部|外)")
AFTER_HEADS = frozenset(word[0] for word in words("cues", "after"))
BEFORE = re.compile(any_of(words("cues", "before")) + "$")
BEFORE_ENDS = tuple(words("cues", "before"))
BARE = re.compile(any_of(words("cues", "bare")))
LINES = frozenset(words("cues", "lines"))
COUNTABLE = re.compile(any_of(words("cues", "countable")))
VERB = re.compile("(?:" + any_of(words("cues", "verbs")) + "|(?<![部充])分)" + any_of(words("cues", "before")) + "?$")
SUBJECT = re.compile(r"[^,，。;:()]{1,10}(?:被|获|荣获|入选|全部|均|先后|通过|[(])")
MUST = re.compile("[须应经][^,，。;；]*$")
QUORUM = re.compile("以上的?[\u4e00-\u9fff]{0,8}(?:同意|表决|通过|出席)")
THINGS = re.compile(any_of(words("cues", "things")) + "$")
LIMIT = re.compile(any_of(words("cues", "limits")))
ONCE = re.compile(r"(?:至少|不少于|仅|只|各|共|每[^,，。;]{0,8})[^,，。;、]{0,8}$")
STRONG = frozenset(words("cues", "strong"))
NOT_UNIT = {unit: frozenset(signs) for unit, signs in load("cues")["not_unit"].items()}
EXACT = frozenset(words("cues", "exact_before")) | frozenset(words("cues", "exact_after"))
GROUPS = groups()
SPANS = frozenset(("day", "week", "month", "year", "hour", "minute"))
STOPS = ",，。;；、:()!?“”《》\n"
CLAUSE = re.compile(r"[,，。;；、:()!?\n]")
LAST_CLAUSE = re.compile(r".*[,，。;；、:()!?\n]", re.DOTALL)
UNIT_HEADS = frozenset(unit[0] for unit in STRONG) | frozenset("余多来几%")
ANNOUNCED = re.compile(r"(?:为|达|达到|是|共|计|数|量|率|减少|增加|下降|上升|提高|降低)$")
JOINED = re.compile("[、和与及]")
ABBREVIATED = re.compile(r"[A-Z]{2}[ ]$")
HAN_END = re.compile("[\u3400-\u9fff]{2}$")


def unit(text: str, place: int) -> re.Match[str] | None:
    """The measure word that stands there: looked for among those that begin with the same sign."""
    known = _UNITS.get(text[place : place + 1])
    return known.match(text, place) if known else None
