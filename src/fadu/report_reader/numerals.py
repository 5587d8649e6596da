"""Chinese numerals and multipliers to decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
DIGITS |= dict(zip("壹贰叁肆伍陆柒捌玖", range(1, 10), strict=True))
SMALL = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
GREAT = {"万": 10**4, "亿": 10**8}
MULTIPLIERS = SMALL | GREAT
LONGEST_NUMBER = 24
"""Signs: what is longer is no figure of a report. Keeps every value and every quotient within READING's digits."""
LARGEST = Decimal(10) ** 18
READING = Context(prec=80, rounding=ROUND_HALF_EVEN)


def multiplier(signs: str) -> int:
    """十, 百, 万, 亿 … and several of them behind one another. The empty text is 1."""
    product = 1
    for sign in signs:
        product *= MULTIPLIERS[sign]
    return product


def chinese(signs: str) -> Decimal | None:
    """The value of a Chinese numeral (二千三百零五, 三点五, 二〇二三, 十余 without its 余). None when it is none."""
    whole, _, fraction = signs.partition("点")
    value = _digits(whole) if not any(sign in MULTIPLIERS for sign in whole) else _places(whole)
    if value is None or not fraction:
        return None if value is None else Decimal(value)
    return Decimal(value) + Decimal("0." + "".join(str(DIGITS[sign]) for sign in fraction))


def _digits(signs: str) -> int | None:
    if not signs or any(sign not in DIGITS for sign in signs):
        return None
    return int("".join(str(DIGITS[sign]) for sign in signs))


def _places(signs: str) -> int | None:
    total = section = digit = 0
    for sign in signs:
        if sign in DIGITS:
            digit = DIGITS[sign]
        elif sign in SMALL:
            section += (digit or 1) * SMALL[sign]
            digit = 0
        elif sign == "万":
            total += (section + digit or 1) * GREAT[sign]
            section = digit = 0
        elif sign == "亿":
            total = (total + section + digit or 1) * GREAT[sign]
            section = digit = 0
        else:
            return None
    return total + section + digit
